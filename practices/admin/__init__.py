"""The staff's screens. Importing this package registers them (django.contrib.admin's autodiscover does)."""

from . import events, identity, imports, page, practice, publication, requirement, synonym, vocabulary

__all__ = ["events", "identity", "imports", "page", "practice", "publication", "requirement", "synonym", "vocabulary"]
