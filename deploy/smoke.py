#!/usr/bin/env python3
"""Does the site answer as it must? `smoke.py https://practicas.example.gov.co`: a line for each check; 1 if one fails.

Only reads, needs only Python, and may run from anywhere at any time. With `--to 127.0.0.1:8443` the name is asked of
that address; `--ca FILE` trusts the certificates in it; `--skip NAME` leaves a check out.
"""

import argparse
import csv
import http.client
import io
import json
import re
import ssl
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

TIMEOUT = 15
HEADERS = {
    "strict-transport-security": r"max-age=(3153\d{4}|[4-9]\d{7}|\d{9,}).*",
    "content-security-policy": r"(?=.*default-src 'none')(?!.*unsafe-(inline|eval)).*frame-ancestors 'none'.*",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin|no-referrer|same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ".*camera=().*".replace("()", r"\(\)"),
}


class Wrong(Exception):
    """What is not as it must be."""


def must(condition: object, says: str) -> None:
    if not condition:
        raise Wrong(says)


@dataclass
class Answer:
    status: int
    headers: dict[str, list[str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8-sig", errors="replace")

    def header(self, name: str) -> str:
        return ", ".join(self.headers.get(name, []))


class Named(http.client.HTTPConnection):
    """https, with the certificate of a name, whatever address is asked."""

    def __init__(self, address: str, name: str, context: ssl.SSLContext) -> None:
        host, _, port = address.partition(":")
        super().__init__(host, int(port or 443), timeout=TIMEOUT)
        self._name, self._tls = name, context

    def connect(self) -> None:
        super().connect()
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=self._name)


class Site:
    """The site under its name, wherever that leads."""

    def __init__(self, base: str, to: str, ca: str | None, plain_to: str) -> None:
        parts = urlsplit(base)
        self.scheme, self.host = parts.scheme, parts.hostname or ""
        self.to, self.plain_to = to or parts.netloc, plain_to or self.host
        self.context = ssl.create_default_context(cafile=ca)

    def get(self, path: str, *, plain: bool = False, method: str = "GET") -> Answer:
        connection = self._connection(plain)
        try:
            connection.request(method, path, headers={"Host": self.host, "User-Agent": "catalogue-smoke"})
            answer = connection.getresponse()
            headers: dict[str, list[str]] = {}
            for name, value in answer.getheaders():
                headers.setdefault(name.lower(), []).append(value)
            return Answer(answer.status, headers, answer.read())
        finally:
            connection.close()

    def _connection(self, plain: bool) -> http.client.HTTPConnection:
        if plain or self.scheme == "http":
            return http.client.HTTPConnection(self.plain_to if plain else self.to, timeout=TIMEOUT)
        return Named(self.to, self.host, self.context)

    def ok(self, path: str, kind: str | tuple[str, ...]) -> Answer:
        """The answer, which must be one of this kind, and public."""
        answer = self.get(path)
        must(answer.status == 200, f"{path} answers {answer.status}")
        must(answer.header("content-type").startswith(kind), f"{path} is {answer.header('content-type')}")
        must("set-cookie" not in answer.headers, f"{path} sets a cookie")
        return answer


def home(site: Site) -> str:
    answer = site.ok("/", "text/html")
    must("<h1" in answer.text, "the home page has no heading")
    return f"{len(answer.body):,} bytes"


def english(site: Site) -> str:
    must('lang="en"' in site.ok("/en/", "text/html").text, "/en/ is not in English")
    return ""


def practices(site: Site) -> list[dict[str, object]]:
    found = json.loads(site.ok("/practicas.json", "application/json").body)
    listed = next((value for value in found.values() if isinstance(value, list) and value and "code" in value[0]), [])
    must(isinstance(listed, list), "/practicas.json lists nothing")
    return listed


def practice_list(site: Site) -> str:
    site.ok("/practicas/", "text/html")
    return f"{len(practices(site))} on the first page"


def search(site: Site) -> str:
    for query in ("agua", "zzzzqx", "%00%27%22%3C"):
        site.ok(f"/practicas/?q={query}", "text/html")
    return ""


def practice(site: Site) -> str:
    listed = practices(site)
    if not listed:
        return "none is published yet"
    code = str(listed[0]["code"])
    must(code in site.ok(f"/practicas/{code}/", "text/html").text, f"{code} is not on its page")
    document = json.loads(site.ok(f"/practicas/{code}.json", "application/json").body)
    must(document["code"] == code, f"{code}.json is of another practice")
    return code


def spreadsheet(site: Site) -> str:
    lines = list(csv.reader(io.StringIO(site.ok("/practicas.csv", "text/csv").text), delimiter=";"))
    must(lines and len(lines[0]) > 5, "/practicas.csv has no columns")
    return f"{len(lines) - 1} rows"


def static_files(site: Site) -> str:
    """Every style and script of the home page is there, for ever, and says what it is."""
    found = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', site.get("/").text)))
    must(found, "the home page has no style")
    for path in found:
        answer = site.ok(path, "text/css" if path.endswith("css") else ("text/javascript", "application/javascript"))
        must("immutable" in answer.header("cache-control"), f"{path} is not kept for ever")
        must(answer.header("x-content-type-options") == "nosniff", f"{path} may be taken for something else")
    return f"{len(found)} files"


def nothing_there(site: Site) -> str:
    answer = site.get("/practicas/NO-EXISTE-%3Cb%3E/")
    must(answer.status == 404, f"an unknown practice answers {answer.status}")
    must("NO-EXISTE" not in answer.text, "the page that says so repeats what was asked")
    return ""


def login(site: Site) -> str:
    must(site.get("/admin/").status == 302, "/admin/ lets strangers in")
    answer = site.get("/admin/login/")
    must(answer.status == 200, f"/admin/login/ answers {answer.status}")
    for cookie in answer.headers.get("set-cookie", []):
        flags = {flag.strip().partition("=")[0].lower() for flag in cookie.split(";")[1:]}
        must(cookie.startswith("__Host-"), "a cookie is not bound to its host")
        must({"secure", "httponly", "samesite"} <= flags, "a cookie is not Secure, HttpOnly and SameSite")
    return ""


def headers(site: Site) -> str:
    """On pages, data, static files and errors alike; each once."""
    static = re.search(r'href="(/static/[^"]+\.css)"', site.get("/").text)
    for path in ("/", "/practicas.json", "/admin/login/", "/no-existe/", static.group(1) if static else "/robots.txt"):
        answer = site.get(path)
        # Open data may be read from other sites' pages; nothing else may.
        open_to = {"cross-origin-resource-policy": "cross-origin"} if path.endswith(".json") else {}
        for name, form in (HEADERS | open_to).items():
            sent = answer.headers.get(name, [])
            must(len(sent) == 1, f"{path} sends {name} {len(sent)} times")
            must(re.fullmatch(form, sent[0]), f"{path} sends {name}: {sent[0]}")
    return f"{len(HEADERS)} on each"


def validators(site: Site) -> str:
    answer = site.get("/practicas/")
    must(answer.header("etag"), "/practicas/ has no ETag")
    must("public" in answer.header("cache-control"), "/practicas/ may not be kept")
    return answer.header("etag")


def redirect(site: Site) -> str:
    answer = site.get("/practicas/?q=agua", plain=True)
    must(answer.status in (301, 308), f"plain http answers {answer.status}")
    must(answer.header("location") == f"https://{site.host}/practicas/?q=agua", answer.header("location"))
    return ""


def healthz(site: Site) -> str:
    must(site.get("/healthz").status == 200, "/healthz is not well")
    return ""


def readyz(site: Site) -> str:
    answer = site.get("/readyz")
    must(answer.status in (200, 403, 404), f"/readyz answers {answer.status}: {answer.text[:200]}")
    return "ready" if answer.status == 200 else "not told to strangers"


def reading_only(site: Site) -> str:
    must(site.get("/practicas/", method="POST").status in (403, 405), "a list may be written to")
    return ""


CHECKS: tuple[Callable[[Site], str], ...] = (
    home,
    english,
    practice_list,
    search,
    practice,
    spreadsheet,
    static_files,
    nothing_there,
    login,
    headers,
    validators,
    redirect,
    reading_only,
    healthz,
    readyz,
)


def results(site: Site, skipped: list[str]) -> Iterator[bool]:
    for check in CHECKS:
        if check.__name__ in skipped:
            continue
        began = time.monotonic()
        try:
            said, is_well = check(site), True
        except (Wrong, OSError, http.client.HTTPException, ValueError, KeyError) as error:
            said, is_well = f"{type(error).__name__}: {error}" if not isinstance(error, Wrong) else str(error), False
        took = (time.monotonic() - began) * 1000
        print(
            f"{'ok  ' if is_well else 'FAIL'} {check.__name__.replace('_', ' '):<14} {took:6.0f} ms  {said}".rstrip()
        )
        yield is_well


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", help="https://…")
    parser.add_argument("--to", default="", metavar="HOST:PORT", help="ask this address for it")
    parser.add_argument("--plain-to", default="", metavar="HOST:PORT", help="where plain http is answered")
    parser.add_argument("--ca", metavar="FILE", help="trust these certificates")
    parser.add_argument("--skip", action="append", default=[], metavar="NAME", help="leave this check out")
    given = parser.parse_args()
    site = Site(given.site, given.to, given.ca, given.plain_to)
    return 0 if all(list(results(site, given.skip))) else 1


if __name__ == "__main__":
    sys.exit(main())
