"""Dates as people read them."""

from datetime import date

from django.utils import dateformat
from django.utils.translation import get_language


def long_date(value: date) -> str:
    """“20 de abril de 2020”, “20 April 2020”. A moment is said as it stands: turn it to local time before."""
    if (get_language() or "").startswith("es"):
        return dateformat.format(value, r"j \d\e F \d\e Y").lower()
    return dateformat.format(value, "j F Y")
