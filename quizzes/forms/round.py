"""Forms of a round: its rules, its blueprint, its awards."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.vietnamese import format_number, parse_decimal
from quizzes.contests import EDITABLE_ONCE_READY
from quizzes.enums import Difficulty, RoundState, TieCriterion
from quizzes.forms.moments import MinutesField, MomentField
from quizzes.models import Award, BlueprintCell, QuestionBank, Round, Topic
from quizzes.rules import readable_banks

TIE_PLACES = len(TieCriterion.choices)
MAX_CELLS = 60
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


class PointsField(forms.CharField):
    """ "2,5" on the screen, centipoints in the program."""

    def prepare_value(self, value: Any) -> Any:
        return format_number(Decimal(value) / 100) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            centipoints = parse_decimal(text) * 100
        except ValueError:
            raise forms.ValidationError(_("Hãy nhập số điểm như 1 hoặc 2,5.")) from None
        if centipoints != int(centipoints) or not 0 <= centipoints <= 100_000:
            raise forms.ValidationError(_("Điểm từ 0 đến 1.000, nhiều nhất hai chữ số thập phân."))
        return int(centipoints)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class CellForm(forms.Form):
    topic = forms.ModelChoiceField(
        label=gettext_lazy("Chuyên đề"), queryset=Topic.objects.none(), empty_label="—"
    )
    difficulty = forms.ChoiceField(
        label=gettext_lazy("Mức độ"),
        required=False,
        choices=[("", gettext_lazy("Mọi mức độ")), *Difficulty.choices],
    )
    question_count = forms.IntegerField(label=gettext_lazy("Số câu"), min_value=1, max_value=200)
    centipoints = PointsField(label=gettext_lazy("Điểm mỗi câu"), max_length=8, initial=100)

    def __init__(self, *args: Any, topic_choices: list[Any], topics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = topics
        # Grouped by bank and read once for all rows.
        field.widget.choices = [("", "—"), *topic_choices]
        field.error_messages["invalid_choice"] = _("Không dùng được chuyên đề này.")

    def cell(self) -> BlueprintCell:
        values = self.cleaned_data
        return BlueprintCell(
            topic=values["topic"],
            difficulty=values["difficulty"],
            question_count=values["question_count"],
            centipoints=values["centipoints"],
        )


class BaseBlueprintFormSet(forms.BaseFormSet[CellForm]):
    """The whole blueprint; a row whose topic is empty, or ticked for removal, is left out."""

    def clean(self) -> None:
        seen: set[tuple[int, str]] = set()
        for form in self.kept_forms():
            key = form.cleaned_data["topic"].pk, form.cleaned_data["difficulty"]
            if key in seen:
                form.add_error("topic", _("Ô này đã có ở dòng trên. Hãy gộp lại một dòng."))
            seen.add(key)

    def kept_forms(self) -> list[CellForm]:
        return [
            form
            for form in self.forms
            if form.is_valid()
            and form.cleaned_data.get("topic")
            and not form.cleaned_data.get("DELETE")
        ]


BlueprintFormSet = forms.formset_factory(
    CellForm,
    formset=BaseBlueprintFormSet,
    extra=3,
    can_delete=True,
    max_num=MAX_CELLS,
    validate_max=True,
)


def usable_topics(user: Any, quiz_round: Round) -> Any:
    """Topics of the banks this person may draw from, and those already in the blueprint."""
    banks = QuestionBank.objects.filter(readable_banks(user))
    return (
        Topic.objects.filter(Q(bank__in=banks) | Q(pk__in=quiz_round.cells.values("topic")))
        .select_related("bank")
        .order_by("bank__name", "name")
    )


def topic_choices(topics: Any) -> list[tuple[str, list[tuple[int, str]]]]:
    groups: dict[str, list[tuple[int, str]]] = {}
    for topic in topics:
        groups.setdefault(topic.bank.name, []).append((topic.pk, topic.name))
    return list(groups.items())


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
