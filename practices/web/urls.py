"""Public addresses. They are Spanish and permanent; English pages have the same ones under /en/."""

from django.urls import path

from . import views

app_name = "web"

urlpatterns = [
    path("", views.home, name="home"),
    path("practicas/", views.practice_list, name="practice_list"),
    path("practicas.json", views.practice_list_json, name="practice_list_json"),
    path("practicas/<str:code>.json", views.practice_json, name="practice_json"),
    path("practicas/<str:code>.bib", views.practice_bibtex, name="practice_bibtex"),
    path("practicas/<str:code>.ris", views.practice_ris, name="practice_ris"),
    path("practicas.atom", views.practice_feed, name="practice_feed"),
    path("practicas.pdf", views.practice_list_pdf, name="practice_list_pdf"),
    path("practicas/<str:code>.pdf", views.practice_pdf, name="practice_pdf"),
    path("practicas/<str:code>/", views.practice_detail, name="practice_detail"),
    path("practicas/<str:code>/archivos/<int:number>/", views.attachment, name="attachment"),
    path("practicas/<str:code>/versiones/", views.versions, name="versions"),
    path("practicas/<str:code>/versiones/comparar/", views.compare_versions, name="compare_versions"),
    path("practicas/<str:code>/v<int:number>/", views.version, name="version"),
    path(
        "practicas/<str:code>/v<int:number>/archivos/<int:file>/", views.version_attachment, name="version_attachment"
    ),
    path("autores/<slug:slug>/", views.author, name="author"),
    path("panorama/", views.panorama, name="panorama"),
    path("panorama.csv", views.panorama_csv, name="panorama_csv"),
    path("panorama.json", views.panorama_json, name="panorama_json"),
    path("buscar/sugerencias.json", views.suggestions, name="suggestions"),
    path("comparar/", views.compare, name="compare"),
    path("comparar.json", views.compare_json, name="compare_json"),
    path("criterios/", views.criteria, name="criteria"),
    path("guia-de-estilo/", views.styleguide, name="styleguide"),
    path("datos/", views.open_data, name="open_data"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
    path("mapa-del-sitio/", views.site_map, name="site_map"),
    path("identidad/logo", views.logo, name="logo"),
    path("identidad.css", views.colours, name="colours"),
    # Last: the institution's own pages, whatever it calls them. A page never takes the address of another view.
    path("<slug:slug>/", views.page, name="page"),
]
