"""Search: one interface for both databases. Nothing outside this package knows how it is done.

index(publications)          write their entries, in the caller's transaction
remove(publications)         forget them, in the caller's transaction
rebuild()                    write every entry anew
indexed()                    which publications have an entry
Audit()                      whether the entries are what they would be if they were written now
is_sound()                   whether the database finds what it keeps in the index
read_files(names)            read the words inside files, before the caller's transaction begins
never_read()                 the files that it would read, of all there are
read_file(file)              read one of them
keep_text(file, text)        keep what was read in a file before it was stored
match(text, live, upto)      the publications that a text finds, best first
corrected(text, live, upto)  the text with its slips put right
correction(text, live, upto) the same, and whether it is surely what was meant
nearest(text, live, upto)    the publications that most of its words find
synonyms(version, authors)   what else words may stand for, for `match` to know
suggest(text, live, upto)    the best of them while the text is still being typed
highlight(text, query)       the text in pieces, the words of the query marked
passage(texts, query)        the stretch that holds most of them, in such pieces
telling_words(each, live)    the rarest words of each group of texts, and who else has them
Passages(told, query)        that stretch of each publication, out of a file where its own texts have none
"""

from .audit import Audit, is_sound
from .corrections import Correction
from .file_texts import keep_text, never_read, read_file, read_files
from .highlight import Piece, highlight, passage, texts_of
from .index import index, indexed, rebuild, remove
from .match import Match, corrected, correction, match, nearest
from .passages import InFile, Passages, Told, told_of
from .query import MAX_LENGTH, Query
from .suggest import suggest
from .synonyms import Synonyms, synonyms
from .telling import telling_words

__all__ = [
    "MAX_LENGTH",
    "Audit",
    "Correction",
    "InFile",
    "Match",
    "Passages",
    "Piece",
    "Query",
    "Synonyms",
    "Told",
    "corrected",
    "correction",
    "highlight",
    "index",
    "indexed",
    "is_sound",
    "keep_text",
    "match",
    "nearest",
    "never_read",
    "passage",
    "read_file",
    "read_files",
    "rebuild",
    "remove",
    "suggest",
    "synonyms",
    "telling_words",
    "texts_of",
    "told_of",
]
