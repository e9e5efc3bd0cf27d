from django.urls import path, re_path
from wagtail.contrib.sitemaps.views import sitemap

from cms.sitemaps import PagesInLanguages
from cms.views import replication
from cms.views.cards import card, instrument_card
from cms.views.drafts import read_draft
from cms.views.new_poster import new_poster
from cms.views.passing_on import page_to_zalo, script_from_page
from cms.views.robots import robots
from cms.views.search import search
from cms.views.statements import accessibility, privacy, report_problem

app_name = "cms"
urlpatterns = [
    path("drafts/<str:token>/", read_draft, name="draft"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PagesInLanguages}}, name="sitemap"),
    path("search/", search, name="search"),
    path("accessibility/", accessibility, name="accessibility"),
    path("privacy/", privacy, name="privacy"),
    path("report-problem/", report_problem, name="report_problem"),
    path("posters/new/", new_poster, name="new_poster"),
    path("editing/pages/<int:page_id>/script/", script_from_page, name="script_from_page"),
    path("editing/pages/<int:page_id>/zalo/", page_to_zalo, name="page_to_zalo"),
    path("replication/", replication.adoptions, name="adoptions"),
    path("replication/register/<int:page_id>/", replication.register, name="adopt"),
    path("replication/<int:adoption_id>/", replication.adoption, name="adoption"),
    path("replication/<int:adoption_id>/report/", replication.report, name="adoption_report"),
    path("replication/<int:adoption_id>/<slug:name>/", replication.step, name="adoption_step"),
    path("replication/figures/<int:figure_id>/", replication.correct, name="adoption_figure"),
    re_path(r"^og/(?P<page_id>[0-9]{1,18})-(?P<version>[0-9a-f]{12})\.png$", card, name="card"),
    re_path(
        r"^og/instrument-(?P<pk>[0-9]{1,18})-(?P<version>[0-9a-f]{12})\.png$",
        instrument_card,
        name="instrument_card",
    ),
]
