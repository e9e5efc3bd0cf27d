"""Every address of the contest, by who uses it."""

from django.urls import URLPattern

from quizzes import urls_bank

app_name = "quizzes"
urlpatterns: list[URLPattern] = [
    *urls_bank.urlpatterns,
]
