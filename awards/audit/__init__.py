"""The append-only chain of what was done."""
