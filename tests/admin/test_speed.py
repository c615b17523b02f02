"""What the form costs: literal counts of queries, the same for a short record and a long one."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices.document import Assessment, Coverage, Link, Metric, Place, PracticeDocument
from practices.editorial.documents import build_document, with_lists
from practices.models.practice import Practice
from practices.models.vocabulary import Department, Municipality

from .. import factories
from .forms import CHANGE, read_form


def cost(client: Client, address: str) -> int:
    client.get(address)  # the first visit keeps content types
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def long_document(number: int) -> PracticeDocument:
    """8 metrics, 10 factors, 5 files, several authors and places."""
    Department.objects.create(code="05", name="Antioquia")
    Municipality.objects.create(code="05001", name="Medellín", department_id="05")
    return factories.rich_document(
        number,
        authors=tuple(factories.author(f"{name} S.A. E.S.P.") for name in ("Aguas", "Luz", "Gas")),
        metrics=tuple(Metric(f"{count} cosas.", "cosas", count, "cosas") for count in range(8)),
        success_factors=tuple("abcdefghij"),
        attachments=tuple(factories.attachment(b"%%PDF-1.4 %d" % count, f"{count}.pdf") for count in range(5)),
        links=(Link("https://example.org/a"), Link("https://example.org/b")),
        criteria=(Assessment("eficaz", "eficaz", "minimum", "met", "Por esto."),),
        coverage=Coverage(
            "Caldas y Antioquia",
            departments=(Place("05", "Antioquia"), Place("17", "Caldas")),
            municipalities=(Place("05001", "Medellín", "05"), Place("17001", "Manizales", "17")),
        ),
    )


def test_the_form_costs_the_same_for_a_draft_with_nothing_and_a_long_published_record(as_publisher: Client) -> None:
    drafts = [Practice.objects.create(code="BP-PRUEBA-SSPD-090-2020"), factories.practice(factories.document(91))]
    long = factories.published(long_document(92)).practice

    costs = [cost(as_publisher, reverse(CHANGE, args=[record.pk])) for record in (*drafts, long)]

    # Where there is no author, nobody's services are asked for.
    assert costs == [18, 19, 19]


def test_a_writer_costs_two_queries_more_for_the_permissions(as_writer: Client) -> None:
    record = factories.practice(long_document(92))

    assert cost(as_writer, reverse(CHANGE, args=[record.pk])) == 21


def test_saving_a_long_record_costs_no_query_for_each_limit_of_each_text(as_publisher: Client) -> None:
    record = factories.published(long_document(92)).practice
    address = reverse(CHANGE, args=[record.pk])
    form = read_form(as_publisher.get(address))

    with CaptureQueriesContext(connection) as captured:
        assert as_publisher.post(address, {**form, "title": "Otro título", "_save": "1"}).status_code == 302

    assert len(captured) < 200


def test_a_record_loaded_whole_is_the_same_document_and_costs_nothing_more(vocabulary) -> None:
    record = factories.practice(long_document(92))
    loaded = with_lists(Practice.objects.all()).get(pk=record.pk)

    with CaptureQueriesContext(connection) as captured:
        document = build_document(loaded)

    assert (document, len(captured)) == (build_document(record), 0)


def test_the_redisplayed_form_of_a_mistake_shows_what_was_typed(as_publisher: Client) -> None:
    record = factories.practice(long_document(92))
    address = reverse(CHANGE, args=[record.pk])
    form = read_form(as_publisher.get(address))

    again = as_publisher.post(
        address, {**form, "code": "mal", "municipalities": ["05001"], "metric_set-0-text": "Otra línea", "_save": "1"}
    )

    shown = read_form(again)
    assert (again.status_code, shown["municipalities"], shown["metric_set-0-text"]) == (200, ["05001"], ["Otra línea"])
