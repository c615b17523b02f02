"""Every address of the site against every kind of person: what no rule stands for fails, and so does every difference.

The rules of practices, publications, history, identity and pages are the rows of test_roles.py; here stand all
others, and what the people whom that table does not name may do: with two roles at once, superusers, ended and outside
accounts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, resolve, reverse
from django.utils import translation

from catalogue.doors import FOR_STAFF, closed
from practices.editorial.roles import VOCABULARY
from practices.exchange.batches import begin
from practices.models.requirement import Requirement
from practices.models.synonym import FailedSearch, SynonymGroup
from practices.models.vocabulary import Call

from ..exchange.batches import record, upload
from .people import GROUPS, member
from .test_roles import ROLES, TABLE, arguments  # noqa: F401

pytestmark = pytest.mark.django_db

Roles = frozenset[str]
NOBODY: Roles = frozenset()
SUPERUSER: Roles = frozenset({"superuser"})
PUBLISHERS: Roles = SUPERUSER | {"publisher", "both"}
EDITORS: Roles = PUBLISHERS | {"writer", "reviewer"}
STAFF: Roles = EDITORS | {"nobody"}
STRANGERS = ("anonymous", "outsider", "deactivated")
"""They are sent to the sign-in page, wherever they look in the staff's site."""
EVERYBODY = (*STRANGERS, *sorted(STAFF))

PUBLIC = frozenset(
    {
        *("robots", "sitemap", "sitemap_section", "healthz", "readyz", "security_txt", "security_txt_at_root"),
        *("web:home", "web:home_json", "web:practice_list", "web:practice_list_json", "web:practice_json"),
        *("web:practice_bibtex", "web:practice_ris", "web:practice_feed", "web:practice_list_csv"),
        *("web:practice_list_xlsx", "web:practice_list_jsonl", "web:practice_list_pdf", "web:practice_pdf"),
        *("web:practice_detail", "web:attachment", "web:versions", "web:versions_json", "web:compare_versions"),
        *("web:compare_versions_json", "web:version", "web:version_json", "web:version_attachment"),
        *("web:author", "web:author_json", "web:panorama", "web:panorama_csv", "web:panorama_json"),
        *("web:suggestions", "web:compare", "web:compare_json", "web:criteria", "web:criteria_json"),
        *("web:styleguide", "web:open_data", "web:open_data_json", "web:openapi", "web:document_schema"),
        *("web:data_dictionary", "web:dcat_turtle", "web:dcat_jsonld", "web:opensearch", "web:site_map"),
        *("web:site_map_json", "web:logo", "web:colours", "web:page", "web:page_json"),
    }
)
"""Read by everybody, the same for everybody, written by nobody."""
BY_LINK = frozenset({"guest:review", "guest:answered", "guest:file"})
"""Who has the link has all of it, and an account gives nothing without one (tests/guest)."""
SIGNING_IN = frozenset({"admin:login", "admin:login_code", "admin:logout"})


@dataclass(frozen=True)
class Rule:
    """Whose GET and whose POST is answered; all other staff are refused, and strangers sign in."""

    get: Roles
    post: Roles


def both_ways(roles: Roles) -> Rule:
    return Rule(roles, roles)


OF_THE_SITE = {
    **dict.fromkeys(
        ("index", "manual", "manual_page", "password_change"),
        both_ways(STAFF),
    ),
    **dict.fromkeys(("password_change_done", "jsi18n"), Rule(STAFF, NOBODY)),
    # Whether there is such a list, row or address is said to nobody in another way than by 404.
    **dict.fromkeys(("view_on_site", "autocomplete", ""), both_ways(NOBODY)),
    "app_list": both_ways(EDITORS),
    # There is no form for one row: whatever is asked for, the way back to the list.
    "practices_requirement_change": both_ways(STAFF),
    "auth_user_password_change": both_ways(SUPERUSER),
    **dict.fromkeys(("second_factor", "second_factor_codes", "second_factor_remove"), both_ways(STAFF)),
    "auth_user_second_factor": both_ways(SUPERUSER),
    **dict.fromkeys(
        (f"practices_importbatch_{page}" for page in ("changelist", "add", "template", "change", "report")),
        both_ways(EDITORS),
    ),
    **dict.fromkeys(
        (f"practices_importbatch_{page}" for page in ("choose", "apply", "undo")),
        both_ways(EDITORS),
    ),
}
OF_A_MODEL: dict[str, tuple[Roles, Roles, Roles, Roles]] = {
    "auth_group": (SUPERUSER, SUPERUSER, SUPERUSER, SUPERUSER),
    "auth_user": (SUPERUSER, SUPERUSER, SUPERUSER, SUPERUSER),
    "practices_organization": (EDITORS, EDITORS, EDITORS, PUBLISHERS),
    "practices_requirement": (PUBLISHERS, NOBODY, PUBLISHERS, NOBODY),
    "practices_synonymgroup": (PUBLISHERS, PUBLISHERS, PUBLISHERS, PUBLISHERS),
    "practices_failedsearch": (PUBLISHERS, NOBODY, NOBODY, PUBLISHERS),
    **dict.fromkeys(
        (f"practices_{word}" for word in VOCABULARY),
        (EDITORS, PUBLISHERS, PUBLISHERS, PUBLISHERS),
    ),
}
"""Who sees, adds, changes and deletes the rows of a model, on the stock pages of the admin."""


def rule_of(name: str) -> Rule | None:
    """Of an address of the staff's site, by its name there; None where nobody declared one."""
    row = TABLE.get(name.removeprefix("practices_"))
    if row:
        return Rule(*(_entitled(answers) for answers in row))
    if name in OF_THE_SITE:
        return OF_THE_SITE[name]
    model, _line, page = name.rpartition("_")
    if model not in OF_A_MODEL:
        return None
    sees, adds, changes, deletes = OF_A_MODEL[model]
    rules = {"changelist": both_ways(sees), "add": both_ways(adds), "change": Rule(sees, changes)}
    return {**rules, "delete": both_ways(deletes), "history": both_ways(sees)}.get(page)


def _entitled(answers: tuple[int, ...]) -> Roles:
    """Who has both roles may what either may, and a superuser what somebody may."""
    found = {role for role, status in zip(ROLES, answers, strict=True) if status not in (403, 404, 405)}
    found &= set(STAFF)
    return frozenset(found | ({"both", "superuser"} if found & {"reviewer", "publisher"} else set()))


def patterns(found: Iterable[Any] | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address that the resolver knows, with its whole name."""
    for pattern in found if found is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name or ''}", pattern


def undeclared(found: Iterable[Any] | None = None) -> list[str]:
    declared = PUBLIC | BY_LINK | SIGNING_IN
    return [
        name
        for name, _pattern in patterns(found)
        if name not in declared and not (name.startswith("admin:") and rule_of(name.removeprefix("admin:")))
    ]


def test_every_address_has_a_declared_rule() -> None:
    assert undeclared() == []


def test_an_address_without_a_rule_is_found() -> None:
    def forgotten(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    fake = [
        path("forgotten/", forgotten, name="forgotten"),
        path("admin/", ([path("practices/practice/x/", forgotten, name="practices_practice_x")], "admin", "admin")),
    ]
    assert undeclared([*get_resolver().url_patterns, *fake]) == ["forgotten", "admin:practices_practice_x"]


def test_no_rule_stands_for_an_address_that_is_gone() -> None:
    there = {name for name, _pattern in patterns()}
    of_models = {f"admin:{model}_changelist" for model in OF_A_MODEL}
    assert PUBLIC | BY_LINK | SIGNING_IN | of_models | {f"admin:{name}" for name in OF_THE_SITE} <= there


# --- People ----------------------------------------------------------------------------------------------------------


def person(role: str) -> Client:
    """Signed in as that role, as far as it can be."""
    client = Client(raise_request_exception=False)
    if role == "anonymous":
        return client
    if role in (*GROUPS, "nobody"):
        user = member(role)
    else:
        user = User.objects.create_user(role, is_staff=role != "outsider", is_superuser=role == "superuser")
    if role in ("both", "deactivated", "outsider"):
        user.groups.set(Group.objects.filter(name__in=(GROUPS["reviewer"], GROUPS["publisher"])))
    client.force_login(user)
    if role == "deactivated":
        User.objects.filter(pk=user.pk).update(is_active=False)
    return client


def told(response: HttpResponse) -> str:
    """What an answer amounts to."""
    if response.status_code in (301, 302):
        return "sign in" if "/admin/login/" in response["Location"] else "answered"
    if response.status_code == 200 and not response.streaming and b'name="password"' in response.content:
        return "sign in" if b'name="username"' in response.content else "answered"
    return {403: "refused", 404: "refused", 405: "refused"}.get(response.status_code, "answered")


@pytest.fixture(scope="module")
def rows(arguments) -> dict[str, int]:  # noqa: F811
    """A row of each model with stock pages, by its name in the addresses."""
    SynonymGroup.objects.create(terms="agua, acueducto", key="agua")
    Call.objects.create(slug="premio", name="Premio", year=2020)
    FailedSearch.objects.create(words="nada")
    Requirement.objects.get_or_create(name="summary")
    user = User.objects.create_user("otra", is_staff=True)
    batch = begin(upload(record(1, title="Secreta")), None)
    found = {f"{one._meta.app_label}_{one._meta.model_name}": one for one in admin.site._registry}
    keys = {name: model._default_manager.values_list("pk", flat=True).first() for name, model in found.items()}
    return {**keys, "practices_importbatch": batch.pk, "auth_user": user.pk, "auth_group": Group.objects.first().pk}


def address_of(name: str, pattern: URLPattern, rows: dict[str, Any], known: dict[str, list[int]]) -> str:
    """With the arguments of a row that there is."""
    short = name.removeprefix("admin:")
    mine = known.get(short.removeprefix("practices_"))
    if mine is not None and not short.endswith(("_add", "_changelist")):
        return reverse(name, args=mine)
    model = next((model for model in rows if short.startswith(f"{model}_")), "")
    plain = {"kind": "ficha", "slug": "publicar", "page": "publicar", "app_label": "practices", "url": "nada"}
    plain |= {"content_type_id": 1, "object_id": rows.get(model), "pk": rows.get(model), "id": rows.get(model)}
    plain |= {"user_id": rows["auth_user"]}
    return reverse(name, kwargs={key: plain[key] for key in pattern.pattern.regex.groupindex})


@pytest.mark.parametrize("role", EVERYBODY)
def test_each_person_gets_into_the_staff_site_what_the_rules_say(rows, arguments, settings, role: str) -> None:  # noqa: F811
    client = person(role)
    wrong = []
    for name, pattern in patterns():
        short = name.removeprefix("admin:")
        if not name.startswith("admin:") or not short or name in SIGNING_IN:
            continue
        rule = rule_of(short)
        address = address_of(name, pattern, rows, arguments)
        for method, entitled in (("get", rule.get), ("post", rule.post)):
            wanted = "sign in" if role in STRANGERS else "answered" if role in entitled else "refused"
            found = told(getattr(client, method)(address))
            if found != wanted:
                wrong.append((name, method, found, wanted))
    assert "\n".join(map(str, wrong)) == ""


@pytest.mark.parametrize("role", ["nobody", "writer", "publisher"])
def test_who_may_not_see_a_row_gets_the_same_as_where_there_is_none(rows, arguments, role: str) -> None:  # noqa: F811
    client = person(role)
    different = []
    for name, pattern in patterns():
        known = set(pattern.pattern.regex.groupindex)
        if not name.startswith("admin:") or not known & {"object_id", "pk", "id"} or name in ("admin:", VIEW_ON_SITE):
            continue
        if _may_see(role, name):
            continue
        there = address_of(name, pattern, rows, arguments)
        missing = re.sub(r"/\d+/", f"/{MISSING}/", there)
        for method in ("get", "post"):
            found, none = (getattr(client, method)(address) for address in (there, missing))
            if told(found) == "refused" and (found.status_code, none.status_code) not in SAME:
                different.append((name, method, found.status_code, none.status_code))
    assert "\n".join(map(str, different)) == ""


def _may_see(role: str, name: str) -> bool:
    """Whether the rows themselves are no secret for that role; of accounts, Django's own pages tell which numbers are
    taken, and nothing else."""
    app, model = name.removeprefix("admin:").split("_")[:2]
    rule = rule_of(f"{app}_{model}_history") or OF_THE_SITE.get(f"{app}_{model}_change")
    return app == "auth" or (rule is not None and role in rule.get)


MISSING = 987_654
VIEW_ON_SITE = "admin:view_on_site"
SAME = {(404, 404), (403, 403), (405, 405)}


@pytest.mark.parametrize("role", EVERYBODY)
def test_addresses_that_lead_nowhere_say_nothing(rows, role: str) -> None:
    client, there = person(role), rows["practices_practice"]
    wanted = "sign in" if role in STRANGERS else "refused"
    nowhere = ["/admin/nada/", "/en/admin/practices/nada/", f"/admin/r/1/{there}/", f"/admin/r/1/{MISSING}/"]
    assert [told(client.get(address)) for address in nowhere] == [wanted] * len(nowhere)
    short = [client.get(f"/admin/practices/practice/{pk}/") for pk in (there, MISSING)]
    assert len({answer.status_code for answer in short}) == 1


# --- The public's and the guests' ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["outsider", "superuser"])
def test_public_addresses_are_the_same_for_everybody_and_take_nothing(rows, role: str) -> None:
    client, stranger = person(role), Client(raise_request_exception=False)
    values = {"code": "BP-PRUEBA-SSPD-002-2020", "number": 1, "file": 1, "slug": "terminos", "section": "pages"}
    for name in sorted(PUBLIC):
        (pattern,) = (found for known, found in patterns() if known == name)
        address = reverse(name, kwargs={key: values[key] for key in pattern.pattern.regex.groupindex})
        mine, theirs = client.get(address), stranger.get(address)
        assert (name, mine.status_code, body(mine)) == (name, theirs.status_code, body(theirs))
        assert (name, client.post(address).status_code, dict(mine.cookies)) == (name, 405, {})


def body(response: HttpResponse) -> bytes:
    found = b"".join(response.streaming_content) if response.streaming else response.content
    # A spreadsheet tells when it was made.
    return b"" if response.get("Content-Type", "").endswith("spreadsheetml.sheet") else found


@pytest.mark.parametrize("role", EVERYBODY)
def test_an_account_opens_nothing_behind_a_link(rows, role: str, settings) -> None:
    settings.RATE_LINK_WRONG = None
    client = person(role)
    for then in ("", "respuesta/", "archivos/1/"):
        for method in ("get", "post"):
            status = getattr(client, method)(f"/revision/nada/{then}").status_code
            assert (then, method, status in (404, 405)) == (then, method, True)


def test_both_languages_lead_to_the_same_doors() -> None:
    samples = [
        "/",
        "/practicas.json",
        "/practicas/X/",
        "/revision/x/",
        "/admin/",
        "/admin/practices/practice/1/change/",
    ]
    with translation.override("es-co"):
        spanish = [resolve(address).func for address in samples]
    with translation.override("en"):
        english = [resolve(f"/en{address}").func for address in samples]
    assert spanish == english


# --- Deny by default -------------------------------------------------------------------------------------------------


def test_a_page_of_the_staff_that_nobody_wrapped_is_closed_all_the_same() -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse("secret")

    own = admin.site.admin_view(bare)
    forgotten, wrapped, door = path("x/", bare, name="x"), path("y/", own, name="y"), path("l/", bare, name="login")
    inner = URLResolver(forgotten.pattern, [path("z/", bare, name="z")])
    closed([forgotten, wrapped, door, inner], admin.site.admin_view)
    assert (wrapped.callback, door.callback) == (own, bare)
    assert [hasattr(one.callback, FOR_STAFF) for one in (forgotten, inner.url_patterns[0])] == [True, True]
