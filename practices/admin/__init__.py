"""The staff's screens. Importing this package registers them (django.contrib.admin's autodiscover does)."""

from . import practice, publication, synonym, vocabulary

__all__ = ["practice", "publication", "synonym", "vocabulary"]
