"""From draft to a nomination received, edited or withdrawn."""
