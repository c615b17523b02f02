"""The staff's screens. Importing this package registers them (django.contrib.admin's autodiscover does)."""

from . import events, practice, publication, requirement, synonym, vocabulary

__all__ = ["events", "practice", "publication", "requirement", "synonym", "vocabulary"]
