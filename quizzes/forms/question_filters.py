"""The filters of the back office's list of questions. Every choice offered is of the banks that the
person may read: a list of choices tells what there is."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from core.clock import read_clock
from legal.models import Instrument
from people.models import User
from quizzes.bank_queries import USING_STATES, with_text
from quizzes.enums import Difficulty, QuestionState, question_kinds
from quizzes.flag_queries import is_flagged
from quizzes.models import Question, QuestionBank, QuestionVersion, Round, RoundQuestion, Topic
from quizzes.rules import readable_banks

_IN_USE = "in_use"
_TO_REVIEW, _OWN_DRAFTS = "to_review", "own_drafts"
_COMMENT, _LAW = "comment", "law"


def _banks(request: Any) -> QuerySet[QuestionBank, Any]:
    return QuestionBank.objects.filter(readable_banks(request.user, read_clock()))


def _topics(request: Any) -> QuerySet[Topic, Any]:
    topics = Topic.objects.filter(bank__in=_banks(request).values("pk"))
    bank = request.GET.get("bank", "")
    return topics.filter(bank=int(bank)) if bank.isdecimal() and len(bank) < 18 else topics


def _versions(request: Any) -> QuerySet[QuestionVersion, Any]:
    return QuestionVersion.objects.filter(question__bank__in=_banks(request).values("pk"))


def _instruments(request: Any) -> QuerySet[Instrument, Any]:
    cited = _versions(request).filter(instrument__isnull=False)
    return Instrument.objects.filter(pk__in=cited.values("instrument")).order_by("number")


def _authors(request: Any) -> QuerySet[User, Any]:
    return User.objects.filter(pk__in=_versions(request).values("created_by")).order_by("sort_key")


def _rounds(request: Any) -> QuerySet[Round, Any]:
    pools = RoundQuestion.objects.filter(version__in=_versions(request).values("pk"))
    return (
        Round.objects.filter(pk__in=pools.values("round"), state__in=USING_STATES)
        .select_related("contest")
        .order_by("-opens_at")
    )


class QuestionFilterSet(django_filters.FilterSet):
    duty = django_filters.ChoiceFilter(
        label=_("Việc của tôi"),
        choices=[(_TO_REVIEW, _("Chờ tôi duyệt")), (_OWN_DRAFTS, _("Bản nháp của tôi"))],
        empty_label=_("Tất cả"),
        method="by_duty",
    )
    bank = django_filters.ModelChoiceFilter(
        label=_("Ngân hàng"), queryset=_banks, empty_label=_("Tất cả")
    )
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"),
        choices=[*QuestionState.choices, (_IN_USE, _("Đang dùng trong vòng thi"))],
        empty_label=_("Tất cả"),
        method="by_state",
    )
    topic = django_filters.ModelChoiceFilter(
        label=_("Chuyên đề"), queryset=_topics, empty_label=_("Tất cả")
    )
    difficulty = django_filters.ChoiceFilter(
        label=_("Mức độ"), choices=Difficulty.choices, empty_label=_("Tất cả")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Loại câu hỏi"),
        field_name="current_version__kind",
        choices=question_kinds,
        empty_label=_("Tất cả"),
    )
    instrument = django_filters.ModelChoiceFilter(
        label=_("Văn bản"),
        field_name="current_version__instrument",
        queryset=_instruments,
        empty_label=_("Tất cả"),
    )
    author = django_filters.ModelChoiceFilter(
        label=_("Người soạn"),
        field_name="current_version__created_by",
        queryset=_authors,
        empty_label=_("Tất cả"),
    )
    used_in = django_filters.ModelChoiceFilter(
        label=_("Đã dùng trong"), queryset=_rounds, empty_label=_("Tất cả"), method="by_round"
    )
    flagged = django_filters.ChoiceFilter(
        label=_("Cần xem lại"),
        choices=[
            (_COMMENT, _("Có nhận xét chưa giải quyết")),
            (_LAW, _("Văn bản căn cứ đã thay đổi")),
        ],
        empty_label=_("Tất cả"),
        method="by_flag",
    )

    class Meta:
        model = Question
        fields: tuple[str, ...] = ()

    def by_duty(self, questions: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        user = self.request.user
        if value == _OWN_DRAFTS:
            return questions.filter(state=QuestionState.DRAFT, current_version__created_by=user.pk)
        return (
            questions.filter(state=QuestionState.IN_REVIEW)
            .exclude(current_version__created_by=user.pk)
            .exclude(current_version__changed_by=user.pk)
        )

    def by_state(self, questions: Any, name: str, value: str) -> Any:
        return (
            questions.filter(is_in_use=True) if value == _IN_USE else questions.filter(state=value)
        )

    def by_round(
        self, questions: QuerySet[Question], name: str, value: Round
    ) -> QuerySet[Question]:
        pool = RoundQuestion.objects.filter(round=value, version__question=OuterRef("pk"))
        return questions.filter(Exists(pool))

    def by_flag(self, questions: Any, name: str, value: str) -> Any:
        if value == _COMMENT:
            return questions.filter(has_open_comment=True)
        return questions.filter(is_flagged())


def listed(request: Any, questions: QuerySet[Question, Any]) -> QuerySet[Question, Any]:
    """What the list shows for the address of ``request``: its filters and its search."""
    filters = QuestionFilterSet(request.GET, queryset=questions, request=request)
    found = filters.filter_queryset(questions) if filters.is_valid() else questions
    return with_text(found, request.GET.get("q", ""))
