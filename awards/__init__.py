"""Integrationspriserne: nominations, screening, secret voting and winners for a council's prizes."""
