"""What reads texts with regular expressions takes a time that grows with the text and not with its square.

Each reader of the language and of the imports, with what makes expressions look for an end in vain, said over and over
until it fills the longest field there is: no second is taken.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from practices.browse.filters import plausible, shown
from practices.browse.since import read_moment
from practices.document import Place
from practices.exchange.readers import contacts, gathering, labels, values
from practices.exchange.writers import citation
from practices.language import (
    additive,
    codes,
    dates,
    differences,
    markup,
    metrics,
    numbers,
    opening,
    organizations,
    texts,
    words,
)
from practices.language.coverage import Gazetteer, read_coverage
from practices.models.limits import TEXT
from practices.search.highlight import highlight
from practices.search.query import read_query
from practices.templatetags.catalogue import dialable, sections, web_address

from .feeders import FEEDERS

SECONDS = 1.0
LENGTH = TEXT
"""Characters: of the longest field. What is longer is cut, refused or left alone before it is read."""
PLACES = Gazetteer([Place("17", "Caldas"), Place("11", "Bogotá, D.C.")], [Place("17001", "Manizales", "17")])
QUERY = read_query("agua tarifas sociales")
READERS: dict[str, Callable[[str], Any]] = {
    "fold": words.fold,
    "words": words.words,
    "squash": words.squash,
    "code": codes.read_code,
    "code key": codes.code_key,
    "coverage": lambda text: read_coverage(text, PLACES),
    "date": dates.read_implementation_date,
    "differences": lambda text: differences.differences(text, f"{text[1:]}x"),
    "html": markup.from_html,
    "is html": markup.looks_like_html,
    "metrics": lambda text: metrics.read_metrics(text.split("\n")),
    "number": numbers.read_number,
    "opening": lambda text: opening.opening(text, 300),
    "organization": organizations.read_organization,
    "authors": organizations.split_authors,
    "clean": texts.clean,
    "blocks": texts.read_blocks,
    "inlines": texts.inlines,
    "items": texts.list_items,
    "plain": texts.plain,
    "addend": lambda text: additive.addend(text[:80], text),
    "given items": values.items_of,
    "given authors": values.authors_of,
    "given date": values.implementation_of,
    "given coverage": lambda text: values.coverage_of(text, PLACES),
    "given impact": values.impact_of,
    "given metrics": values.metrics_in,
    "given links": values.links_of,
    "given address": values.is_address,
    "cells": gathering.cell_items,
    "lines": gathering.text_items,
    "contact": contacts.contact_of,
    "mail": contacts.has_mail,
    "label": labels.label_of,
    "criterion": labels.criterion_of,
    "query": read_query,
    "highlight": lambda text: highlight(text, QUERY),
    "sections": sections,
    "address": web_address,
    "telephone": dialable,
    "shown": shown,
    "values": lambda text: plausible([text]),
    "moment": read_moment,
    "citation": citation.line,
}


def seconds(read: Callable[[str], Any], text: str) -> float:
    begun = time.thread_time()
    # A refusal in words is an answer too.
    with suppress(ValueError):
        read(text)
    return time.thread_time() - begun


@pytest.mark.parametrize("name", READERS)
def test_long_texts_are_read_in_time(name):
    """A fifth of the feeders for each reader, so that the suite stays quick; together they meet all of them."""
    place = list(READERS).index(name)
    for feeder in FEEDERS[place % 5 :: 5]:
        text = (feeder * LENGTH)[:LENGTH]
        assert seconds(READERS[name], text) < SECONDS, (name, feeder)
