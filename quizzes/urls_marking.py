"""/marking/: essays, for the jury of a contest and its organisers."""

from django.urls import path

from quizzes.views import essays

urlpatterns = [
    path("marking/", essays.marking, name="marking"),
    path("marking/<int:round_id>/", essays.marking_round, name="marking_round"),
    path("marking/<int:round_id>/<slug:code>/", essays.marking_sheet, name="marking_sheet"),
]
