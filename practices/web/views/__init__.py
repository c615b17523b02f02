"""Public views. Each starts from `Publication.objects.current()` or a Selection; none knows the working record."""

from .citations import practice_bibtex, practice_ris
from .compare import compare, compare_json
from .contract import data_dictionary, document_schema, openapi_description
from .dcat import dcat_jsonld, dcat_turtle
from .exports import practice_list_csv, practice_list_jsonl, practice_list_xlsx
from .feeds import opensearch, practice_feed
from .institution import colours, logo, page, page_json
from .lists import author, author_json, practice_list, practice_list_json
from .open_data import open_data, open_data_json
from .pages import criteria, criteria_json, home, home_json
from .panorama import panorama, panorama_csv, panorama_json
from .pdf import practice_list_pdf, practice_pdf
from .practice import attachment, practice_detail, practice_json
from .site_map import site_map, site_map_json
from .styleguide import styleguide
from .suggestions import suggestions
from .versions import (
    compare_versions,
    compare_versions_json,
    version,
    version_attachment,
    version_json,
    versions,
    versions_json,
)

__all__ = [
    "attachment",
    "author",
    "author_json",
    "colours",
    "compare",
    "compare_json",
    "compare_versions",
    "compare_versions_json",
    "criteria",
    "criteria_json",
    "data_dictionary",
    "dcat_jsonld",
    "dcat_turtle",
    "document_schema",
    "home",
    "home_json",
    "logo",
    "open_data",
    "open_data_json",
    "openapi_description",
    "opensearch",
    "page",
    "page_json",
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
    "site_map_json",
    "styleguide",
    "suggestions",
    "version",
    "version_attachment",
    "version_json",
    "versions",
    "versions_json",
]
