"""Questions and remarks of a file as JSON, to be kept between its upload and the bank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from quizzes.importing.parsed import (
    BrokenQuestion,
    Difficulty,
    Field,
    Kind,
    ParsedPicture,
    ParsedQuestion,
    Remark,
    Severity,
)
from quizzes.marked_text import TextMark

type Json = dict[str, Any]


def question_as_json(question: ParsedQuestion | BrokenQuestion) -> Json:
    """``number, row, kind, stem, options, correct, explanation, legal_basis, valid_until, topic,
    difficulty, content, key, rule, marks, pictures``: what a refused question says of itself is in
    the same places, or empty. A picture is named by its sha256: the bytes are kept beside the
    file."""
    return {
        "number": question.number,
        "row": question.row,
        "kind": question.kind or "",
        "stem": question.stem,
        "options": list(question.options),
        "correct": list(question.correct),
        "explanation": question.explanation,
        "legal_basis": question.legal_basis,
        "valid_until": str(question.valid_until or ""),
        "topic": question.topic,
        "difficulty": question.difficulty or "",
        "content": question.content,
        "key": question.key,
        "rule": question.rule,
        "marks": marks_as_json(question.marks),
        "pictures": {
            part: [_picture_as_json(picture) for picture in pictures]
            for part, pictures in question.pictures.items()
        },
    }


def _picture_as_json(picture: ParsedPicture) -> Json:
    return {
        "sha256": picture.sha256,
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt,
        "source_sha256": picture.source_sha256,
        "in_bank": picture.in_bank,
    }


def question_from_json(
    data: Mapping[str, Any], *, open_picture: Callable[[str], bytes] | None = None
) -> ParsedQuestion:
    """The reverse, for a question that is not refused. Without ``open_picture`` (sha256 → bytes)
    its pictures are empty: enough to compare and to judge."""
    return ParsedQuestion(
        number=data["number"],
        row=data["row"],
        kind=Kind(data["kind"]),
        stem=data["stem"],
        options=tuple(data["options"]),
        correct=tuple(data["correct"]),
        explanation=data["explanation"],
        legal_basis=data["legal_basis"],
        valid_until=date.fromisoformat(day) if (day := data.get("valid_until")) else None,
        topic=data["topic"],
        difficulty=Difficulty(data["difficulty"]) if data["difficulty"] else None,
        content=data["content"],
        key=data["key"],
        rule=data["rule"],
        marks=marks_from_json(data["marks"]),
        pictures=pictures_from_json(data["pictures"], open_picture=open_picture),
    )


def marks_as_json(marks: Mapping[str, Sequence[TextMark]]) -> Json:
    return {part: [list(mark) for mark in of_part] for part, of_part in marks.items()}


def marks_from_json(data: Mapping[str, Any]) -> dict[str, tuple[TextMark, ...]]:
    return {
        part: tuple((start, end, how) for start, end, how in marks) for part, marks in data.items()
    }


def pictures_from_json(
    data: Mapping[str, Any], *, open_picture: Callable[[str], bytes] | None = None
) -> dict[str, tuple[ParsedPicture, ...]]:
    return {
        part: tuple(
            ParsedPicture(
                data=b"" if open_picture is None or p.get("in_bank") else open_picture(p["sha256"]),
                **p,
            )
            for p in pictures
        )
        for part, pictures in data.items()
    }


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
