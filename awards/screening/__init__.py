"""The secretariat holds each nomination against the criteria and forms the shortlist."""
