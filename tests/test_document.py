from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.document import (
    SCHEMA,
    Author,
    DocumentError,
    Metric,
    PracticeDocument,
    from_json,
    to_json,
)

# Lone surrogates are no text: neither JSON nor a database takes them.
text = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15)
documents = st.builds(
    PracticeDocument,
    code=text,
    title=text,
    summary=text,
    success_factors=st.lists(text, max_size=3).map(tuple),
    authors=st.lists(st.builds(Author, as_written=text, name=text, slug=text), max_size=2).map(tuple),
    metrics=st.lists(
        st.builds(Metric, text=text, value=st.none() | numbers, baseline=st.none() | numbers, unit=text), max_size=3
    ).map(tuple),
    demonstration=st.booleans(),
)


@given(documents)
@settings(deadline=None)
def test_document_survives_json(document):
    assert from_json(to_json(document)) == document


def test_json_keeps_every_digit_of_a_number():
    document = PracticeDocument("BP-A-B-001-2020", metrics=(Metric("x", value=Decimal("1900000000000.123456")),))
    assert '"value":1900000000000.123456' in to_json(document)
    assert from_json(to_json(document)).metrics[0].value == Decimal("1900000000000.123456")


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[]", "null", "{}", '{"schema": "x"}', f'{{"schema": {SCHEMA}}}', '{"schema": 1, "code": 3}'],
)
def test_json_of_another_shape_is_refused(broken):
    with pytest.raises(DocumentError):
        from_json(broken)


def test_json_of_a_later_schema_is_refused_by_number():
    with pytest.raises(DocumentError, match="schema 99 is unknown"):
        from_json('{"schema": 99, "code": "BP-A-B-001-2020"}')


def test_headline_is_the_marked_metric_else_the_first_with_a_value():
    words, first, second = Metric("sin número"), Metric("uno", value=Decimal(1)), Metric("dos", value=Decimal(2))
    document = PracticeDocument("BP-A-B-001-2020", metrics=(words, first, second))
    assert document.headline == first
    assert replace(document, metrics=(first, replace(second, headline=True))).headline == replace(
        second, headline=True
    )
    assert replace(document, metrics=(words,)).headline is None
