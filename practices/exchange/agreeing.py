"""What the records of one file have to do with each other, settled before any of them is looked at alone."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence

from practices.document import Author
from practices.editorial.codes import FormerCodes
from practices.editorial.duplicates import organizations_of, titles_alike
from practices.language.organizations import organization_key
from practices.models.vocabulary import Organization

from .readers.reading import Reading
from .readers.values import Note


def under_present_code(reading: Reading, former: FormerCodes) -> Reading:
    """The reading, under the code that its practice has today: a file may be older than the correction of a code."""
    code = former.today(reading.code)
    if code != reading.code:
        reading.notes.append(Note("code", f"{reading.code} → {code}"))
        reading.code = code
    return reading


def agree_on_authors(readings: Iterable[Reading]) -> None:
    """Name an organisation that the catalogue does not know as the first record of the file names it. One query.

    Otherwise what a record becomes would depend on which others are applied before it.
    """
    known = set(Organization.objects.values_list("key", flat=True))
    first: dict[str, Author] = {}
    for reading in readings:
        authors = reading.given.get("authors", ())
        if authors:
            reading.given["authors"] = tuple(_agreed(author, known, first) for author in authors)


def _agreed(author: Author, known: set[str], first: dict[str, Author]) -> Author:
    key = organization_key(author.name)
    if not key or key in known:
        return author
    found = first.setdefault(key, author)
    if author.acronym:
        first.setdefault(organization_key(author.acronym), found)
    return dataclasses.replace(found, as_written=author.as_written)


def twins(readings: Sequence[Reading]) -> dict[int, str]:
    """From the place of a record (1, 2, 3 …) to what an earlier one of the same authors and a near title is called."""
    earlier: dict[str, list[str]] = defaultdict(list)
    found: dict[int, str] = {}
    for place, reading in enumerate(readings, 1):
        title = reading.given.get("title", "")
        keys = organizations_of(reading.document) if title and not reading.errors else set()
        others = dict.fromkeys(name for key in keys for name in earlier[key])
        twin = next((other for other in others if titles_alike(title, other.partition(" · ")[2])), "")
        if twin:
            found[place] = twin
        for key in keys:
            earlier[key].append(f"{reading.code} · {title}")
    return found
