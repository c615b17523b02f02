"""The models, one file per thing they know. Public code imports from the file it needs, never from here:
the import contracts (pyproject.toml) hold that `practice` and `parts` stay out of its reach."""

from . import (
    approval,
    batch,
    code_alias,
    contact,
    drawn,
    files,
    history,
    identity,
    page,
    parts,
    practice,
    publication,
    requirement,
    search_index,
    staging,
    synonym,
    version,
    vocabulary,
)

__all__ = [
    "approval",
    "batch",
    "code_alias",
    "contact",
    "drawn",
    "files",
    "history",
    "identity",
    "page",
    "parts",
    "practice",
    "publication",
    "requirement",
    "search_index",
    "staging",
    "synonym",
    "version",
    "vocabulary",
]
