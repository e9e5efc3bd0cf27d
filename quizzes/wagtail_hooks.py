"""Registers what quizzes/ adds to the back office."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from legal.models import Instrument
from quizzes.models import Question
from quizzes.viewsets import BULK_ACTIONS, QuestionPolicy, QuestionViewSet, is_listed_for

register_permission_policy(Question, QuestionPolicy(Question))


@hooks.register("register_admin_viewset")
def register_questions() -> QuestionViewSet:
    return QuestionViewSet("questions")


class QuestionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_listed_for(request)


@hooks.register("register_admin_menu_item")
def register_questions_menu() -> Any:
    return QuestionsMenuItem(
        _("Câu hỏi"),
        reverse("questions:index"),
        name="questions",
        icon_name="help",
        order=290,
    )


@hooks.register("register_snippet_listing_buttons")
def offer_citing_questions(instance: Any, user: Any, next_url: str | None = None) -> list[Button]:
    """At an instrument: its page, which counts the citing questions for who may read them."""
    if not isinstance(instance, Instrument):
        return []
    address = reverse("quizzes:instrument", args=[instance.pk])
    return [Button(_("Câu hỏi viện dẫn"), url=address, icon_name="help", priority=60)]


for bulk_action in BULK_ACTIONS:
    hooks.register("register_bulk_action", bulk_action)
