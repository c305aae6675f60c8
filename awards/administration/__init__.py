"""The installation, people and roles, data protection."""
