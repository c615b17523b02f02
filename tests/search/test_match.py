import pytest
from pyroaring import BitMap

from practices import search
from practices.document import Coverage
from practices.editorial.publishing import withdraw
from practices.models.publication import Publication
from tests.factories import author, practice, published, rich_document

pytestmark = pytest.mark.django_db

MANIZALES = "BP-ANDESCO-SSPD-002-2020"
VANTI = "BP-ANDESCO-SSPD-003-2020"
CARIBE = "BP-NATURGAS-CRA-012-2019"
ACODAL = "BP-ACODAL-CRA-020-2020"


@pytest.fixture(scope="module")
def collection(module_database):
    """Four practices that differ in every column of the index."""
    manizales, vanti = author("AGUAS DE MANIZALES S.A E.S.P."), author("Vanti S.A. ESP")
    caribe = author("Electrificadora del Caribe S. A. E. S. P.")
    for code, title, who, summary, impact in [
        (
            MANIZALES,
            "Atención integral al ciudadano",
            manizales,
            "Mejora continua",
            "Se redujeron las tarifas sociales.",
        ),
        (VANTI, "Tarifas diferenciales", vanti, "Nada", "Los usuarios y las usuarias. Xenofonte."),
        (CARIBE, "Educación para niños", caribe, "La tarifa subió hace años", "Garantías de la empresa."),
        (ACODAL, "Gestión del agua", vanti, "Pingüinos", "La energía; atencion sin tilde. <script>alert(1)</script>"),
    ]:
        published(
            rich_document(
                code=code,
                title=title,
                authors=(who,),
                summary=summary,
                impact=impact,
                metrics=(),
                success_factors=(),
                coverage=Coverage(),
                services=(),
                category=None,
            )
        )


def found(text: str, **options) -> search.Match:
    live = BitMap(Publication.objects.current().values_list("pk", flat=True))
    return search.match(text, live, max(live, default=0), **options)


def codes(text: str, **options) -> list[str]:
    """The codes that the text finds, best first."""
    match = found(text, **options)
    by_id = Publication.objects.in_bulk(match.ids)
    return [by_id[pk].code for pk in match.ranked(match.ids)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # Words: any accent or none, plural, ñ; title before summary before the rest.
        ("atencion", [MANIZALES, ACODAL]),
        ("ATENCIÓN", [MANIZALES, ACODAL]),
        ("tarifa", [VANTI, CARIBE, MANIZALES]),
        ("tarifas", [VANTI, CARIBE, MANIZALES]),
        ("niño", [CARIBE]),
        ("ninos", [CARIBE]),
        ("pinguino", [ACODAL]),
        ("garantia", [CARIBE]),
        ("xenof", [VANTI]),
        ("la tarifa de los años", [CARIBE]),
        ("script", [ACODAL]),
        ("noexiste", []),
        ("tarifa noexiste", []),
        # Codes in any shape, and parts of them.
        ("BP-ANDESCO-SSPD-002-2020", [MANIZALES]),
        ("bp andesco sspd 2 2020", [MANIZALES]),
        ("bp_andesco_sspd_002_2020", [MANIZALES]),
        ("sspd 002", [MANIZALES]),
        ("002-2020", [MANIZALES]),
        ("sspd0022020", [MANIZALES]),
        ("andesco", [VANTI, MANIZALES]),
        ("cra", [ACODAL, CARIBE]),
        # Authors, whatever is made of their legal suffix.
        ("aguas de manizales s.a. e.s.p.", [MANIZALES]),
        ("AGUAS MANIZALES SA ESP", [MANIZALES]),
        ("manizales", [MANIZALES]),
        ("electrificadora caribe", [CARIBE]),
    ],
)
def test_search_finds(collection, typed, found):
    assert codes(typed) == found


@pytest.mark.parametrize("nothing", ["", " ", "de la", "¿?", "🎉", "-", "\x00", '"', "%", "_", "中文"])
def test_text_without_words_asks_for_nothing(collection, nothing):
    assert not found(nothing)


@pytest.mark.parametrize(
    "hostile",
    [
        '"',
        "a*",
        "NEAR(a b, 2)",
        "a AND",
        "title:x",
        "tarifa\x00",
        "a" * 10_000,
        "a " * 5_000,
        "%s",
        "100%",
        "\\'",
        "'; drop table x --",
        "<->",
        "a & b",
        "!a",
        ":*",
        "\u202e",
        "ﬁ",
        "1e400",
        "../../etc",
        "{a}: b",
        "\ud83d",
    ],
)
def test_hostile_text_is_only_text(collection, hostile):
    assert set(codes(hostile)) <= {MANIZALES, VANTI, CARIBE, ACODAL}


def test_text_is_bounded_to_twelve_words():
    assert len(found(" ".join(f"palabra{n}" for n in range(500))).query.clauses) == 12


def test_search_costs_three_queries_and_none_again(collection, django_assert_num_queries):
    """The sets of its words, the pairs of words side by side, the list of what is current."""
    with django_assert_num_queries(3):
        found("tarifa de energía")


def test_drafts_and_withdrawn_practices_are_not_found(collection):
    practice(rich_document(code="BP-OTRO-SSPD-001-2021", title="Xilófono en borrador"))
    withdraw(Publication.objects.get(code=VANTI).practice, "Motivo")
    assert (codes("xilofono"), codes("xenofonte")) == ([], [])


def test_suggestions_are_the_best_matches_of_an_unfinished_text(collection):
    live = BitMap(Publication.objects.current().values_list("pk", flat=True))
    suggested = search.suggest("tarif", live, live.max(), limit=2)
    assert [Publication.objects.get(pk=pk).code for pk in suggested] == [VANTI, CARIBE]
    assert search.suggest("", live, live.max()) == []


@pytest.mark.parametrize(
    "typed", ["código BP-ANDESCO-SSPD-002-2020", "BP-ANDESCO-SSPD-0002-2020", "BP ANDESCO SSPD No. 2 de 2020"]
)
def test_code_inside_other_words_is_found(collection, typed):
    assert codes(typed) == [MANIZALES]
