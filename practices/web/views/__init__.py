"""Public views. Each starts from `Publication.objects.current()` or a Selection; none knows the working record."""

from .compare import compare, compare_json
from .lists import author, practice_list, practice_list_json
from .pages import criteria, home
from .practice import attachment, practice_detail, practice_json
from .styleguide import styleguide
from .suggestions import suggestions

__all__ = [
    "attachment",
    "author",
    "compare",
    "compare_json",
    "criteria",
    "home",
    "practice_detail",
    "practice_json",
    "practice_list",
    "practice_list_json",
    "styleguide",
    "suggestions",
]
