"""From the working record to the document that would be published. The way back is recording.py."""

from decimal import Decimal
from typing import Any, cast

from django.db.models import Prefetch, QuerySet

from practices.document import (
    Assessment,
    AssessmentState,
    Attachment,
    Author,
    Call,
    Category,
    Coverage,
    CriterionGroup,
    Direction,
    Implementation,
    Link,
    Metric,
    OrganizationKind,
    Place,
    PracticeDocument,
    Precision,
    Service,
)
from practices.models import parts
from practices.models.practice import LONG_TEXTS, Practice
from practices.models.vocabulary import Department, Municipality
from practices.models.vocabulary import Service as ServiceRow

AUTHOR_SEPARATOR = "; "

# What a document needs of each list: its rows with the words that they name.
LISTS: dict[str, QuerySet[Any]] = {
    "authorship_set": parts.Authorship.objects.select_related("organization").prefetch_related(
        "organization__services"
    ),
    "metric_set": parts.Metric.objects.all(),
    "successfactor_set": parts.SuccessFactor.objects.all(),
    "assessment_set": parts.Assessment.objects.select_related("criterion"),
    "attachment_set": parts.Attachment.objects.select_related("stored_file"),
    "link_set": parts.Link.objects.all(),
    "services": ServiceRow.objects.all(),
    "departments": Department.objects.all(),
    "municipalities": Municipality.objects.select_related("department"),
}


def with_lists(practices: QuerySet[Practice], **others: QuerySet[Any]) -> QuerySet[Practice]:
    """Records that carry all that their document is made of, for reading only: what is written afterwards to a list
    is not seen in them. Ten queries more, however many rows. `others` are the rows of a list with more to tell."""
    lists = [Prefetch(name, rows) for name, rows in {**LISTS, **others}.items()]
    return practices.select_related("category", "call").prefetch_related(*lists)


def has_lists(practice: Practice) -> bool:
    """Whether the record came out of `with_lists`."""
    return LISTS.keys() <= getattr(practice, "_prefetched_objects_cache", {}).keys()


def _rows(practice: Practice, name: str) -> QuerySet[Any]:
    """The rows of a list: those that came with the record, else those of the database."""
    if has_lists(practice):
        return getattr(practice, name).all()
    owner = "practices" if name in ("services", "departments", "municipalities") else "practice"
    return LISTS[name].filter(**{owner: practice})


def build_document(practice: Practice) -> PracticeDocument:
    """What publishing the record now would freeze. About twelve queries, however long its lists are; none for a
    record that came out of `with_lists`."""
    authors = _authors(practice)
    return PracticeDocument(
        code=practice.code,
        title=practice.title,
        author=practice.author_text or author_line(authors),
        authors=authors,
        implemented=_implementation(practice),
        category=_category(practice),
        services=tuple(Service(s.slug, s.name) for s in _rows(practice, "services")),
        call=Call(practice.call.slug, practice.call.name, practice.call.year) if practice.call else None,
        distinction=practice.distinction,
        metrics=_metrics(practice),
        success_factors=tuple(factor.text for factor in _rows(practice, "successfactor_set")),
        coverage=_coverage(practice),
        criteria=_criteria(practice),
        attachments=_attachments(practice),
        links=tuple(Link(link.address, link.label) for link in _rows(practice, "link_set")),
        demonstration=practice.demonstration,
        **{name: getattr(practice, name) for name in LONG_TEXTS},
    )


def author_line(authors: tuple[Author, ...]) -> str:
    """The authors as one line, where the form's own line is not kept."""
    return AUTHOR_SEPARATOR.join(author.as_written for author in authors)


def _authors(practice: Practice) -> tuple[Author, ...]:
    return tuple(
        Author(
            as_written=row.as_written or row.organization.name,
            name=row.organization.name,
            slug=row.organization.slug,
            kind=cast(OrganizationKind, row.organization.kind),
            acronym=row.organization.acronym,
            services=tuple(service.slug for service in row.organization.services.all()),
            website=row.organization.website,
        )
        for row in _rows(practice, "authorship_set")
    )


def _implementation(practice: Practice) -> Implementation:
    return Implementation(
        practice.implemented_text,
        practice.implemented_start,
        practice.implemented_end,
        cast(Precision, practice.implemented_precision),
    )


def _category(practice: Practice) -> Category | None:
    category = practice.category
    return Category(category.slug, category.name, category.number, str(category)) if category else None


def _metrics(practice: Practice) -> tuple[Metric, ...]:
    return tuple(
        Metric(
            text=row.text,
            label=row.label,
            value=plain_number(row.value),
            unit=row.unit,
            baseline=plain_number(row.baseline),
            period=row.period,
            better=cast(Direction, row.better),
            headline=row.headline,
        )
        for row in _rows(practice, "metric_set")
    )


def plain_number(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the column adds: 355, not 355.000000, and never 3.55E+2."""
    if value is None:
        return None
    plain = value.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def _coverage(practice: Practice) -> Coverage:
    """Departments include those of the municipalities: who looks for Caldas wants Manizales too."""
    municipalities = list(_rows(practice, "municipalities"))
    departments = {d.code: d.name for d in _rows(practice, "departments")}
    departments.update({m.department.code: m.department.name for m in municipalities})
    return Coverage(
        text=practice.coverage_text,
        national=practice.national,
        departments=tuple(Place(code, name) for code, name in sorted(departments.items())),
        municipalities=tuple(
            sorted((Place(m.code, m.name, m.department_id) for m in municipalities), key=lambda place: place.code)
        ),
    )


def _criteria(practice: Practice) -> tuple[Assessment, ...]:
    return tuple(
        Assessment(
            criterion=row.criterion.slug,
            name=row.criterion.name,
            group=cast(CriterionGroup, row.criterion.group),
            state=cast(AssessmentState, row.state),
            reason=row.reason,
        )
        for row in _rows(practice, "assessment_set")
    )


def _attachments(practice: Practice) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            name=row.name,
            sha256=row.stored_file.sha256,
            size=row.stored_file.size,
            media_type=row.stored_file.media_type,
            description=row.description,
            keywords=row.keywords,
            language=row.language,
        )
        for row in _rows(practice, "attachment_set")
    )
