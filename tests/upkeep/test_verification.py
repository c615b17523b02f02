"""Each invariant broken on purpose: it is found, what is derived is mended, and then nothing is found any more."""

import io
import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practices.editorial.publishing import withdraw
from practices.models import code_guard, immutability
from practices.models.code_alias import CodeAlias
from practices.models.contact import Contact
from practices.models.drawn import Drawn
from practices.models.files import FileText, StoredFile
from practices.models.practice import Practice, State
from practices.models.publication import Facet, FacetTerm, Publication, Status
from practices.models.search_index import SearchWord
from practices.models.staging import StagedFile
from practices.models.version import CatalogueVersion
from practices.search.engines import engine
from practices.upkeep.verification import Kind, verify
from tests.admin.people import member
from tests.factories import practice, published, rich_document
from tests.kept import forget

from .conftest import publish_one

pytestmark = pytest.mark.django_db


class RolledBack(Exception):
    pass


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def thawed(**fields: object) -> None:
    """What is frozen, changed by somebody who can."""
    # PostgreSQL makes no trigger on a table while it has something left to check there.
    connection.check_constraints()
    immutability.remove_trigger()
    Publication.objects.filter(code__contains="-001-").update(**fields)
    connection.check_constraints()
    immutability.install_trigger()


def media(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def test_house_is_in_order(house):
    assert verify(deep=True) == []


def lying_about(name: str, hours: int) -> None:
    """A file in the storage that no row names, of so many hours."""
    media(name).parent.mkdir(parents=True, exist_ok=True)
    media(name).write_bytes(b"nadie")
    then = time.time() - hours * 3_600
    os.utime(media(name), (then, then))


def no_entry(one: Publication) -> None:
    with connection.cursor() as cursor:
        engine().remove(cursor, [one.pk])


def other_entry(one: Publication) -> None:
    with connection.cursor() as cursor:
        engine().write(cursor, [(one.pk, ["totro"])])


def strange_entry(one: Publication) -> None:
    with connection.cursor() as cursor:
        engine().write(cursor, [(one.pk + 1_000, ["totro"])])


def miscounted_word(one: Publication) -> None:
    SearchWord.objects.filter(word="practica").update(count=7)


def lost_word(one: Publication) -> None:
    SearchWord.objects.filter(word="practica").delete()


def strange_word(one: Publication) -> None:
    SearchWord.objects.create(word="xilocarpo", stem="xilocarp", count=1)


def lost_term(one: Publication) -> None:
    one.terms.through.objects.filter(publication=one, facetterm__facet=Facet.FILES).delete()


def strange_term(one: Publication) -> None:
    one.terms.add(FacetTerm.objects.create(facet=Facet.CALL, value="ninguna", label="Ninguna"))


def other_card(one: Publication) -> None:
    Drawn.objects.filter(publication=one, part="row").update(content=b"otra")


def other_kin(one: Publication) -> None:
    call_command("draw", processes=1)
    Drawn.objects.filter(publication=one, part="related").update(content=b"otra")


def other_article(one: Publication) -> None:
    Drawn.objects.filter(publication=one, part="article").update(content=b"otra")


def card_of_what_is_not_in_force(one: Publication) -> None:
    past = published(rich_document(5))
    row = Drawn.objects.filter(publication=past, part="row").get()
    withdraw(past.practice, "Motivo")
    Drawn.objects.create(publication=past, part="row", build=row.build, content=row.content)


def version_behind(one: Publication) -> None:
    CatalogueVersion.objects.update(number=1)


def no_guard_of_history(one: Publication) -> None:
    connection.check_constraints()
    immutability.remove_trigger()


def no_guard_of_codes(one: Publication) -> None:
    connection.check_constraints()
    code_guard.remove_code_guard()


def published_but_says_draft(one: Publication) -> None:
    Practice.objects.filter(pk=one.practice_id).update(state=State.DRAFT)


def draft_that_says_published(one: Publication) -> None:
    Practice.objects.filter(pk=practice(number=5).pk).update(state=State.PUBLISHED)


def draft_that_says_withdrawn(one: Publication) -> None:
    Practice.objects.filter(pk=practice(number=5).pk).update(state=State.WITHDRAWN)


def draft_that_says_that_it_differs(one: Publication) -> None:
    Practice.objects.filter(pk=practice(number=5).pk).update(differs=True)


def unread_file(one: Publication) -> None:
    FileText.objects.all().delete()


def orphan_file(one: Publication) -> None:
    lying_about(f"ab/ab{'0' * 62}", hours=2)


def staged_for_weeks() -> None:
    stored = StoredFile.objects.store(ContentFile(b"olvidado", name="a.txt"))
    long_ago = timezone.now() - timedelta(days=30)
    StagedFile.objects.create(stored_file=stored, name="a.txt", chosen_by=member("writer"), chosen_at=long_ago)


@pytest.mark.parametrize(
    ("breaking", "kinds"),
    [
        (no_entry, {Kind.INDEX}),
        (other_entry, {Kind.INDEX}),
        (strange_entry, {Kind.INDEX}),
        (miscounted_word, {Kind.WORDS}),
        (lost_word, {Kind.WORDS}),
        (strange_word, {Kind.WORDS}),
        (lost_term, {Kind.FACETS}),
        (strange_term, {Kind.FACETS}),
        (other_card, {Kind.DRAWN}),
        (other_article, {Kind.DRAWN}),
        (other_kin, {Kind.DRAWN}),
        (card_of_what_is_not_in_force, {Kind.DRAWN}),
        (version_behind, {Kind.VERSION}),
        (no_guard_of_history, {Kind.GUARDS}),
        (no_guard_of_codes, {Kind.GUARDS}),
        (published_but_says_draft, {Kind.STANDING}),
        (draft_that_says_published, {Kind.STANDING}),
        (draft_that_says_withdrawn, {Kind.STANDING}),
        (draft_that_says_that_it_differs, {Kind.STANDING}),
        (unread_file, {Kind.FILE_TEXT, Kind.INDEX}),
        (orphan_file, {Kind.ORPHAN_FILE}),
    ],
)
def test_what_is_derived_is_found_and_mended(one, breaking: Callable[[Publication], None], kinds):
    assert verify() == []
    breaking(one)
    found = verify()
    assert {finding.kind for finding in found} == kinds
    assert all(finding.derived and not finding.repaired for finding in found)
    mended = verify(repair=True)
    assert [(finding.kind, finding.what) for finding in mended] == [(finding.kind, finding.what) for finding in found]
    assert all(finding.repaired for finding in mended)
    assert verify(deep=True) == []


def lost_file(one: Publication) -> None:
    media(StoredFile.objects.get().content.name).unlink()


def damaged_file(one: Publication) -> None:
    media(StoredFile.objects.get().content.name).write_bytes(b"otra cosa")


def other_size(one: Publication) -> None:
    StoredFile.objects.update(size=1)


def gap_in_the_numbers(one: Publication) -> None:
    thawed(number=3)


def none_in_force(one: Publication) -> None:
    Publication.objects.filter(pk=one.pk).update(status=Status.SUPERSEDED)


def unreadable_document(one: Publication) -> None:
    thawed(document='{"schema": 1}')


def title_of_another(one: Publication) -> None:
    thawed(title="Otro")


def other_date(one: Publication) -> None:
    Publication.objects.filter(pk=one.pk).update(implemented_start="1999")


def other_code(one: Publication) -> None:
    Practice.objects.filter(pk=one.practice_id).update(code="BP-OTRA-SSPD-009-2020")


def alias_of_another(one: Publication) -> None:
    connection.check_constraints()
    code_guard.remove_code_guard()
    other = Practice.objects.get(code__contains="-002-")
    CodeAlias.objects.create(
        code=other.code,
        code_key=other.code.lower().replace("-", ""),
        practice=one.practice,
        changed_at=timezone.now(),
        reason="Se digitó mal",
    )
    connection.check_constraints()
    code_guard.install_code_guard()


def consent_without_a_day(one: Publication) -> None:
    Contact.objects.create(practice=one.practice, name="Persona", consent_until="2030-01-01")


@pytest.mark.parametrize(
    ("breaking", "kinds"),
    [
        (lost_file, {Kind.FILE}),
        (damaged_file, {Kind.FILE}),
        (other_size, {Kind.FILE}),
        (gap_in_the_numbers, {Kind.NUMBERS, Kind.DRAWN}),
        (none_in_force, {Kind.IN_FORCE, Kind.INDEX, Kind.WORDS, Kind.DRAWN, Kind.STANDING}),
        (unreadable_document, {Kind.DOCUMENT, Kind.INDEX, Kind.WORDS}),
        (title_of_another, {Kind.DOCUMENT, Kind.DRAWN}),
        (other_date, {Kind.DOCUMENT}),
        (other_code, {Kind.CODE}),
        (alias_of_another, {Kind.CODE, Kind.INDEX}),
        (consent_without_a_day, {Kind.CONSENT}),
    ],
)
def test_what_is_not_derived_is_told_and_left_alone(one, breaking: Callable[[Publication], None], kinds):
    breaking(one)
    found = verify()
    assert {finding.kind for finding in found} == kinds
    lost = {finding.kind for finding in found if not finding.derived}
    left = {finding.kind for finding in verify(repair=True) if not finding.repaired}
    # Nothing is made of all documents while one cannot be read.
    assert lost
    assert left == (kinds if breaking is unreadable_document else lost)


def lost_category(one: Publication) -> None:
    sql("DELETE FROM practices_category")


def lost_practice(one: Publication) -> None:
    sql("DELETE FROM practices_practice WHERE id = %s", one.practice_id)


def drawn_of_nothing(one: Publication) -> None:
    Drawn.objects.filter(publication=one, part="row").update(publication_id=one.pk + 1_000)


@pytest.mark.parametrize("breaking", [lost_category, lost_practice, drawn_of_nothing])
def test_row_that_leads_nowhere_is_found(one, breaking):
    """The database would refuse it at the end of the transaction, which never comes here."""
    with suppress(RolledBack), transaction.atomic():
        breaking(one)
        assert Kind.ORPHAN_ROW in {finding.kind for finding in verify()}
        raise RolledBack


@pytest.mark.django_db(transaction=True)
def test_what_nobody_came_back_for_is_found_and_forgotten():
    staged_for_weeks()
    assert [(finding.kind, finding.repaired) for finding in verify()] == [(Kind.STAGED, False)]
    assert [(finding.kind, finding.repaired) for finding in verify(repair=True)] == [(Kind.STAGED, True)]
    assert (verify(), StoredFile.objects.count()) == ([], 0)


def test_file_of_this_hour_is_told_and_not_removed(one):
    name = f"cd/cd{'0' * 62}"
    lying_about(name, hours=0)
    (finding,) = verify(repair=True)
    assert (finding.kind, finding.repaired) == (Kind.ORPHAN_FILE, False)
    assert media(name).exists()


def test_file_that_is_not_called_as_ours_are_is_told_and_not_removed(one):
    lying_about("de otro/programa.txt", hours=200)
    (finding,) = verify(repair=True)
    assert (finding.kind, finding.what, finding.repaired) == (Kind.ORPHAN_FILE, "de otro/programa.txt", False)
    assert media("de otro/programa.txt").exists()


def test_record_that_says_wrongly_whether_it_differs_is_found_by_looking_deeper(one):
    Practice.objects.filter(pk=one.practice_id).update(differs=True)
    assert verify() == []
    assert [finding.kind for finding in verify(deep=True)] == [Kind.STANDING]
    assert [finding.repaired for finding in verify(deep=True, repair=True)] == [True]
    assert Practice.objects.get(pk=one.practice_id).differs is False


def test_mending_tells_every_worker(one):
    no_entry(one)
    before = CatalogueVersion.current()
    verify(repair=True)
    assert CatalogueVersion.standing().rebuilt_in > before


def test_looking_changes_nothing(one):
    no_entry(one)
    before = CatalogueVersion.current()
    verify()
    assert CatalogueVersion.current() == before


def said(*options: str) -> tuple[str, str]:
    """What the command prints, and what it ends with."""
    printed = io.StringIO()
    try:
        call_command("verify_catalogue", *options, stdout=printed)
    except CommandError as error:
        return printed.getvalue(), str(error)
    return printed.getvalue(), ""


def test_command_tells_people_and_programs_and_ends_with_1_while_something_is_left(one):
    assert [len(part.splitlines()) for part in said()] == [1, 0]
    assert said("--format", "json") == ("[]\n", "")
    no_entry(one)
    text, error = said()
    assert (text, bool(error)) == (f"✗ index: {one}\n", True)
    told = {"kind": "index", "what": str(one), "derived": True, "repaired": False}
    assert json.loads(said("--format", "json")[0]) == [told]
    assert said("--repair", "--format", "json") == (json.dumps([told | {"repaired": True}], indent=1) + "\n", "")


def test_very_many_of_a_kind_are_counted(one, monkeypatch):
    monkeypatch.setattr("practices.management.commands.verify_catalogue.MOST_SHOWN", 3)
    SearchWord.objects.update(count=99)
    lines = said()[0].splitlines()
    assert len(lines) == 4
    assert lines[-1].startswith("✗ words: … (+")


def test_no_person_is_named(one):
    Contact.objects.create(practice=one.practice, name="Xilocarpo", consent_until="2030-01-01")
    assert "Xilocarpo" not in said()[0]


@pytest.mark.django_db(transaction=True)
def test_questions_do_not_grow_with_the_practices():
    publish_one()
    # What they write is in too many of them to tell one from another, before and after.
    for number in range(5, 10):
        published(rich_document(number))
    forget()
    with CaptureQueriesContext(connection) as few:
        verify()
    for number in range(10, 20):
        published(rich_document(number))
    forget()
    with CaptureQueriesContext(connection) as many:
        verify()
    assert len(many) == len(few)
