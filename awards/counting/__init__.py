"""Closing, opening and counting; ties and approval."""
