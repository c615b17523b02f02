"""Public addresses. They are Spanish and permanent; English pages have the same ones under /en/."""

from django.urls import path

from . import views

app_name = "web"

urlpatterns = [
    path("", views.home, name="home"),
    path("practicas/", views.practice_list, name="practice_list"),
    path("practicas.json", views.practice_list_json, name="practice_list_json"),
    path("practicas/<str:code>.json", views.practice_json, name="practice_json"),
    path("practicas/<str:code>/", views.practice_detail, name="practice_detail"),
    path("practicas/<str:code>/archivos/<int:number>/", views.attachment, name="attachment"),
    path("autores/<slug:slug>/", views.author, name="author"),
    path("panorama/", views.panorama, name="panorama"),
    path("panorama.csv", views.panorama_csv, name="panorama_csv"),
    path("panorama.json", views.panorama_json, name="panorama_json"),
    path("buscar/sugerencias.json", views.suggestions, name="suggestions"),
    path("criterios/", views.criteria, name="criteria"),
]
