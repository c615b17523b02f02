"""The models, one file per thing they know. Public code imports from the file it needs, never from here:
the import contracts (pyproject.toml) hold that `practice` and `parts` stay out of its reach."""

from . import contact, files, parts, practice, publication, search_index, synonym, version, vocabulary

__all__ = ["contact", "files", "parts", "practice", "publication", "search_index", "synonym", "version", "vocabulary"]
