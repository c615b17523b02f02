"""Public views. Each starts from `Publication.objects.current()` or a Selection; none knows the working record."""

from .lists import author, practice_list, practice_list_json
from .pages import criteria, home
from .pdf import practice_list_pdf, practice_pdf
from .practice import attachment, practice_detail, practice_json
from .suggestions import suggestions

__all__ = [
    "attachment",
    "author",
    "criteria",
    "home",
    "practice_detail",
    "practice_json",
    "practice_list",
    "practice_list_json",
    "practice_list_pdf",
    "practice_pdf",
    "suggestions",
]
