"""Whose paper it is: the institution, as the documents name it and in its colours."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Institution:
    """Colours are `#rrggbb`; whoever gives them has checked that `on_brand` can be read on `brand`."""

    name: str
    address: str = ""
    brand: str = "#0d4a63"
    on_brand: str = "#ffffff"
