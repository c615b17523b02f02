"""What goes out to be filled in and comes back: empty templates, and a spreadsheet with its problems beside it."""

from .ficha import ficha_template
from .report import report_spreadsheet
from .spreadsheet import spreadsheet_template

__all__ = ["ficha_template", "report_spreadsheet", "spreadsheet_template"]
