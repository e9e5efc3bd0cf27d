from django.urls import path

from legal import views

app_name = "legal"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/catalogue.xlsx", views.catalogue, name="catalogue"),
    path("imports/<int:pk>/", views.import_detail, name="import"),
    path("imports/<int:pk>/apply/", views.apply_import, name="apply_import"),
    path("imports/<int:pk>/resume/", views.resume_import, name="resume_import"),
    path("imports/<int:pk>/discard/", views.discard_import, name="discard_import"),
]
