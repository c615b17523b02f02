import pytest

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


@pytest.fixture
def collection():
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


def codes(text: str) -> list[str]:
    asked = search.match(text)
    return [p.code for p in asked.rank(asked.narrow(Publication.objects.current()))] if asked else []


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
    assert not search.match(nothing)


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
    assert len(search.match(" ".join(f"palabra{n}" for n in range(500))).tokens) == 12


def test_search_costs_one_query(collection, django_assert_num_queries):
    with django_assert_num_queries(1):
        codes("tarifa de energía")


def test_drafts_and_withdrawn_practices_are_not_found(collection):
    practice(rich_document(code="BP-OTRO-SSPD-001-2021", title="Xilófono en borrador"))
    withdraw(Publication.objects.get(code=VANTI).practice, "Motivo")
    assert (codes("xilofono"), codes("xenofonte")) == ([], [])


def test_suggestions_are_the_best_matches(collection):
    assert [p.code for p in search.suggest("tarif", limit=2)] == [VANTI, CARIBE]
    assert search.suggest("de") == []


@pytest.mark.parametrize(
    "typed", ["código BP-ANDESCO-SSPD-002-2020", "BP-ANDESCO-SSPD-0002-2020", "BP ANDESCO SSPD No. 2 de 2020"]
)
def test_code_inside_other_words_is_found(collection, typed):
    assert codes(typed) == [MANIZALES]
