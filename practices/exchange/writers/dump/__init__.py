"""All of the catalogue in one folder: documents, tables, versions, tombstones, and a manifest to check them by.

Everything is of one catalogue version, and the same version gives the same bytes; only the manifest says when it was
made. A folder is there whole or not at all.
"""

from .files import Written
from .folder import NotReplaced
from .manifest import Manifest, problems_of
from .writing import Around, write_dump

__all__ = ["Around", "Manifest", "NotReplaced", "Written", "problems_of", "write_dump"]
