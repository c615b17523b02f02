"""Public views. Each starts from `Publication.objects.current()` or a Selection; none knows the working record."""

from .citations import practice_bibtex, practice_ris
from .compare import compare, compare_json
from .dcat import dcat_jsonld, dcat_turtle
from .exports import practice_list_csv, practice_list_jsonl, practice_list_xlsx
from .feeds import opensearch, practice_feed
from .institution import colours, logo, page, site_map
from .lists import author, practice_list, practice_list_json
from .open_data import open_data
from .pages import criteria, home
from .panorama import panorama, panorama_csv, panorama_json
from .pdf import practice_list_pdf, practice_pdf
from .practice import attachment, practice_detail, practice_json
from .styleguide import styleguide
from .suggestions import suggestions
from .versions import compare_versions, version, version_attachment, versions

__all__ = [
    "attachment",
    "author",
    "colours",
    "compare",
    "compare_json",
    "compare_versions",
    "criteria",
    "dcat_jsonld",
    "dcat_turtle",
    "home",
    "logo",
    "open_data",
    "opensearch",
    "page",
    "panorama",
    "panorama_csv",
    "panorama_json",
    "practice_bibtex",
    "practice_detail",
    "practice_feed",
    "practice_json",
    "practice_list",
    "practice_list_csv",
    "practice_list_json",
    "practice_list_jsonl",
    "practice_list_pdf",
    "practice_list_xlsx",
    "practice_pdf",
    "practice_ris",
    "site_map",
    "styleguide",
    "suggestions",
    "version",
    "version_attachment",
    "versions",
]
