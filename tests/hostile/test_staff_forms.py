"""Every form and every list of the staff with our list: in what people type, in what pages hide, in the address.

The pages are found by walking the admin; each gets a share of the list, and together they get nearly all of it.
"""

from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.urls import reverse

from practices.models.practice import Practice
from tests.admin.forms import ADD
from tests.browser import admin_pages

from .conftest import answer_of
from .harmless import require_harmless
from .strings import LOOKUPS, STRINGS
from .typing_in import forged_into, typed_into

pytestmark = pytest.mark.django_db

# One page of boxes stands for the requirements, whatever its address says.
LISTS = [found for found in admin.site._registry.values() if found.opts.model_name != "requirement"]
FILTERS = (
    *("q", "o", "p", "e", "all", "_facets", "_popup", "_to_field", "_changelist_filters", "year", "month", "day"),
    *("status", "state", "call__id__exact", "category__id__exact", "made_at__year", "is_staff__exact", "term"),
)
FORBIDDEN = (
    *("user__password__startswith=a", "created_by__password__startswith=a", "made_by__password__contains=pbkdf2"),
    *(
        "made_by__password=a",
        "practice__contacts__email__startswith=a",
        "groups__user__password__regex=(",
        "pk__regex=(",
    ),
    *("id__in=a", "id__in=1,2,3", "id=a", "id__exact=%00", "title__iregex=((((", "title__search=a", "id__range=1"),
    *("made_at__date=x", "made_at__gte=99999-01-01", "year=99999", "year=2020&month=13", "year=2020&month=2&day=31"),
    *(
        "published_at__year=a&published_at__month=0",
        "o=1.2.-3.99.a",
        "o=" + "9" * 400,
        "p=" + "9" * 400,
        "p=-1",
        "p=%ff",
    ),
    *(
        "_to_field=password",
        "_to_field=%00",
        "_popup=%00",
        "all=&q=a",
        "category__isnull=maybe",
        "__=a",
        "pk__pk__pk=1",
    ),
)


@pytest.mark.parametrize("place", range(2))
def test_every_form_with_its_share_of_the_list(chief, place):
    """Two strings for each page: one typed, one forged into the hidden fields too."""
    pages, unknown = admin_pages.addresses()
    assert unknown == []
    for number, address in enumerate(pages):
        if number % 2 != place:
            continue
        page = chief.get(address, follow=True).content.decode()
        for fill, text in ((typed_into, STRINGS[number * 3 % len(STRINGS)]), (forged_into, STRINGS[-number * 3 - 1])):
            values = {
                name: value.encode("utf-8", "replace").decode() for name, value in fill(page, text[:3_000]).items()
            }
            require_harmless(answer_of(chief.post, address, values), text)


@pytest.mark.parametrize("model_admin", LISTS, ids=lambda found: found.opts.model_name)
def test_every_list_with_its_share_of_the_list(chief, model_admin: ModelAdmin):
    address = reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
    for text in STRINGS[LISTS.index(model_admin) :: 120]:
        query = urlencode([(name, text[:400]) for name in FILTERS], errors="surrogatepass")
        require_harmless(answer_of(chief.get, f"{address}?{query}", follow=True), text)
        require_harmless(
            answer_of(chief.get, f"{address}?{urlencode({'q': text[:400]}, errors='surrogatepass')}"), text
        )


@pytest.mark.parametrize("model_admin", LISTS, ids=lambda found: found.opts.model_name)
def test_no_list_is_filtered_by_what_it_does_not_offer(chief, model_admin: ModelAdmin):
    """Nothing can be asked of passwords or contacts letter by letter, and no database is handed an expression."""
    address = reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
    for query in (*FORBIDDEN[LISTS.index(model_admin) % 5 :: 5], *FORBIDDEN[:3]):
        answer = require_harmless(answer_of(chief.get, f"{address}?{query}"))
        assert answer.status in (200, 302, 400, 403), (address, query)
        assert "password" not in query or answer.status != 200, (address, query)


@pytest.mark.parametrize("name", LOOKUPS)
def test_lookups_of_django_are_no_filters(chief, name):
    address = reverse("admin:practices_practice_changelist")
    answer = require_harmless(answer_of(chief.get, f"{address}?{urlencode({name: 'a'})}"))
    # Django's list says by the way back to itself that it knows no such filter; whether there is a value, one may ask.
    known = [(200, "")] if name.endswith("__isnull") else [(302, f"{address}?e=1"), (400, "")]
    assert (answer.status, answer.header("Location")) in known


def test_completions_take_any_text(chief):
    address = reverse("admin:autocomplete")
    fields = {"category", "call", "departments", "municipalities"}
    for number, text in enumerate(STRINGS[::10]):
        asked = {"app_label": "practices", "model_name": "practice", "field_name": sorted(fields)[number % 4]}
        given = {**asked, "term": text[:400], "page": ("1", text[:400])[number % 3 == 0]}
        answer = require_harmless(answer_of(chief.get, f"{address}?{urlencode(given, errors='surrogatepass')}"))
        assert answer.status in (200, 404)
        name = sorted(given)[number % 5]
        query = urlencode({**given, name: text[:400]}, errors="surrogatepass")
        require_harmless(answer_of(chief.get, f"{address}?{query}"))


@pytest.mark.parametrize("page", ["change", "delete", "history", "preview", "author", "code", "schedule", "withdraw"])
def test_keys_that_are_none_are_not_found(chief, page):
    # Python reads digits with _ between them as a number: there is no row of this one.
    for text in ("\0", "a", "-1", "1" * 30, "²", "..", "9_876_543", "_0A", "_00", "%00", "1/2", "\ud800"):
        key = text.encode("utf-8", "replace").decode()
        for model in ("practice", "category", "page"):
            address = f"/admin/practices/{model}/{key}/{page}/"
            answer = require_harmless(answer_of(chief.get, address))
            assert answer.status in (404, 302), (address, answer.status)


def test_what_the_form_asks_while_somebody_writes(chief):
    for number, text in enumerate(STRINGS[::2]):
        name = ("seen", "paste", "figures")[number % 3]
        sent = {"text": text.encode("utf-8", "replace").decode(), "present": ["a", text[:50].replace("\ud800", "")]}
        sent["present"] = [part.encode("utf-8", "replace").decode() for part in sent["present"]]
        answer = require_harmless(answer_of(chief.post, reverse(f"admin:practices_practice_live_{name}"), sent))
        assert answer.status in (200, 413)


def test_the_form_of_a_practice_with_a_share_of_the_list(chief):
    page = chief.get(reverse(ADD)).content.decode()
    for text in STRINGS[5::60]:
        typed = {name: value.encode("utf-8", "replace").decode() for name, value in typed_into(page, text).items()}
        require_harmless(answer_of(chief.post, reverse(ADD), {**typed, "_save": "1"}), text)
    assert Practice.objects.exists()
