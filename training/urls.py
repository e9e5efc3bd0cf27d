from django.urls import path

from training import views

app_name = "training"
urlpatterns = [
    path("", views.own, name="own"),
    path("units/", views.units, name="units"),
    path("units/<int:round_id>/", views.units, name="round_units"),
    path("units/<int:round_id>/<int:contest_unit_id>/", views.unit, name="unit"),
]
