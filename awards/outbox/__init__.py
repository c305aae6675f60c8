"""Mail as rows, rendered and sent by a worker."""
