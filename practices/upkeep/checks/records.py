"""Rows that lead nowhere, consents that are none, and what nobody came back for."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from django.db.models import Exists, F, ForeignKey, Model, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.editorial.documents import build_document, with_lists
from practices.editorial.staging import KEPT, forget_old
from practices.models.contact import Contact
from practices.models.practice import Practice
from practices.models.prepared import Prepared
from practices.models.publication import Publication
from practices.models.staging import StagedFile
from practices.upkeep.finding import Finding, Kind
from practices.upkeep.tables import data_models, other_models

LATE = timedelta(days=1)
"""How late the timer that forgets them may be."""


def orphans() -> Iterator[Finding]:
    """Rows whose reference leads nowhere, though the database was told to refuse that. A query for each reference."""
    for model in (*data_models(), *other_models()):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, ForeignKey) and getattr(field, "db_constraint", True):
                yield from _leading_nowhere(model, field)


@cache
def _without_target(model: type[Model], field: ForeignKey) -> Prepared:
    """Their keys. There is one for each reference, and to write them all anew takes longer than to ask them."""
    target = field.remote_field.model._base_manager.filter(**{field.target_field.attname: OuterRef(field.attname)})
    rows = model._base_manager.filter(~Exists(target), **{f"{field.attname}__isnull": False}).order_by("pk")
    return Prepared(lambda: rows.values_list("pk"))


def _leading_nowhere(model: type[Model], field: ForeignKey) -> Iterator[Finding]:
    for (pk,) in _without_target(model, field).rows():
        told = {"model": model._meta.label, "pk": pk, "field": field.name}
        yield Finding(Kind.ORPHAN_ROW, _("%(model)s %(pk)s: its %(field)s is not there") % told)


def consents() -> Iterator[Finding]:
    """A consent says when, by whom, and ends after it began. One query."""
    wrong = (
        Q(consent_given_on__isnull=False, consent_given_by="")
        | Q(consent_given_on__isnull=True, consent_until__isnull=False)
        | Q(consent_until__lt=F("consent_given_on"))
    )
    for pk, code in Contact.objects.filter(wrong).order_by("pk").values_list("pk", "practice__code"):
        yield Finding(Kind.CONSENT, _("contact %(pk)d of %(code)s") % {"pk": pk, "code": code})


def staged() -> Iterator[Finding]:
    """One query."""
    late = StagedFile.objects.filter(chosen_at__lt=timezone.now() - KEPT - LATE).count()
    if late:
        yield Finding(Kind.STAGED, _("%d files that nobody came back for: does clean_staged run?") % late)


def forget_staged() -> None:
    forget_old()


def told_apart() -> Iterator[Finding]:
    """Records that say whether they differ from what is public, and are wrong. Vocabulary that was renamed since
    counts as a difference here: for who asks for it. Twelve queries for each hundred records."""
    for practice, _differs in _wrong_differs():
        yield Finding(Kind.STANDING, _("%s says wrongly whether it differs from what is public") % practice.code)


def tell_apart() -> None:
    for practice, differs in _wrong_differs():
        Practice.objects.filter(pk=practice.pk).update(differs=differs)


def _wrong_differs() -> Iterator[tuple[Practice, bool]]:
    ids = list(Publication.objects.current().order_by("practice_id").values_list("practice_id", flat=True))
    for start in range(0, len(ids), 100):
        batch = ids[start : start + 100]
        current = {p.practice_id: p for p in Publication.objects.current().filter(practice__in=batch)}
        for practice in with_lists(Practice.objects.filter(pk__in=current)).order_by("pk"):
            differs = current[practice.pk].content != build_document(practice)
            if practice.differs != differs:
                yield practice, differs
