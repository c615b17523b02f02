"""What strangers type, paste and forge: our own list, by what each is meant to break.

`MARK` stands in everything that tries to become markup, so that a page can be searched for what became of it.
"""

from itertools import chain

MARK = "xq9z"

CHARACTERS = (
    *("\0", "a\0b", "tarifa\0", "\x01\x02\x03", "\x07", "\x08", "\x0b\x0c", "\x1b[31mrojo\x1b[0m", "\x1f", "\x7f"),
    *("\x80\x85\x9f", "\r", "\n", "\r\n", "\t", "\u2028", "\u2029", "\x85", "\u00a0", "\u3000", "\u202f"),
    *("\ud800", "\udfff", "\ud83d", "a\udc00b", "\udcff", "\ufffe", "\uffff", "\ufffd", "\ufeff", "\U0010ffff"),
    *("\U000e0001", "\U000e0041\U000e007f", "\ue000", "\u0378", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    *("\U0001f1e8\U0001f1f4", "\U0001f44d\U0001f3fd", "1\ufe0f\u20e3"),
)
DIRECTIONS = (
    *("\u202eabc", "\u202d\u202c", "\u2066\u2067\u2068\u2069", "\u200e\u200f\u061c", "informe\u202efdp.exe"),
    *("مرحبا بالعالم", "שלום", "abc \u202b def \u202c", "\u200b\u200c\u200d", "a\u00adb\u2060c", "\u200b" * 500),
)
NORMALISED = (
    *(
        "ﷺ",
        "ﷺ" * 300,
        "½",
        "ﬁﬂﬃ",
        "①②③",
        "℀",
        "Å",
        "K",
        "ſ",
        "ß",
        "ẞ",
        "ı",
        "İ",
        "İstanbul",
        "ΐ",
        "ŉ",
        "ǰ",
        "Ǆ",
        "가각",
    ),
    *("e\u0301", "n\u0303", "a" + "\u0301" * 2_000, "Z̸̡̢̧͇͉̳̘̙̪a̵̛̠̠̖l̴̢͉̪͍g̶͔̙͈̲o̷͕̖̠", "\u0301\u0302\u0303", "𝓉𝒶𝓇𝒾𝒻𝒶", "ｔａｒｉｆａ"),
    *("тарифа", "Ωμέγα", "中文", "日本語テキスト", "한국어", "ไทย", "ñandú", "pingüino", "ª º", "m²", "10⁻³"),
)
LONG = (
    *("a" * 10_000, "a " * 5_000, "á" * 10_000, '"' * 10_000, "(" * 10_000, "-" * 10_000, "a-" * 5_000),
    *("🎉" * 2_000, "\n" * 10_000, "0" * 10_000, "9" * 5_000, "tarifas sociales " * 600, "a" * 100_000),
)
MARKUP = tuple(
    vector.replace("MARK", MARK)
    for vector in (
        "<script>alert('MARK')</script>",
        "</script><script>alert('MARK')</script>",
        "<ScRiPt src=//MARK.example></sCrIpT>",
        "<scr<script>ipt>MARK</scr</script>ipt>",
        "<img src=x onerror=alert('MARK')>",
        "<img/src=x/onerror=alert`MARK`>",
        '"><img src=x onerror=alert("MARK")>',
        "'><svg/onload=alert('MARK')>",
        '" onfocus="alert(MARK)" autofocus="',
        "' onmouseover='alert(MARK)' x='",
        "MARK onload=alert(1) ",
        "`onerror=MARK`",
        "</title><script>MARK</script>",
        "</textarea><script>MARK</script>",
        "</style><script>MARK</script>",
        "</option></select><MARK>",
        "<!--MARK",
        "--><script>MARK</script>",
        "<!--<script>MARK",
        "--!><MARK>",
        "]]><MARK/>",
        "<![CDATA[<MARK>]]>",
        "<?MARK version='1'?>",
        "<!DOCTYPE MARK>",
        "<!ENTITY MARK 'x'>&MARK;",
        "<svg><script>MARK</script></svg>",
        "<svg><animate onbegin=alert('MARK') attributeName=x></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=MARK>",
        "<iframe srcdoc='<script>MARK</script>'></iframe>",
        "<object data=data:text/html,MARK></object>",
        "<embed src=javascript:MARK>",
        "<base href=//MARK.example/>",
        "<meta http-equiv=refresh content='0;url=//MARK.example'>",
        "<link rel=stylesheet href=//MARK.example>",
        "<form action=//MARK.example><button>x",
        "<template><MARK></template>",
        "<noscript><p title='</noscript><img src=x onerror=MARK>'>",
        "<plaintext>MARK",
        "<a href='javascript:alert(\"MARK\")'>x</a>",
        "&lt;script&gt;MARK&lt;/script&gt;",
        "&#60;script&#62;MARK&#60;/script&#62;",
        "&#x3c;MARK&#x3e;",
        "&quot;&gt;&lt;MARK&gt;",
        "%3Cscript%3EMARK%3C/script%3E",
        "%253Cscript%253EMARK",
        "\\u003cscript\\u003eMARK",
        "\\x3cscript\\x3eMARK",
        "+ADw-script+AD4-MARK+ADw-/script+AD4-",
        "\ufeff<script>MARK</script>",
        "<\0script>MARK</\0script>",
        "<script\x0c>MARK</script>",
        "＜script＞MARK＜/script＞",
        "‹script›MARK",
        "ʺ onload=MARK ʺ",
        '";alert("MARK");//',
        "';alert('MARK');//",
        "\\';alert(MARK);//",
        "${alert('MARK')}",
        "</script>MARK\u2028alert(1)",
        "expression(alert('MARK'))",
        "}*{background:url(//MARK.example)}",
        "url('javascript:MARK')",
        '{"@type":"MARK","@id":"urn:MARK"}',
    )
)
ADDRESSES = tuple(
    vector.replace("MARK", MARK)
    for vector in (
        "javascript:alert('MARK')",
        "JaVaScRiPt:alert('MARK')",
        "java\tscript:alert('MARK')",
        "java\nscript:alert('MARK')",
        " javascript:alert('MARK')",
        "\x01javascript:alert('MARK')",
        "javascript&colon;alert('MARK')",
        "javascript://example.org/%0aalert('MARK')",
        "data:text/html,<script>MARK</script>",
        "data:text/html;base64,PHNjcmlwdD54cTl6PC9zY3JpcHQ+",
        "data:image/svg+xml,<svg onload=MARK>",
        "vbscript:MARK",
        "feed:javascript:MARK",
        "view-source:javascript:MARK",
        "blob:https://example.org/MARK",
        "file:///etc/passwd",
        "//MARK.example",
        "///MARK.example",
        "////MARK.example",
        "/\\MARK.example",
        "\\\\MARK.example",
        "\\/MARK.example",
        "https:MARK.example",
        "http:///MARK.example",
        "https://user:pass@MARK.example",
        "https://example.org\\@MARK.example",
        "https://MARK.example/%2e%2e/",
        "http://[::1",
        "http://[MARK]",
        "https://exämple.org/MARK",
        "https://example.org/\"onmouseover='MARK'",
        "/%2f%2fMARK.example",
        "/.MARK.example",
        "@MARK.example",
    )
)
QUERIES = (
    *("'", "''", '"', '""', '"a', "' or 1=1 --", "1;select pg_sleep(5)--", "'; drop table practices_practice; --"),
    *("\\", "\\'", "a\\", "%", "_", "100%", "%s", "%(x)s", "%n%n%n", "*", "a*", "**", "NEAR(a b, 2)", "AND", "a OR"),
    *("NOT a", "a AND b", "^a", "a^2", "title:x", "{a}: b", "-", "--", "-a", "- a", "(", "((a)", "a)", "a+b", "+a"),
    *("<->", "a <-> b", "a & b", "a | b", "!a", "!!", ":*", "a:*", "a:A", "$1", "$$", "?", "?1", "@x", "#", "~", "`"),
    *("[a]", "x'00'", "0x41", "CAST(1 AS int)", "/* */", "a/**/b", "\u2019 or 1=1", "||'a'", "char(0)", "1 UNION ALL"),
)
LOOKUPS = (
    *("__startswith", "user__password", "user__password__startswith", "pk__in", "id__isnull", "created_by__password"),
    *(
        "practice__contacts__email",
        "__class__",
        "self",
        "None",
        "null",
        "undefined",
        "true",
        "__proto__",
        "constructor",
    ),
)
PATHS = (
    *(
        "../../../../etc/passwd",
        "..\\..\\..\\windows\\win.ini",
        "....//....//etc/passwd",
        "/etc/passwd\0.pdf",
        "C:\\x",
    ),
    *("..%2f..%2f", "%2e%2e%2f", "%00", "%ff", "%c0%af", "%e2%28%a1", "%u0041", "%", "%zz", "..;/", "./.", "~root"),
    *("CON", "NUL.txt", "file://x", ".git/config", ".env", "..", "."),
)
HEADERS = (
    *(
        "x\r\nSet-Cookie: a=b",
        "x\nLocation: //x",
        "x\r\n\r\n<html>",
        "%0d%0aSet-Cookie:%20a=b",
        "\u560d\u560aSet-Cookie",
    ),
    *("a; filename=x.html", '"; filename="x.html', "a=b; HttpOnly", "a\rb", "\x0bSet-Cookie: a=b"),
)
FORMATS = (
    *(
        "{}",
        "{0}",
        "{0.__class__.__mro__}",
        "{request.user}",
        "%d",
        "%999999d",
        "{:>999999999}",
        "{{7*7}}",
        "{{ 7|add:7 }}",
    ),
    *(
        "{% debug %}",
        "{% load x %}",
        "{% include '/etc/passwd' %}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "{{constructor}}",
    ),
    *("{entidad}", "{sigla", "}{", "\x02entidad\x03", "[[x]]", "$(id)", "`id`", "| id", "; id", "&& id"),
)
NUMBERS = (
    *(
        "0",
        "-0",
        "-1",
        "1e999",
        "-1e999",
        "1e-999",
        "NaN",
        "Infinity",
        "-inf",
        "1_000",
        "١٢٣",
        "１２３",
        "²",
        "½",
        "Ⅷ",
        "0x1F",
    ),
    *("0b1", "00001", "1.5", "1,5", "1.000.000,5", " 1 ", "+1", "1" * 18, "9" * 19, "9223372036854775808", "1" * 400),
    *("2147483648", "-9223372036854775809", "1/0", "1e5", "1E400", "௧", "𝟙", "1٫5", "٠"),
)
DATES = (
    *("0000-00-00", "2020-02-30", "9999-12-31", "10000-01-01", "0001-01-01", "-0001-01-01", "2020-W01-1", "20200101"),
    *("2020-01-01T00:00:00", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2020-01-01T24:00:00Z"),
    *("٢٠٢٠-٠١-٠١", "2020-01-01 05:00", "1-1-1-1", "9-9-9-9", "0-0-0-0", "31 de febrero de 2020"),
)
FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")'),
    *("＝1+1", "＋1", "－1", "＠SUM(A1)", ' =1+1"', '";=1+1', "\n=1+1", "a;=1+1", 'a"\r\n=1+1'),
)
DEPTHS = (
    *("[" * 5_000, '{"a":' * 2_000, "[" * 500 + "]" * 500, "<a>" * 2_000, "(a" * 2_000, "“" * 2_000, "• " * 2_000),
    *('{"a": 1, "a": 2}', "[1,]", "\ufeff[]", "NaN", '"\\ud800"', "1" * 5_000),
)

GROUPS = {
    "characters": CHARACTERS,
    "directions": DIRECTIONS,
    "normalised": NORMALISED,
    "long": LONG,
    "markup": MARKUP,
    "addresses": ADDRESSES,
    "queries": QUERIES,
    "lookups": LOOKUPS,
    "paths": PATHS,
    "headers": HEADERS,
    "formats": FORMATS,
    "numbers": NUMBERS,
    "dates": DATES,
    "formulas": FORMULAS,
    "depths": DEPTHS,
}
STRINGS = tuple(dict.fromkeys(chain.from_iterable(GROUPS.values())))

# As bytes of an address: what is no UTF-8, and what was percent-encoded twice, half, or not at all.
RAW = (
    *(b"%ff", b"%c0%80", b"%c0%af", b"%e0%80%80", b"%ed%a0%80", b"%ed%b0%80", b"%f4%90%80%80", b"%f8%88%80%80%80"),
    *(b"%fe%ff", b"%00", b"%", b"%2", b"%zz", b"%25%30%30", b"\xff\xfe", b"\xc3", b"\xf0\x9f", b"\x80", b"%u0000"),
    *(
        b"+",
        b"%2b",
        b"&&&===",
        b"=",
        b"&",
        b";",
        b"a;b=c",
        b"[]",
        b"q[]",
        b"q%5b%5d",
        b"#",
        b"%23",
        b"?q=?",
        b"%0d%0a",
    ),
    *(b"a" * 60_000, b"%41" * 10_000, b"%C3%81" * 5_000),
)
