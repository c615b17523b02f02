"""The three ends of the form, and the way back."""

import pytest
from django.test import Client
from django.urls import reverse

from practices.admin.layout import anchor
from practices.editorial.documents import build_document
from practices.models.practice import Practice
from practices.models.publication import Publication

from .. import factories
from . import complete
from .forms import CHANGE, add, change, errors, messages, read_form, send

PREVIEW = "admin:practices_practice_preview"
WITHDRAW = "admin:practices_practice_withdraw"


def test_publishing_with_items_missing_keeps_everything_and_lists_them(as_publisher: Client) -> None:
    response = add(as_publisher, "_publish", population="Los usuarios", publication_note="x")
    practice = Practice.objects.get()
    page = as_publisher.get(response.url)

    assert (practice.state, practice.population) == ("draft", "Los usuarios")
    assert Publication.objects.count() == 0
    standing = page.context["standing"]
    missing = ["id_title", "authorship_set-group", "id_summary"]
    assert [task.anchor for task in standing.blocking] == missing
    html = page.content.decode()
    assert [f'href="#{name}"' in messages(page)[0] and f'id="{name}"' in html for name in missing] == [True] * 3


def test_publishing_a_complete_record_freezes_it_with_its_rows(as_publisher: Client) -> None:
    add(as_publisher, "_publish", **complete.typed())

    publication = Publication.objects.get()
    assert publication.content == complete.expected()
    assert (publication.number, publication.status, publication.note) == (1, "current", "Primera versión")
    assert (publication.published_by.username, publication.practice.state) == ("publica", "published")


def test_publishing_again_makes_the_second_version(as_publisher: Client) -> None:
    add(as_publisher, "_publish", **complete.typed())
    practice = Practice.objects.get()

    change(as_publisher, practice.pk, title="Otro título")
    assert Publication.objects.get().title == complete.expected().title
    assert as_publisher.get(reverse(CHANGE, args=[practice.pk])).context["standing"].has_unpublished_changes is True

    change(as_publisher, practice.pk, "_publish", publication_note="Título")
    found = Publication.objects.order_by("number").values_list("number", "status", "title", "note")
    assert list(found) == [
        (1, "superseded", complete.expected().title, "Primera versión"),
        (2, "current", "Otro título", "Título"),
    ]
    assert as_publisher.get(reverse(CHANGE, args=[practice.pk])).context["standing"].has_unpublished_changes is False


def test_a_note_that_is_too_long_is_refused_and_publishes_nothing(as_publisher: Client) -> None:
    response = add(as_publisher, "_publish", **{**complete.typed(), "publication_note": "x" * 501})

    assert list(errors(response)) == ["publication_note"]
    assert Practice.objects.count() == 0


def test_a_writer_has_no_button_to_publish(as_writer: Client, as_publisher: Client) -> None:
    practice = factories.practice()
    address = reverse(CHANGE, args=[practice.pk])

    assert ['name="_publish"' in c.get(address).content.decode() for c in (as_writer, as_publisher)] == [False, True]


def test_a_forged_publish_is_refused_and_saves_nothing(as_writer: Client) -> None:
    practice = factories.practice()

    assert change(as_writer, practice.pk, "_publish", title="Cambiado").status_code == 403
    assert Practice.objects.get().title == practice.title
    assert Publication.objects.count() == 0


def test_saving_with_preview_leads_to_it(as_writer: Client) -> None:
    response = add(as_writer, "_preview", title="Lo que se vería")

    assert response.url == reverse(PREVIEW, args=[Practice.objects.get().pk])


def test_the_preview_is_what_publishing_would_show(as_publisher: Client) -> None:
    add(as_publisher, **complete.typed())
    practice = Practice.objects.get()
    preview = as_publisher.get(reverse(PREVIEW, args=[practice.pk]))

    change(as_publisher, practice.pk, "_publish")

    public = as_publisher.get(reverse("web:practice_detail", args=[practice.code]))
    assert preview.context["document"] == public.context["document"] == complete.expected()
    assert preview["X-Robots-Tag"] == "noindex"
    assert "practices/detail.html" in [template.name for template in preview.templates]
    assert [section.slug for section in preview.context["page"].sections] == [
        section.slug for section in public.context["page"].sections
    ]


def test_withdrawing_asks_for_the_reason_and_shows_it_to_the_public(as_publisher: Client) -> None:
    publication = factories.published()
    address = reverse(WITHDRAW, args=[publication.practice_id])

    assert as_publisher.get(address).status_code == 200
    assert as_publisher.post(address, {"reason": "  "}).context["form"].errors == {
        "reason": ["This field is required."]
    }
    assert Practice.objects.get().state == "published"

    response = as_publisher.post(address, {"reason": "Lo pidió la empresa."})

    publication.refresh_from_db()
    assert response.url == reverse(CHANGE, args=[publication.practice_id])
    assert (publication.status, publication.withdrawal_reason) == ("withdrawn", "Lo pidió la empresa.")
    assert publication.withdrawn_by.username == "publica"


def test_withdrawing_what_is_not_public_says_so(as_publisher: Client) -> None:
    practice = factories.practice()
    address = reverse(WITHDRAW, args=[practice.pk])

    assert 'name="reason"' not in as_publisher.get(address).content.decode()
    response = as_publisher.post(address, {"reason": "x"}, follow=True)
    assert messages(response) == ["The practice is not public: there is nothing to withdraw."]


def test_a_writer_cannot_withdraw(as_writer: Client) -> None:
    publication = factories.published()

    answers = [
        getattr(as_writer, method)(reverse(WITHDRAW, args=[publication.practice_id])).status_code
        for method in ("get", "post")
    ]
    assert answers == [403, 403]


def test_what_was_published_cannot_be_deleted_and_the_page_says_why(as_publisher: Client) -> None:
    publication = factories.published()
    address = reverse("admin:practices_practice_delete", args=[publication.practice_id])

    page = as_publisher.post(address, {"post": "yes"})

    assert page.status_code == 200
    assert "it can be withdrawn from the public" in page.content.decode()
    assert Practice.objects.count() == 1


def test_deleting_several_names_those_that_were_published(as_publisher: Client) -> None:
    publication = factories.published()
    response = as_publisher.post(
        reverse("admin:practices_practice_changelist"),
        {"action": "delete_selected", "_selected_action": [publication.practice_id], "post": "yes"},
    )

    assert "Nothing was deleted." in response.content.decode()
    assert Practice.objects.count() == 1


def test_a_draft_can_be_deleted(as_publisher: Client) -> None:
    practice = factories.practice(factories.rich_document())

    as_publisher.post(reverse("admin:practices_practice_delete", args=[practice.pk]), {"post": "yes"})

    assert Practice.objects.count() == 0


@pytest.mark.parametrize("name", ["authors", "metrics", "success_factors", "criteria", "links", "title", "services"])
def test_every_item_of_the_checklist_leads_to_a_place_in_the_form(as_publisher: Client, name: str) -> None:
    practice = factories.practice()
    html = as_publisher.get(reverse(CHANGE, args=[practice.pk])).content.decode()

    assert f'id="{anchor(name)}"' in html


def test_the_standing_of_a_form_with_errors_is_that_of_the_stored_record(as_publisher: Client) -> None:
    practice = factories.practice(title="El guardado")

    response = change(as_publisher, practice.pk, title="El nuevo", implemented_start="mal")

    assert read_form(response)["title"] == ["El nuevo"]
    assert response.context["standing"].document == build_document(Practice.objects.get())


def test_a_reader_sees_the_record_and_can_change_nothing(as_reader: Client) -> None:
    practice = factories.practice(factories.rich_document())
    address = reverse(CHANGE, args=[practice.pk])

    page = as_reader.get(address)
    assert (page.status_code, 'name="_save"' in page.content.decode()) == (200, False)
    assert as_reader.post(address, {"_save": "1"}).status_code == 403
    assert as_reader.get(reverse(PREVIEW, args=[practice.pk])).status_code == 200


def test_an_old_version_is_read_as_it_was(as_reader: Client, as_publisher: Client) -> None:
    publication = factories.published()
    send(as_publisher, reverse(CHANGE, args=[publication.practice_id]), "_publish", title="Nuevo")

    page = as_reader.get(reverse("admin:practices_publication_preview", args=[publication.pk]))

    assert page.context["document"] == publication.content


def test_publications_are_only_read(as_publisher: Client) -> None:
    publication = factories.published()
    address = reverse("admin:practices_publication_change", args=[publication.pk])

    assert as_publisher.get(address).context["has_change_permission"] is False
    answers = [
        as_publisher.post(address, {"title": "x"}).status_code,
        as_publisher.post(reverse("admin:practices_publication_delete", args=[publication.pk])).status_code,
        as_publisher.get(reverse("admin:practices_publication_add")).status_code,
    ]
    assert answers == [403, 403, 403]


def test_publishing_without_changes_keeps_the_version_and_says_so(as_publisher: Client) -> None:
    add(as_publisher, "_publish", **complete.typed())
    practice = Practice.objects.get()

    response = change(as_publisher, practice.pk, "_publish", publication_note="Otra vez")

    assert list(Publication.objects.values_list("number", "note")) == [(1, "Primera versión")]
    said = as_publisher.get(response.url).context["messages"]
    assert [(m.level_tag, str(m)) for m in said][-1] == (
        "warning",
        "Nothing changed since version 1: there is nothing to publish.",
    )


def test_the_preview_of_a_draft_without_author_has_no_author_line(as_writer: Client) -> None:
    practice = Practice.objects.create(code="BP-PRUEBA-SSPD-001-2020", title="Sin autor")
    html = as_writer.get(reverse(PREVIEW, args=[practice.pk])).content.decode()

    assert html.count("practice-authors") == 0
