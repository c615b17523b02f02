"""What numbers written in Colombia are read as, and how they are written back."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.language.numbers import MAX_LENGTH, format_number, read_number

READ = [
    ("0", "0"),
    ("2350", "2350"),
    ("2.350", "2350"),
    (" 4.900 ", "4900"),
    ("05", "5"),
    ("98,5", "98.5"),
    ("0,5", "0.5"),
    ("-3,2", "-3.2"),
    ("−3,2", "-3.2"),
    ("+5", "5"),
    ("1.234.567,89", "1234567.89"),
    ("2’500.000", "2500000"),
    ("2'500.000", "2500000"),
    ("2´500.000", "2500000"),
    ("12'345.678,90", "12345678.90"),
    ("1.234'567.890", "1234567890"),
    ("1'234'567", "1234567"),
    ("1 234 567", "1234567"),
    ("1\u00a0234,5", "1234.5"),
    ("1.5", "1.5"),
    ("1.50", "1.50"),
    ("4.9000", "4.9000"),
    ("0.125", "0.125"),
    ("1234.567", "1234.567"),
    ("1,234", "1.234"),
    ("1,234,567", "1234567"),
    ("1,234,567.89", "1234567.89"),
    ("1,234.56", "1234.56"),
    ("1,4 millones", "1400000"),
    ("5.487 millones", "5487000000"),
    ("1 millón", "1000000"),
    ("2 MILLONES", "2000000"),
    ("1,9 billones", "1900000000000"),
    ("1 trillón", "1000000000000000000"),
    ("30 mil", "30000"),
    ("1.234 mil", "1234000"),
    ("3 mil millones", "3000000000"),
    ("123456789012345678901234567890 millones", "123456789012345678901234567890000000"),
]

NOT_READ = [
    "",
    "N.A.",
    "mil millones",
    "12.34.5",
    "1.234.56",
    "1.23,4,5",
    "1,234.567",
    "1.234,567.8",
    "012.345",
    "2’500",
    "1e5",
    "5 %",
    "$ 5",
    "5 días",
    "3 mil mil",
    "1 millón 200 mil",
    "1 miles",
    "4 - 6",
    "- 3",
    "--3",
    "5.",
    ",5",
    "٣",
    "²",
    "½",
    "9" * (MAX_LENGTH + 1),
]

WRITTEN = [
    ("2350", "2.350", "2,350"),
    ("98.5", "98,5", "98.5"),
    ("98.50", "98,5", "98.5"),
    ("5.00", "5", "5"),
    ("0.125", "0,125", "0.125"),
    ("-1234567.8900", "-1.234.567,89", "-1,234,567.89"),
    ("1E+5", "100.000", "100,000"),
    ("1E-7", "0,0000001", "0.0000001"),
    ("1900000000000", "1.900.000.000.000", "1,900,000,000,000"),
    ("-0.00", "0", "0"),
]

NUMBERS = st.decimals(min_value=Decimal(-(10**15)), max_value=Decimal(10**15), places=4)


@pytest.mark.parametrize(("text", "value"), READ)
def test_number_of_one_meaning_is_read(text, value):
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize("text", NOT_READ)
def test_number_unsure_is_not_read(text):
    assert read_number(text) is None


@pytest.mark.parametrize(("value", "spanish", "english"), WRITTEN)
def test_number_is_written_for_the_language(value, spanish, english):
    assert [format_number(Decimal(value), code) for code in ("es", "es-co", "en")] == [spanish, spanish, english]


def test_number_not_finite_is_written_as_it_is():
    assert format_number(Decimal("NaN"), "es") == "NaN"


@settings(deadline=None, max_examples=200)
@given(NUMBERS)
def test_number_written_in_spanish_is_read_back(value):
    assert read_number(format_number(value, "es")) == value


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=50), st.text("0123456789.,'’ -milones", max_size=50)))
def test_number_any_text_is_read_without_error(text):
    value = read_number(text)
    assert value is None or (value.is_finite() and read_number(text.strip()) == value)
    assert value is None or "E" not in str(value) or value == 0
