"""What no answer may be, whatever was asked: an error of ours, slow, broken, or a page that somebody else wrote."""

import csv
import io
import json
import re
from xml.etree import ElementTree
from zipfile import ZipFile

import html5lib

from .strings import MARK
from .wire import Answer

SECONDS = 1.0
LINKING = ("href", "src", "action", "formaction", "xlink:href", "data", "srcset", "poster", "background", "ping")
# A browser drops these before it reads the scheme of an address.
DROPPED = re.compile(r"[\x00-\x20\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\ufeff]")
RUNNING = re.compile(r"(?:javascript|vbscript|data|feed|view-source|blob|file):", re.IGNORECASE)
# None of our pages has any of these.
FOREIGN = {"iframe", "object", "embed", "base", "frame", "applet", "plaintext", "math", "noembed", "xmp", "style"}
# Without one of these no text becomes markup; to read a page takes as long as to draw it.
SYNTAX = set("<>\"'&=`:/\\")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def require_harmless(answer: Answer, *typed: str) -> Answer:
    """Fails with what was asked. `typed` are the strings that must come back as nothing but text; without any, the
    page is that of a record, whose texts and links may lead to other sites."""
    assert answer.status < 500, (answer.status, answer.asked)
    assert answer.seconds < SECONDS, (answer.seconds, answer.asked)
    for name, value in answer.headers:
        assert not re.search(r"[\x00-\x1f\x7f]", value), (name, value, answer.asked)
    require_kept_in(answer)
    if answer.body and answer.kind in READERS:
        READERS[answer.kind](answer, typed)
    return answer


def require_kept_in(answer: Answer) -> None:
    """Nobody is led to another host, and no stranger is given a cookie."""
    location = answer.header("Location")
    own = re.match(r"https?://testserver[/?]|/(?![/\\])|(?![a-z][a-z0-9+.-]*:)[^/\\]", location, re.IGNORECASE)
    assert own or not location, (location, answer.asked)
    assert MARK not in "".join(name for name, _value in answer.headers)


def page(answer: Answer, typed: tuple[str, ...]) -> None:
    text = answer.text
    for string in typed:
        assert "<" not in string or string not in text, (string, answer.asked)
    if not typed or any(SYNTAX & set(string) or MARK in string for string in typed):
        require_own_markup(text, answer.asked, leads_away=not typed)


def require_own_markup(text: str, asked: str, leads_away: bool = False) -> None:
    """Nothing in the tree runs, leads to what runs, or has a name that a stranger gave it."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            assert MARK not in (element.text or ""), asked
            continue
        local = element.tag.rpartition("}")[2].lower()
        assert local not in FOREIGN, (local, asked)
        assert MARK not in local, (local, asked)
        if local == "script":
            require_own_script(element, asked)
        if local == "meta":
            assert element.get("http-equiv", "").lower() != "refresh", asked
        for name, value in element.attrib.items():
            require_own_attribute(str(name), value, asked, leads_away)


def require_own_script(element: ElementTree.Element, asked: str) -> None:
    if element.get("type") in ("application/ld+json", "application/json"):
        json.loads(element.text or "")
    else:
        assert re.match(r"/static/|(?:/en)?/admin/jsi18n/$", element.get("src", "")), asked
        assert not (element.text or "").strip(), asked


def require_own_attribute(name: str, value: str, asked: str, leads_away: bool) -> None:
    name = name.lower()
    assert not name.startswith("on"), (name, value, asked)
    assert MARK not in name, (name, value, asked)
    assert name not in ("style", "srcdoc"), (name, value, asked)
    if name in LINKING:
        plain = DROPPED.sub("", value)
        assert not RUNNING.match(plain), (name, value, asked)
        assert not re.match(r"[/\\]{2,}|https?:(?!//[^/\\])", plain), (name, value, asked)
        assert leads_away or not re.match(rf"https?:/*[^/]*{MARK}", plain), (name, value, asked)


def data(answer: Answer, typed: tuple[str, ...]) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError((constant, answer.asked))

    json.loads(answer.text, parse_constant=refuse)


def lines(answer: Answer, typed: tuple[str, ...]) -> None:
    for line in answer.text.split("\n"):
        if line:
            json.loads(line)


def markup(answer: Answer, typed: tuple[str, ...]) -> None:
    """Well-formed, and declares nothing that a reader would have to fetch."""
    assert "<!DOCTYPE" not in answer.text, answer.asked
    assert "<!ENTITY" not in answer.text, answer.asked
    for element in ElementTree.fromstring(answer.body).iter():
        assert MARK not in str(element.tag), answer.asked
        for name, value in element.attrib.items():
            assert MARK not in name, answer.asked
            assert name != "href" or not RUNNING.match(DROPPED.sub("", value)), (value, answer.asked)


def table(answer: Answer, typed: tuple[str, ...]) -> None:
    """No cell begins as a formula does, unless it is a number."""
    text = answer.body.decode("utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    assert len({len(row) for row in rows if row}) <= 1, answer.asked
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(FORMULA) or re.fullmatch(r"[-+]?[\d.,]+", cell.strip()), (
            cell,
            answer.asked,
        )


def workbook(answer: Answer, typed: tuple[str, ...]) -> None:
    """Every part is well-formed, and no cell is a formula."""
    with ZipFile(io.BytesIO(answer.body)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                for element in ElementTree.fromstring(archive.read(name)).iter():
                    assert element.tag.rpartition("}")[2] != "f", (name, answer.asked)


READERS = {
    "text/html": page,
    "application/json": data,
    "application/ld+json": data,
    "application/schema+json": data,
    "application/x-ndjson": lines,
    "application/atom+xml": markup,
    "application/xml": markup,
    "application/opensearchdescription+xml": markup,
    "text/csv": table,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": workbook,
}
