"""Whether a practice that one has in mind is found: `python -m bench.known_item [DATABASE_URL …]`.

The practices of fixtures/records and of known_items.json stand among ten thousand generated ones. From each of them
come queries as people type them: a code in another shape, a piece of a title with a slip, an author without the
suffix, words of the text without accents. The table says how often a practice that the query fits comes first, and how
often in the first ten; beside it SQLite's FTS5 as it comes (words quoted and ANDed, in bm25 order) and `icontains`.

The catalogue of DATABASE_URL is filled where it is empty. With two addresses or more, the order of the results must be
the same on all of them. `--seed N` asks other queries, `--misses` lists what did not come first, `--alone` leaves the
comparison out.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.generate import ROOT, documents, progress
from bench.setting import DEFAULT, prepare
from practices.document import PracticeDocument

if TYPE_CHECKING:
    from bench.known_queries import Query

GENERATED = 10_000
TEN = 10
COMPARED = 100
"""So many results of each query are compared between databases."""

Search = Callable[[str], Sequence[str]]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("databases", nargs="*", metavar="DATABASE_URL")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--misses", action="store_true", help="list the queries whose practice did not come first")
    arguments.add_argument("--alone", action="store_true", help="without FTS5 and icontains")
    arguments.add_argument("--orders", type=Path, help="write the codes that each query finds to this file")
    options = arguments.parse_args()
    if len(options.databases) > 1:
        return compared(options.databases, ["--seed", str(options.seed)])
    if options.databases:
        os.environ["DATABASE_URL"] = options.databases[0]
    measure(options)
    return 0


def compared(databases: Sequence[str], options: Sequence[str]) -> int:
    """Ask each database in a process of its own; 1 where any query finds something else or in another order."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{place}.json") for place in range(len(databases))]
        for place, (database, file) in enumerate(zip(databases, files, strict=True)):
            more = ["--alone"] if place else []
            command = [sys.executable, "-m", "bench.known_item", database, "--orders", str(file), *options, *more]
            subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603
        orders = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    differing = [text for text in orders[0] if any(order.get(text) != orders[0][text] for order in orders[1:])]
    print(f"— {len(orders[0])} different queries, {len(differing)} with another order")  # noqa: T201
    for text in differing[:20]:
        print("  ", text)  # noqa: T201
    return 1 if differing else 0


def measure(options: argparse.Namespace) -> None:
    prepare()
    from bench.known_queries import Known, queries

    known = known_documents()
    fill(known)
    asked = list(queries([Known.of(document) for document in known], Random(options.seed), Others(known).hold))  # noqa: S311
    searches: dict[str, Search] = {"search": found}
    if not options.alone:
        plain = Plain(known)
        searches |= {"FTS5": plain.fts5, "icontains": plain.icontains}
    results = {name: [search(query.text) for query in asked] for name, search in searches.items()}
    print_table(asked, results)
    if options.misses:
        print_misses(asked, results["search"])
    if options.orders:
        orders = {query.text: codes for query, codes in zip(asked, results["search"], strict=True)}
        options.orders.write_text(json.dumps(orders), encoding="utf-8")


def known_documents() -> list[PracticeDocument]:
    from practices.editorial.gazetteer import gazetteer
    from practices.exchange.readers import read_file

    files = [*sorted((ROOT / "fixtures/records").glob("*.json")), ROOT / "bench/known_items.json"]
    return [reading.document for file in files for reading in read_file(file, file.name, gazetteer())]


def generated(known: Iterable[PracticeDocument]) -> Iterable[PracticeDocument]:
    """Ten thousand, none with the code of one that is known."""
    codes = {document.code for document in known}
    others = (document for document in documents(GENERATED + len(codes)) if document.code not in codes)
    return islice(others, GENERATED)


def fill(known: Sequence[PracticeDocument]) -> None:
    """Publish the known practices first: among equals the newest comes first, so that being known never helps."""
    from django.core.management import call_command

    from practices.editorial.bulk import publish_documents
    from practices.models.publication import Publication

    if Publication.objects.current().exists():
        return
    call_command("load_vocabulary", verbosity=0)
    files = [*sorted((ROOT / "fixtures/records").glob("*.json")), ROOT / "bench/known_items.json"]
    call_command("import_practices", *map(str, files), publish=True, verbosity=0)
    published = Publication.objects.current().count()
    if published != len(known):
        raise SystemExit(f"{published} of {len(known)} known practices are published")
    say = progress("published", GENERATED)
    for done in publish_documents(generated(known)):
        say(done)


def found(text: str) -> list[str]:
    """The codes of the list that the page would show, best first."""
    from practices.browse import Selection
    from practices.models.publication import Publication

    ids = list(islice(Selection.from_query({"q": text}).ordered_ids(), COMPARED))
    codes = dict(Publication.objects.filter(pk__in=ids).values_list("pk", "code"))
    return [codes[pk] for pk in ids]


def text_of(document: PracticeDocument) -> str:
    from practices.search import texts_of

    return "\n".join(texts_of(document))


class Others:
    """What the generated practices say: a query that one of them fits too has no one answer."""

    def __init__(self, known: Sequence[PracticeDocument]) -> None:
        self._known = known

    @cached_property
    def _holders(self) -> dict[str, set[int]]:
        from practices.language.words import words

        wanted = {word for document in self._known for word in words(text_of(document))}
        holders: dict[str, set[int]] = defaultdict(set)
        for number, document in enumerate(generated(self._known)):
            for word in wanted.intersection(words(text_of(document))):
                holders[word].add(number)
        return holders

    @cached_property
    def _codes(self) -> list[str]:
        return [document.code for document in (*generated(self._known), *self._known)]

    def hold(self, words: Sequence[str], parts: Sequence[str] = ()) -> bool:
        """Whether a generated practice holds all of these words, or more than one code all of these parts."""
        if parts:
            return sum(set(parts) <= set(code.split("-")) for code in self._codes) > 1
        return bool(set.intersection(*(self._holders[word] for word in words)))


class Plain:
    """The same practices searched without any of our own means."""

    def __init__(self, known: Sequence[PracticeDocument]) -> None:
        rows = [(d.code, d.title, d.author, text_of(d)) for d in (*known, *generated(known))]
        self._codes = [row[0] for row in rows]
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute("CREATE VIRTUAL TABLE plain USING fts5(code, title, author, body)")
        self._connection.executemany("INSERT INTO plain VALUES (?, ?, ?, ?)", rows)
        self._texts = ["\n".join(row).casefold() for row in rows]

    def fts5(self, text: str) -> list[str]:
        pieces = [f'"{word}"' for word in text.replace('"', " ").split()]
        sql = "SELECT code FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10"
        return [row[0] for row in self._connection.execute(sql, [" ".join(pieces)])]

    def icontains(self, text: str) -> list[str]:
        wanted = text.casefold()
        newest = range(len(self._texts) - 1, -1, -1)
        return list(islice((self._codes[place] for place in newest if wanted in self._texts[place]), TEN))


@dataclass
class Count:
    asked: int = 0
    first: int = 0
    in_ten: int = 0

    def add(self, query: "Query", codes: Sequence[str]) -> None:
        self.asked += 1
        self.first += bool(codes) and codes[0] in query.expected
        self.in_ten += not query.expected.isdisjoint(codes[:TEN])

    def __str__(self) -> str:
        return f"{100 * self.first / self.asked:7.1f} {100 * self.in_ten / self.asked:7.1f}"


def print_table(asked: Sequence["Query"], results: dict[str, list[Sequence[str]]]) -> None:
    print(f"{'first, in ten (%)':34}{'queries':>8}  " + "  ".join(f"{name:>15}" for name in results))  # noqa: T201
    for kind in [*dict.fromkeys(query.kind for query in asked), ""]:
        counts = {name: Count() for name in results}
        for name, of_queries in results.items():
            for query, codes in zip(asked, of_queries, strict=True):
                if kind in (query.kind, ""):
                    counts[name].add(query, codes)
        number = next(iter(counts.values())).asked
        print(f"{kind or 'all':34}{number:8}  " + "  ".join(str(count) for count in counts.values()))  # noqa: T201


def print_misses(asked: Sequence["Query"], results: Sequence[Sequence[str]]) -> None:
    for query, codes in zip(asked, results, strict=True):
        if not codes or codes[0] not in query.expected:
            place = next((n for n, code in enumerate(codes, 1) if code in query.expected), None)
            print(f"{query.kind}: {query.text!r} → {place or '–'} of {len(codes)}; {sorted(query.expected)}")  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DATABASE_URL", DEFAULT.replace("bench", "known"))
    started = time.perf_counter()
    status = main()
    print(f"— {time.perf_counter() - started:.0f} s")  # noqa: T201
    sys.exit(status)
