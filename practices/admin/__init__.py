"""The staff's screens. Importing this package registers them (django.contrib.admin's autodiscover does)."""

from . import events, imports, practice, publication, requirement, synonym, vocabulary

__all__ = ["events", "imports", "practice", "publication", "requirement", "synonym", "vocabulary"]
