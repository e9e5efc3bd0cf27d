"""The part of a question's form that depends on its kind, by the kind's code.

A kind that can be written on screen has a class in ``PARTS``; the others come from a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.vietnamese import parse_decimal
from quizzes.forms.kind_part import Kept, KindPart
from quizzes.forms.row_parts import (
    ChoicePart,
    MatchingPart,
    OrderingPart,
    SeveralPart,
    StatementsPart,
)
from quizzes.importing.plain import clean


class TruthPart(KindPart):
    """True or false: the two options are given, only the key is chosen."""

    correct = forms.ChoiceField(
        label=gettext_lazy("Câu này"),
        choices=[("true", gettext_lazy("Đúng")), ("false", gettext_lazy("Sai"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn Đúng hoặc Sai.")},
    )

    @staticmethod
    def stored(version: Kept) -> dict[str, Any]:
        return {"correct": (version.key.get("correct") or [""])[0]}

    @property
    def content(self) -> dict[str, Any]:
        given = [{"id": "true", "text": "Đúng"}, {"id": "false", "text": "Sai"}]
        return {"options": self.stored_content.get("options", given)}

    @property
    def key(self) -> dict[str, Any]:
        return {"correct": [self.cleaned_data["correct"]]}


class DecimalText(forms.CharField):
    """A number as Vietnamese offices write it; kept as a decimal string with a point."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return f"{parse_decimal(text):f}"
        except ValueError as error:
            raise forms.ValidationError(_("Hãy nhập một số, ví dụ 15 hoặc 15,5.")) from error


class NumberPart(KindPart):
    value = DecimalText(
        label=gettext_lazy("Đáp án"),
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input-short"}),
        error_messages={"required": gettext_lazy("Hãy ghi đáp án bằng số.")},
    )
    tolerance = DecimalText(
        label=gettext_lazy("Sai số cho phép"),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input-short"}),
        help_text=gettext_lazy("Để trống: phải đúng từng số."),
    )
    unit = forms.CharField(
        label=gettext_lazy("Đơn vị tính"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Hiện sau ô trả lời, ví dụ: ngày làm việc."),
    )

    @staticmethod
    def stored(version: Kept) -> dict[str, Any]:
        return {
            "value": version.key.get("value", "").replace(".", ","),
            "tolerance": version.key.get("tolerance", "").replace(".", ","),
            "unit": version.content.get("unit", ""),
        }

    @property
    def content(self) -> dict[str, Any]:
        unit = clean(self.cleaned_data["unit"])
        return {"unit": unit} if unit or "unit" in self.stored_content else {}

    @property
    def key(self) -> dict[str, Any]:
        tolerance = self.cleaned_data["tolerance"]
        key = {"value": self._same_or(self.cleaned_data["value"], "value")}
        if tolerance or "tolerance" in self.stored_key:
            key["tolerance"] = self._same_or(tolerance or "0", "tolerance")
        return key

    def _same_or(self, text: str, name: str) -> str:
        """The stored way of writing the same number, so that the same question stays the same."""
        stored = str(self.stored_key.get(name, ""))
        try:
            return stored if stored and Decimal(stored) == Decimal(text) else text
        except ArithmeticError:
            return text


class ShortTextPart(KindPart):
    accepted = forms.CharField(
        label=gettext_lazy("Những câu trả lời được chấp nhận"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng một cách viết; không phân biệt chữ hoa và dấu."),
        error_messages={"required": gettext_lazy("Hãy ghi ít nhất một câu trả lời.")},
    )

    @staticmethod
    def stored(version: Kept) -> dict[str, Any]:
        return {"accepted": "\n".join(version.key.get("accepted", []))}

    @property
    def content(self) -> dict[str, Any]:
        return {}

    @property
    def key(self) -> dict[str, Any]:
        return {"accepted": clean(self.cleaned_data["accepted"]).split("\n")}


class EssayPart(KindPart):
    guide = forms.CharField(
        label=gettext_lazy("Hướng dẫn chấm"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Chỉ Ban Giám khảo và người của ngân hàng đọc."),
        error_messages={"required": gettext_lazy("Hãy ghi hướng dẫn chấm.")},
    )
    max_words = forms.IntegerField(
        label=gettext_lazy("Số từ tối đa"), required=False, min_value=1, max_value=20_000
    )

    @staticmethod
    def stored(version: Kept) -> dict[str, Any]:
        return {
            "guide": version.key.get("guide", ""),
            "max_words": version.content.get("max_words"),
        }

    @property
    def content(self) -> dict[str, Any]:
        limit = self.cleaned_data["max_words"]
        return {"max_words": limit} if limit else {}

    @property
    def key(self) -> dict[str, Any]:
        return {"guide": clean(self.cleaned_data["guide"])}


PARTS: Mapping[str, type[KindPart]] = {
    "single_choice": ChoicePart,
    "multiple_choice": SeveralPart,
    "true_false": TruthPart,
    "situation": ChoicePart,
    "statements": StatementsPart,
    "ordering": OrderingPart,
    "matching": MatchingPart,
    "number": NumberPart,
    "short_text": ShortTextPart,
    "essay": EssayPart,
}
# Its picture or video comes with a file; on screen its words are changed.
NOT_NEW = frozenset({"situation"})
