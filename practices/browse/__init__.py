"""What a public query string means. Every public list, export and feed starts from a Selection."""

from .selection import Selection

__all__ = ["Selection"]
