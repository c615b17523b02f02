"""The staff's screens. Importing this package registers them (django.contrib.admin's autodiscover does)."""

from . import consents, events, identity, imports, page, practice, publication, requirement, synonym, vocabulary

__all__ = [
    "consents",
    "events",
    "identity",
    "imports",
    "page",
    "practice",
    "publication",
    "requirement",
    "synonym",
    "vocabulary",
]
