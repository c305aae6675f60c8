"""Mail as rows, rendered and sent by a worker."""

from awards.outbox.actions import enqueue

__all__ = ["enqueue"]
