"""Questions in the Wagtail back office: the list and what is done with many at once.

A question is read and written at its own page (views.questions): here are no views that show or
change one, and nothing of Wagtail's that would copy it elsewhere (choosers, reference index,
history, search index).
"""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies.base import BasePermissionPolicy

from core.clock import read_clock
from core.errors import DomainError
from people.models import User
from quizzes import reviewing, rules
from quizzes.bank_queries import readable_questions, with_text
from quizzes.commenting import MAX_LENGTH
from quizzes.enums import Difficulty, QuestionState, ReviewStep
from quizzes.forms.question_filters import QuestionFilterSet, listed
from quizzes.models import Question, QuestionBank, Topic
from quizzes.reclassifying import reclassify
from quizzes.reviewing import StepOutcome

_SHOWN = 100
_SEEN = re.compile(r"\d{1,17}:\d{1,17}(,\d{1,17}:\d{1,17})*", re.ASCII)
_NAMED = 5


class QuestionPolicy(BasePermissionPolicy):
    """Whoever may read a bank sees the list; nothing else in Wagtail shows or changes questions."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and rules.can_use_banks(user, read_clock())

    def users_with_any_permission(self, actions: Any) -> Any:
        return User.objects.none()

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        return (
            readable_questions(user, read_clock()) if "view" in actions else Question.objects.none()
        )

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return action == "view" and rules.can_read_keys(user, instance.bank, read_clock())


class QuestionIndexView(IndexView):
    page_title = gettext_lazy("Câu hỏi")
    any_permission_required = ["view"]
    filterset_class = QuestionFilterSet
    is_searchable = True
    template_name = "quizzes/back_office/questions.html"
    table_classname = "listing question-list"

    def get_base_queryset(self) -> Any:
        return readable_questions(self.request.user, read_clock())

    def search_queryset(self, queryset: Any) -> Any:
        return with_text(queryset, self.search_query)

    @cached_property
    def columns(self) -> list[Any]:
        columns = [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="question"),
            TitleColumn(
                "stem",
                label=_("Câu hỏi"),
                accessor=_title,
                get_url=_page_of,
                get_title_id=lambda question: f"question_{question.pk}_title",
            ),
            StatusTagColumn(
                "state",
                label=_("Tình trạng"),
                accessor=_state,
                primary=lambda question: question.state == QuestionState.APPROVED,
                sort_key="state",
            ),
            Column("topic", label=_("Chuyên đề"), sort_key="topic__name"),
            Column(
                "difficulty",
                label=_("Mức độ"),
                accessor="get_difficulty_display",
                sort_key="difficulty",
            ),
            Column("kind", label=_("Loại câu hỏi"), accessor="current_version.get_kind_display"),
            Column("author", label=_("Người soạn"), accessor=_author),
        ]
        if not self.request.GET.get("bank"):
            columns.append(Column("bank", label=_("Ngân hàng"), sort_key="bank__name"))
        return columns

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Where the list is that of one bank: to write in it, and back to its page."""
        code = self._chosen_bank()
        if code is None:
            return []
        return [
            HeaderButton(
                _("Soạn câu hỏi"),
                url=reverse("quizzes:question_new", args=[code]),
                icon_name="plus",
            )
        ]

    def _chosen_bank(self) -> str | None:
        number = self.request.GET.get("bank", "")
        if not number.isdecimal() or len(number) > 17:
            return None
        bank = QuestionBank.objects.filter(pk=int(number)).first()
        return (
            bank.code if bank and rules.can_author(self.request.user, bank, read_clock()) else None
        )

    def get_list_buttons(self, instance: Question) -> list[Any]:
        return []


class QuestionViewSet(ModelViewSet):
    model = Question
    icon = "help"
    form_fields = ["difficulty"]  # Wagtail wants some; there is no form.
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = QuestionIndexView
    list_per_page = 50
    ordering = ["-pk"]

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The templates and the search are the view's own."""
        kept = super().get_index_view_kwargs(**kwargs)
        for name in ("template_name", "search_fields", "filterset_class"):
            kept.pop(name)
        return kept

    def register_admin_url_finder(self) -> None:
        """Wagtail has no page of a question to point at."""

    def register_permissions(self) -> None:
        """Who may read is said in the bank, not in a group."""


class _SeenField(forms.CharField):
    """The questions of the confirmation with the revision that was shown: "12:1,15:0"."""

    def clean(self, value: Any) -> dict[int, int]:
        text = super().clean(value)
        if not _SEEN.fullmatch(text):
            raise forms.ValidationError(_("Hãy chọn lại câu hỏi."))
        pairs = [pair.split(":") for pair in text.split(",")]
        return {int(pk): int(revision) for pk, revision in pairs}


class SeenForm(forms.Form):
    seen = _SeenField(widget=forms.HiddenInput)


class ReturnForm(SeenForm):
    comment = forms.CharField(
        label=gettext_lazy("Nhận xét cho người soạn"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Hãy ghi nhận xét để người soạn biết cần sửa gì.")
        },
    )


class MoveForm(SeenForm):
    topic = forms.ModelChoiceField(
        label=gettext_lazy("Chuyên đề"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=gettext_lazy("Giữ nguyên"),
    )
    difficulty = forms.ChoiceField(
        label=gettext_lazy("Mức độ"),
        choices=[("", gettext_lazy("Giữ nguyên")), *Difficulty.choices],
        required=False,
    )


class QuestionBulkAction(BulkAction):
    """Only questions of banks that the person may read are there at all. What is shown in the
    confirmation is what is done: a question changed or added since is not."""

    models = [Question]
    template_name = "quizzes/back_office/bulk_action.html"
    form_class = SeenForm

    @cached_property
    def chosen(self) -> list[Question]:
        questions = readable_questions(self.request.user, read_clock())
        ids = self.request.GET.getlist("id")
        if "all" in ids:
            found = list(listed(self.request, questions))
        else:
            numbers = [int(pk) for pk in ids if pk.isdecimal() and len(pk) < 18]
            found = list(questions.filter(pk__in=numbers))
        if not found:
            raise Http404
        return found

    def get_actionable_objects(self) -> tuple[list[Question], dict[str, list[Question]]]:
        return self.chosen, {"items_with_no_access": []}

    def forecast(self) -> StepOutcome:
        """What `act` would do now."""
        return StepOutcome(tuple(question.pk for question in self.chosen), ())

    def get_initial(self) -> dict[str, Any]:
        seen = ",".join(f"{question.pk}:{question.revision}" for question in self.chosen)
        return {"seen": seen}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        outcome = self.forecast()
        by_id = {question.pk: question for question in self.chosen}
        moved = [by_id[pk] for pk in outcome.moved]
        return {
            **super().get_context_data(**kwargs),
            "title": self.display_name,
            "moved": [(_title(question), _page_of(question)) for question in moved[:_SHOWN]],
            "moved_count": len(moved),
            "not_shown": max(0, len(moved) - _SHOWN),
            "refused": [
                (_title(by_id[refusal.question_id]), refusal.reason)
                for refusal in outcome.refused[:_SHOWN]
            ],
        }

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            outcome = self.act(form.cleaned_data)
        except DomainError as error:
            messages.error(self.request, str(error))
            return redirect(self.next_url)
        if outcome.moved:
            count = len(outcome.moved)
            messages.success(
                self.request,
                ngettext("%(act)s: %(count)d câu.", "%(act)s: %(count)d câu.", count)
                % {"act": self.display_name, "count": count},
            )
        if outcome.refused:
            messages.warning(self.request, _refusals(outcome))
        if not outcome.moved and not outcome.refused:
            messages.warning(self.request, _("Không có câu nào thay đổi."))
        return redirect(self.next_url)

    @abstractmethod
    def act(self, chosen: dict[str, Any]) -> StepOutcome:
        """``chosen``: what `form_class` gives. Raises DomainError."""


class StepAction(QuestionBulkAction):
    """A step of the review."""

    step: ClassVar[ReviewStep]

    def forecast(self) -> StepOutcome:
        return reviewing.forecast(self.step, self.chosen, by=self.request.user, at=read_clock())

    def act(self, chosen: dict[str, Any]) -> StepOutcome:
        return reviewing.take_step(
            self.step,
            chosen["seen"],
            comment=chosen.get("comment", ""),
            by=self.request.user,
            at=read_clock(),
            revisions=chosen["seen"],
        )


class SubmitQuestions(StepAction):
    display_name = gettext_lazy("Gửi duyệt")
    aria_label = gettext_lazy("Gửi duyệt các câu đã chọn")
    action_type = "submit"
    action_priority = 10
    step = ReviewStep.SUBMIT


class ApproveQuestions(StepAction):
    display_name = gettext_lazy("Duyệt")
    aria_label = gettext_lazy("Duyệt các câu đã chọn")
    action_type = "approve"
    action_priority = 20
    step = ReviewStep.APPROVE


class ReturnQuestions(StepAction):
    display_name = gettext_lazy("Trả lại để sửa")
    aria_label = gettext_lazy("Trả lại các câu đã chọn, kèm nhận xét")
    action_type = "return"
    action_priority = 30
    form_class = ReturnForm
    step = ReviewStep.RETURN


class MoveQuestions(QuestionBulkAction):
    display_name = gettext_lazy("Đổi chuyên đề, mức độ")
    aria_label = gettext_lazy("Đổi chuyên đề hoặc mức độ của các câu đã chọn")
    action_type = "move"
    action_priority = 40
    form_class = MoveForm

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        banks = {question.bank_id for question in self.chosen}
        form.fields["topic"].queryset = Topic.objects.filter(bank__in=banks)
        return form

    def act(self, chosen: dict[str, Any]) -> StepOutcome:
        return reclassify(
            chosen["seen"],
            topic=chosen["topic"],
            difficulty=chosen["difficulty"],
            by=self.request.user,
            at=read_clock(),
            revisions=chosen["seen"],
        )


class RetireQuestions(StepAction):
    display_name = gettext_lazy("Ngừng dùng")
    aria_label = gettext_lazy("Ngừng dùng các câu đã chọn")
    action_type = "retire"
    action_priority = 50
    step = ReviewStep.RETIRE


class RestoreQuestions(StepAction):
    display_name = gettext_lazy("Dùng lại")
    aria_label = gettext_lazy("Đưa các câu đã ngừng dùng về bản nháp")
    action_type = "restore"
    action_priority = 60
    step = ReviewStep.RESTORE


BULK_ACTIONS = (
    SubmitQuestions,
    ApproveQuestions,
    ReturnQuestions,
    MoveQuestions,
    RetireQuestions,
    RestoreQuestions,
)


def uses_banks(user: Any) -> bool:
    """Now: the back office is an edge."""
    return rules.can_use_banks(user, read_clock())


def _refusals(outcome: StepOutcome) -> str:
    named = " ".join(
        f"#{refusal.question_id}: {refusal.reason}" for refusal in outcome.refused[:_NAMED]
    )
    count = len(outcome.refused)
    text = ngettext(
        "Không làm được %(count)d câu. %(named)s", "Không làm được %(count)d câu. %(named)s", count
    ) % {"count": count, "named": named}
    return f"{text} …" if count > _NAMED else text


def _title(question: Question) -> str:
    stem = question.current_version.stem if question.current_version else ""
    return f"#{question.pk} {Truncator(' '.join(stem.split())).chars(140)}"


def _page_of(question: Question) -> str:
    return reverse("quizzes:question_detail", args=[question.bank.code, question.pk])


def _state(question: Any) -> str:
    label = str(question.get_state_display())
    return f"{label} · {_('đang dùng')}" if question.is_in_use else label


def _author(question: Question) -> str:
    version = question.current_version
    author = version.created_by if version else None
    return author.full_name if author else _("Máy chủ")
