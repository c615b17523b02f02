"""What people type who have one practice in mind: the same queries for the same practices and the same Random."""

import re
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from practices.document import PracticeDocument
from practices.language.organizations import organization_key
from practices.language.words import STOP_WORDS, fold, words
from practices.search import texts_of

Ambiguous = Callable[..., bool]
LEGAL = re.compile(
    r"[\s,]*\b(?:S\.?\s?A\.?\s?S?\.?|E\.?\s?S\.?\s?P\.?|E\.?I\.?C\.?E\.?)(?=\s|$|[-–.])\.?", re.IGNORECASE
)


@dataclass(frozen=True)
class Query:
    kind: str
    text: str
    expected: frozenset[str]


@dataclass(frozen=True)
class Known:
    """A practice and what its queries are made of."""

    code: str
    title: str
    authors: tuple[tuple[str, str, str], ...]
    texts: tuple[str, ...]
    title_words: frozenset[str]
    all_words: frozenset[str]

    @classmethod
    def of(cls, document: PracticeDocument) -> "Known":
        texts = tuple(texts_of(document))
        authors = tuple((a.as_written, a.acronym, organization_key(a.name)) for a in document.authors)
        everything = frozenset(words(" \n".join((document.title, document.author, *texts))))
        return cls(document.code, document.title, authors, texts, frozenset(words(document.title)), everything)


def queries(known: Sequence[Known], random: Random, ambiguous: Ambiguous) -> Iterator[Query]:
    asker = _Asker(known, random, ambiguous)
    for kind, ask in asker.kinds().items():
        for practice in known:
            found = ask(practice)
            if found and found[0].strip():
                yield Query(kind, found[0], frozenset(found[1]))


Asked = tuple[str, set[str]] | None


class _Asker:
    def __init__(self, known: Sequence[Known], random: Random, ambiguous: Ambiguous) -> None:
        self.known, self.random, self.ambiguous = known, random, ambiguous

    def kinds(self) -> dict[str, Callable[[Known], Asked]]:
        return {
            "code, other shape": self.whole_code,
            "code, a fragment": self.code_fragment,
            "code, a slip": self.code_slip,
            "title, some words": lambda p: self.of_title(p, lambda w: w),
            "title, no accents": lambda p: self.of_title(p, unaccented),
            "title, capitals, no accents": lambda p: self.of_title(p, lambda w: unaccented(w).upper()),
            "title, other order": self.shuffled_title,
            "title, other number": lambda p: self.of_title(p, other_number),
            "title, a slip": lambda p: self.of_title(p, self.slip, most=1),
            "title, a slip, no accents": lambda p: self.of_title(p, lambda w: self.slip(unaccented(w)), most=1),
            "title, slips in several words": lambda p: self.of_title(p, self.slip, most=3),
            "title, two slips in a word": lambda p: self.of_title(
                p, lambda w: self.slip(self.slip(w)), most=1, size=8
            ),
            "title, first letter": lambda p: self.of_title(p, self.wrong_beginning, most=1),
            "title, words joined": self.joined_title,
            "title, a word split": lambda p: self.of_title(p, self.split, most=1, size=8),
            "title, whole": lambda p: (p.title, {p.code}),
            "author, no suffix": lambda p: self.of_author(p, without_suffix),
            "author, other suffix": lambda p: self.of_author(p, self.other_suffix),
            "author, no accents": lambda p: self.of_author(p, lambda n: unaccented(without_suffix(n)).lower()),
            "author, a slip": lambda p: self.of_author(p, lambda n: self.slip_in_text(without_suffix(n))),
            "author, a slip and a suffix": lambda p: self.of_author(
                p, lambda n: self.other_suffix(self.slip_in_text(without_suffix(n)))
            ),
            "author, acronym": lambda p: self.acronym(p, str),
            "author, acronym with stops": lambda p: self.acronym(p, lambda a: ".".join(a) + "."),
            "words of the text": lambda p: self.of_text(p, 2, unaccented),
            "three words of the text": lambda p: self.of_text(p, 3, unaccented),
            "words of the text, a slip": lambda p: self.of_text(p, 2, lambda w: self.slip(unaccented(w)), most=1),
            "words of the text, other number": lambda p: self.of_text(p, 2, lambda w: other_number(unaccented(w))),
            "a phrase in quotes": self.phrase,
            "author and a word of the title": self.author_and_title,
        }

    # Codes

    def whole_code(self, practice: Known) -> Asked:
        *prefix, number, year = practice.code.split("-")
        shapes = [
            practice.code.lower(),
            practice.code.replace("-", " "),
            practice.code.replace("-", "").lower(),
            practice.code.replace("-", "_"),
            practice.code.replace("-", "–"),
            practice.code.replace("-", " - "),
            practice.code.replace("-", "/"),
            practice.code.replace("-", "."),
            " ".join([*prefix, str(int(number)), year]).lower(),
            f"{'-'.join(prefix)} No. {int(number)} de {year}",
            f"código {practice.code}",
            f" {practice.code} .",
            "-".join([*prefix[1:], number, year]),
            " ".join([*prefix[1:], str(int(number)), year]).lower(),
        ]
        return self.random.choice(shapes), {practice.code}

    def code_fragment(self, practice: Known) -> Asked:
        parts = practice.code.split("-")[1:]
        choices = [
            pick for pick in ((0, 2), (0, 2, 3), (1, 2, 3), (2, 3), (1, 2), (0, 1, 2)) if max(pick) < len(parts)
        ]
        self.random.shuffle(choices)
        for pick in choices:
            chosen = [parts[place] for place in pick]
            if not self.ambiguous([], chosen):
                bare = [part.lstrip("0") or "0" for part in chosen]
                texts = ["-".join(chosen), " ".join(chosen).lower(), "".join(chosen).lower(), " ".join(bare)]
                if pick == (0, 2, 3) or pick == (0, 2):
                    del texts[2]
                return self.random.choice(texts), {practice.code}
        return None

    def code_slip(self, practice: Known) -> Asked:
        parts = practice.code.split("-")
        if self.random.random() < 0.4:
            parts[-1] = parts[-1].replace("0", "O")
            parts[-2] = parts[-2].replace("0", "O")
        else:
            parts[1] = self.slip(parts[1].lower()).upper()
        return "-".join(parts), {practice.code}

    # Titles

    def of_title(self, practice: Known, change: Callable[[str], str], *, most: int = 99, size: int = 5) -> Asked:
        found = re.findall(r"[^\W_]+", practice.title)
        if len(self.content(found)) < 2:
            return None
        for _ in range(20):
            length = self.random.randint(3, 6)
            start = self.random.randint(0, max(0, len(found) - length))
            chosen = found[start : start + length]
            content = self.content(chosen)
            if len(content) >= min(2, len(self.content(found))) and not self.ambiguous(words(" ".join(chosen))):
                long = [place for place, word in enumerate(chosen) if len(word) >= size and word.isalpha()]
                changed = set(self.random.sample(long, min(most, len(long)))) if most < 99 else range(len(chosen))
                if not changed:
                    continue
                text = " ".join(change(w) if place in changed else w for place, w in enumerate(chosen))
                return text, self.with_title_words(content)
        return None

    def shuffled_title(self, practice: Known) -> Asked:
        content = [word for word in re.findall(r"[^\W_]+", practice.title) if fold(word) not in STOP_WORDS]
        chosen = self.random.sample(content, min(len(content), self.random.randint(3, 4)))
        if self.ambiguous(words(" ".join(chosen))):
            return None
        return " ".join(chosen).lower(), self.with_title_words(words(" ".join(chosen)))

    def joined_title(self, practice: Known) -> Asked:
        found = re.findall(r"[^\W_]+", practice.title)[:5]
        pairs = [n for n in range(len(found) - 1) if len(found[n]) > 2 and len(found[n + 1]) > 2]
        pairs = [n for n in pairs if not STOP_WORDS & {fold(found[n]), fold(found[n + 1])}]
        if not pairs or self.ambiguous(words(" ".join(found))):
            return None
        place = self.random.choice(pairs)
        text = " ".join([*found[:place], found[place] + found[place + 1].lower(), *found[place + 2 :]])
        return text, self.with_title_words(self.content(found))

    # Authors

    def of_author(self, practice: Known, change: Callable[[str], str]) -> Asked:
        if not practice.authors:
            return None
        written, acronym, key = self.random.choice(practice.authors)
        name = re.sub(rf"\s*(?:[-–]\s*|\(){re.escape(acronym)}\)?", "", written).strip() if acronym else written
        return " ".join(change(name).split()), self.by_author(key)

    def acronym(self, practice: Known, change: Callable[[str], str]) -> Asked:
        for _written, acronym, key in practice.authors:
            if acronym and acronym.isalpha():
                return change(acronym), self.by_author(key) | {
                    other.code for other in self.known if fold(acronym) in other.all_words
                }
        return None

    def by_author(self, key: str) -> set[str]:
        """Their practices, and those of whoever carries the whole name in a longer one."""
        wanted = set(key.split())
        return {
            p.code
            for p in self.known
            if any(wanted <= {*other.split(), fold(acronym)} for _name, acronym, other in p.authors)
        }

    def other_suffix(self, name: str) -> str:
        suffixes = ["S.A. E.S.P.", "SA ESP", "S.A.S. E.S.P.", "s.a. esp", "E.S.P.", "S. A. E. S. P.", "ESP"]
        stripped = without_suffix(name)
        own = set(words(name)) - set(words(stripped))
        suffixes = [suffix for suffix in suffixes if set(words(suffix)) <= own]
        return f"{stripped} {self.random.choice(suffixes)}" if suffixes else stripped

    def author_and_title(self, practice: Known) -> Asked:
        asked = self.of_author(practice, without_suffix)
        content = [w for w in re.findall(r"[^\W_]+", practice.title) if len(w) > 4 and fold(w) not in STOP_WORDS]
        if not asked or not content:
            return None
        word = self.random.choice(content)
        fits = {p.code for p in self.known if fold(word) in p.title_words} & asked[1]
        return f"{asked[0]} {word}".lower(), fits

    # Texts

    def of_text(self, practice: Known, count: int, change: Callable[[str], str], most: int = 99) -> Asked:
        distinctive = sorted(
            {
                word
                for text in practice.texts
                for word in re.findall(r"[^\W\d_]{6,}", text)
                if 0 < sum(fold(word) in other.all_words for other in self.known) <= 2
            }
        )
        if len(distinctive) < count:
            return None
        for _ in range(20):
            chosen = self.random.sample(distinctive, count)
            folded = [fold(word) for word in chosen]
            if self.ambiguous(folded):
                continue
            changed = range(count) if most == 99 else self.random.sample(range(count), most)
            text = " ".join(change(w) if place in changed else w for place, w in enumerate(chosen)).lower()
            return text, {p.code for p in self.known if set(folded) <= p.all_words}
        return None

    def phrase(self, practice: Known) -> Asked:
        sentences = [s for text in practice.texts for s in re.split(r"[.;:,•\n()]", text) if len(s.split()) > 4]
        if not sentences:
            return None
        found = self.random.choice(sentences).split()
        start = self.random.randint(0, len(found) - 4)
        phrase = " ".join(found[start : start + 4])
        if len(words(phrase)) < 2:
            return None
        wanted = squashed(phrase)
        return f'"{unaccented(phrase)}"', {
            p.code for p in self.known if any(wanted in squashed(text) for text in p.texts)
        }

    # Changes

    def content(self, found: Sequence[str]) -> list[str]:
        return words(" ".join(found))

    def with_title_words(self, content: Sequence[str]) -> set[str]:
        return {practice.code for practice in self.known if set(content) <= practice.title_words}

    def slip(self, word: str) -> str:
        """A letter lost, doubled, changed or swapped with the next."""
        if len(word) < 5 or not word.isalpha():
            return word
        place = self.random.randint(1, len(word) - 2)
        head, letter, tail = word[:place], word[place], word[place + 1 :]
        slips = [head + tail, head + letter * 2 + tail, head + self.other_letter(letter) + tail]
        if letter != tail[0]:
            slips.append(head + tail[0] + letter + tail[1:])
        return self.random.choice(slips)

    def other_letter(self, letter: str) -> str:
        return self.random.choice([other for other in string.ascii_lowercase if other != letter.lower()])

    def wrong_beginning(self, word: str) -> str:
        return self.random.choice([word[1:], word[1] + word[0] + word[2:], self.other_letter(word[0]) + word[1:]])

    def split(self, word: str) -> str:
        place = self.random.randint(3, len(word) - 3)
        return f"{word[:place]} {word[place:]}"

    def slip_in_text(self, text: str) -> str:
        found = text.split()
        long = [place for place, word in enumerate(found) if len(word) > 4 and word.isalpha()]
        if long:
            place = self.random.choice(long)
            found[place] = self.slip(found[place])
        return " ".join(found)


def without_suffix(name: str) -> str:
    return LEGAL.sub("", name).strip(" -–.,") or name


def unaccented(text: str) -> str:
    return text.translate(str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunAEIOUUN"))


def squashed(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "


def other_number(word: str) -> str:
    """Singular for plural and plural for singular."""
    if len(word) < 4 or fold(word) in STOP_WORDS or not word.isalpha():
        return word
    low = word.lower()
    if low.endswith("ces"):
        return word[:-3] + "z"
    if low.endswith("es") and low[-3] in "lrndj" and len(word) > 5:
        return word[:-2]
    if low.endswith(("ndo", "ar", "er", "ir")):
        return word
    if low.endswith("s"):
        return word[:-1]
    if low.endswith("z"):
        return word[:-1] + "ces"
    return word + ("s" if low[-1] in "aeiouáéó" else "es")
