"""Writing a question, and the small forms of its page."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.vietnamese import fold, nfc
from legal.models import Instrument
from quizzes.enums import Difficulty, ReviewStep
from quizzes.forms.moments import DayField
from quizzes.importing.plain import clean, stem_key
from quizzes.models import Question, QuestionBank, QuestionVersion, Topic

_NEW = "new"


class QuestionForm(forms.Form):
    """All but what depends on the kind (forms.question_parts)."""

    stem = forms.CharField(
        label=gettext_lazy("Nội dung câu hỏi"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy ghi nội dung câu hỏi.")},
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("Chuyên đề"),
        error_messages={"required": gettext_lazy("Hãy chọn một chuyên đề.")},
    )
    new_topic = forms.CharField(
        label=gettext_lazy("Tên chuyên đề mới"), max_length=160, required=False
    )
    difficulty = forms.ChoiceField(
        label=gettext_lazy("Mức độ"), choices=Difficulty.choices, initial=Difficulty.EASY
    )
    explanation = forms.CharField(
        label=gettext_lazy("Giải thích"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Thí sinh đọc sau khi công bố kết quả."),
    )
    instrument = forms.ModelChoiceField(
        label=gettext_lazy("Văn bản căn cứ"),
        queryset=Instrument.objects.order_by("number"),
        required=False,
        empty_label=gettext_lazy("Không có trong danh mục"),
    )
    article = forms.CharField(
        label=gettext_lazy("Điều, khoản"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Ví dụ: khoản 6 Điều 13."),
    )
    legal_basis = forms.CharField(
        label=gettext_lazy("Căn cứ ghi bằng lời"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Để trống thì lấy theo văn bản và điều, khoản đã chọn."),
    )
    valid_until = DayField(
        label=gettext_lazy("Đáp án đúng đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Để trống: đúng khi văn bản căn cứ còn hiệu lực."),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        bank: QuestionBank,
        question: Question | None = None,
        typed: dict[str, Any] | None = None,
    ) -> None:
        self.bank, self.question = bank, question
        initial = _stored(question, question.current_version) if question else {}
        super().__init__(data, initial={**initial, **(typed or {})})
        self.topics = {str(topic.pk): topic for topic in bank.topics.all()}
        cast(forms.ChoiceField, self.fields["topic"]).choices = [
            ("", _("Chọn chuyên đề")),
            *((number, topic.name) for number, topic in self.topics.items()),
            (_NEW, _("Chuyên đề mới, ghi ở ô dưới")),
        ]

    @property
    def chosen_topic(self) -> Topic | str:
        """One of the bank's, or the name of a new one."""
        return self.topics.get(self.cleaned_data["topic"]) or nfc(self.cleaned_data["new_topic"])

    @property
    def side_fields(self) -> list[forms.BoundField]:
        """What stands below the options."""
        names = (
            "topic",
            "new_topic",
            "difficulty",
            "explanation",
            "instrument",
            "article",
            "legal_basis",
            "valid_until",
        )
        return [self[name] for name in names]

    def clean_stem(self) -> str:
        stem = clean(self.cleaned_data["stem"])
        twins = Question.objects.filter(bank=self.bank, stem_key=stem_key(stem))
        if self.question:
            twins = twins.exclude(pk=self.question.pk)
        twin = twins.order_by("pk").first()
        if twin is not None:
            raise forms.ValidationError(
                _("Ngân hàng đã có câu #%(number)d với đúng nội dung này.") % {"number": twin.pk}
            )
        return stem

    def clean_explanation(self) -> str:
        return clean(self.cleaned_data["explanation"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        named = fold(cleaned.get("new_topic", ""))
        if cleaned.get("topic") == _NEW and not named:
            self.add_error("new_topic", _("Hãy ghi tên chuyên đề mới."))
        elif named and cleaned.get("topic") in self.topics:
            self.add_error(
                "new_topic",
                _("Bạn đã chọn một chuyên đề có sẵn. Hãy để trống ô này, hoặc chọn chuyên đề mới."),
            )
        instrument, article = cleaned.get("instrument"), cleaned.get("article", "")
        if instrument and not cleaned.get("legal_basis"):
            cleaned["legal_basis"] = f"{article} {instrument.number}".strip()[:300]
        return cleaned


def _stored(question: Question, version: QuestionVersion | None) -> dict[str, Any]:
    if version is None:
        return {}
    return {
        "stem": version.stem,
        "topic": question.topic_id,
        "difficulty": question.difficulty,
        "explanation": version.explanation,
        "instrument": version.instrument_id,
        "article": version.article,
        "legal_basis": version.legal_basis,
        "valid_until": version.valid_until,
        "revision": question.revision,
    }


class StepForm(forms.Form):
    """One step of the review at the question's own page."""

    step = forms.ChoiceField(choices=ReviewStep.choices)
    revision = forms.IntegerField(min_value=0)
    text = forms.CharField(required=False)


class CompareForm(forms.Form):
    """Two version numbers; what is not understood compares the last two."""

    old = forms.IntegerField(label=gettext_lazy("Phiên bản"), required=False, min_value=1)
    new = forms.IntegerField(label=gettext_lazy("so với"), required=False, min_value=1)
