"""Every address of data there may be. One that this site does not have is left out of the description."""

from django.utils.translation import gettext_lazy as _

from practices.document import PracticeDocument

from . import answers, site_answers
from .declarations import CSV, JSON, LINES, XLSX, Operation
from .parameters import (
    COMPARED,
    FILE,
    FILE_OF_VERSION,
    FORMAT,
    FROM,
    ORDER,
    ORGANIZATION,
    PAGE,
    PRACTICE,
    SCHEMA_NUMBER,
    SELECTION,
    SINCE,
    SITE_PAGE,
    SIZE,
    TABLE,
    TEXT_SOUGHT,
    TO,
    VERSION,
)

LIST, PRACTICES, COUNTS, SITE, MACHINES = "list", "practice", "counts", "site", "machines"

GROUPS = {
    LIST: _("The whole catalogue, or any selection of it: exactly what the list with the same query string shows."),
    PRACTICES: _("One practice: its document, its versions, its files and how to cite it."),
    COUNTS: _("The collection counted: by year, category, service, department, author; totals of figures."),
    SITE: _("The pages around the practices."),
    MACHINES: _("What programs read first: this description, schemas, the catalogue of data."),
}

OF_A_LIST = (
    Operation(
        "practice_list_json",
        LIST,
        _("A page of a selection, with all the filters"),
        JSON,
        (answers.ListPage, answers.ChangedPage),
        (*SELECTION, ORDER, SIZE, PAGE, SINCE),
        meaning=_("Follow next for the whole selection. A page after the last is the last."),
    ),
    Operation(
        "practice_list_jsonl",
        LIST,
        _("Every document of a selection, one on each line"),
        LINES,
        parameters=(*SELECTION, ORDER, SINCE),
        meaning=_("Each line keeps to the schema PracticeDocument, byte for byte as it was published."),
        headers=("Content-Disposition",),
    ),
    Operation(
        "practice_list_csv",
        LIST,
        _("A selection as a table"),
        CSV,
        parameters=(*SELECTION, ORDER, FORMAT),
        meaning=_(
            "UTF-8 with its mark, semicolons and decimal commas, as Excel in Spanish opens it by a double click."
        ),
        headers=("Content-Disposition",),
    ),
    Operation(
        "practice_list_xlsx",
        LIST,
        _("A selection as an Excel workbook"),
        XLSX,
        parameters=(*SELECTION, ORDER),
        meaning=_("Typed cells; a second sheet says selection, date, address, licence and columns."),
        headers=("Content-Disposition",),
    ),
    Operation(
        "practice_feed",
        LIST,
        _("The newest fifty of a selection as an Atom feed"),
        "application/atom+xml",
        parameters=SELECTION,
    ),
    Operation(
        "practice_list_pdf",
        LIST,
        _("A selection as a document for paper"),
        "application/pdf",
        parameters=(*SELECTION, ORDER),
        refusals=(422,),
        headers=("Content-Disposition",),
    ),
    Operation(
        "suggestions",
        LIST,
        _("What the search box offers while somebody types"),
        JSON,
        answers.Suggestions,
        (TEXT_SOUGHT,),
        is_lasting=False,
    ),
    Operation("compare_json", LIST, _("Up to four practices side by side"), JSON, answers.Comparison, (COMPARED,)),
)

GONE = (404, 410)
OF_A_PRACTICE = (
    Operation(
        "practice_json",
        PRACTICES,
        _("The document of a practice"),
        JSON,
        PracticeDocument,
        (PRACTICE,),
        GONE,
        _("The version in force, byte for byte as it was published."),
        headers=("Link",),
    ),
    Operation(
        "practice_pdf", PRACTICES, _("A practice as a document for paper"), "application/pdf", None, (PRACTICE,), GONE
    ),
    Operation(
        "practice_bibtex", PRACTICES, _("How to cite it, as BibTeX"), "application/x-bibtex", None, (PRACTICE,), GONE
    ),
    Operation(
        "practice_ris",
        PRACTICES,
        _("How to cite it, as RIS"),
        "application/x-research-info-systems",
        None,
        (PRACTICE,),
        GONE,
    ),
    Operation(
        "versions_json", PRACTICES, _("Every version of a practice"), JSON, site_answers.Versions, (PRACTICE,), GONE
    ),
    Operation(
        "version_json",
        PRACTICES,
        _("The document of a version"),
        JSON,
        PracticeDocument,
        (PRACTICE, VERSION),
        GONE,
        _("As it was published then. The version in force is redirected to the practice."),
        headers=("Link",),
    ),
    Operation(
        "compare_versions_json",
        PRACTICES,
        _("What changed between two versions"),
        JSON,
        site_answers.ComparedVersions,
        (PRACTICE, FROM, TO),
        GONE,
    ),
    Operation(
        "attachment",
        PRACTICES,
        _("A file of a practice"),
        "application/octet-stream",
        None,
        (PRACTICE, FILE),
        GONE,
        _("With the media type that the document tells."),
        is_lasting=False,
        headers=("Content-Disposition",),
    ),
    Operation(
        "version_attachment",
        PRACTICES,
        _("A file of a version"),
        "application/octet-stream",
        None,
        (PRACTICE, VERSION, FILE_OF_VERSION),
        GONE,
        _("With the media type that the document tells."),
        is_lasting=False,
        headers=("Content-Disposition",),
    ),
)

OF_COUNTS = (
    Operation("panorama_json", COUNTS, _("All the tables of the panorama"), JSON, answers.Panorama, SELECTION),
    Operation(
        "panorama_csv",
        COUNTS,
        _("A table of the panorama"),
        CSV,
        parameters=(*SELECTION, TABLE),
        headers=("Content-Disposition",),
    ),
)

OF_THE_SITE = (
    Operation("home_json", SITE, _("The catalogue at a glance, and its newest practices"), JSON, site_answers.Home),
    Operation(
        "author_json",
        SITE,
        _("An organisation and its practices"),
        JSON,
        site_answers.AuthorPage,
        (ORGANIZATION, PAGE),
        (404,),
    ),
    Operation("criteria_json", SITE, _("The criteria of good practices"), JSON, site_answers.Criteria),
    Operation("site_map_json", SITE, _("Every page of the site"), JSON, site_answers.SiteMap),
    Operation("page_json", SITE, _("A page of the institution"), JSON, site_answers.SitePage, (SITE_PAGE,), (404,)),
    Operation("opensearch", SITE, _("How browsers search here"), "application/opensearchdescription+xml"),
)

FOR_MACHINES = (
    Operation("open_data_json", MACHINES, _("What data there is and how to take it"), JSON, site_answers.OpenData),
    Operation("openapi", MACHINES, _("This description"), JSON, site_answers.AnyObject),
    Operation(
        "document_schema",
        MACHINES,
        _("JSON Schema of the document of a practice"),
        "application/schema+json",
        site_answers.AnyObject,
        (SCHEMA_NUMBER,),
        (404,),
        _("By its version, which the field schema of a document tells."),
    ),
    Operation(
        "data_dictionary",
        MACHINES,
        _("Data dictionary, in Spanish and English side by side"),
        CSV,
        parameters=(FORMAT,),
    ),
    Operation("dcat_turtle", MACHINES, _("DCAT catalogue, as Turtle"), "text/turtle"),
    Operation("dcat_jsonld", MACHINES, _("DCAT catalogue, as JSON-LD"), "application/ld+json", site_answers.AnyObject),
)

OPERATIONS = (*OF_A_LIST, *OF_A_PRACTICE, *OF_COUNTS, *OF_THE_SITE, *FOR_MACHINES)
