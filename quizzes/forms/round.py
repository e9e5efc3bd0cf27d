"""Forms of a round: its rules, its awards."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.contests import EDITABLE_ONCE_READY
from quizzes.enums import RoundState, TieCriterion
from quizzes.forms.moments import MinutesField, MomentField
from quizzes.models import Award, Round

TIE_PLACES = len(TieCriterion.choices)
MAX_AWARDS = 20


class TieOrderWidget(forms.MultiWidget):
    """One select for each place, first criterion first: an ordered list without JavaScript."""

    template_name = "quizzes/organise/tie_order_widget.html"
    use_fieldset = True

    def __init__(self, choices: list[tuple[str, Any]]) -> None:
        super().__init__([forms.Select(choices=choices) for _place in range(TIE_PLACES)])

    def decompress(self, value: Any) -> list[str]:
        order = list(value or [])
        return [*order, *[""] * (TIE_PLACES - len(order))][:TIE_PLACES]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for index, widget in enumerate(context["widget"]["subwidgets"], start=1):
            widget["attrs"]["aria-label"] = _("Tiêu chí thứ %d") % index
        return context


class TieOrderField(forms.MultiValueField):
    """A list of criteria codes, blanks left out. Raises when one is named twice."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", "—"), *TieCriterion.choices]
        fields = [
            forms.ChoiceField(choices=choices, required=False) for _place in range(TIE_PLACES)
        ]
        super().__init__(fields, require_all_fields=False, widget=TieOrderWidget(choices), **kwargs)

    def compress(self, data_list: list[str]) -> list[str]:
        order = [code for code in data_list if code]
        if len(set(order)) < len(order):
            raise forms.ValidationError(_("Một tiêu chí được chọn hai lần."))
        if TieCriterion.MANUAL_DRAW in order[:-1]:
            raise forms.ValidationError(_("Bốc thăm chỉ có thể là tiêu chí cuối cùng."))
        return order


class RoundForm(forms.ModelForm[Round]):
    """After the draft only what decides no result can still be changed."""

    opens_at = MomentField(label=gettext_lazy("Mở lúc"))
    closes_at = MomentField(label=gettext_lazy("Đóng lúc"))
    duration_seconds = MinutesField(
        label=gettext_lazy("Thời gian làm bài (phút)"), max_minutes=1440
    )
    min_pause_seconds = MinutesField(
        label=gettext_lazy("Nghỉ giữa hai lượt (phút)"), max_minutes=100_000, min_minutes=0
    )
    tie_order = TieOrderField(
        label=gettext_lazy("Thứ tự xếp hạng khi bằng nhau"),
        help_text=gettext_lazy(
            "Người vẫn bằng nhau sau mọi tiêu chí được đồng hạng. Dòng để trống được bỏ qua."
        ),
    )

    class Meta:
        model = Round
        fields = [
            "name",
            "opens_at",
            "closes_at",
            "duration_seconds",
            "attempts_allowed",
            "attempt_counting",
            "min_pause_seconds",
            "paper_source",
            "paper_code_count",
            "shuffle_questions",
            "shuffle_options",
            "tie_order",
            "has_prediction",
            "prediction_target",
            "prediction_counts_invalid",
            "result_visibility",
            "shows_answers",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.state != RoundState.DRAFT:
            for name in [name for name in self.fields if name not in EDITABLE_ONCE_READY]:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        opens_at, closes_at = values.get("opens_at"), values.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("Thời gian đóng phải sau thời gian mở."))
        return values


class AwardForm(forms.ModelForm[Award]):
    class Meta:
        model = Award
        fields = ["name", "rank_from", "rank_to"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("rank_from"), values.get("rank_to")
        if first is not None and first < 1:
            self.add_error("rank_from", _("Hạng bắt đầu từ 1."))
        if first is not None and last is not None and last < first:
            self.add_error("rank_to", _("Hạng cuối không nhỏ hơn hạng đầu."))
        return values


AwardFormSet = forms.formset_factory(
    AwardForm, extra=2, can_delete=True, max_num=MAX_AWARDS, validate_max=True
)
