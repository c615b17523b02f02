"""Files for staff, under the name that the others of this wing know."""

from practices.exchange.downloads import download

__all__ = ["download"]
