"""The comparison by its address: which practices it holds, what it refuses, what it costs."""

import re
from decimal import Decimal
from html import unescape
from urllib.parse import quote

import html5lib
import pytest

from practices.document import Assessment, Metric
from practices.editorial.bulk import publish_documents
from practices.editorial.publishing import withdraw
from practices.models.vocabulary import CodeSeries, Criterion
from tests.factories import author, document, practice, published, rich_document

pytestmark = pytest.mark.django_db
MARK = "xilocarpo"
LEFT_OUT = "left out"


def code(number: int) -> str:
    return f"BP-PRUEBA-SSPD-{number:03d}-2020"


def address(*numbers: int, more: str = "") -> str:
    return "/en/comparar/?" + "&".join(f"codigo={code(number)}" for number in numbers) + more


def codes(response) -> list[str]:
    return response.context["compared"].codes


def valid(response) -> str:
    shown = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(shown)
    assert shown.count("<h1") == 1
    identifiers = re.findall(r'\bid="([^"]+)"', shown)
    assert len(identifiers) == len(set(identifiers))
    return shown


def publish_five() -> None:
    for number in range(1, 6):
        published(rich_document(number))


@pytest.fixture(scope="module")
def five(module_database):
    publish_five()


def test_practices_stand_in_the_order_of_the_address_and_the_canonical_one_is_sorted(client, five):
    response = client.get(address(3, 1))
    assert codes(response) == [code(3), code(1)]
    assert f'href="http://testserver/en/comparar/?codigo={code(1)}&amp;codigo={code(3)}"' in valid(response)
    assert '<meta name="robots" content="noindex, follow">' in response.content.decode()
    assert "noindex" not in client.get("/en/comparar/").content.decode()


def test_any_spelling_finds_the_practice_and_a_repeated_one_stands_once(client, five):
    CodeSeries.objects.get_or_create(prefix="BP-PRUEBA-SSPD")
    spellings = ["bp prueba sspd 2 2020", "BP_PRUEBA_SSPD_002_2020", "bppruebasspd0022020", code(1)]
    response = client.get("/en/comparar/?" + "&".join(f"codigo={quote(s)}" for s in spellings))
    assert codes(response) == [code(2), code(1)]
    assert LEFT_OUT not in response.content.decode()


def test_more_than_four_are_the_first_four_and_the_page_says_so(client, five):
    response = client.get(address(5, 4, 3, 2, 1))
    assert codes(response) == [code(number) for number in (5, 4, 3, 2)]
    assert "these are the first four" in valid(response)
    assert 'role="search"' not in response.content.decode()


def test_each_practice_can_be_removed_by_a_link(client, five):
    shown = valid(client.get(address(1, 2, 3, more="&solo=diferencias")))
    links = [unescape(link) for link in re.findall(r'class="remove" href="([^"]+)"', shown)]
    assert links == [address(*left, more="&solo=diferencias") for left in ((2, 3), (1, 3), (1, 2))]


def test_one_practice_is_no_comparison_yet_and_none_explains(client, five):
    assert "<table" not in valid(client.get(address(1)))
    assert "Put up to four practices side by side" in valid(client.get("/en/comparar/"))


def test_search_of_the_page_offers_what_can_be_added(client, five):
    response = client.get(address(1, more="&q=practica"))
    offered = {match.publication.code: match.adding for match in response.context["matches"]}
    assert offered == {
        code(1): "",
        **{code(n): f"codigo={code(1)}&codigo={code(n)}" for n in range(2, 6)},
    }
    assert f'<input type="hidden" name="codigo" value="{code(1)}">' in valid(response)
    assert valid(client.get(address(1, 2, more="&q=practica"))).count("<details") == 1
    assert "0 practices found" in valid(client.get("/en/comparar/?q=qqqxzzw"))


def test_only_ten_matches_are_offered(client):
    list(publish_documents(document(number) for number in range(1, 13)))
    response = client.get("/en/comparar/?q=practica")
    assert (len(response.context["matches"]), response.context["count"]) == (10, 12)
    assert "/en/practicas/?q=practica" in valid(response)


def test_only_differences_leaves_out_what_is_the_same(client):
    published(rich_document(1, limitations="La primera."))
    published(rich_document(2, limitations="La segunda."))
    whole, differing = client.get(address(1, 2)), client.get(address(1, 2, more="&solo=diferencias"))
    assert [str(row.label) for row in differing.context["table"].rows] == ["Limitations"]
    assert (len(whole.context["table"].rows), whole.context["differing"]) == (10, 1)
    assert valid(whole).count("the same in all") == 9
    assert "the same in all" not in valid(differing)


def test_practices_that_say_the_same_in_everything_are_said_to(client, five):
    shown = valid(client.get(address(1, 2, more="&solo=diferencias")))
    assert "They say the same in everything that is compared." in shown


def test_the_state_of_a_criterion_is_a_word_and_a_mark(client):
    Criterion.objects.create(slug="eficaz", name="Eficaz", group="minimum", description="…")
    states = ("met", "partly", "not_met", "not_assessed")
    for number, state in enumerate(states, 1):
        published(document(number, criteria=(Assessment("eficaz", "Eficaz", "minimum", state, "Porque sí."),)))
    shown = valid(client.get(address(1, 2, 3, 4)))
    said = re.findall(r'class="state[^>]*><span aria-hidden="true">(.)</span> ([^<]+)<', shown)
    assert said == [("✓", "Met"), ("◐", "Partly met"), ("✗", "Not met"), ("–", "Not assessed")]


def test_a_period_that_all_figures_share_is_said_once(client):
    figures = [Metric(f"{n} usos.", "usos", Decimal(n), "usos", period="mayo de 2020") for n in (1, 2)]
    published(document(1, metrics=tuple(figures)))
    published(document(2, metrics=(figures[0], Metric("3 usos.", "usos", Decimal(3), "usos", period="2021"))))
    assert valid(client.get(address(1, 2))).count("mayo de 2020") == 2


def test_long_texts_are_shortened_and_can_be_read_whole(client):
    published(document(1, summary="Palabra larga. " * 60, success_factors=tuple(f"Factor {n}" for n in range(9))))
    published(document(2))
    shown = valid(client.get(address(1, 2)))
    assert shown.count("<summary>Read it all") == 1
    assert "See the 9 factors" in shown


@pytest.mark.parametrize(
    "query",
    [
        "codigo=" + "9" * 10_000,
        "codigo=%00",
        f"codigo={code(1)}%00",
        "codigo=%FF&codigo=%F0%9F%8E%89",
        "&".join(f"codigo=x{n}" for n in range(1000)),
        "codigo=&codigo=+&solo=",
        "codigo[]=1&solo=%27",
        "q=%00&codigo=x",
        "q=" + "a" * 10_000,
        "codigo=<script>alert(1)</script>&q=<script>alert(1)</script>",
        "codigo=BP-PRUEBA-SSPD-99999999999999999999-2020",
    ],
)
@pytest.mark.parametrize("path", ["/comparar/", "/en/comparar/", "/comparar.json"])
def test_whatever_a_stranger_types_is_answered(client, five, path, query):
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    if path.endswith("/"):
        valid(response)


def test_what_was_typed_as_a_code_is_not_repeated(client, five):
    response = client.get(f"/en/comparar/?codigo={MARK}&codigo={code(1)}&codigo=BP-{MARK}-2020&codigo={'x' * 200}")
    assert MARK not in valid(response)
    assert "3 of the codes asked for are not those of published practices" in response.content.decode()


def test_drafts_and_withdrawn_practices_are_as_unknown_as_any_other(client):
    """One page for a draft, a withdrawn practice and a code that never was."""
    published(document(1))
    practice(document(2, title=MARK, authors=(author(MARK),)))
    withdraw(published(document(3, title=MARK, summary=MARK)).practice, "Motivo")
    pages = [client.get(address(1, number)).content.decode() for number in (2, 3, 77)]
    assert pages[0] == pages[1] == pages[2]
    assert MARK not in pages[0]
    data = [client.get(f"/comparar.json?codigo={code(1)}&codigo={code(n)}").json() for n in (2, 3, 77)]
    assert data[0] == data[1] == data[2]
    assert data[0]["codes"] == [code(1)]


def test_json_gives_the_documents_as_they_were_frozen_and_the_aligned_figures(client):
    figure = Metric("0,10 % de quejas.", "quejas", Decimal("0.10"), "%")
    first, second = published(document(1, metrics=(figure,))), published(document(2, metrics=(figure,)))
    response = client.get(f"/comparar.json?codigo={code(2)}&codigo={code(1)}")
    data = response.json()
    assert (list(data), data["codes"]) == (["codes", "metrics", "practices"], [code(2), code(1)])
    assert f'"practices":[{second.document},{first.document}]' in response.content.decode()
    assert [metric["unit"] for metric in data["metrics"]] == ["%"]
    assert client.get("/comparar.json").json() == {"codes": [], "metrics": [], "practices": []}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("numbers", [(1,), (1, 2, 3), (1, 2, 3, 4)])
def test_a_comparison_costs_two_queries_however_many_it_holds(client, django_assert_num_queries, numbers):
    """The catalogue version and the publications; a code that is not known costs one more, a search another."""
    publish_five()
    client.get(address(*numbers, more="&q=practica"))
    with django_assert_num_queries(2):
        client.get(address(*numbers))
    with django_assert_num_queries(2):
        client.get(address(*numbers).replace("comparar/", "comparar.json"))
    with django_assert_num_queries(3):
        client.get(address(*numbers, more="&codigo=x&codigo=y"))
    with django_assert_num_queries(2 if len(numbers) == 4 else 3):
        client.get(address(*numbers, more="&q=practica"))


def test_only_reading_is_allowed(client):
    assert [client.post(path).status_code for path in ("/comparar/", "/comparar.json")] == [405, 405]
