"""What a public list costs, without templates: `python -m bench.search [--rebuild]` on the catalogue of DATABASE_URL.

Each piece of work is the whole of Selection: reading the query string, the search, seven facets with their counts and
the twenty publications of a page. “First” is a worker that never searched for these words; “again” one that did.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from itertools import islice

from bench.generate import COMMON, documents, progress
from bench.setting import prepare

ROUNDS_FIRST, ROUNDS_AGAIN = 12, 40
PAGE = 20


def work(rare: list[str]) -> dict[str, list[str]]:
    """The query strings of each piece of work; several where one could be lucky."""
    return {
        "all": [""],
        "category and department": ["categoria=tema-3&departamento=05", "categoria=tema-7&departamento=25"],
        "common word (93 %)": [f"q={COMMON}"],
        "two common words": [f"q={COMMON}+agua", "q=servicio+de+agua"],
        "rare word": [f"q={word}" for word in rare],
        "code fragment": ["q=sspd-002", "q=002-2015", "q=andesco+sspd+3", "q=cra0032012"],
        "whole code": ["q=BP-ANDESCO-SSPD-002-2015", "q=bp+naturgas+cra+3+2012"],
        "page 200": ["pagina=200"],
        "common word, page 200": [f"q={COMMON}&pagina=200"],
        "orden=titulo": ["orden=titulo"],
        "common word, orden=titulo": [f"q={COMMON}&orden=titulo"],
    }


def one_list(query: str) -> None:
    from django.http import QueryDict

    from practices.browse import Selection

    read = QueryDict(query)
    page = int(read.get("pagina") or 1)
    selection = Selection.from_query(read)
    found = selection.publications()
    len(found)
    list(found[(page - 1) * PAGE : page * PAGE])
    list(selection.facets)


def one_suggestion(text: str) -> None:
    from practices import search
    from practices.browse.collection import collection
    from practices.models.publication import Publication

    known = collection()
    Publication.objects.order_by().in_bulk(search.suggest(text, known.live, known.newest))


def timed(
    do: Callable[[str], None], arguments: Iterable[str], before: Callable[[], None] | None = None
) -> list[float]:
    """Milliseconds of each call."""
    found = []
    for argument in arguments:
        if before:
            before()
        start = time.perf_counter()
        do(argument)
        found.append(1_000 * (time.perf_counter() - start))
    return found


def said(label: str, *series: list[float]) -> None:
    cells = [f"{statistics.median(s):9.1f} {sorted(s)[int(0.95 * (len(s) - 1))]:9.1f}" for s in series]
    print(f"{label:28}", "  ".join(cells), flush=True)  # noqa: T201


def around(items: list[str], count: int) -> list[str]:
    return [items[place % len(items)] for place in range(count)]


def lists() -> None:
    from practices.models.search_index import SearchWord
    from practices.search.postings import forget

    used = SearchWord.objects.filter(count__gt=0).order_by("count", "word")
    rare = list(used.values_list("word", flat=True)[:20])
    one_list("")
    print(f"{'ms':28} first: median  p95      again: median  p95")  # noqa: T201
    for label, queries in work(rare).items():
        first = timed(one_list, around(queries, ROUNDS_FIRST), forget)
        timed(one_list, queries)
        said(label, first, timed(one_list, around(queries, ROUNDS_AGAIN)))
    typed = ["usu", "usuar", "agu", "atenc", "servicio de ag", "sspd-0", "factu", "manizal"]
    first = timed(one_suggestion, around(typed, ROUNDS_FIRST), forget)
    said("suggestion", first, timed(one_suggestion, around(typed, ROUNDS_AGAIN)))


def changes() -> None:
    """A worker that starts, and one that goes on after each of five publications."""
    from dataclasses import replace

    from practices.browse.collection import collection
    from practices.browse.collection import forget as forget_collection
    from practices.editorial.publishing import publish
    from practices.editorial.recording import store_document
    from practices.models.practice import Practice
    from practices.models.vocabulary import Criterion, Department, Municipality

    said("collection, cold", timed(lambda _: collection() and None, [""] * 3, forget_collection))
    number = Practice.objects.filter(code__startswith="BP-MEDIDA-").count()
    publishing, following = [], []
    for place, document in enumerate(documents(5, seed=number)):
        for department in document.coverage.departments:
            Department.objects.get_or_create(code=department.code, defaults={"name": department.name})
        for municipality in document.coverage.municipalities:
            defaults = {"name": municipality.name, "department_id": municipality.department}
            Municipality.objects.get_or_create(code=municipality.code, defaults=defaults)
        for row in document.criteria:
            defaults = {"name": row.name, "group": row.group, "description": "…"}
            Criterion.objects.get_or_create(slug=row.criterion, defaults=defaults)
        code = f"BP-MEDIDA-BENCH-{number + place + 1:03d}-2025"
        practice = store_document(replace(document, code=code))
        one_list(f"q={COMMON}")
        publishing += timed(lambda _, practice=practice: publish(practice) and None, [""])  # type: ignore[misc]
        following += timed(one_list, [f"q={COMMON}"])
    said("publish() of one", publishing)
    said("of which its search entry", [indexed_once() for _ in range(10)])
    said("the next common-word list", following)


def indexed_once() -> float:
    """Milliseconds to index a publication that is at hand, as publish() has it."""
    from django.db import transaction

    from practices import search
    from practices.models.publication import Publication

    newest = list(Publication.objects.order_by("-pk")[:1])
    with transaction.atomic():
        (spent,) = timed(lambda _: search.index(newest) and None, [""])
        transaction.set_rollback(True)
    return spent


def rebuilt(count: int) -> None:
    from practices import search

    say, start = progress("rebuilt", count), time.perf_counter()
    for done in search.rebuild():
        say(done)
    print(f"rebuild: {count / (time.perf_counter() - start):,.0f} practices/s")  # noqa: T201


def main() -> None:
    prepare()
    from django.db import connection

    from practices.models.publication import Publication

    count = Publication.objects.current().count()
    size = sum(len(p.document) for p in islice(Publication.objects.current().iterator(), 200)) / 200
    print(f"— {count:,} practices of {size / 1000:.1f} kB on {connection.vendor}")  # noqa: T201
    lists()
    changes()
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")  # noqa: T201
    if "--rebuild" in sys.argv:
        rebuilt(count)


if __name__ == "__main__":
    main()
