"""The kinds made of rows: options, statements, items to order, pairs to match.

Rows are added and removed by posting the form (``add_row``, or ``remove_row`` with the row's
number), so that nothing needs JavaScript. A row without a text is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.forms.kind_part import Kept, KindPart
from quizzes.importing.plain import clean
from quizzes.kinds.lines import ALL_OR_NOTHING, LETTERS, MAX_LINES, MIN_LINES, PARTIAL
from quizzes.kinds.matching import MAX_RIGHT
from quizzes.kinds.statements import PER_STATEMENT, PROGRESSIVE

_IDS = "abcdefghijklmnopqrstuvwxyz"
_FIRST_ROWS = 4
_ROWS_DIGITS = 4
_ROW_FIELDS = ("option", "id", "match", "match_id")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form, counted from 0; ``match`` for pairs only."""

    index: int
    letter: str
    text: forms.BoundField
    hidden: tuple[forms.BoundField, ...]
    is_ticked: bool
    match: forms.BoundField | None


class RowsPart(KindPart):
    template = "quizzes/bank/parts/rows.html"
    legend: ClassVar[Any] = gettext_lazy("Phương án")
    hint: ClassVar[Any]
    list_name: ClassVar[str] = "options"
    # What marks the right rows: one of them, any of them, or nothing.
    tick: ClassVar[str] = ""
    ticked_name: ClassVar[Any] = gettext_lazy("là đáp án đúng")
    rules: ClassVar[Sequence[tuple[str, Any]]] = ()
    has_matches: ClassVar[bool] = False
    most_rows: ClassVar[int] = MAX_LINES

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if self.rules and not self.initial.get("rule"):
            self.initial["rule"] = self.rules[0][0]
        source = data if data is not None else self.initial
        self.row_count = self._clamped(source.get("rows"))
        self.fields["rows"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=self.row_count
        )
        for index in range(self.row_count):
            self._add_row_fields(index)
        self.fields["correct"] = forms.MultipleChoiceField(
            label=_("Đáp án đúng"),
            required=False,
            choices=[(str(index), LETTERS[index]) for index in range(self.row_count)],
        )
        if self.rules:
            self.fields["rule"] = forms.ChoiceField(
                label=_("Cách tính điểm"), choices=list(self.rules)
            )

    def _add_row_fields(self, index: int) -> None:
        label = f"{self.legend} {LETTERS[index]}"
        self.fields[f"option_{index}"] = _text_field(label)
        self.fields[f"id_{index}"] = _hidden_field()
        if self.has_matches:
            self.fields[f"match_{index}"] = _text_field(
                _("Ghép với %(letter)s") % {"letter": LETTERS[index]}
            )
            self.fields[f"match_id_{index}"] = _hidden_field()

    @classmethod
    def _clamped(cls, value: Any) -> int:
        try:
            count = int(value)
        except (TypeError, ValueError):
            count = _FIRST_ROWS
        return max(MIN_LINES, min(cls.most_rows, count))

    # what the template reads ------------------------------------------------------------------

    @property
    def rows_hidden(self) -> forms.BoundField:
        return self["rows"]

    @property
    def rule(self) -> forms.BoundField | None:
        return self["rule"] if self.rules else None

    @property
    def can_grow(self) -> bool:
        return self.row_count < self.most_rows

    @property
    def can_shrink(self) -> bool:
        return self.row_count > MIN_LINES

    @property
    def option_rows(self) -> list[Row]:
        ticked = {str(value) for value in self["correct"].value() or []}
        hidden = ("id", "match_id") if self.has_matches else ("id",)
        return [
            Row(
                index,
                LETTERS[index],
                self[f"option_{index}"],
                tuple(self[f"{name}_{index}"] for name in hidden),
                str(index) in ticked,
                self[f"match_{index}"] if self.has_matches else None,
            )
            for index in range(self.row_count)
        ]

    # from the bank, from the page, to the bank ------------------------------------------------

    @staticmethod
    def begun(texts: Sequence[str]) -> dict[str, Any]:
        return {"rows": len(texts)} | {f"option_{i}": text for i, text in enumerate(texts)}

    @staticmethod
    def reshaped(data: Any) -> dict[str, Any]:
        text = data.get("rows", "")
        count = int(text) if text.isdecimal() and len(text) < _ROWS_DIGITS else _FIRST_ROWS
        count = min(MAX_RIGHT, count)
        kept = [index for index in range(count) if str(index) != data.get("remove_row")]
        ticked = set(data.getlist("correct"))
        values: dict[str, Any] = {"rule": data.get("rule", "")}
        for new, old in enumerate(kept):
            for name in _ROW_FIELDS:
                values[f"{name}_{new}"] = data.get(f"{name}_{old}", "")
        values["correct"] = [str(new) for new, old in enumerate(kept) if str(old) in ticked]
        values["rows"] = len(kept) + ("add_row" in data)
        return values

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("correct", [])
        empty = [index for index in chosen if not self._text("option", int(index))]
        if empty and self.tick:
            self.add_error(
                None,
                _("Dòng %(letter)s được đánh dấu nhưng để trống. Hãy ghi nội dung.")
                % {"letter": LETTERS[int(empty[0])]},
            )
        return super().clean()

    @property
    def content(self) -> dict[str, Any]:
        lines = [{"id": identity, "text": text} for _index, identity, text in self.lines()]
        return {self.list_name: lines}

    def lines(self) -> list[tuple[int, str, str]]:
        """(row, id, text) of the rows with a text. A line keeps the id that the bank gave it."""
        return self._identified("option", "id", [self.list_name])

    def ticked_ids(self) -> list[str]:
        ticked = {int(index) for index in self.cleaned_data["correct"]}
        return [identity for index, identity, _text in self.lines() if index in ticked]

    def with_rule(self, key: dict[str, Any]) -> dict[str, Any]:
        """The rule is said only where it is not the default, or was said before: the same question
        stays the same."""
        rule = self.cleaned_data.get("rule")
        if self.rules and ("rule" in self.stored_key or rule != self.rules[0][0]):
            key["rule"] = rule
        return key

    def _text(self, name: str, index: int) -> str:
        return clean(self.cleaned_data.get(f"{name}_{index}", ""))

    def _identified(
        self, name: str, id_name: str, list_names: Sequence[str], taken: Sequence[str] = ()
    ) -> list[tuple[int, str, str]]:
        known = {
            line["id"] for listed in list_names for line in self.stored_content.get(listed, [])
        }
        filled = [index for index in range(self.row_count) if self._text(name, index)]
        ids: dict[int, str] = {}
        for index in filled:
            identity = self.cleaned_data.get(f"{id_name}_{index}", "")
            if identity in known and identity not in (*ids.values(), *taken):
                ids[index] = identity
        used = known | set(taken)
        free = (identity for identity in _all_ids() if identity not in used)
        return [(index, ids.get(index) or next(free), self._text(name, index)) for index in filled]


def _all_ids() -> Iterator[str]:
    """a … z, then a2 … z2: two sides written anew need more than there are letters."""
    for number in chain([""], map(str, count(2))):
        yield from (letter + number for letter in _IDS)


def _stored_rows(
    version: Kept, lines: Sequence[dict[str, str]], ticked: Sequence[str]
) -> dict[str, Any]:
    values: dict[str, Any] = {
        "rows": len(lines),
        "correct": [str(index) for index, line in enumerate(lines) if line["id"] in ticked],
        "rule": version.key.get("rule", ""),
    }
    for index, line in enumerate(lines):
        values[f"option_{index}"] = line["text"]
        values[f"id_{index}"] = line["id"]
    return values


class ChoicePart(RowsPart):
    """One right option."""

    tick = "radio"
    hint = gettext_lazy("Đánh dấu phương án đúng. Ô để trống không thành phương án.")

    @staticmethod
    def stored(version: Kept) -> dict[str, Any]:
        ticked = version.key.get("correct", [])
        return _stored_rows(version, version.content.get("options", []), ticked)

    @property
    def key(self) -> dict[str, Any]:
        return self.with_rule({"correct": self.ticked_ids()})


class SeveralPart(ChoicePart):
    """Any number of right options."""

    tick = "checkbox"
    hint = gettext_lazy("Đánh dấu mọi phương án đúng. Ô để trống không thành phương án.")
    rules = (
        (ALL_OR_NOTHING, gettext_lazy("Đúng hết mới có điểm")),
        (PARTIAL, gettext_lazy("Đúng đến đâu tính điểm đến đó, chọn sai bị trừ")),
    )


class StatementsPart(RowsPart):
    """Statements under one stem; the ticked ones are true."""

    legend = gettext_lazy("Ý")
    tick = "checkbox"
    ticked_name = gettext_lazy("là ý đúng")
    hint = gettext_lazy("Đánh dấu những ý đúng; ý không đánh dấu là sai.")
    list_name = "statements"
    rules = (
        (PER_STATEMENT, gettext_lazy("Mỗi ý đúng một phần điểm")),
        (ALL_OR_NOTHING, gettext_lazy("Đúng hết mới có điểm")),
        (PROGRESSIVE, gettext_lazy("Lũy tiến theo số ý đúng (câu có bốn ý)")),
    )

    @staticmethod
    def stored(version: Kept) -> dict[str, Any]:
        ticked = version.key.get("true", [])
        return _stored_rows(version, version.content.get("statements", []), ticked)

    @property
    def key(self) -> dict[str, Any]:
        return self.with_rule({"true": self.ticked_ids()})


class OrderingPart(RowsPart):
    """The rows stand in the right order; a paper always shuffles them."""

    legend = gettext_lazy("Mục")
    hint = gettext_lazy("Ghi các mục theo thứ tự đúng; trong đề thi các mục luôn được trộn.")
    list_name = "items"
    rules = (
        (ALL_OR_NOTHING, gettext_lazy("Đúng hết mới có điểm")),
        (PARTIAL, gettext_lazy("Đúng đến đâu tính điểm đến đó")),
    )

    @staticmethod
    def stored(version: Kept) -> dict[str, Any]:
        order = version.key.get("order", [])
        lines = sorted(version.content.get("items", []), key=lambda line: order.index(line["id"]))
        return _stored_rows(version, lines, ())

    @property
    def content(self) -> dict[str, Any]:
        return {"items": _in_order_of(self.stored_content.get("items", []), self.lines())}

    @property
    def key(self) -> dict[str, Any]:
        return self.with_rule({"order": [identity for _index, identity, _text in self.lines()]})


class MatchingPart(RowsPart):
    """Each row is a pair; a row with a right side alone is one more to choose from."""

    legend = gettext_lazy("Nội dung")
    hint = gettext_lazy(
        "Mỗi dòng là một cặp đúng. Dòng chỉ có vế phải là phương án gây nhiễu; "
        "trong đề thi vế phải luôn được trộn."
    )
    list_name = "left"
    rules = (
        (PARTIAL, gettext_lazy("Đúng đến đâu tính điểm đến đó")),
        (ALL_OR_NOTHING, gettext_lazy("Đúng hết mới có điểm")),
    )
    has_matches = True
    most_rows = MAX_RIGHT

    @staticmethod
    def stored(version: Kept) -> dict[str, Any]:
        pairs = version.key.get("pairs", {})
        left = version.content.get("left", [])
        right = {line["id"]: line["text"] for line in version.content.get("right", [])}
        values = _stored_rows(version, left, ())
        matches = [pairs.get(line["id"], "") for line in left]
        matches += [identity for identity in right if identity not in matches]
        for index, identity in enumerate(matches):
            values[f"match_{index}"] = right.get(identity, "")
            values[f"match_id_{index}"] = identity
        return values | {"rows": len(matches)}

    def clean(self) -> dict[str, Any]:
        for index in range(self.row_count):
            if self._text("option", index) and not self._text("match", index):
                self.add_error(
                    None,
                    _("Dòng %(letter)s chưa có nội dung để ghép. Hãy ghi vế phải.")
                    % {"letter": LETTERS[index]},
                )
        return super().clean()

    def lines(self) -> list[tuple[int, str, str]]:
        """No left side takes the id of a right one."""
        right = [line["id"] for line in self.stored_content.get("right", [])]
        return self._identified("option", "id", ["left"], taken=right)

    def rights(self) -> list[tuple[int, str, str]]:
        """As ``lines``; two rows with one right side share its id."""
        left = [identity for _index, identity, _text in self.lines()]
        seen: dict[str, str] = {}
        found = self._identified("match", "match_id", ["right", "left"], taken=left)
        return [(index, seen.setdefault(text, identity), text) for index, identity, text in found]

    @property
    def content(self) -> dict[str, Any]:
        rights = {identity: (index, identity, text) for index, identity, text in self.rights()}
        right = _in_order_of(self.stored_content.get("right", []), list(rights.values()))
        return {**super().content, "right": right}

    @property
    def key(self) -> dict[str, Any]:
        right = {index: identity for index, identity, _text in self.rights()}
        pairs = {identity: right[index] for index, identity, _text in self.lines()}
        return self.with_rule({"pairs": pairs})


def _in_order_of(
    stored: Sequence[dict[str, str]], lines: Sequence[tuple[int, str, str]]
) -> list[dict[str, str]]:
    """Where the order says nothing the stored one stays, so that the same question stays the
    same."""
    places = {line["id"]: place for place, line in enumerate(stored)}
    ordered = sorted(lines, key=lambda line: places.get(line[1], len(places)))
    return [{"id": identity, "text": text} for _index, identity, text in ordered]


def _text_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 1}),
    )


def _hidden_field() -> forms.CharField:
    return forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
