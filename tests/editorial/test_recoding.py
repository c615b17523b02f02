"""Correcting the code of a published practice: no code dies, and none is ever two practices'."""

import threading
from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from practices.editorial.codes import FormerCodes, practice_with_code, proposed_code
from practices.editorial.documents import build_document
from practices.editorial.duplicates import likely_duplicates
from practices.editorial.history import changes_of
from practices.editorial.publishing import NotPublished, Unchanged, publish, withdraw
from practices.editorial.recoding import CodeTaken, correct_code
from practices.editorial.recording import store_document
from practices.editorial.restoring import restore
from practices.editorial.roles import PUBLISHERS, REVIEWERS
from practices.editorial.workflow import NoReason, send_to_review
from practices.models.code_alias import CodeAlias
from practices.models.code_guard import install_code_guard, remove_code_guard
from practices.models.history import Event, Kind
from practices.models.practice import Practice, State
from practices.models.publication import Publication, Status
from practices.models.version import CatalogueVersion
from tests.factories import document, practice, published

pytestmark = pytest.mark.django_db
A, B, C = (f"BP-PRUEBA-SSPD-{number:03d}-2020" for number in (1, 2, 3))
WHY = "El convenio estaba mal escrito."


def correct(code: str, to: str, why: str = WHY, by: User | None = None) -> Publication:
    return correct_code(Practice.objects.get(code=code), to, why, by)


def former() -> dict[str, str]:
    return dict(CodeAlias.objects.order_by("code").values_list("code", "practice__code"))


def member(group: str) -> User:
    user = User.objects.create(username=group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def test_what_is_public_is_published_again_word_for_word_under_the_other_code():
    first = published(document(1))
    store_document(replace(build_document(first.practice), summary="Sin publicar."))
    Practice.objects.filter(pk=first.practice_id).update(differs=True)
    version, by = CatalogueVersion.current(), member(PUBLISHERS)

    second = correct(A, B, "  El convenio\nestaba mal escrito. ", by)

    record = Practice.objects.get()
    assert second.content == replace(first.content, code=B)
    assert (second.number, second.code, second.code_key, second.note) == (2, B, "bppruebasspd0022020", WHY)
    assert (second.first_published_at, second.published_by) == (first.first_published_at, by)
    assert (record.code, record.state, record.differs, record.summary) == (B, State.PUBLISHED, True, "Sin publicar.")
    assert list(Publication.objects.order_by("number").values_list("status", flat=True)) == [
        Status.SUPERSEDED,
        Status.CURRENT,
    ]
    assert CatalogueVersion.current() == version + 1
    alias = CodeAlias.objects.get()
    assert (alias.code, alias.practice, alias.changed_by, alias.reason) == (A, record, by, WHY)
    assert alias.changed_at == second.published_at


def test_history_tells_who_corrected_what_and_why():
    published(document(1))
    by = member(PUBLISHERS)
    correct(A, B, by=by)
    event = Event.objects.get(kind=Kind.RECODED)
    assert (event.code, event.by, event.note) == (B, by, f"v2 {WHY}")
    assert [(change.field, change.before, change.after) for change in changes_of(event)] == [("code", A, B)]


def test_the_record_goes_on_its_way_where_it_was():
    record = published(document(1)).practice
    store_document(replace(build_document(record), summary="Otra."))
    Practice.objects.filter(pk=record.pk).update(differs=True)
    send_to_review(record)
    revision = Practice.objects.get().revision
    correct(A, B)
    record = Practice.objects.get()
    assert (record.state, record.differs, record.revision) == (State.IN_REVIEW, True, revision + 1)


def test_from_each_former_code_it_is_one_step_to_the_present_one():
    published(document(1))
    correct(A, B)
    correct(B, C)
    assert former() == {A: C, B: C}
    assert {practice_with_code(code).code for code in (A, B, C)} == {C}
    assert [FormerCodes().today(code) for code in (A, B, C, "BP-X-001-2020")] == [C, C, C, "BP-X-001-2020"]


def test_a_code_that_comes_back_is_no_former_one():
    published(document(1))
    correct(A, B)
    back = correct(B, A, "Era el correcto.")
    assert former() == {B: A}
    assert (back.number, back.first_code, back.lasting_code) == (3, "", A)
    correct(A, B)
    assert former() == {A: B}


def test_what_a_practice_is_known_by_for_ever_is_its_first_code():
    assert published(document(1)).lasting_code == A
    assert [correct(A, B).lasting_code, correct(B, C).lasting_code] == [A, A]
    Practice.objects.update(summary="Otra.")
    assert publish(Practice.objects.get()).lasting_code == A


@pytest.mark.parametrize("taken", ["BP-PRUEBA-SSPD-002-2020", "BP-PRU-EBASSPD-002-2020"])
def test_the_code_of_another_record_is_refused_in_any_spelling(taken):
    published(document(1))
    draft = practice(document(2, code=taken))
    with pytest.raises(CodeTaken) as refused:
        correct(A, B)
    assert (refused.value.holder, refused.value.is_former) == (draft, False)
    assert (former(), Publication.objects.count()) == ({}, 1)


def test_the_former_code_of_another_practice_is_refused_and_two_never_change_places():
    published(document(1))
    other = published(document(2)).practice
    correct(A, C)
    for code in (A, C):
        with pytest.raises(CodeTaken) as refused:
            correct(B, code)
        assert refused.value.is_former is (code == A)
    with pytest.raises(CodeTaken):
        correct(C, other.code)
    assert former() == {A: C}


def test_codes_that_differ_in_their_hyphens_alone():
    """The key is the same: the address leads there anyway, and an import of the former code finds the record."""
    published(document(1, code="BP-UNO-DOS-001-2020"))
    correct("BP-UNO-DOS-001-2020", "BP-UNODOS-001-2020")
    assert practice_with_code("BP-UNO-DOS-001-2020").code == "BP-UNODOS-001-2020"
    correct("BP-UNODOS-001-2020", "BP-UN-ODOS-001-2020")
    correct("BP-UN-ODOS-001-2020", A)
    assert former() == {"BP-UN-ODOS-001-2020": A}


def test_an_address_that_another_record_answers_to_stays_the_others():
    published(document(1, code="BP-UNO-DOS-001-2020"))
    Practice.objects.create(code="BP-UNODOS-001-2020")
    correct("BP-UNO-DOS-001-2020", A)
    assert former() == {}


def test_who_may_not_publish_may_not_correct():
    published(document(1))
    with pytest.raises(PermissionDenied):
        correct(A, B, by=member(REVIEWERS))
    assert former() == {}


@pytest.mark.parametrize(
    ("code", "why", "error"),
    [(B, " \n", NoReason), ("BP", WHY, ValueError), (A, WHY, Unchanged), (B.lower(), WHY, ValueError)],
)
def test_what_is_no_correction_changes_nothing(code, why, error):
    published(document(1))
    version = CatalogueVersion.current()
    with pytest.raises(error):
        correct(A, code, why)
    assert (former(), Publication.objects.count(), CatalogueVersion.current()) == ({}, 1, version)


def test_only_what_is_public_is_corrected():
    practice(document(1))
    withdraw(published(document(2)).practice, "Motivo")
    for code in (A, B):
        with pytest.raises(NotPublished):
            correct(code, C)
    assert former() == {}


def test_a_former_code_is_never_proposed_for_a_new_record():
    published(document(3))
    correct(C, A)
    assert proposed_code("BP-PRUEBA-SSPD", 2020) == "BP-PRUEBA-SSPD-004-2020"


def test_a_version_of_before_is_restored_under_the_code_of_today():
    first = published(document(1))
    correct(A, B)
    Practice.objects.update(summary="Otra.")
    restore(Publication.objects.get(pk=first.pk))
    record = Practice.objects.get()
    assert (record.code, record.summary) == (B, "Lo que se hizo.")


def test_a_spelling_of_a_former_code_is_a_likely_duplicate():
    published(document(1))
    correct(A, "BP-OTRO-SSPD-007-2021")
    near = document(1, code="BP-PRUEBAS-SSPD-001-2020", title="Nada parecido", authors=())
    assert [(one.practice.code, one.why) for one in likely_duplicates(near)] == [("BP-OTRO-SSPD-007-2021", ("code",))]


# --- The database itself --------------------------------------------------------------------------------------------


def alias(code: str, record: Practice, **fields) -> CodeAlias:
    key = code.replace("-", "").lower()
    values = {"code_key": key, "reason": "x", "changed_at": timezone.now(), **fields}
    return CodeAlias(code=code, practice=record, **values)


def refused(write) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_a_former_code_as_anothers_whoever_asks():
    owner = published(document(1)).practice
    correct(A, B)
    other = practice(document(3))
    near = "BP-PRUEBASSPD-001-2020"
    assert refused(lambda: Practice.objects.create(code=A))
    assert refused(lambda: Practice.objects.create(code=near))
    assert refused(lambda: Practice.objects.bulk_create([Practice(code=A)]))
    assert refused(lambda: Practice.objects.filter(pk=other.pk).update(code=A))
    assert refused(alias(C, owner).save)
    assert refused(alias(A, other).save)
    assert refused(alias("BP-PRUEBASSPD-003-2020", owner).save)
    assert refused(lambda: CodeAlias.objects.update(code=C, code_key="bppruebasspd0032020"))
    assert refused(lambda: CodeAlias.objects.update(code_key="bppruebasspd0092020"))
    assert refused(alias("BP-PRUEBA-SSPD-009-2020", owner, reason="").save)
    assert refused(alias("nada", owner).save)
    assert not refused(lambda: Practice.objects.filter(pk=owner.pk).update(title="Otro título"))
    assert not refused(lambda: Practice.objects.create(code="BP-PRUEBA-SSPD-009-2020"))


def test_the_guard_comes_back_after_a_migration():
    published(document(1))
    correct(A, B)
    remove_code_guard()
    with transaction.atomic():
        assert not refused(lambda: Practice.objects.create(code=A))
        Practice.objects.filter(code=A).delete()
    install_code_guard()
    install_code_guard()
    assert refused(lambda: Practice.objects.create(code=A))


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_a_code_that_was_corrected_does_not_get_it():
    """The unique index lets the second go on when the first has given the code up: by then it is a former one."""
    published(document(1))
    outcomes: list[bool] = []
    waits = threading.Event()

    def other() -> None:
        try:
            waits.set()
            outcomes.append(refused(lambda: Practice.objects.create(code=A)))
        finally:
            connection.close()

    second = threading.Thread(target=other)
    with transaction.atomic():
        correct(A, B)
        second.start()
        waits.wait(10)
        second.join(1)
    second.join(10)
    assert outcomes == [True]
    assert Practice.objects.count() == 1
