"""Public addresses. They are Spanish and permanent; English pages have the same ones under /en/."""

from django.urls import path

from . import views

app_name = "web"

urlpatterns = [
    path("", views.home, name="home"),
    path("practicas/", views.practice_list, name="practice_list"),
    path("practicas.json", views.practice_list_json, name="practice_list_json"),
    path("practicas/<str:code>.json", views.practice_json, name="practice_json"),
    path("practicas.pdf", views.practice_list_pdf, name="practice_list_pdf"),
    path("practicas/<str:code>.pdf", views.practice_pdf, name="practice_pdf"),
    path("practicas/<str:code>/", views.practice_detail, name="practice_detail"),
    path("practicas/<str:code>/archivos/<int:number>/", views.attachment, name="attachment"),
    path("autores/<slug:slug>/", views.author, name="author"),
    path("buscar/sugerencias.json", views.suggestions, name="suggestions"),
    path("criterios/", views.criteria, name="criteria"),
]
