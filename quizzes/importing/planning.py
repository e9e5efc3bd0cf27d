"""What an import would do to a bank: new, changed or known, question by question. Only reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from legal.models import Instrument
from quizzes import enums
from quizzes.enums import QuestionState
from quizzes.importing.checking import same_content
from quizzes.importing.citing import cite, known_instruments, names_an_instrument
from quizzes.importing.parsed import (
    Difficulty,
    Field,
    Kind,
    ParsedQuestion,
    Remark,
    Severity,
)
from quizzes.importing.plain import clean, folded, stem_key
from quizzes.importing.similarity import NearTexts
from quizzes.models import Question, QuestionBank

_TRUE_FALSE_IDS = ("true", "false")
_IDS = "abcdefgh"


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """``existing`` is the question of the bank with the same stem; ``changes_content``: its version
    must change, not only what explains it."""

    question: ParsedQuestion
    outcome: Outcome
    existing: Question | None
    changes_content: bool
    instrument: Instrument | None
    article: str
    remarks: tuple[Remark, ...]


def plan_import(bank: QuestionBank, questions: Sequence[ParsedQuestion]) -> list[PlannedQuestion]:
    """In the order given. Two statements, whatever the number of questions.

    A question is known by its folded stem. The same text, options and key: unchanged, unless the
    file brings an explanation or a legal basis that differs; an empty one takes nothing away.
    """
    existing: dict[str, Question] = {}
    for known in _questions_of(bank):
        earlier = existing.setdefault(known.stem_key, known)
        if earlier.state == QuestionState.RETIRED:
            existing[known.stem_key] = known
    near = NearTexts({question.pk: key for key, question in existing.items()})
    by_id = {question.pk: question for question in existing.values()}
    instruments = known_instruments()
    return [_plan(question, existing, near, by_id, instruments) for question in questions]


def _questions_of(bank: QuestionBank) -> Any:
    return (
        Question.objects.filter(bank=bank, current_version__isnull=False)
        .select_related("current_version", "topic")
        .order_by("pk")
    )


def _plan(
    question: ParsedQuestion,
    existing: dict[str, Question],
    near: NearTexts[int],
    by_id: dict[int, Question],
    instruments: dict[str, Instrument],
) -> PlannedQuestion:
    key = stem_key(question.stem)
    known = existing.get(key)
    instrument, article = cite(question.legal_basis, instruments)
    remarks = _legal_remarks(question, instrument)
    if known is None:
        twin = near.nearest(key)
        if twin is not None:
            remarks.append(_near_duplicate(question, by_id[twin]))
        return PlannedQuestion(
            question, Outcome.CREATED, None, True, instrument, article, tuple(remarks)
        )
    remarks += _kept_remarks(question, known)
    changes_content = _differs(question, known)
    explains = _explains_otherwise(question, known)
    outcome = Outcome.UPDATED if changes_content or explains else Outcome.UNCHANGED
    return PlannedQuestion(
        question, outcome, known, changes_content, instrument, article, tuple(remarks)
    )


def _differs(question: ParsedQuestion, known: Question) -> bool:
    current = parsed_of(known)
    return clean(current.stem) != question.stem or not same_content(current, question)


def _explains_otherwise(question: ParsedQuestion, known: Question) -> bool:
    version = known.current_version
    assert version is not None  # _questions_of asks for it
    return any(
        new and clean(old) != new
        for old, new in (
            (version.explanation, question.explanation),
            (version.legal_basis, question.legal_basis),
        )
    )


def parsed_of(question: Question) -> ParsedQuestion:
    """The current version in the form of a file's question, to compare with one."""
    version = question.current_version
    assert version is not None
    options = version.content.get("options", [])
    correct = set(version.key.get("correct", []))
    return ParsedQuestion(
        number=str(question.pk),
        row=0,
        kind=Kind(version.kind),
        stem=version.stem,
        options=tuple(option["text"] for option in options),
        correct=tuple(i for i, option in enumerate(options) if option["id"] in correct),
    )


def content_of(question: ParsedQuestion) -> dict[str, Any]:
    """As ``quizzes.kinds.options`` wants it."""
    ids = option_ids_of(question)
    texts = zip(ids, question.options, strict=True)
    return {"options": [{"id": option_id, "text": text} for option_id, text in texts]}


def key_of(question: ParsedQuestion) -> dict[str, Any]:
    ids = option_ids_of(question)
    return {"correct": [ids[index] for index in question.correct]}


def option_ids_of(question: ParsedQuestion) -> Sequence[str]:
    if question.kind is Kind.TRUE_FALSE:
        return _TRUE_FALSE_IDS
    return _IDS[: len(question.options)]


def _legal_remarks(question: ParsedQuestion, instrument: Instrument | None) -> list[Remark]:
    if instrument is not None and instrument.status == Instrument.Status.EXPIRED:
        return [_warning(question, Field.LEGAL_BASIS, "legal_expired", number=instrument.number)]
    if instrument is None and names_an_instrument(question.legal_basis):
        text = question.legal_basis[:80]
        return [_warning(question, Field.LEGAL_BASIS, "legal_unknown", text=text)]
    return []


def _kept_remarks(question: ParsedQuestion, known: Question) -> list[Remark]:
    """An import never moves a question to another topic or difficulty: papers are drawn by them."""
    remarks = []
    if known.state == QuestionState.RETIRED:
        remarks.append(_warning(question, Field.QUESTION, "question_retired"))
    if question.topic and folded(question.topic) != known.topic.search_key:
        remarks.append(
            _warning(
                question, Field.TOPIC, "topic_kept", kept=known.topic.name, given=question.topic
            )
        )
    if question.difficulty and question.difficulty != known.difficulty:
        remarks.append(
            _warning(
                question,
                Field.DIFFICULTY,
                "difficulty_kept",
                kept=known.get_difficulty_display(),
                given=difficulty_label(question.difficulty),
            )
        )
    return remarks


def difficulty_label(difficulty: Difficulty) -> str:
    return str(enums.Difficulty(difficulty).label)


def _near_duplicate(question: ParsedQuestion, twin: Question) -> Remark:
    version = twin.current_version
    stem = " ".join(version.stem.split())[:100] if version else ""
    return _warning(question, Field.STEM, "near_duplicate", question=twin.pk, stem=stem)


def _warning(question: ParsedQuestion, on: Field, code: str, **params: str | int) -> Remark:
    return Remark(question.row, on, code, params, Severity.WARNING, question.number)
