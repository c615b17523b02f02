"""Records that may be one and the same: near code, near title with the same organisation, same file.

Only ever shown, with a link: a person says whether they differ. Codes of one series follow each other, so two codes
that differ in a digit of the number or of the year say nothing; what counts is one number and year under two
spellings of the prefix.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.db.models import Exists, OuterRef, Q

from practices.document import PracticeDocument
from practices.language.codes import code_key, split_code
from practices.language.organizations import organization_key
from practices.language.words import squash, stems
from practices.models.code_alias import CodeAlias
from practices.models.parts import Attachment
from practices.models.practice import Practice

Why = Literal["code", "title", "file"]

# Shares of words, and of letters, that two titles have in common. Found on the real and the demonstration records.
WORDS_ALIKE, LETTERS_ALIKE = 0.75, 0.9
MOST_SHOWN = 5


@dataclass(frozen=True)
class Likeness:
    practice: Practice
    why: tuple[Why, ...]


class Codes:
    """Every code that a record has or had, by its number and year. One query; 10,000 codes take about 20 ms."""

    def __init__(self) -> None:
        self._prefixes: dict[str, list[tuple[int, str]]] = defaultdict(list)
        former = CodeAlias.objects.order_by().values_list("practice_id", "code")
        for pk, code in Practice.objects.order_by().values_list("pk", "code").union(former, all=True):
            prefix, number, year = code.rsplit("-", 2)
            self._prefixes[f"{number}-{year}"].append((pk, prefix))

    def near(self, code: str) -> list[int]:
        """Keys of the records whose code is another spelling of this one."""
        try:
            prefix, number, year = split_code(code)
        except ValueError:
            return []
        same = self._prefixes.get(f"{number:03d}-{year}", [])
        return [pk for pk, other in same if other != prefix and prefixes_alike(prefix, other)]


def likely_duplicates(
    document: PracticeDocument, exclude: int | None = None, codes: Codes | None = None
) -> list[Likeness]:
    """Other records that may be this one, five at most. Three queries, or two where `codes` is given; one where
    nothing is alike and the document has no file."""
    near = set((codes or Codes()).near(document.code)) - {exclude}
    titled = _near_titles(document, exclude)
    files = {attachment.sha256 for attachment in document.attachments}
    if not (near or titled or files):
        return []
    same_file = Attachment.objects.filter(practice=OuterRef("pk"), stored_file__in=files)
    practices = (
        Practice.objects.exclude(pk=exclude)
        .annotate(same_file=Exists(same_file))
        .filter(
            Q(pk__in=near | titled) | Q(pk__in=Attachment.objects.filter(stored_file__in=files).values("practice"))
        )
        .only("pk", "code", "title")
        .order_by("code")[:MOST_SHOWN]
    )
    return [Likeness(practice, _why(practice, near, titled)) for practice in practices]


def _why(practice: Practice, near: set[int], titled: set[int]) -> tuple[Why, ...]:
    reasons: dict[Why, bool] = {
        "code": practice.pk in near,
        "title": practice.pk in titled,
        "file": getattr(practice, "same_file", False),
    }
    return tuple(why for why, holds in reasons.items() if holds)


def _near_titles(document: PracticeDocument, exclude: int | None) -> set[int]:
    keys = organizations_of(document)
    if not (keys and document.title):
        return set()
    others = Practice.objects.filter(authorship_set__organization__key__in=keys).exclude(pk=exclude).order_by()
    return {pk for pk, title in others.values_list("pk", "title") if titles_alike(document.title, title)}


def organizations_of(document: PracticeDocument) -> set[str]:
    """The keys that the catalogue knows the authors by."""
    return {organization_key(author.name) for author in document.authors}


def titles_alike(one: str, other: str) -> bool:
    """Whether two titles may be the same in other words. Titles with other numbers are other editions."""
    first, second = set(stems(one)), set(stems(other))
    if not (first and second) or _numbers(first) != _numbers(second):
        return False
    if 2 * len(first & second) / (len(first) + len(second)) >= WORDS_ALIKE:
        return True
    letters = SequenceMatcher(None, squash(one), squash(other), autojunk=False)
    return (
        letters.real_quick_ratio() >= LETTERS_ALIKE
        and letters.quick_ratio() >= LETTERS_ALIKE
        and letters.ratio() >= LETTERS_ALIKE
    )


def _numbers(words: Iterable[str]) -> set[str]:
    return {word for word in words if any(map(str.isdigit, word))}


def prefixes_alike(one: str, other: str) -> bool:
    """Whether two prefixes may be one: the same parts in another order, joined, or one left out; one slip of a key."""
    first, second = one.split("-"), other.split("-")
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return one_slip(code_key(one), code_key(other))


def one_slip(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two that changed places, is all the difference there is."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    left, right = short[start:], long[start:]
    if len(short) < len(long):
        return left == right[1:]
    return left[1:] == right[1:] or (left[:2] == right[:2][::-1] and left[2:] == right[2:])
