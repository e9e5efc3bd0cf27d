"""The blueprint of a round as it is typed: rows come and go by buttons, nothing is saved until the
whole is sent."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.vietnamese import format_number, parse_decimal
from people.rules import is_administrator
from quizzes.enums import Difficulty
from quizzes.models import BlueprintCell, Question, QuestionBank, Round, Topic
from quizzes.rules import readable_banks

MAX_CELLS = 60
ROW_BUTTONS = {"add_row", "drop_row"}
_FIELDS = ("topic", "difficulty", "question_count", "centipoints")

type Row = dict[str, Any]


class PointsField(forms.CharField):
    """ "2,5" on the screen, centipoints in the program."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "input-short"})
        )
        super().__init__(max_length=8, **kwargs)

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
    """``topics``: id as text → Topic, read once for all rows."""

    topic = forms.TypedChoiceField(
        label=gettext_lazy("Chuyên đề"),
        error_messages={"invalid_choice": gettext_lazy("Không dùng được chuyên đề này.")},
    )
    difficulty = forms.ChoiceField(
        label=gettext_lazy("Mức độ"),
        required=False,
        choices=[("", gettext_lazy("Mọi mức độ")), *Difficulty.choices],
    )
    question_count = forms.IntegerField(label=gettext_lazy("Số câu"), min_value=1, max_value=200)
    centipoints = PointsField(label=gettext_lazy("Điểm mỗi câu"), initial=100)

    def __init__(
        self, *args: Any, topics: Mapping[str, Topic], topic_choices: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101
        field.choices = [("", "—"), *topic_choices]
        field.coerce = partial(_topic, topics)

    def cell(self) -> BlueprintCell | None:
        """The cell as far as it is known: without a sensible count it draws nothing yet."""
        values = self.cleaned_data if hasattr(self, "cleaned_data") else {}
        if not values.get("topic"):
            return None
        return BlueprintCell(
            topic=values["topic"],
            difficulty=values.get("difficulty", ""),
            question_count=values.get("question_count") or 0,
            centipoints=values.get("centipoints") or 0,
        )


def _topic(topics: Mapping[str, Topic], value: str) -> Topic:
    if value not in topics:
        raise ValueError("not a topic that may be used")
    return topics[value]


class BaseBlueprintFormSet(forms.BaseFormSet[CellForm]):
    """The whole blueprint; a row that was left untouched is left out."""

    def initial_form_count(self) -> int:
        """Every row is new: the blueprint is replaced as a whole."""
        return 0

    def clean(self) -> None:
        seen: set[tuple[int, str]] = set()
        for form in self.forms:
            cell = form.cell()
            if cell is None:
                continue
            key = cell.topic_id, cell.difficulty
            if key in seen:
                form.add_error("topic", _("Ô này đã có ở dòng trên. Hãy gộp lại một dòng."))
            seen.add(key)


class TotalForm(forms.Form):
    total = PointsField(
        label=gettext_lazy("Điểm cả đề cần đạt"),
        required=False,
        help_text=gettext_lazy("Ví dụ 100. Để trống thì không kiểm tra tổng điểm."),
    )


class BlueprintEditor:
    """The editor in one of its states: as stored, as typed, or as changed by one of its buttons
    (``is_under_way``), which save nothing."""

    def __init__(
        self, user: Any, quiz_round: Round, data: Mapping[str, Any] | None, *, at: datetime
    ) -> None:
        self.topics = {str(topic.pk): topic for topic in usable_topics(user, quiz_round, at)}
        self.quiz_round = quiz_round
        self.is_under_way = data is not None and bool(ROW_BUTTONS & set(data))
        self.added_row: int | None = None
        total: Any = quiz_round.total_centipoints
        if data is None:
            rows = rows_of(quiz_round) or [{}]
        else:
            rows = self._changed(_rows_in(data), data)
            total = str(data.get("total", ""))[:8]
        self._show(rows, total, is_typed=data is not None and not self.is_under_way)

    def fill(self, rows: list[Row]) -> None:
        """Show ``rows`` instead, for the organiser to look at and save."""
        self.is_under_way = True
        self._show(rows or [{}], self.quiz_round.total_centipoints, is_typed=False)

    def _show(self, rows: list[Row], total: Any, *, is_typed: bool) -> None:
        self.typed = self._formset(data=_as_data(rows))
        self.typed.is_valid()
        if is_typed:
            self.formset = self.typed
            self.total_form = TotalForm({"total": total})
        else:
            self.formset = self._formset(initial=rows)
            self.formset.extra = len(rows)
            if self.added_row is not None:
                topic = self.formset[self.added_row].fields["topic"]
                topic.widget.attrs["autofocus"] = True
            self.total_form = TotalForm(initial={"total": total})

    def _formset(self, **kwargs: Any) -> Any:
        form_kwargs = {"topics": self.topics, "topic_choices": _by_bank(self.topics.values())}
        return _FormSet(prefix="cells", form_kwargs=form_kwargs, **kwargs)

    def _changed(self, rows: list[Row], data: Mapping[str, Any]) -> list[Row]:
        removed = str(data.get("drop_row", ""))
        if removed.isdecimal():
            rows = [row for index, row in enumerate(rows) if str(index) != removed] or [{}]
        if "add_row" in data and len(rows) < MAX_CELLS:
            rows = [*rows, {"centipoints": 100}]
            self.added_row = len(rows) - 1
        return rows

    def is_valid(self) -> bool:
        return bool(self.formset.is_valid() and self.total_form.is_valid())

    @property
    def total_centipoints(self) -> int | None:
        if self.total_form.is_bound:
            return self.total_form.cleaned_data.get("total") if self.total_form.is_valid() else None
        return self.quiz_round.total_centipoints

    def cells(self) -> list[BlueprintCell]:
        """The cells to be saved; each has its row's number, from 1, for a key."""
        return [cell for cell in self.row_cells() if cell is not None]

    def row_cells(self) -> list[BlueprintCell | None]:
        cells = [form.cell() for form in self.typed]
        for number, cell in enumerate(cells, start=1):
            if cell is not None:
                cell.pk = number
        return cells


_FormSet = forms.formset_factory(
    CellForm,
    formset=BaseBlueprintFormSet,
    extra=0,
    max_num=MAX_CELLS,
    validate_max=True,
    absolute_max=MAX_CELLS,
)


def rows_of(quiz_round: Round) -> list[Row]:
    """The stored blueprint as rows of the editor."""
    return [
        {
            "topic": str(cell.topic_id),
            "difficulty": cell.difficulty,
            "question_count": cell.question_count,
            "centipoints": cell.centipoints,
        }
        for cell in quiz_round.cells.all()
    ]


def _rows_in(data: Mapping[str, Any]) -> list[Row]:
    """The rows as they were typed, whatever was typed."""
    count = str(data.get("cells-TOTAL_FORMS", ""))
    total = min(int(count), MAX_CELLS) if count.isdecimal() and len(count) < 5 else 0
    return [
        {name: data.get(f"cells-{index}-{name}", "") for name in _FIELDS} for index in range(total)
    ]


def _as_data(rows: list[Row]) -> Row:
    data: Row = {"cells-TOTAL_FORMS": len(rows), "cells-INITIAL_FORMS": 0}
    points = PointsField()
    for index, row in enumerate(rows):
        for name, value in row.items():
            shown = points.prepare_value(value) if name == "centipoints" else value
            data[f"cells-{index}-{name}"] = shown
    return data


def usable_topics(user: Any, quiz_round: Round, at: datetime) -> QuerySet[Topic]:
    """Topics of the banks this person may draw from, and those already in the blueprint."""
    banks = QuestionBank.objects.filter(readable_banks(user, at))
    return (
        Topic.objects.filter(Q(bank__in=banks) | Q(pk__in=quiz_round.cells.values("topic")))
        .select_related("bank")
        .order_by("bank__name", "name")
    )


def _by_bank(topics: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for topic in topics:
        groups.setdefault(topic.bank.name, []).append((str(topic.pk), topic.name))
    return list(groups.items())


class RoundChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.contest.name} · {obj.name}"


class CopyForm(forms.Form):
    """Another round of the person's contests whose blueprint is to be looked at here."""

    source = RoundChoiceField(
        label=gettext_lazy("Vòng thi"), queryset=Round.objects.none(), empty_label="—"
    )

    def __init__(self, *args: Any, user: Any, quiz_round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Q() if is_administrator(user) else Q(contest__organisers=user.pk)
        field = self.fields["source"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = (
            Round.objects.filter(mine, cells__isnull=False)
            .exclude(pk=quiz_round.pk)
            .select_related("contest")
            .distinct()
            .order_by("-contest__created_at", "number")
        )


class PickForm(forms.Form):
    """Ticked questions and what is to become of them; only ``questions`` can be ticked."""

    act = forms.ChoiceField(choices=[("require", ""), ("separate", "")])
    group = forms.CharField(required=False, max_length=80)
    questions = forms.ModelMultipleChoiceField(
        queryset=Question.objects.none(),
        error_messages={
            "required": gettext_lazy("Hãy chọn ít nhất một câu hỏi."),
            "invalid_choice": gettext_lazy("Có câu không dùng được cho đề này. Hãy tìm lại."),
            "invalid_pk_value": gettext_lazy("Có câu không dùng được cho đề này. Hãy tìm lại."),
        },
    )

    def __init__(self, *args: Any, questions: QuerySet[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["questions"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        field.queryset = questions
