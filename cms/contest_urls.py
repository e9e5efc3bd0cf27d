"""Before the addresses of quizzes, which name these and draw what has no page of the editors."""

from django.urls import path

from cms.views import contests

urlpatterns = [
    path("contests/", contests.contest_list),
    path("contests/<slug:code>/", contests.contest_detail),
]
