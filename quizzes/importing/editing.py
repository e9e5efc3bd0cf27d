"""Putting a question of an upload right before it is applied, also one that was refused.

An edit stays with the upload and is judged as the file was, by `checking`: a remark goes when its
reason is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from quizzes.enums import ImportDecision, ImportOutcome
from quizzes.importing.checking import settle
from quizzes.importing.choosing import PLANNED_FIELDS, plan_again
from quizzes.importing.parsed import (
    Draft,
    Field,
    KeyClaim,
    KeySource,
    Kind,
    ParsedQuestion,
    Remark,
)
from quizzes.importing.plain import stem_key
from quizzes.importing.similarity import NearTexts
from quizzes.importing.storing import (
    marks_as_json,
    marks_from_json,
    pictures_from_json,
    question_as_json,
    question_from_json,
    remark_as_json,
)
from quizzes.importing.uploads import lock_open
from quizzes.importing.version_content import texts_of
from quizzes.marked_text import TextMark
from quizzes.models import ImportedQuestion, QuestionImport

_SAVED = (*PLANNED_FIELDS, "edited", "parsed", "stem_key", "remarks", "topic", "difficulty",
          "twin_position")  # fmt: skip
# What the options of a question are called in its marks and pictures.
PARTS = "abcdefgh"
_REPEATED = ("repeated_question", "repeated_stem")


@dataclass(frozen=True, slots=True)
class Edit:
    """The fields of a question as its author wants them. ``correct`` are indices into ``options``;
    kinds without options leave both empty and bring ``content`` and ``key``, or keep the file's.
    ``places``: where each option stood before the edit, empty when they stand where they stood."""

    kind: Kind
    stem: str
    options: tuple[str, ...]
    correct: tuple[int, ...]
    explanation: str
    legal_basis: str
    topic: str
    difficulty: str
    places: tuple[int, ...] = ()
    content: dict[str, Any] | None = None
    key: dict[str, Any] | None = None
    valid_until: date | None = None


def current_text(row: ImportedQuestion) -> dict[str, Any]:
    """What the row says now: the author's edit, else the file (shape: `storing`)."""
    text: dict[str, Any] = row.edited or row.draft
    return text


@transaction.atomic
def edit_row(row: ImportedQuestion, edit: Edit) -> ImportedQuestion:
    """Keep the edit and judge the question again. Raises Conflict."""
    upload = lock_open(row.upload)
    row = upload.rows.select_for_update().get(pk=row.pk)
    text = current_text(row)
    pictures = _moved(text["pictures"], text, edit)
    draft = _draft(row, edit, pictures)
    question = settle(draft)
    row.edited = {
        **row.draft,
        "remarks": [],
        "kind": edit.kind,
        "stem": edit.stem,
        "options": draft.options,
        "correct": list(edit.correct),
        "content": draft.content,
        "key": draft.key,
        "explanation": edit.explanation,
        "legal_basis": edit.legal_basis,
        "valid_until": draft.valid_until,
        "topic": edit.topic,
        "difficulty": edit.difficulty,
        "marks": marks_as_json(draft.marks),
        "pictures": pictures,
    }
    row.topic = row.difficulty = ""  # the edit has its own
    remarks = [remark_as_json(remark) for remark in draft.remarks]
    return _judge(upload, row, question, remarks)


@transaction.atomic
def undo_edit(row: ImportedQuestion) -> ImportedQuestion:
    """Back to what the file says. Raises Conflict."""
    upload = lock_open(row.upload)
    row = upload.rows.select_for_update().get(pk=row.pk)
    row.edited = None
    remarks = [r for r in row.draft["remarks"] if r["code"] not in _REPEATED]
    was_refused = any(remark["severity"] == "error" for remark in remarks)
    can_be_asked = bool(row.draft["kind"]) and not was_refused
    question = question_from_json(row.draft) if can_be_asked else None
    return _judge(upload, row, question, remarks)


def _judge(
    upload: QuestionImport,
    row: ImportedQuestion,
    question: ParsedQuestion | None,
    remarks: list[dict[str, Any]],
) -> ImportedQuestion:
    stem_before = row.stem_key
    row.remarks = remarks
    row.stem_key = stem_key(question.stem if question else current_text(row)["stem"])
    if question is not None and (repeat := _repeat(upload, row)) is not None:
        row.remarks, question = [*remarks, remark_as_json(repeat)], None
    row.parsed = question_as_json(question) if question else None
    row.bank_remarks, row.known = [], None
    if question is None:
        row.outcome, row.has_problem, row.twin = ImportOutcome.REFUSED, True, None
        row.decision = ImportDecision.TAKE
    elif row.outcome == ImportOutcome.REFUSED:
        row.outcome = ImportOutcome.CREATED
    if row.twin_id is None and row.decision == ImportDecision.UPDATE:
        row.decision = ImportDecision.TAKE
    _look_for_twins(upload, row)
    row.save(update_fields=_SAVED)
    plan_again(upload.bank, [row])
    if stem_before != row.stem_key:
        _judge_repeats_again(upload, stem_before)
    return row


def _repeat(upload: QuestionImport, row: ImportedQuestion) -> Remark | None:
    """One file may not say a stem twice (`checking.Settled`)."""
    others = upload.rows.filter(stem_key=row.stem_key, parsed__isnull=False).exclude(pk=row.pk)
    earlier = others.order_by("position").first()
    if earlier is None:
        return None
    first = earlier.draft["number"] or str(earlier.draft["row"])
    params = {"first": first}
    return Remark(row.draft["row"], Field.STEM, "repeated_stem", params, label=row.draft["number"])


def _judge_repeats_again(upload: QuestionImport, key: str) -> None:
    """The stem is free now: the first row that was refused for saying it again may be taken."""
    waiting = upload.rows.select_for_update().filter(stem_key=key, parsed__isnull=True)
    for other in waiting.order_by("position"):
        if not any(remark["code"] in _REPEATED for remark in other.remarks):
            continue
        remarks = [r for r in other.remarks if r["code"] not in _REPEATED]
        text = current_text(other)
        if text["kind"] and not any(remark["severity"] == "error" for remark in remarks):
            _judge(upload, other, question_from_json(text), remarks)


def _look_for_twins(upload: QuestionImport, row: ImportedQuestion) -> None:
    """Near-duplicates inside the file, for this row and for those that pointed at it."""
    pointing = list(upload.rows.filter(twin_position=row.position).exclude(pk=row.pk))
    own = NearTexts({row.position: row.stem_key})
    for other in pointing:
        if row.parsed is None or own.nearest(other.stem_key) is None:
            upload.rows.filter(pk=other.pk).update(twin_position=None)
    row.twin_position = None
    if row.parsed is None:
        return
    others = dict(
        upload.rows.filter(parsed__isnull=False)
        .exclude(pk=row.pk)
        .values_list("position", "stem_key")
    )
    row.twin_position = NearTexts(others).nearest(row.stem_key)


def _draft(row: ImportedQuestion, edit: Edit, pictures: dict[str, Any]) -> Draft:
    """The edit as a reader would have found it, with what it does not speak of from the file."""
    file = row.draft
    has_answer = edit.content is not None
    content, key = (edit.content, edit.key) if has_answer else (file["content"], file["key"])
    return Draft(
        number=file["number"],
        row=file["row"],
        stem=edit.stem,
        options=list(texts_of(content).values()) if content else list(edit.options),
        claims=[KeyClaim(KeySource.LINE, edit.correct)] if edit.correct else [],
        declared=edit.kind,
        explanation=edit.explanation,
        legal_basis=edit.legal_basis,
        valid_until=str(edit.valid_until or ""),
        topic=edit.topic,
        difficulty=edit.difficulty,
        content=content,
        key=key,
        rule=file["rule"],
        marks=_marks_that_still_fit(current_text(row), edit),
        pictures=pictures_from_json(pictures),
    )


def _moved[T](of_parts: Mapping[str, T], text: dict[str, Any], edit: Edit) -> dict[str, T]:
    """What belongs to an option goes where the option goes, and away with one that is left out."""
    if edit.content is not None:
        return _of_lines_that_stay(of_parts, text, edit.content)
    if text["content"] is not None:
        return dict(of_parts)
    places = edit.places or range(len(edit.options))
    kept = {PARTS[old]: new for new, old in zip(PARTS, places, strict=False) if old < len(PARTS)}
    return {
        kept.get(part, part): value
        for part, value in of_parts.items()
        if part in kept or part not in PARTS
    }


def _of_lines_that_stay[T](
    of_parts: Mapping[str, T], text: dict[str, Any], content: Mapping[str, Any]
) -> dict[str, T]:
    """A line keeps its id. Lines that no reader could shape have the letters of their places: with
    one more or less of them only the words tell which is which."""
    before, now = _texts_before(text), texts_of(content)
    is_sure = text["content"] is not None or len(before) == len(now)
    return {
        part: value
        for part, value in of_parts.items()
        if part == "stem" or (part in now and (is_sure or before.get(part) == now[part]))
    }


def _texts_before(text: dict[str, Any]) -> dict[str, str]:
    if text["content"] is not None:
        return texts_of(text["content"])
    return dict(zip(PARTS, text["options"], strict=False))


def _marks_that_still_fit(text: dict[str, Any], edit: Edit) -> dict[str, tuple[TextMark, ...]]:
    """Marks count letters: they hold for a text that is as it was, and for no other."""
    before = {"stem": text["stem"], **_moved(_texts_before(text), text, edit)}
    after = dict(zip(PARTS, edit.options, strict=False))
    now = {"stem": edit.stem, **(after if edit.content is None else texts_of(edit.content))}
    return {
        part: marks
        for part, marks in _moved(marks_from_json(text["marks"]), text, edit).items()
        if part not in before or now.get(part) == before[part]
    }
