"""Search: one interface for both databases. Nothing outside this package knows how it is done.

index(publications)     write or rewrite their search entries, in the caller's transaction
remove(ids)             forget publications
rebuild()               write every entry anew
match(text)             the query's publications, best first
suggest(text)           titles and codes that begin so
"""

from .index import index, rebuild, remove
from .match import MAX_LENGTH, Match, match, suggest

__all__ = ["MAX_LENGTH", "Match", "index", "match", "rebuild", "remove", "suggest"]
