"""A question of an upload as a form, to be put right before it is applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from quizzes.enums import Difficulty
from quizzes.forms.importing import TopicName
from quizzes.forms.kind_part import KindPart
from quizzes.forms.moments import DayField
from quizzes.forms.question_parts import PARTS
from quizzes.importing.checking import difficulty_in
from quizzes.importing.editing import Edit
from quizzes.importing.parsed import LETTERS, MAX_OPTIONS, OPTION_KINDS, Kind
from quizzes.importing.plain import day_in
from quizzes.kinds import KINDS

# The kinds whose options may be edited here, and one may become another of them.
_CHOICE_KINDS = (Kind.SINGLE, Kind.MULTIPLE)
_SPARE_OPTIONS = 2
_COPIED = ("stem", "explanation", "legal_basis")


@dataclass(frozen=True, slots=True)
class _OfFile:
    """What a file says of a question without options, for the part that edits it."""

    content: Mapping[str, Any]
    key: Mapping[str, Any]


class RowEditForm(forms.Form):
    """The kinds with options have fields ``option_0``, ``right_0``, … here; an emptied option is
    left out. The others have the ``part`` that writes them on screen (forms.question_parts)."""

    kind = forms.ChoiceField(label=_("Loại câu hỏi"), choices=[])
    stem = forms.CharField(label=_("Nội dung câu hỏi"), widget=forms.Textarea(attrs={"rows": 3}))
    explanation = forms.CharField(
        label=_("Giải thích"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    legal_basis = forms.CharField(label=_("Căn cứ"), required=False)
    valid_until = DayField(
        label=_("Có giá trị đến hết ngày"),
        required=False,
        help_text=_("Để trống: đáp án đúng khi căn cứ còn hiệu lực."),
    )
    topic = TopicName(
        label=_("Chuyên đề"),
        required=False,
        widget=forms.TextInput(attrs={"list": "known-topics"}),
    )
    difficulty = forms.ChoiceField(
        label=_("Mức độ"), required=False, choices=[("", _("Chưa chọn")), *Difficulty.choices]
    )

    def __init__(
        self,
        data: Any = None,
        *,
        text: dict[str, Any],
        row: int,
        topic: str,
        difficulty: str,
        reshaped: Any = None,
    ) -> None:
        """``text``: what the row says now; ``row``: its key, so that several forms fit one page.
        ``reshaped``: what was typed when a row of the answer was asked for, shown again unjudged.
        """
        self.text = text
        kind = text["kind"] or Kind.SINGLE.value
        self.has_fixed_options = kind not in _CHOICE_KINDS
        self.has_options = text["content"] is None and kind in OPTION_KINDS
        typed = {} if reshaped is None else reshaped.dict()
        super().__init__(
            data,
            auto_id=f"row-{row}-%s",
            initial={
                **{name: text[name] for name in _COPIED},
                "kind": kind,
                "valid_until": day_in(text.get("valid_until", "")),
                "topic": topic,
                "difficulty": (difficulty_in(difficulty) if difficulty else None) or "",
                **typed,
            },
        )
        self.part = self._part(kind, data, reshaped)
        self._name_kinds(kind)
        self.option_count = self._count_options()
        for index in range(self.option_count):
            self._add_option(index)

    def _part(self, kind: str, data: Any, reshaped: Any) -> KindPart | None:
        if self.has_options or self.refusal:
            return None
        part = PARTS[kind]
        about: dict[str, Any] = {"kind": kind, "auto_id": self.auto_id}
        if self.text["content"] is not None:
            about["version"] = _OfFile(self.text["content"], self.text["key"] or {})
        typed = part.begun(self.text["options"]) if "version" not in about else {}
        if reshaped is not None:
            typed = part.reshaped(reshaped)
        return part(data, typed=typed, **about)

    def _name_kinds(self, kind: str) -> None:
        kinds: Sequence[Kind] = [Kind(kind)] if self.has_fixed_options else _CHOICE_KINDS
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (k.value, _now(KINDS[k].label)) for k in kinds
        ]
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()

    def _count_options(self) -> int:
        if not self.has_options or self.refusal:
            return 0
        given = len(self.text["options"])
        if self.has_fixed_options:
            return given
        return min(len(LETTERS), max(given, 2) + _SPARE_OPTIONS)

    def _add_option(self, index: int) -> None:
        options = self.text["options"]
        letter = LETTERS[index]
        self.fields[f"option_{index}"] = forms.CharField(
            label=_("Phương án %(letter)s") % {"letter": letter},
            required=False,
            initial=options[index] if index < len(options) else "",
            widget=forms.Textarea(attrs={"rows": 1, "readonly": self.has_fixed_options}),
        )
        self.fields[f"right_{index}"] = forms.BooleanField(
            label=_("%(letter)s đúng") % {"letter": letter},
            required=False,
            initial=index in self.text["correct"],
        )

    def option_fields(self) -> list[tuple[str, Any, Any]]:
        """(letter, text field, tick) for the template."""
        return [
            (LETTERS[i], self[f"option_{i}"], self[f"right_{i}"]) for i in range(self.option_count)
        ]

    def common_fields(self) -> list[Any]:
        names = ("explanation", "legal_basis", "valid_until", "topic", "difficulty")
        return [self[name] for name in names]

    @property
    def refusal(self) -> str:
        """Why the question cannot be put right here, "" when it can."""
        if self.text["content"] is not None or len(self.text["options"]) <= MAX_OPTIONS:
            return ""
        return _now(
            "Câu này có %(count)d phương án, nhiều hơn %(limit)d nên không sửa ở đây được. "
            "Hãy bớt phương án trong tệp rồi tải tệp lên lại."
        ) % {"count": len(self.text["options"]), "limit": MAX_OPTIONS}

    def is_valid(self) -> bool:
        """Both are asked, so that the person reads every remark at once."""
        is_part_good = self.part is None or self.part.is_valid()
        return super().is_valid() and is_part_good

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.refusal:
            raise forms.ValidationError(self.refusal)
        for index in range(self.option_count):
            if data.get(f"right_{index}") and not data.get(f"option_{index}"):
                self.add_error(
                    f"option_{index}",
                    _("Phương án này được đánh dấu đúng nhưng chưa có nội dung."),
                )
        return data

    @property
    def edit(self) -> Edit:
        data = self.cleaned_data
        filled = [i for i in range(self.option_count) if data[f"option_{i}"].strip()]
        return Edit(
            kind=Kind(data["kind"]),
            stem=data["stem"],
            options=tuple(data[f"option_{i}"] for i in filled),
            correct=tuple(place for place, i in enumerate(filled) if data[f"right_{i}"]),
            content=self.part.content if self.part else None,
            key=self.part.key if self.part else None,
            explanation=data["explanation"],
            legal_basis=data["legal_basis"],
            valid_until=data["valid_until"],
            topic=data["topic"],
            difficulty=data["difficulty"],
            places=tuple(filled),
        )
