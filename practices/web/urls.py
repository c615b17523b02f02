"""Public addresses. They are Spanish and permanent; English pages have the same ones under /en/."""

from django.urls import path

from catalogue.headers import OPEN_TO_OTHER_SITES
from catalogue.limits import Kind, limited
from practices.exchange.writers.openapi.operations import OPERATIONS

from . import views
from .caching import public_page

app_name = "web"

urlpatterns = [
    path("", public_page(views.home), name="home"),
    path("inicio.json", public_page(views.home_json), name="home_json"),
    path("practicas/", public_page(views.practice_list), name="practice_list"),
    path("practicas.json", public_page(views.practice_list_json), name="practice_list_json"),
    path("practicas/<str:code>.json", public_page(views.practice_json), name="practice_json"),
    path("practicas/<str:code>.bib", public_page(views.practice_bibtex), name="practice_bibtex"),
    path("practicas/<str:code>.ris", public_page(views.practice_ris), name="practice_ris"),
    path("practicas.atom", public_page(views.practice_feed), name="practice_feed"),
    path("practicas.csv", public_page(views.practice_list_csv, kept=False, export=True), name="practice_list_csv"),
    path(
        "practicas.xlsx",
        public_page(views.practice_list_xlsx, kept=False, same_bytes=False, export=True),
        name="practice_list_xlsx",
    ),
    path(
        "practicas.jsonl", public_page(views.practice_list_jsonl, kept=False, export=True), name="practice_list_jsonl"
    ),
    path("practicas.pdf", public_page(views.practice_list_pdf, kept=False, export=True), name="practice_list_pdf"),
    path("practicas/<str:code>.pdf", public_page(views.practice_pdf, kept=False, export=True), name="practice_pdf"),
    path("practicas/<str:code>/", public_page(views.practice_detail, personal=True), name="practice_detail"),
    path("practicas/<str:code>/archivos/<int:number>/", views.attachment, name="attachment"),
    path("practicas/<str:code>/versiones/", public_page(views.versions), name="versions"),
    path("practicas/<str:code>/versiones.json", public_page(views.versions_json), name="versions_json"),
    path("practicas/<str:code>/versiones/comparar/", public_page(views.compare_versions), name="compare_versions"),
    path(
        "practicas/<str:code>/versiones/comparar.json",
        public_page(views.compare_versions_json),
        name="compare_versions_json",
    ),
    path("practicas/<str:code>/v<int:number>/", public_page(views.version, personal=True), name="version"),
    path("practicas/<str:code>/v<int:number>.json", public_page(views.version_json), name="version_json"),
    path(
        "practicas/<str:code>/v<int:number>/archivos/<int:file>/", views.version_attachment, name="version_attachment"
    ),
    path("autores/<slug:slug>/", public_page(views.author), name="author"),
    path("autores/<slug:slug>.json", public_page(views.author_json), name="author_json"),
    path("panorama/", public_page(views.panorama), name="panorama"),
    path("panorama.csv", public_page(views.panorama_csv), name="panorama_csv"),
    path("panorama.json", public_page(views.panorama_json), name="panorama_json"),
    path("buscar/sugerencias.json", limited(Kind.SUGGESTION)(views.suggestions), name="suggestions"),
    path("comparar/", public_page(views.compare), name="compare"),
    path("comparar.json", public_page(views.compare_json), name="compare_json"),
    path("criterios/", public_page(views.criteria), name="criteria"),
    path("criterios.json", public_page(views.criteria_json), name="criteria_json"),
    path("guia-de-estilo/", public_page(views.styleguide), name="styleguide"),
    path("datos/", public_page(views.open_data), name="open_data"),
    path("datos.json", public_page(views.open_data_json), name="open_data_json"),
    path("datos/openapi.json", public_page(views.openapi_description), name="openapi"),
    path("datos/esquema/practica-v<int:number>.json", public_page(views.document_schema), name="document_schema"),
    path("datos/diccionario.csv", public_page(views.data_dictionary), name="data_dictionary"),
    path("datos/catalogo.ttl", public_page(views.dcat_turtle), name="dcat_turtle"),
    path("datos/catalogo.jsonld", public_page(views.dcat_jsonld), name="dcat_jsonld"),
    path("opensearch.xml", public_page(views.opensearch), name="opensearch"),
    path("mapa-del-sitio/", public_page(views.site_map), name="site_map"),
    path("mapa-del-sitio.json", public_page(views.site_map_json), name="site_map_json"),
    path("identidad/logo", views.logo, name="logo"),
    path("identidad.css", views.colours, name="colours"),
    # Last: the institution's own pages, whatever it calls them. A page never takes the address of another view.
    path("<slug:slug>/", public_page(views.page), name="page"),
    path("<slug:slug>.json", public_page(views.page_json), name="page_json"),
]

OPEN = frozenset(operation.name for operation in OPERATIONS)
"""What is described as data is public, the same for everybody, and asks for no cookie: programs in the pages of other
sites (a researcher's notebook) may read it."""
for pattern in urlpatterns:
    setattr(pattern.callback, OPEN_TO_OTHER_SITES, pattern.name in OPEN)
