"""Cases that both databases answer alike: what each text finds, in any order, and what comes first."""

import random

import pytest
from pyroaring import BitMap

from practices import search
from practices.browse import Selection
from practices.document import Coverage
from practices.models.publication import Publication
from tests.factories import author, published, rich_document

pytestmark = pytest.mark.django_db

MANIZALES, VANTI, CARIBE, ACODAL = CODES = (
    "BP-ANDESCO-SSPD-002-2020",
    "BP-ANDESCO-SSPD-003-2020",
    "BP-NATURGAS-CRA-012-2019",
    "BP-ACODAL-CRA-020-2020",
)
BOTH = {MANIZALES, VANTI}
ALL_BUT_LAST = {MANIZALES, VANTI, CARIBE}

CASES = [
    # Accents, plural, ñ, and the beginning of a word.
    ("atencion", {MANIZALES, ACODAL}, MANIZALES),
    ("ATENCIÓN", {MANIZALES, ACODAL}, MANIZALES),
    ("tarifa", ALL_BUT_LAST, VANTI),
    ("tarifas", ALL_BUT_LAST, VANTI),
    ("usuario", {VANTI, ACODAL}, None),
    ("usuarias", {VANTI, ACODAL}, None),
    ("año", {MANIZALES, CARIBE}, None),
    ("ano", {MANIZALES, CARIBE}, None),
    ("anos", {MANIZALES, CARIBE}, None),
    ("niño", {CARIBE}, CARIBE),
    ("nino", {CARIBE}, CARIBE),
    ("pinguino", {ACODAL}, ACODAL),
    ("garantia", {CARIBE}, CARIBE),
    ("garantía", {CARIBE}, CARIBE),
    ("educacion", {CARIBE}, CARIBE),
    ("sostenibl", {VANTI}, VANTI),
    ("sosteni", {VANTI}, VANTI),
    ("ates", set(), None),
    ("atenc", {MANIZALES, ACODAL}, MANIZALES),
    ("manizal", {MANIZALES}, MANIZALES),
    # Codes and their parts.
    ("BP-ANDESCO-SSPD-002-2020", {MANIZALES}, MANIZALES),
    ("bp-andesco-sspd-002", {MANIZALES}, MANIZALES),
    ("002-2020", {MANIZALES}, MANIZALES),
    ("sspd 002", {MANIZALES}, MANIZALES),
    ("andesco-sspd", BOTH, None),
    ("ANDESCO SSPD 2020", BOTH, None),
    ("andesco-sspd-00", BOTH, None),
    ("bpandescosspd002", {MANIZALES}, MANIZALES),
    ("sspd0022020", {MANIZALES}, MANIZALES),
    ("sspd 2", {MANIZALES}, MANIZALES),
    ("2-2020", {MANIZALES}, MANIZALES),
    ("bp andesco sspd 002 2020", {MANIZALES}, MANIZALES),
    ("bp_andesco_sspd_002_2020", {MANIZALES}, MANIZALES),
    ("BP–ANDESCO–SSPD–002–2020", {MANIZALES}, MANIZALES),
    ("bp/andesco/002", {MANIZALES}, MANIZALES),
    # Authors, whatever is made of their suffix.
    ("aguas manizales sa esp", {MANIZALES}, MANIZALES),
    ("aguas de manizales s.a. e.s.p.", {MANIZALES}, MANIZALES),
    ("Aguas de Manizales S. A. E. S. P.", {MANIZALES}, MANIZALES),
    ("aguas manizales saesp", {MANIZALES}, MANIZALES),
    ("AGUAS MANIZALES S.A.", {MANIZALES}, MANIZALES),
    ("vanti s.a. e.s.p.", {VANTI, ACODAL}, None),
    ("electrificadora caribe sa esp", {CARIBE}, CARIBE),
    # Phrases and exclusions.
    ('"tarifas sociales"', {MANIZALES}, MANIZALES),
    ('"sociales tarifas"', set(), None),
    ('"tarifa social"', {MANIZALES}, None),
    ("tarifas -niños", BOTH, None),
    ('"agua" vanti', {ACODAL}, None),
    # Slips, one word for two, two for one, and a code with a slip.
    ("atencoin itnegral", {MANIZALES}, MANIZALES),
    ("tarfas difernciales", {VANTI}, VANTI),
    ("gestiondel agua", {ACODAL}, ACODAL),
    ("educacionpara niños", {CARIBE}, CARIBE),
    ("inte gral ciudadano", {MANIZALES}, MANIZALES),
    ("agaus de manisales", {MANIZALES}, MANIZALES),
    ("lectrificadora del cribe", {CARIBE}, CARIBE),
    ("BP-ANDECSO-SSPD-003-2020", {VANTI}, VANTI),
    ("BP-ANDESCO-SSPD-OO3-2O2O", {VANTI}, VANTI),
    # Most of the words, where none has all of them.
    ("tarifas diferenciales wasser", {VANTI}, VANTI),
    ("pingüinos xenofonte", {VANTI, ACODAL}, ACODAL),
]


@pytest.fixture(scope="module")
def collection(module_database):
    manizales, vanti = author("AGUAS DE MANIZALES S.A E.S.P."), author("Vanti S.A. ESP")
    caribe = author("Electrificadora del Caribe S. A. E. S. P.")
    rows = [
        (
            "Atención integral al ciudadano",
            manizales,
            "Mejora continua",
            "Se redujeron las tarifas sociales en el año.",
        ),
        (
            "Tarifas diferenciales",
            vanti,
            "Nada",
            "Los usuarios y las usuarias. Desarrollo sostenible. Xenofonte.",
        ),
        ("Educación para niños", caribe, "La tarifa subió hace años", "Medidas sociales; luego, tarifas. Garantías"),
        ("Gestión del agua", vanti, "Pingüinos", "La energía y el usuario; atencion sin tilde. C&A <b>negrita</b>"),
    ]
    for code, (title, who, summary, impact) in zip(CODES, rows, strict=True):
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


@pytest.mark.parametrize(("typed", "found", "first"), CASES)
def test_case(collection, typed, found, first):
    codes = [publication.code for publication in Selection.from_query({"q": typed}).publications()]
    assert set(codes) == found
    assert first is None or codes[0] == first


HOSTILE = [
    *('"', '""', '"a', "'", "''", "*", "a*", "**", "NEAR", "NEAR(", "NEAR(a b, 2)", "AND", "OR", "NOT", "a AND"),
    *("AND a", "a OR", "(", ")", "((a)", "a)", "{a}: b", "title:", "title:x", "-", "--", "-a", "- a", "a -", "^a"),
    *("a^", "a+b", "+", "\x00", "a\x00b", "tarifa\x00", "\ud800", "a" * 10_000, "a " * 5_000, '"' * 10_000),
    *("(" * 10_000, "🎉", "tarifa 🎉", "😀😀", "%", "%s", "100%", "a%b", "%(x)s", "\\", "a\\", "\\'"),
    *("; drop table x", "' or 1=1 --", "<", "<->", "a <-> b", "&", "a & b", "|", "!", "!!", ":", ":*", "a:*", "a:A"),
    *("\t\n", "中文", "Ωμέγα", "ñ", "ı", "İ", "ß", "ﬁ", "1e5", "1e400", "-1", "0x1F", "3.14", "1.2.3.4"),
    *("http://a.b/c?d=e", "a@b.co", "../../etc/passwd", "\u202e", "e\u0301", "\ufeff", "a\u00adb", "l'agua"),
    *("rock’n’roll", "[a]", "$1", "?", "?1", "@", "#", "`", "~", "=", "a=b", "\r\n", "null", "None", "true"),
    *(
        "wasser " * 500,
        "tarifsa\x00manisales",
        "مرحبا \u200fمرحبا",
        "bp-" * 3_000,
        "O" * 300 + "-1-2020",
        "-tarifa" * 90,
    ),
]


def ways_in(text: str) -> None:
    live = BitMap(Publication.objects.current().values_list("pk", flat=True))
    list(Selection.from_query({"q": text}).publications())
    search.suggest(text, live, max(live))
    search.corrected(text, live, max(live))
    search.nearest(text, live, max(live))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_text_is_only_text(collection, text):
    ways_in(text)


def test_random_text_is_only_text(collection):
    chance = random.Random(1)  # noqa: S311
    letters = "ab\"'*()-+^:{}<>&|!%\\ \x00ñ🎉1.,;_ANDORTNE"
    for _ in range(150):
        ways_in("".join(chance.choice(letters) for _ in range(chance.randint(1, 30))))


@pytest.mark.parametrize("text", ["wasserfal xylophon " * 300, "tarifsa manisales atencoin sociaels usuairos " * 300])
def test_text_of_many_slips_asks_a_bounded_number_of_queries(collection, text, django_assert_max_num_queries):
    with django_assert_max_num_queries(70):
        list(Selection.from_query({"q": text}).publications())
