"""Public views. Each starts from `Publication.objects.current()` or a Selection; none knows the working record."""

from .institution import colours, logo, page, site_map
from .lists import author, practice_list, practice_list_json
from .pages import criteria, home
from .practice import attachment, practice_detail, practice_json
from .suggestions import suggestions

__all__ = [
    "attachment",
    "author",
    "colours",
    "criteria",
    "home",
    "logo",
    "page",
    "practice_detail",
    "practice_json",
    "practice_list",
    "practice_list_json",
    "site_map",
    "suggestions",
]
