"""Public views. Each starts from `Publication.objects.current()` or a Selection; none knows the working record."""

from .lists import author, practice_list, practice_list_json
from .pages import criteria, home
from .panorama import panorama, panorama_csv, panorama_json
from .practice import attachment, practice_detail, practice_json
from .suggestions import suggestions

__all__ = [
    "attachment",
    "author",
    "criteria",
    "home",
    "panorama",
    "panorama_csv",
    "panorama_json",
    "practice_detail",
    "practice_json",
    "practice_list",
    "practice_list_json",
    "suggestions",
]
