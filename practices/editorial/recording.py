"""From a document to the working record: what imports and restored versions write. The way there is documents.py.

Vocabulary that the document names and the catalogue does not know yet (an author, a category) is added; a word
that is known in any spelling is reused, and a known row is never changed by what a document says of it.
"""

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext as _

from practices.document import Author, PracticeDocument
from practices.document import Call as DocumentCall
from practices.document import Category as DocumentCategory
from practices.document import Service as DocumentService
from practices.language.codes import split_code
from practices.language.organizations import organization_key
from practices.language.words import squash
from practices.models.files import StoredFile
from practices.models.limits import COVERAGE, TEXT
from practices.models.parts import Assessment, Attachment, Authorship, Link, Metric, SuccessFactor
from practices.models.practice import LONG_TEXTS, Practice
from practices.models.vocabulary import (
    Call,
    Category,
    CodeSeries,
    Criterion,
    Department,
    Municipality,
    Organization,
    Service,
    Slugged,
    free_slug,
)

from .documents import AUTHOR_SEPARATOR, build_document

PlaceModel = TypeVar("PlaceModel", Department, Municipality)


def store_document(
    document: PracticeDocument,
    fields: Collection[str] | None = None,
    by: User | None = None,
    kept: PracticeDocument | None = None,
) -> Practice:
    """Write the document into the working record with its code, a new one if there is none.

    `fields` names the document's fields to write; the others keep what the record holds (None: all of them), which
    is `kept` where the caller has built it already. Publishes nothing. Raises ValidationError, with messages per
    field, and then writes nothing.
    """
    practice = Practice.objects.filter(code=document.code).first()
    if practice is not None and fields is not None:
        kept = kept or build_document(practice)
        document = dataclasses.replace(kept, **{name: getattr(document, name) for name in fields if name != "code"})
    elif practice is None:
        practice = Practice(code=document.code, created_by=by)
    return _written_down(practice, document, by)


def _written_down(practice: Practice, document: PracticeDocument, by: User | None) -> Practice:
    """The limits are the database's: asking each of them before, one query a time, cost more than all the writing.
    They are asked one by one only after it refused, to say which field it is."""
    new = practice.pk is None
    try:
        return _write(practice, document, by, asking=False)
    except (IntegrityError, DataError):
        if new:
            practice.pk = None
            practice._state.adding = True
        return _write(practice, document, by, asking=True)


@transaction.atomic
def _write(practice: Practice, document: PracticeDocument, by: User | None, asking: bool) -> Practice:
    new = practice.pk is None
    authorships = _authorships(document.authors)
    practice.author_text = _author_line(document.author, authorships)
    _write_fields(practice, document, by, asking)
    _write_series(document.code)
    _write_relations(practice, document, new)
    _write_parts(practice, document, authorships, asking, new)
    return practice


def _check(row: models.Model, asking: bool) -> None:
    """Raises ValidationError. Rows that it points to were read a moment ago, so they are not looked up again."""
    if asking:
        row.full_clean()
        return
    row.clean_fields(exclude={field.name for field in row._meta.fields if field.is_relation})
    row.clean()


def _write_fields(practice: Practice, document: PracticeDocument, by: User | None, asking: bool) -> None:
    practice.title = document.title
    practice.implemented_text = document.implemented.text
    practice.implemented_start = document.implemented.start
    practice.implemented_end = document.implemented.end
    practice.implemented_precision = document.implemented.precision
    practice.category = _category(document.category)
    practice.call = _call(document.call)
    practice.distinction = document.distinction
    practice.coverage_text = document.coverage.text
    practice.national = document.coverage.national
    practice.demonstration = document.demonstration
    for name in LONG_TEXTS:
        setattr(practice, name, getattr(document, name))
    practice.changed_by = by
    _refuse_too_long(practice)
    _check(practice, asking)
    practice.save()


def _refuse_too_long(practice: Practice) -> None:
    """A text's limit is a constraint of the whole record for Django; people want to know which field it is."""
    message = _("This text has %(length)d characters; %(limit)d fit.")
    limits = {**dict.fromkeys(LONG_TEXTS, TEXT), "coverage_text": COVERAGE}
    errors = {
        name: message % {"length": len(getattr(practice, name)), "limit": limit}
        for name, limit in limits.items()
        if len(getattr(practice, name)) > limit
    }
    if errors:
        raise ValidationError(errors)


def _author_line(line: str, authorships: list[Authorship]) -> str:
    """The form's own line, kept only where the rows do not say it already."""
    said = AUTHOR_SEPARATOR.join(row.as_written or row.organization.name for row in authorships)
    return "" if line == said else line


def _write_series(code: str) -> None:
    prefix = split_code(code).prefix
    if not CodeSeries.objects.filter(prefix=prefix).exists():
        CodeSeries.objects.create(prefix=prefix)


def _write_relations(practice: Practice, document: PracticeDocument, new: bool) -> None:
    known = list(Service.objects.all()) if document.services else []
    municipalities = {place.code for place in document.coverage.municipalities}
    departments = {place.code for place in document.coverage.departments}
    wanted: list[tuple[Any, list[Any]]] = [
        (practice.services, [_service(service, known) for service in document.services]),
        (practice.municipalities, _known(Municipality, municipalities, "coverage")),
        (practice.departments, _known(Department, departments, "coverage")),
    ]
    for manager, rows in wanted:
        if not new:
            manager.set(rows)
        elif rows:
            manager.add(*rows)


def _known(model: type[PlaceModel], codes: set[str], field: str) -> list[PlaceModel]:
    found = list(model._default_manager.filter(pk__in=codes)) if codes else []
    missing = codes - {str(row.pk) for row in found}
    if missing:
        raise ValidationError({field: f"DIVIPOLA: {', '.join(sorted(missing))}?"})
    return found


def _write_parts(
    practice: Practice, document: PracticeDocument, authorships: list[Authorship], asking: bool, new: bool
) -> None:
    rows: dict[type[models.Model], Sequence[models.Model]] = {
        Authorship: authorships,
        Metric: [Metric(**dataclasses.asdict(metric)) for metric in document.metrics],
        SuccessFactor: [SuccessFactor(text=text) for text in document.success_factors],
        Link: [Link(address=link.address, label=link.label) for link in document.links],
        Attachment: _attachments(document),
    }
    for model, wanted in rows.items():
        _replace(practice, model, wanted, asking, new)
    _write_assessments(practice, document, new)


def _replace(
    practice: Practice, model: type[models.Model], rows: Sequence[models.Model], asking: bool, new: bool
) -> None:
    """The rows in this order instead of those there were."""
    if not new:
        model._default_manager.filter(practice=practice).delete()
    for position, row in enumerate(rows, 1):
        row.practice, row.position = practice, position  # type: ignore[attr-defined]
        _check(row, asking)
    model._default_manager.bulk_create(rows)


def _attachments(document: PracticeDocument) -> list[models.Model]:
    if not document.attachments:
        return []
    stored = StoredFile.objects.in_bulk({attachment.sha256 for attachment in document.attachments})
    missing = [a.name for a in document.attachments if a.sha256 not in stored]
    if missing:
        raise ValidationError({"attachments": f"{', '.join(missing)}: ?"})
    return [
        Attachment(
            stored_file=stored[a.sha256],
            name=a.name,
            description=a.description,
            keywords=a.keywords,
            language=a.language,
        )
        for a in document.attachments
    ]


def _write_assessments(practice: Practice, document: PracticeDocument, new: bool) -> None:
    if not new:
        practice.assessment_set.all().delete()
    if not document.criteria:
        return
    criteria = Criterion.objects.in_bulk([a.criterion for a in document.criteria], field_name="slug")
    missing = [a.criterion for a in document.criteria if a.criterion not in criteria]
    if missing:
        raise ValidationError({"criteria": f"{', '.join(missing)}: ?"})
    Assessment.objects.bulk_create(
        [
            Assessment(practice=practice, criterion=criteria[a.criterion], state=a.state, reason=a.reason)
            for a in document.criteria
        ]
    )


def _authorships(authors: Iterable[Author]) -> list[Authorship]:
    """One row per organisation, in order: two spellings of one firm are one author."""
    rows: dict[int, Authorship] = {}
    for author in authors:
        row = _authorship(author)
        rows.setdefault(row.organization_id, row)
    return list(rows.values())


def _authorship(author: Author) -> Authorship:
    organization = organization_named(author)
    return Authorship(organization=organization, as_written=author.as_written)


def organization_named(author: Author) -> Organization:
    """The organisation of this name in any spelling, else of this acronym, added if the catalogue has neither."""
    key = organization_key(author.name)
    if not key:
        raise ValidationError({"author": _("“%s” names nobody.") % author.name})
    found = Organization.objects.filter(key=key).first() or _by_acronym(author.name)
    if found:
        return found
    organization = Organization(
        name=author.name,
        key=key,
        acronym=author.acronym,
        kind=author.kind,
        website=author.website,
        slug=_slug_or_free(Organization, author.slug, key),
    )
    _validate(organization, "author")
    organization.save()
    organization.services.set(Service.objects.filter(slug__in=author.services))
    return organization


def _by_acronym(name: str) -> Organization | None:
    """A name that is nothing but the acronym of one known organisation: “EPM E.S.P.”."""
    key = organization_key(name)
    named = [o for o in Organization.objects.exclude(acronym="") if organization_key(o.acronym) == key]
    return named[0] if len(named) == 1 else None


def _category(category: DocumentCategory | None) -> Category | None:
    if category is None:
        return None
    rows = list(Category.objects.all())
    for row in rows:
        same_number = category.number in (None, row.number)
        if squash(str(row)) == squash(category.label) or (same_number and squash(row.name) == squash(category.name)):
            return row
    taken = {row.number for row in rows} | {None}
    named = {squash(row.name) for row in rows}
    # A number that is another category's stays part of the name, as written.
    whole = category.number in taken or squash(category.name) in named
    added = Category(
        slug=_slug_or_free(Category, category.slug, category.name),
        name=category.label or category.name if whole else category.name,
        number=None if whole else category.number,
    )
    _validate(added, "category")
    added.save()
    return added


def _validate(row: models.Model, field: str) -> None:
    """The row's own messages, told under the field of the document that it comes from."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error


def _call(call: DocumentCall | None) -> Call | None:
    if call is None:
        return None
    known = next((row for row in Call.objects.filter(year=call.year) if squash(row.name) == squash(call.name)), None)
    return known or Call.objects.create(slug=_slug_or_free(Call, call.slug, call.name), name=call.name, year=call.year)


def known_service(service: DocumentService, known: Sequence[Service] | None = None) -> Service | None:
    """The service of that slug or name, or the one whose name begins so: “gas”, “energía”. One query, or none where
    `known` holds them all."""
    wanted = squash(service.name)
    rows = Service.objects.all() if known is None else known
    same = [row for row in rows if row.slug == service.slug or squash(row.name) == wanted]
    begun = [row for row in rows if wanted and squash(row.name).startswith(f"{wanted} ")]
    return same[0] if same else begun[0] if len(begun) == 1 else None


def _service(service: DocumentService, known: Sequence[Service]) -> Service:
    found = known_service(service, known)
    return found or Service.objects.create(slug=_slug_or_free(Service, service.slug, service.name), name=service.name)


def _slug_or_free(model: type[Slugged], slug: str, name: str) -> str:
    if slug and not model.objects.filter(slug=slug).exists():
        return slug
    return free_slug(model, name)
