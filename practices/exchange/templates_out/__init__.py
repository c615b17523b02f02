"""What goes out to be filled in and comes back: empty templates, and a spreadsheet with its problems beside it."""

from .report import report_spreadsheet

__all__ = ["report_spreadsheet"]
