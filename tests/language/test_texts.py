import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.language.texts import (
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    clean,
    from_html,
    inlines,
    is_blank,
    list_items,
    looks_like_html,
    plain,
    read_blocks,
    shorten,
)

anything = settings(deadline=None, max_examples=100)


def prose(*lines):
    return Paragraph(tuple((line,) for line in lines))


def bullets(*items):
    return ListBlock(False, tuple(ListItem(item, (item,)) for item in items))


def numbers(*items, start=1):
    return ListBlock(True, tuple(ListItem(item, (item,)) for item in items), start)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n\t\n ", ""),
        ("a\r\nb\rc\x85d\fe", "a\nb\nc\nd\ne"),
        ("\n\n  a  \n\n b\t\n\n", "a\n\n b"),
        ("\t300 familias\t", "300 familias"),
        ("  Puerta a puerta  ", "Puerta a puerta"),
        ("  - a\n  - b\n    c", "- a\n  - b\n    c"),
        ("a\x00b\x07\x1b\ud800\ufeff\uffff", "ab"),
        ("2\u00a0350\u202fkm", "2 350 km"),
        ("uno\vdos\u2028tres\u2029cuatro", "uno\ndos\ntres\ncuatro"),
        ("• uno\vsigue\n• dos", "• uno\n  sigue\n• dos"),
        ("• uno\v• dos", "• uno\n• dos"),
        ("\uf0b7\tuno", "\uf0b7\tuno"),
        ("a   b\t c – “d” ﬁ e\u0301", "a   b\t c – “d” ﬁ e\u0301"),
    ],
)
def test_clean_changes_only_breaks_and_what_cannot_be_stored(text, expected):
    assert clean(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " \n",
        "N.A.",
        "n.a",
        "NA",
        "N/A",
        "(N.A.)",
        "N.A.;",
        "“No aplica”",
        "N.A:",
        "No aplica;",
        "(-)",
        "n/a.",
        "N. A.",
        "No aplica",
        "NO APLICA.",
        "No  aplica",
        "-",
        "–",
        "—",
        "---",
    ],
)
def test_blank_family_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize(
    "text", ["Ninguno", "0", "No", "No aplica a zonas rurales", "NAC", "N.A.S.A.", "- uno", ".", "Nada"]
)
def test_other_short_texts_are_not_blank(text):
    assert not is_blank(text)


WORD = (
    "Resultados\r\n•\tReducción del 20% en pérdidas\r\n•\tMejora en atención <al> usuario\r\n\r\nPasos:\r\n1.\tUno\r\n"
    "2.\tDos\r\n·  Tres\no\tsub\n- guion\n* asterisco 2*3*4 y snake_case_name\nFin."
)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("Uno.\nDos.\n\nTres.", [prose("Uno.", "Dos."), prose("Tres.")]),
        (
            WORD,
            [
                prose("Resultados"),
                bullets("Reducción del 20% en pérdidas", "Mejora en atención <al> usuario"),
                prose("Pasos:"),
                numbers("Uno", "Dos"),
                bullets("Tres", "sub", "guion", "asterisco 2*3*4 y snake_case_name"),
                prose("Fin."),
            ],
        ),
        # Several on one line, as in the source.
        (
            "El servicio llegó a 134 familias. • Gasto que se evita. • Con lo que vale.",
            [prose("El servicio llegó a 134 familias."), bullets("Gasto que se evita.", "Con lo que vale.")],
        ),
        (
            "▪ 13 puntos – uno por barrio ▪ $11.900.000 costó",
            [bullets("13 puntos – uno por barrio", "$11.900.000 costó")],
        ),
        ("Pasos: \uf0b7 uno \uf0a7 dos ➢ tres", [prose("Pasos:"), bullets("uno", "dos", "tres")]),
        ("2 % – 3 % de la red - cada evento · hoy * no", [prose("2 % – 3 % de la red - cada evento · hoy * no")]),
        # Markers.
        ("•Uno\n▪Dos\n✓ Tres", [bullets("Uno", "Dos", "Tres")]),
        ("\uf0fc\tUno\n\uf0d8 Dos\n‣ Tres\n► Cuatro", [bullets("Uno", "Dos", "Tres", "Cuatro")]),
        ("§\tUno\nØ\tDos\nü\tTres", [bullets("Uno", "Dos", "Tres")]),
        ("Correo\no mensaje de texto", [prose("Correo", "o mensaje de texto")]),
        ("o Correo\no Mensaje", [bullets("Correo", "Mensaje")]),
        ("-5 grados\n–Hola", [prose("-5 grados", "–Hola")]),
        ("Antes.\n- solo uno\nDespués.", [prose("Antes."), bullets("solo uno"), prose("Después.")]),
        ("•\nUno\n•\n\nDos", [bullets("Uno", "Dos")]),
        ("•", [prose("•")]),
        ("• a\n\n• b", [bullets("a", "b")]),
        # Items that go on.
        ("• uno\n  sigue\n\tsigue\n• dos", [bullets("uno sigue sigue", "dos")]),
        ("• uno\vsigue\n• dos", [bullets("uno sigue", "dos")]),
        (
            "• Reducción del 20 % en las\npérdidas técnicas\n• dos",
            [bullets("Reducción del 20 % en las pérdidas técnicas", "dos")],
        ),
        ("• uno.\nfin", [bullets("uno."), prose("fin")]),
        ("• uno\n\n  aparte", [bullets("uno"), prose("aparte")]),
        # Numbers.
        ("1. Funcionamiento de las oficinas", [numbers("Funcionamiento de las oficinas")]),
        ("1) uno\n2) dos\n3) tres", [numbers("uno", "dos", "tres")]),
        ("(1) uno\n(2) dos", [numbers("uno", "dos")]),
        ("1.- uno\n2.- dos", [numbers("uno", "dos")]),
        ("1. uno\n1. dos\n1. tres", [numbers("uno", "dos", "tres")]),
        ("1. uno\n\n2. dos", [numbers("uno", "dos")]),
        ("7. siete\n8. ocho", [numbers("siete", "ocho", start=7)]),
        ("1. uno\n• a\n• b\n2. dos", [numbers("uno"), bullets("a", "b"), numbers("dos", start=2)]),
        ("1. uno\nTexto.\n2. dos", [numbers("uno"), prose("Texto."), numbers("dos", start=2)]),
        ("1. uno\n3. tres", [numbers("uno"), numbers("tres", start=3)]),
        (
            "Impactos:\n1. Uno:\n   - tubería\n2. Dos",
            [prose("Impactos:"), numbers("Uno:"), bullets("tubería"), numbers("Dos", start=2)],
        ),
        ("a) uno\n• x\nb) dos", [numbers("uno"), bullets("x"), numbers("dos", start=2)]),
        ("Uno: •\tdos •\ttres", [prose("Uno:"), bullets("dos", "tres")]),
        ("a) uno\nb) dos", [numbers("uno", "dos")]),
        ("a. uno\nb. dos", [numbers("uno", "dos")]),
        # What only looks like a number.
        *(
            (one, [prose(one)])
            for one in [
                "2020. Un año difícil",
                "30. de junio",
                "15.01.2024 Entrega",
                "8:00 a. m.",
                "a. m. y p. m.",
                "A. García",
                "3 personas",
                "1.100 botellas",
                "i) primero",
                "24) horas",
                "98,5 %",
                "N. A. del E.",
                "1.",
            ]
        ),
    ],
)
def test_blocks_are_seen_in_plain_text(text, blocks):
    assert read_blocks(text) == blocks


def test_list_items_come_from_every_list_in_order():
    assert list_items("Uno:\n• a\n• b\nDos:\n1. c\n2. d") == ["a", "b", "c", "d"]


def link(address, url=""):
    return Link(address, url or address)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("sin enlaces", ("sin enlaces",)),
        ("https://a.co", (link("https://a.co"),)),
        ("Ver https://a.co/x. Fin", ("Ver ", link("https://a.co/x"), ". Fin")),
        ("(https://a.co/x?y=1&z=<2)", ("(", link("https://a.co/x?y=1&z="), "<2)")),
        ("https://es.wikipedia.org/wiki/A_(b)).", (link("https://es.wikipedia.org/wiki/A_(b)"), ").")),
        ("«http://a.co/ñandú»,", ("«", link("http://a.co/ñandú"), "»,")),
        ("www.epm.com.co;", (link("www.epm.com.co", "http://www.epm.com.co"), ";")),
        ("HTTPS://A.CO/X", (link("HTTPS://A.CO/X"),)),
        ("http://a.co, https://b.co", (link("http://a.co"), ", ", link("https://b.co"))),
        *(
            (one, (one,))
            for one in [
                "javascript:alert(1)",
                "data:text/html,x",
                "cau@example.org",
                "a@www.b.co",
                "www.",
                "http://",
                "https://x",
                "http://a.co@evil.co/x",
                "xhttp://a.co",
                "ftp://a.co",
                "https://[",
                "//a.co",
            ]
        ),
    ],
)
def test_web_addresses_become_links(text, expected):
    assert inlines(text) == expected


def test_links_are_seen_in_items_and_paragraphs():
    item = ListItem("Ver www.a.co", ("Ver ", Link("www.a.co", "http://www.a.co")))
    expected = [Paragraph(((Link("https://b.co", "https://b.co"),),)), ListBlock(False, (item,))]
    assert read_blocks("https://b.co\n• Ver www.a.co") == expected


MSO = (
    "<p class=MsoListParagraph style='text-indent:-18.0pt'><![if !supportLists]><span style='font-family:Symbol'>"
    "<span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
    "</span></span><![endif]>Texto\nuno<o:p></o:p></p>\n\n<p class=MsoListParagraph><span>§<span>"
    "&nbsp;&nbsp; </span></span>"
    "Texto dos</p>"
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Hola <b>a</b></p><ul style='x'><li>Uno</li><li><p>Dos</p></li></ul>fin", "Hola a\n\n• Uno\n• Dos\n\nfin"),
        ("<P>Uno<BR>dos<br/>tres</P><p>&nbsp;</p><p>cuatro", "Uno\ndos\ntres\n\ncuatro"),
        (MSO, "• Texto uno\n• Texto dos"),
        ("<ul>\n <li>• Uno</li>\n <li>·&nbsp; Dos</li>\n</ul>", "• Uno\n• Dos"),
        ("<ol start=3><li>a<ul><li>b</li></ul></li><li>c<br>d</li></ol>", "3. a\n• b\n4. c\n  d"),
        ("<li><p>a</p><p>b</p></li>", "• a\n\nb"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "• a\n  b"),
        (
            "<table><tr><td><p>A</p></td>\n\n<td>B</td></tr><tr><td>C</td><td>D<br>E</td></tr></table>",
            "A | B\nC | D E",
        ),
        ("<i>• uno\n• dos</i>\n\nfin", "• uno\n• dos\n\nfin"),
        ("<p>una línea\nque sigue</p>", "una línea que sigue"),
        (
            "<p>Impacto</p>\n- 300 usuarios atendidos\n- 20 visitas",
            "Impacto\n\n- 300 usuarios atendidos\n- 20 visitas",
        ),
        ("<b>Impacto</b>\n* 300 usuarios\n– 20 visitas<br>fin", "Impacto\n* 300 usuarios\n– 20 visitas\nfin"),
        ("<p>el acueducto\n- el mayor - crece</p>", "el acueducto - el mayor - crece"),
        ("<script>alert(1)</script><style>p{}</style><p>a<!-- b --></p><title>c</title>", "a"),
        ("<a href='https://x.co/?a=1&amp;b=2'>ver</a>", "ver (https://x.co/?a=1&b=2)"),
        ("<a href='https://x.co/'>https://x.co</a>", "https://x.co"),
        ("<a href='https://www.x.co'>www.x.co</a>", "www.x.co"),
        ("<a href='javascript:alert(1)'>no</a> <a href='mailto:a@b.co'>correo</a>", "no correo (a@b.co)"),
        ("<a href='https://x.co'><img src=x></a>", "https://x.co"),
        ("<b onclick=x>a</b>&lt;5&gt; y <info@x.co> y <3", "a<5> y <info@x.co> y <3"),
        ("Atenci&oacute;n R&amp;D &#191;s&iacute;?", "Atención R&D ¿sí?"),
        ("&lt;p&gt;hola&lt;/p&gt;", "hola"),
        ("&amp;amp;lt;b&amp;amp;gt;", "< b>"),
        ("<<<<<b>b>b>b>b>", "<< b>b>"),
        ("<p>98,5&nbsp;%</p>", "98,5 %"),
        ("<p>sin cerrar <b>nada", "sin cerrar nada"),
        ("<h2>Título</h2><div>a</div><div>b</div>", "Título\n\na\n\nb"),
    ],
)
def test_html_becomes_plain_text(html, text):
    assert from_html(html) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "menos de < 5 días",
        "a < b > c",
        "x<y y z>w",
        "<al> usuario",
        "<info@x.co>",
        "R&D; AT&T",
        "p>q",
        "• a\n\n\n b ",
    ],
)
def test_plain_text_comes_back_unchanged(text):
    assert (looks_like_html(text), from_html(text)) == (False, text)


@pytest.mark.parametrize(
    "text", ["<p>", "a<br/>b", "</LI>", "<o:p>", "<!-- x -->", "<![endif]>", "&nbsp;", "<ul style='x'>", "&#233;"]
)
def test_html_is_recognised(text):
    assert looks_like_html(text)


def test_plain_is_one_line_without_markers():
    assert plain("Uno\ndos:\n\n• a  b\n• www.c.co\n1. d") == "Uno dos: a b www.c.co d"


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (100, "Atención al usuario, hoy"),
        (19, "Atención al…"),
        (12, "Atención al…"),
        (3, "At…"),
        (1, "…"),
        (0, ""),
    ],
)
def test_shorten_cuts_between_words(length, expected):
    assert shorten("• Atención al usuario, hoy", length) == expected


HOSTILE = [
    "<",
    "<p>",
    "<div>",
    "<a href='",
    "<!--",
    "<b",
    "&amp;",
    "<ul><li>",
    "• ",
    "1. ",
    "a) ",
    "\n•",
    "\v",
    "•\v",
    "\n",
    " ",
    "(",
]
HOSTILE += [
    "http://",
    "http://a.co@",
    "https://a.co/)",
    "1. a\n",
    "• a\n b\n",
    "&lt;b&gt;",
    "\xa0<b>",
    "[http://a.co",
    "<td>",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece):
    text = (piece * 100_000)[:100_000]
    start = time.perf_counter()
    read_blocks(text), plain(text), is_blank(text), from_html(text), inlines(text)
    assert time.perf_counter() - start < 8


@pytest.mark.parametrize("piece", ["<", "<p>", "<ul><li>", "&amp;", "• a\n", "\n", "a "])
def test_ten_megabytes_are_plain_text(piece):
    text = piece * (10_000_000 // len(piece))
    start = time.perf_counter()
    assert (looks_like_html(text), from_html(text) is text, list_items(text)) == (False, True, [])
    assert time.perf_counter() - start < 1
    assert all(isinstance(block, Paragraph) for block in read_blocks(text))


marks = st.sampled_from(
    ["• ", "•", "- ", "1. ", "2) ", "a) ", "b. ", "o\t", "\n", "\v", "  ", "\t", "x", "Uno", ".", "www.a.co", "\u2028"]
)
tags = st.sampled_from(
    ["<p>", "</p>", "<ul>", "<li>", "</ul>", "<br>", "&lt;", "&amp;", "b>", "<", "<script>", "x", "\n", "<td>", "<!--"]
)
texts = st.text() | st.lists(marks, max_size=15).map("".join)


@anything
@given(texts)
def test_clean_is_idempotent(text):
    assert clean(clean(text)) == clean(text)
    assert clean(text).encode().decode() == clean(text)


def shown(blocks):
    for block in blocks:
        lines = [item.inlines for item in block.items] if isinstance(block, ListBlock) else block.lines
        for line in lines:
            yield "".join(piece if isinstance(piece, str) else piece.text for piece in line)


@anything
@given(texts)
def test_blocks_lose_only_markers_and_keep_the_order(text):
    blocks = read_blocks(text)
    kept = [c for c in "".join(shown(blocks)) if not c.isspace()]
    rest = [c for c in clean(text) if not c.isspace()]
    # Only these letters can be markers.
    assert [c for c in kept if c.isalpha() and c not in "aboØ§üv"] == [
        c for c in rest if c.isalpha() and c not in "aboØ§üv"
    ]
    remaining = iter(rest)
    assert all(c in remaining for c in kept)
    assert all(
        item.text and item.text == item.text.strip() for b in blocks if isinstance(b, ListBlock) for item in b.items
    )


@anything
@given(st.text() | st.lists(tags, max_size=15).map("".join))
def test_from_html_never_returns_a_tag_that_it_knows(text):
    found = from_html(text)
    assert not any(
        tag in found for tag in ["<p>", "</p>", "<ul>", "<li>", "</ul>", "<br>", "<script>", "<td>", "<!--"]
    )
    assert from_html(text) == found
    if not looks_like_html(text):
        assert found == text


@anything
@given(texts, st.integers(0, 50))
def test_shorten_is_one_line_no_longer_than_asked(text, length):
    short = shorten(text, length)
    assert len(short) <= length
    assert "\n" not in plain(text)
