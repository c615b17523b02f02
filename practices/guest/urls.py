"""The addresses behind a link. The token is all that opens them: none of them is listed or linked anywhere."""

from django.urls import path

from . import views

app_name = "guest"

urlpatterns = [
    path("<str:token>/", views.review, name="review"),
    path("<str:token>/respuesta/", views.answered, name="answered"),
    path("<str:token>/archivos/<int:file_id>/", views.file, name="file"),
]
