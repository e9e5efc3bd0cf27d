"""Questions and remarks of a file as JSON, to be kept between its upload and the bank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizzes.importing.parsed import (
    BrokenQuestion,
    Difficulty,
    Field,
    Kind,
    ParsedQuestion,
    Remark,
    Severity,
)

type Json = dict[str, Any]


def question_as_json(question: ParsedQuestion | BrokenQuestion) -> Json:
    """``number, row, kind, stem, options, correct, explanation, legal_basis, topic, difficulty,
    content, key``: what a refused question says of itself is in the same places, or empty."""
    return {
        "number": question.number,
        "row": question.row,
        "kind": question.kind or "",
        "stem": question.stem,
        "options": list(question.options),
        "correct": list(question.correct),
        "explanation": question.explanation,
        "legal_basis": question.legal_basis,
        "topic": question.topic,
        "difficulty": question.difficulty or "",
        "content": question.content,
        "key": question.key,
    }


def question_from_json(data: Mapping[str, Any]) -> ParsedQuestion:
    """The reverse, for a question that is not refused."""
    return ParsedQuestion(
        number=data["number"],
        row=data["row"],
        kind=Kind(data["kind"]),
        stem=data["stem"],
        options=tuple(data["options"]),
        correct=tuple(data["correct"]),
        explanation=data["explanation"],
        legal_basis=data["legal_basis"],
        topic=data["topic"],
        difficulty=Difficulty(data["difficulty"]) if data["difficulty"] else None,
        content=data["content"],
        key=data["key"],
    )


def remark_as_json(remark: Remark) -> Json:
    return {
        "row": remark.row,
        "field": remark.field,
        "code": remark.code,
        "params": dict(remark.params),
        "severity": remark.severity,
        "label": remark.label,
    }


def remark_from_json(data: Mapping[str, Any]) -> Remark:
    return Remark(
        row=data["row"],
        field=Field(data["field"]),
        code=data["code"],
        params=data["params"],
        severity=Severity(data["severity"]),
        label=data["label"],
    )
