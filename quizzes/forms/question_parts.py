"""The part of a question's form that depends on its kind.

A kind that can be written on screen has a class here, in ``PARTS``, and a template under
templates/quizzes/bank/parts/; the other kinds come from a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.enums import QuestionKind
from quizzes.importing.plain import clean
from quizzes.kinds import KINDS, Problem
from quizzes.kinds.multiple_choice import ALL_OR_NOTHING, PARTIAL
from quizzes.kinds.options import MAX_OPTIONS, MIN_OPTIONS
from quizzes.models import QuestionVersion

_IDS = "abcdefghijklmnop"
_LETTERS = "ABCDEFGH"
_FIRST_ROWS = 4


class KindPart(forms.Form):
    """Valid means: ``content`` and ``key`` are what the kind wants."""

    template: ClassVar[str]

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        version: QuestionVersion | None = None,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """``typed``: shown again as it is, not yet judged."""
        self.kind = kind
        self.version = version
        stored = self.stored(version) if version else {}
        super().__init__(data, initial={**stored, **(typed or {})})

    @staticmethod
    def stored(version: QuestionVersion) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def content(self) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def key(self) -> dict[str, Any]:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for problem in KINDS[self.kind].problems(self.content, self.key):
                self.add_error(None, _sentence(problem))
        return cleaned


@dataclass(frozen=True, slots=True)
class Row:
    """One option of the form, counted from 0."""

    index: int
    letter: str
    text: forms.BoundField
    identity: forms.BoundField
    is_ticked: bool


class ChoicePart(KindPart):
    """Options with a tick at the right ones. Rows are added and removed by posting the form:
    ``add_row``, or ``remove_row`` with the row's number. An empty row is no option."""

    template = "quizzes/bank/parts/choice.html"

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        source = data if data is not None else self.initial
        self.row_count = _clamped(source.get("rows"), default=_FIRST_ROWS)
        self.fields["rows"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=self.row_count
        )
        for index in range(self.row_count):
            self.fields[f"option_{index}"] = forms.CharField(
                label=_("Phương án %(letter)s") % {"letter": _LETTERS[index]},
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 1}),
            )
            self.fields[f"id_{index}"] = forms.CharField(
                required=False, max_length=16, widget=forms.HiddenInput
            )
        self.fields["correct"] = forms.MultipleChoiceField(
            label=_("Đáp án đúng"),
            required=False,
            choices=[(str(index), _LETTERS[index]) for index in range(self.row_count)],
        )
        if self.is_multiple:
            self.fields["rule"] = forms.ChoiceField(
                label=_("Cách tính điểm"),
                choices=[
                    (ALL_OR_NOTHING, _("Đúng hết mới có điểm")),
                    (PARTIAL, _("Đúng đến đâu tính điểm đến đó, chọn sai bị trừ")),
                ],
            )

    @property
    def is_multiple(self) -> bool:
        return self.kind == QuestionKind.MULTIPLE_CHOICE

    @property
    def rows_hidden(self) -> forms.BoundField:
        return self["rows"]

    @property
    def rule(self) -> forms.BoundField:
        return self["rule"]

    @property
    def can_grow(self) -> bool:
        return self.row_count < MAX_OPTIONS

    @property
    def can_shrink(self) -> bool:
        return self.row_count > MIN_OPTIONS

    @property
    def option_rows(self) -> list[Row]:
        ticked = {str(value) for value in self["correct"].value() or []}
        return [
            Row(
                index,
                _LETTERS[index],
                self[f"option_{index}"],
                self[f"id_{index}"],
                str(index) in ticked,
            )
            for index in range(self.row_count)
        ]

    @staticmethod
    def stored(version: QuestionVersion) -> dict[str, Any]:
        options = version.content.get("options", [])
        correct = set(version.key.get("correct", []))
        values: dict[str, Any] = {
            "rows": len(options),
            "correct": [str(i) for i, option in enumerate(options) if option["id"] in correct],
            "rule": version.key.get("rule", ALL_OR_NOTHING),
        }
        for index, option in enumerate(options):
            values[f"option_{index}"] = option["text"]
            values[f"id_{index}"] = option["id"]
        return values

    @staticmethod
    def reshaped(data: Any) -> dict[str, Any]:
        """The posted values with one row more or less, for ``typed``."""
        count = _clamped(data.get("rows"), default=_FIRST_ROWS)
        kept = [index for index in range(count) if str(index) != data.get("remove_row")]
        ticked = set(data.getlist("correct"))
        values: dict[str, Any] = {"rule": data.get("rule", ALL_OR_NOTHING)}
        for new, old in enumerate(kept):
            values[f"option_{new}"] = data.get(f"option_{old}", "")
            values[f"id_{new}"] = data.get(f"id_{old}", "")
        values["correct"] = [str(new) for new, old in enumerate(kept) if str(old) in ticked]
        values["rows"] = len(kept) + ("add_row" in data)
        return values

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("correct", [])
        empty = [index for index in chosen if not self._text(int(index))]
        if empty:
            self.add_error(
                None,
                _("Phương án %(letter)s được chọn là đúng nhưng để trống. Hãy ghi nội dung.")
                % {"letter": _LETTERS[int(empty[0])]},
            )
        return super().clean()

    @property
    def content(self) -> dict[str, Any]:
        return {"options": [{"id": i, "text": text} for _index, i, text in self._options()]}

    @property
    def key(self) -> dict[str, Any]:
        ticked = {int(index) for index in self.cleaned_data["correct"]}
        key: dict[str, Any] = {
            "correct": [i for index, i, _text in self._options() if index in ticked]
        }
        stored = self.version.key if self.version else {}
        # Said only where it is not the default, so that the same question stays the same.
        if self.is_multiple and ("rule" in stored or self.cleaned_data["rule"] != ALL_OR_NOTHING):
            key["rule"] = self.cleaned_data["rule"]
        return key

    def _text(self, index: int) -> str:
        return clean(self.cleaned_data.get(f"option_{index}", ""))

    def _options(self) -> list[tuple[int, str, str]]:
        """(row, id, text) of the rows with a text. An option keeps the id that the bank gave it."""
        known = {
            option["id"]
            for option in (self.version.content if self.version else {}).get("options", [])
        }
        filled = [index for index in range(self.row_count) if self._text(index)]
        ids: dict[int, str] = {}
        for index in filled:
            identity = self.cleaned_data.get(f"id_{index}", "")
            if identity in known and identity not in ids.values():
                ids[index] = identity
        free = iter([letter for letter in _IDS if letter not in known])
        return [(index, ids.get(index) or next(free), self._text(index)) for index in filled]


class TruthPart(KindPart):
    """True or false: the two options are given, only the key is chosen."""

    template = "quizzes/bank/parts/truth.html"
    correct = forms.ChoiceField(
        label=gettext_lazy("Câu này"),
        choices=[("true", gettext_lazy("Đúng")), ("false", gettext_lazy("Sai"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn Đúng hoặc Sai.")},
    )

    @staticmethod
    def stored(version: QuestionVersion) -> dict[str, Any]:
        return {"correct": (version.key.get("correct") or [""])[0]}

    @staticmethod
    def reshaped(data: Any) -> dict[str, Any]:
        return {"correct": data.get("correct", "")}

    @property
    def content(self) -> dict[str, Any]:
        if self.version and "options" in self.version.content:
            return {"options": self.version.content["options"]}
        return {"options": [{"id": "true", "text": "Đúng"}, {"id": "false", "text": "Sai"}]}

    @property
    def key(self) -> dict[str, Any]:
        return {"correct": [self.cleaned_data["correct"]]}


PARTS: Mapping[str, type[ChoicePart | TruthPart]] = {
    QuestionKind.SINGLE_CHOICE: ChoicePart,
    QuestionKind.MULTIPLE_CHOICE: ChoicePart,
    QuestionKind.TRUE_FALSE: TruthPart,
}


def _clamped(value: Any, *, default: int) -> int:
    try:
        count = int(value)
    except (TypeError, ValueError):
        count = default
    return max(MIN_OPTIONS, min(MAX_OPTIONS, count))


def _sentence(problem: str) -> str:
    sentences: Mapping[str, Callable[[], str]] = {
        Problem.NO_OPTION: lambda: _("Hãy ghi ít nhất hai phương án."),
        Problem.ONE_OPTION: lambda: _("Chỉ có một phương án. Mỗi câu cần từ 2 đến 8 phương án."),
        Problem.DUPLICATE_TEXT: lambda: _(
            "Có hai phương án giống hệt nhau. Hãy sửa một trong hai phương án."
        ),
        Problem.NO_KEY: lambda: _("Chưa có đáp án đúng. Hãy đánh dấu phương án đúng."),
        Problem.SEVERAL_KEYS: lambda: _("Câu này chỉ có một đáp án đúng. Hãy bỏ bớt dấu chọn."),
    }
    found = sentences.get(problem)
    return found() if found else _("Phương án hoặc đáp án chưa hợp lệ. Hãy kiểm tra lại.")
