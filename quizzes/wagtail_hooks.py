"""Registers what quizzes/ adds to the back office."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from core.back_office import CONTEST_MENU, GuardedMenuItem
from legal.models import Instrument
from quizzes.models import Question
from quizzes.rules import holds_any_organising
from quizzes.viewsets import BULK_ACTIONS, QuestionPolicy, QuestionViewSet, uses_banks

register_permission_policy(Question, QuestionPolicy(Question))


@hooks.register("register_admin_viewset")
def register_questions() -> QuestionViewSet:
    return QuestionViewSet("questions")


@hooks.register(CONTEST_MENU)
def register_organising_menu() -> GuardedMenuItem:
    return GuardedMenuItem(
        _("Các cuộc thi"),
        reverse("quizzes:organise"),
        name="organise",
        icon_name="date",
        order=10,
        shown_to=holds_any_organising,
    )


@hooks.register(CONTEST_MENU)
def register_banks_menu() -> GuardedMenuItem:
    return GuardedMenuItem(
        _("Ngân hàng câu hỏi"),
        reverse("quizzes:bank_list"),
        name="banks",
        icon_name="folder-open-inverse",
        order=20,
        shown_to=uses_banks,
    )


@hooks.register(CONTEST_MENU)
def register_questions_menu() -> GuardedMenuItem:
    return GuardedMenuItem(
        _("Danh sách câu hỏi"),
        reverse("questions:index"),
        name="questions",
        icon_name="help",
        order=30,
        shown_to=uses_banks,
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
