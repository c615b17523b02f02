"""Public views. Each starts from `Publication.objects.current()` or a Selection; none knows the working record."""

from .citations import practice_bibtex, practice_ris
from .compare import compare, compare_json
from .lists import author, practice_list, practice_list_json
from .pages import criteria, home
from .practice import attachment, practice_detail, practice_json
from .styleguide import styleguide
from .suggestions import suggestions
from .versions import compare_versions, version, version_attachment, versions

__all__ = [
    "attachment",
    "author",
    "compare",
    "compare_json",
    "compare_versions",
    "criteria",
    "home",
    "practice_bibtex",
    "practice_detail",
    "practice_json",
    "practice_list",
    "practice_list_json",
    "practice_ris",
    "styleguide",
    "suggestions",
    "version",
    "version_attachment",
    "versions",
]
