"""Several publish at the same moment: `publishers ROUNDS`. Prints what became of each round, as JSON."""

import json
import os
import sys
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402

from practices.editorial.publishing import Unchanged, publish  # noqa: E402
from practices.models.practice import Practice  # noqa: E402
from practices.models.publication import Publication  # noqa: E402
from practices.models.version import CatalogueVersion  # noqa: E402
from tests.factories import practice, rich_document  # noqa: E402

TOGETHER = 3
ALONE = 700
"""The first of the records that one each publishes; all of them publish the one before."""


def prepare(turn: int) -> None:
    for place in range(TOGETHER + 1):
        practice(rich_document(ALONE - 1 + place, title=f"Turno {turn}"))


def publish_both(place: int, barrier: Barrier) -> None:
    """The record that all have, then one's own."""
    by = User.objects.get(username="ejercicio")
    shared, own = (Practice.objects.get(code=f"BP-PRUEBA-SSPD-{n}-2020") for n in (ALONE - 1, ALONE + place))
    barrier.wait(30)
    told = []
    for record in (shared, own):
        try:
            told.append(publish(record, by).number)
        except Unchanged:
            told.append("unchanged")
    print(json.dumps(told), flush=True)


def stand() -> None:
    publications = Publication.objects.filter(practice__code__startswith="BP-PRUEBA-SSPD-")
    numbers = sorted(publications.values_list("practice__code", "number"))
    changed = list(publications.values_list("changed_in", flat=True))
    print(json.dumps({"version": CatalogueVersion.standing().number, "numbers": numbers, "changed": max(changed)}))


def apart(work, *arguments) -> None:
    """In processes of their own, side by side: this one never opens the database."""
    context = get_context("fork")
    children = [context.Process(target=work, args=given) for given in arguments]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
        if child.exitcode:
            os._exit(1)


if __name__ == "__main__":
    for turn in range(int(sys.argv[1])):
        apart(prepare, (turn,))
        barrier = get_context("fork").Barrier(TOGETHER)
        apart(publish_both, *((place, barrier) for place in range(TOGETHER)))
        apart(stand, ())
