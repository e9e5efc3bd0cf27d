"""Every address of the contest, by who uses it."""

from django.urls import URLPattern

from quizzes import urls_bank, urls_marking, urls_organise, urls_play, urls_public

app_name = "quizzes"
urlpatterns: list[URLPattern] = [
    *urls_play.urlpatterns,
    *urls_bank.urlpatterns,
    *urls_marking.urlpatterns,
    *urls_organise.urlpatterns,
    *urls_public.urlpatterns,
]
