"""A question of an upload as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.comparing import Piece, compare_words
from quizzes.enums import Difficulty, ImportDecision, ImportOutcome
from quizzes.importing.checking import difficulty_in
from quizzes.importing.editing import PARTS
from quizzes.importing.messages import describe, field_name
from quizzes.importing.parsed import LETTERS, MEDIA
from quizzes.importing.plain import day_in
from quizzes.importing.storing import question_from_json, remark_from_json
from quizzes.importing.version_content import content_of, key_of, texts_of
from quizzes.kinds import KINDS, Shown
from quizzes.models import ImportedQuestion, Question, QuestionImport

# Said by showing both questions side by side.
_SHOWN_OTHERWISE = {"near_duplicate"}


@dataclass(frozen=True, slots=True)
class CardOption:
    letter: str
    text: str
    is_right: bool
    marks: Sequence[Any] = ()
    pictures: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """The other one of two questions that are nearly or wholly the same: ``stem`` and ``options``
    as pieces, "del" what only the other has, "ins" what only the file's has."""

    title: str
    url_key: int | None
    stem: tuple[Piece, ...]
    options: tuple[tuple[str, tuple[Piece, ...]], ...]
    may_be_updated: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    row: ImportedQuestion
    number: str
    stem: str
    kind: str
    options: list[CardOption]
    remarks: list[dict[str, str]]
    topic: str
    difficulty: str
    explanation: str
    legal_basis: str
    valid_until: str
    marks: Sequence[Any] = ()
    pictures: Sequence[Mapping[str, Any]] = ()
    # Of a kind without options: what its templates read, and those templates.
    shown: Shown | None = None
    key_shown: Shown | None = None
    play_template: str = ""
    key_template: str = ""
    sides: list[Side] = field(default_factory=list)

    @property
    def slot(self) -> int:
        """Makes the names of fields different from question to question."""
        return self.row.pk

    @property
    def is_refused(self) -> bool:
        return self.row.outcome == ImportOutcome.REFUSED

    @property
    def is_skipped(self) -> bool:
        return self.row.decision == ImportDecision.SKIP


def cards_of(upload: QuestionImport, rows: Sequence[ImportedQuestion]) -> list[Card]:
    """``rows`` with ``known`` and ``twin`` and their current versions. One statement at most."""
    places = {row.twin_position for row in rows if row.twin_position is not None}
    others = {
        row.position: row for row in (upload.rows.filter(position__in=places) if places else ())
    }
    return [
        _card(row, others.get(-1 if row.twin_position is None else row.twin_position))
        for row in rows
    ]


def _card(row: ImportedQuestion, repeat: ImportedQuestion | None) -> Card:
    text: dict[str, Any] = row.parsed or row.edited or row.draft
    right = set(text["correct"])
    marks, pictures = text["marks"], text["pictures"]
    options = [
        CardOption(
            LETTERS[i] if i < len(LETTERS) else str(i + 1),
            option,
            i in right,
            marks.get(PARTS[i : i + 1], ()),
            pictures.get(PARTS[i : i + 1], ()),
        )
        for i, option in enumerate(text["options"])
    ]
    card = Card(
        row=row,
        number=text["number"] or str(text["row"]),
        stem=text["stem"],
        kind=_(KINDS[text["kind"]].label) if text["kind"] in KINDS else "",
        options=options,
        remarks=_remarks(row),
        topic=row.topic or text["topic"],
        difficulty=_difficulty_label(row.difficulty or text["difficulty"]),
        explanation=text["explanation"],
        legal_basis=text["legal_basis"],
        valid_until=_day_label(text.get("valid_until", "")),
        marks=marks.get("stem", ()),
        pictures=_of_question(pictures),
        **_shown_by_kind(row),
    )
    if row.parsed:
        card.sides.extend(_sides(card, repeat))
    return card


def _of_question(pictures: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """What stands before the answers and came with the file: a situation's own first."""
    listed = [*pictures.get(MEDIA, ()), *pictures.get("stem", ())]
    return [picture for picture in listed if not picture.get("in_bank")]


def _shown_by_kind(row: ImportedQuestion) -> dict[str, Any]:
    """For a kind without options: as its own templates show it."""
    if row.parsed is None or row.parsed["content"] is None:
        return {}
    question = question_from_json(row.parsed)
    kind, content = KINDS[question.kind], content_of(question)
    order = kind.option_ids(content)
    return {
        "shown": kind.show(content, order, None, None),
        "key_shown": kind.show(content, order, None, key_of(question)),
        "play_template": f"quizzes/kinds/{kind.look}/play.html",
        "key_template": kind.bank_template,
    }


def _sides(card: Card, repeat: ImportedQuestion | None) -> list[Side]:
    row = card.row
    sides = []
    if row.outcome == ImportOutcome.UPDATED and row.known is not None:
        title = _("Câu #%(number)s trong ngân hàng, sẽ được cập nhật") % {"number": row.known.pk}
        sides.append(_bank_side(card, row.known, title))
    elif row.outcome == ImportOutcome.CREATED and row.twin is not None:
        title = _("Câu #%(number)s trong ngân hàng, gần giống") % {"number": row.twin.pk}
        sides.append(_bank_side(card, row.twin, title))
    if repeat is not None and repeat.parsed is not None:
        number = repeat.parsed["number"] or repeat.parsed["row"]
        title = _("Câu %(number)s trong tệp này, gần giống") % {"number": number}
        stem, options = repeat.parsed["stem"], repeat.parsed["options"]
        sides.append(Side(title, None, *_compared(card, stem, options)))
    return sides


def _bank_side(card: Card, known: Question, title: str) -> Side:
    version = known.current_version
    assert version is not None  # noqa: S101
    options = list(texts_of(version.content).values())
    return Side(
        title, known.pk, *_compared(card, version.stem, options), card.row.twin_id is not None
    )


def _compared(
    card: Card, stem: str, options: Sequence[str]
) -> tuple[tuple[Piece, ...], tuple[tuple[str, tuple[Piece, ...]], ...]]:
    """Options are compared letter by letter."""
    now = [option.text for option in card.options]
    count = max(len(now), len(options))
    pairs = zip(
        [*options, *[""] * (count - len(options))], [*now, *[""] * (count - len(now))], strict=True
    )
    return compare_words(stem, card.stem), tuple(
        (LETTERS[i] if i < len(LETTERS) else str(i + 1), compare_words(old, new))
        for i, (old, new) in enumerate(pairs)
    )


def _remarks(row: ImportedQuestion) -> list[dict[str, str]]:
    remarks = [remark_from_json(data) for data in (*row.remarks, *row.bank_remarks)]
    return [
        {
            "field": field_name(remark),
            "message": describe(remark),
            "severity": remark.severity.value,
        }
        for remark in remarks
        if remark.code not in _SHOWN_OTHERWISE
    ]


def _day_label(text: str) -> str:
    day = day_in(text)
    return f"{day:%d/%m/%Y}" if day else text


def _difficulty_label(text: str) -> str:
    level = difficulty_in(text) if text else None
    return str(Difficulty(level.value).label) if level else text
