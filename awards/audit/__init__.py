"""The append-only chain of what was done."""

from awards.audit.actions import append

__all__ = ["append"]
