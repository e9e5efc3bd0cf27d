"""/contests/: what everyone may see."""

from django.urls import path

from quizzes.views import instruments, public

_ROUND = "contests/<slug:code>/rounds/<int:number>/standings/"

urlpatterns = [
    path("contests/", public.contest_list, name="contests"),
    path("contests/<slug:code>/", public.contest_detail, name="contest"),
    path("contests/<slug:code>/rules/", public.contest_rules, name="contest_rules"),
    path("contests/<slug:code>/turnout/", public.turnout, name="contest_turnout"),
    path("instruments/<int:pk>/", instruments.instrument_detail, name="instrument"),
    path(_ROUND, public.standings, name="standings"),
    path(f"{_ROUND}units/", public.unit_standings, name="unit_standings"),
    path(f"{_ROUND}units/<int:pk>/", public.unit_page, name="unit_page"),
    path(f"{_ROUND}figures/", public.figures, name="figures"),
]
