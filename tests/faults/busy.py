"""Somebody works without a pause and is killed, again and again: `busy ACTION KILLS`. Prints what `verify` finds, as
JSON. Each round is a child of this process, which itself has no connection to the database."""

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.db import transaction  # noqa: E402

from practices.document import PracticeDocument, to_json  # noqa: E402
from practices.editorial import staging  # noqa: E402
from practices.editorial.documents import build_document  # noqa: E402
from practices.editorial.publishing import publish  # noqa: E402
from practices.editorial.recording import store_document  # noqa: E402
from practices.editorial.workflow import written  # noqa: E402
from practices.exchange.batches import apply, begin  # noqa: E402
from practices.exchange.previewing import preview_portion  # noqa: E402
from practices.exchange.undoing import undo  # noqa: E402
from practices.models.batch import ImportBatch  # noqa: E402
from practices.models.practice import Practice  # noqa: E402
from practices.models.publication import Publication  # noqa: E402
from practices.upkeep.verification import verify  # noqa: E402
from tests.factories import attachment, rich_document  # noqa: E402

SEED = 20_261
SOONEST, LATEST = 0.02, 0.5
"""Seconds until somebody is killed."""
WORKER = "ejercicio"


def text(number: int) -> bytes:
    return f"{number} {random.random()}\n".encode() * 20_000  # noqa: S311


def saved(document: PracticeDocument) -> Practice:
    """As staff and imports save it: the record and what follows of it, in one transaction."""
    by = User.objects.get(username=WORKER)
    with transaction.atomic():
        existing = Practice.objects.filter(code=document.code).first()
        before = build_document(existing) if existing else None
        record = store_document(document, by=by)
        written(record, before, by)
    return record


def saves(number: int) -> None:
    saved(rich_document(number % 5 + 1, title=f"Guardada {number}", impact=f"Se logró {number}."))


def publications(number: int) -> None:
    record = saved(rich_document(number % 5 + 1, title=f"Publicada {number}", attachments=files(number)))
    publish(record, User.objects.get(username=WORKER), note=f"n.º {number}")


def imports(number: int) -> None:
    documents = ",".join(to_json(rich_document(900 + place, title=f"Traída {number}.{place}")) for place in range(4))
    by = User.objects.get(username=WORKER)
    batch = begin(ContentFile(f"[{documents}]".encode(), name="lote.json"), by)
    while preview_portion(batch):
        pass
    apply(batch, by)
    if number % 2:
        undo(batch, by)


def uploads(number: int) -> None:
    by = User.objects.get(username=WORKER)
    staging.keep(ContentFile(text(number), name=f"{number}.txt"), f"{number}.txt", by)
    saved(rich_document(number % 5 + 1, attachments=files(number)))
    staging.forget_old()


def files(number: int) -> tuple:
    return (attachment(text(number), name=f"{number}.txt"),)


ACTIONS: dict[str, Callable[[int], None]] = {f.__name__: f for f in (saves, publications, imports, uploads)}


def in_a_child(work: Callable[[], object]) -> int:
    """The child, which has a session of its own so that what it starts ends with it."""
    pid = os.fork()
    if not pid:
        os.setsid()
        random.seed(os.getpid())
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return pid


def without_end(action: Callable[[int], None], start: int) -> None:
    for number in range(start, start + 10_000):
        action(number)


def told(deep: bool) -> Iterator[str]:
    """What is not as it should be, and what only whole things may be. `deep` looks at everything, which takes long."""
    if deep:
        yield from (str(finding) for finding in verify(deep=True))
    numbers: dict[int, list[int]] = {}
    for record, number in Publication.objects.order_by("number").values_list("practice_id", "number"):
        numbers.setdefault(record, []).append(number)
    yield from (f"numbers of {record}: {found}" for record, found in numbers.items() if found != sorted({*found}))
    yield from (f"gaps of {record}" for record, found in numbers.items() if found != [*range(1, len(found) + 1)])
    for batch in ImportBatch.objects.all():
        if batch.rows.count() != 4:
            yield f"half an import: {batch.rows.count()}"
    for record in Practice.objects.filter(title__startswith="Traída"):
        if record.successfactor_set.count() != 2 or record.metric_set.count() != 1:
            yield f"half a record: {record}"


def print_told(deep: bool) -> None:
    print(json.dumps([*told(deep)]), flush=True)


def rounds(action: Callable[[int], None], kills: int) -> None:
    chance = random.Random(SEED)  # noqa: S311
    start = 1
    for kill in range(1, kills + 1):
        pid = in_a_child(lambda start=start: without_end(action, start))
        time.sleep(chance.uniform(SOONEST, LATEST))
        os.killpg(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(f"it failed by itself: {status}")
        start += 1_000
        deep = kill in (kills // 2, kills)
        _pid, status = os.waitpid(in_a_child(lambda deep=deep: print_told(deep)), 0)
        if status:
            sys.exit(f"nobody could look: {status}")


if __name__ == "__main__":
    rounds(ACTIONS[sys.argv[1]], int(sys.argv[2]))
