"""What Word puts on the clipboard, shortened only where it repeats itself, and the text that it must become."""

SYMBOL = (
    "<!--[if !supportLists]--><span style='font-family:Symbol;mso-fareast-font-family:Symbol'>"
    "<span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>"
    "&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;\n</span></span></span><!--[endif]-->"
)
COURIER = (
    "<![if !supportLists]><span style='font-family:\"Courier New\"'><span style='mso-list:Ignore'>o"
    "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>"
)


def number(written: str) -> str:
    return (
        f"<![if !supportLists]><span style='mso-list:Ignore'>{written}"
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>"
    )


def item(marker: str, text: str, level: int = 1) -> str:
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>"
        f"{marker}{text}<o:p></o:p></p>\n\n"
    )


def document(body: str) -> str:
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Word.Document>
<link rel=File-List href="file:///C:/Users/x/AppData/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- /* Style Definitions */ p.MsoNormal {{margin:0cm; mso-style-name:"<p>no</p>";}}
@list l0:level1 {{mso-level-number-format:bullet; mso-level-text:;}} --></style>
<!--[if gte mso 10]><style>table.MsoNormalTable {{mso-style-name:"Tabla normal";}}</style><![endif]-->
</head>
<body lang=ES-CO style='tab-interval:35.4pt;word-wrap:break-word'>
<!--StartFragment-->
{body}
<!--EndFragment-->
</body>
</html>"""


BULLETS = (
    "<p class=MsoNormal>Se logró, según los “usuarios”:<o:p></o:p></p>\n\n"
    + item(SYMBOL, "355 peticiones resueltas a través de página\nweb.")
    + item(SYMBOL, "98,5&nbsp;% de satisfacción — la más alta"),
    "Se logró, según los “usuarios”:\n\n• 355 peticiones resueltas a través de página web.\n"
    "• 98,5 % de satisfacción — la más alta",
)
NUMBERS = (
    item(number("1."), "Diagnóstico") + item(number("2."), "Puesta en marcha") + item(number("3."), "Seguimiento"),
    "1. Diagnóstico\n2. Puesta en marcha\n3. Seguimiento",
)
NESTED = (
    document(item(SYMBOL, "Canales") + item(COURIER, "Página web", 2) + item(COURIER, "WhatsApp", 2)),
    "• Canales\n• Página web\n• WhatsApp",
)
ONLINE = (
    '<div class="ListContainerWrapper"><ul class="BulletListStyle1"><li data-leveltext="" data-font="Symbol">'
    '<p class="Paragraph"><span class="TextRun">Uno</span><span class="EOP">&nbsp;</span></p></li></ul></div>'
    '<div class="ListContainerWrapper"><ul><li><p><span>Dos</span><span>&nbsp;</span></p></li></ul></div>',
    "• Uno\n• Dos",
)
TABLE = (
    "<table class=MsoTableGrid border=1><tr style='mso-yfti-irow:0'><td width=200><p class=MsoNormal><b>Canal</b>"
    "<o:p></o:p></p></td><td><p class=MsoNormal>Usuarios<o:p></o:p></p></td></tr><tr><td><p>WhatsApp</p></td>"
    "<td><p>685<o:p></o:p></p></td></tr></table>",
    "Canal | Usuarios\nWhatsApp | 685",
)
LINKS = (
    "<p class=MsoNormal>Vea <a href=\"https://example.org/pqr?a=1&amp;b=2\"><span style='color:blue'>la página</span>"
    '</a> o <a href="https://example.org/">https://example.org</a><o:p></o:p></p>',
    "Vea la página (https://example.org/pqr?a=1&b=2) o https://example.org",
)
PARAGRAPHS = (
    "<p class=MsoNormal>Uno<br>\nsigue<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    "<p class=MsoNormal style='text-align:justify'>Dos<o:p></o:p></p>",
    "Uno\nsigue\n\nDos",
)
HOSTILE = (
    "<p class=MsoNormal>Texto<script>alert(1)</script><img src=x onerror=alert(1)>"
    '<!--[if gte vml 1]><v:shape id="x"><v:imagedata src="file:///C:/x.png"/></v:shape><![endif]-->'
    '<a href="javascript:alert(1)">pulse</a><iframe src=https://example.org></iframe><svg onload=alert(1)>'
    "<style>p{display:none}</style></svg></p>",
    "Textopulse",
)
WHOLE = (
    document(BULLETS[0] + NUMBERS[0] + LINKS[0]),
    f"{BULLETS[1]}\n{NUMBERS[1]}\n\n{LINKS[1]}",
)
SAMPLES = {
    "bullets": BULLETS,
    "numbers": NUMBERS,
    "nested": NESTED,
    "online": ONLINE,
    "table": TABLE,
    "links": LINKS,
    "paragraphs": PARAGRAPHS,
    "hostile": HOSTILE,
    "whole": WHOLE,
}
