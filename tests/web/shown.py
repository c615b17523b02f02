"""What a reader sees of a list, read out of its page."""

import re
from dataclasses import dataclass
from typing import Self

import html5lib
from django.test import Client

NUMBERS = ".//nav[@class='pages']//li/a"


@dataclass(frozen=True)
class ListShown:
    """`codes` are those of the page, in its order; `count` is that of the whole selection."""

    sentence: str
    count: int
    codes: list[str]
    page: int
    pages: int

    @classmethod
    def at(cls, client: Client, address: str) -> Self:
        return cls.read(client.get(address).content.decode())

    @classmethod
    def read(cls, html: str) -> Self:
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
        results = tree.find(".//section[@data-part='results']")
        numbers = {digits("".join(link.itertext())): link for link in results.iterfind(NUMBERS) if not link.get("rel")}
        current = [number for number, link in numbers.items() if link.get("aria-current")]
        return cls(
            sentence="".join(tree.find(".//h1").itertext()),
            count=digits(results.get("data-count")),
            codes=["".join(code.itertext()) for code in results.iterfind(".//span[@class='code']")],
            page=current[0] if current else 1,
            pages=max(numbers, default=1),
        )


def digits(text: str) -> int:
    """Of a number as people read it: “10.000 prácticas”."""
    return int(re.sub(r"\D", "", text) or 0)
