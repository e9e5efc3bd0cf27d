"""The answer block of a GIFT question: which kind it is, its options, its weights, its feedback."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizzes.importing.gift_text import note_text, read_text
from quizzes.importing.parsed import Draft, Field, KeyClaim, KeySource, Kind, Severity
from quizzes.importing.plain import clean

_WEIGHT = re.compile(r"\s*%(?P<weight>-?\d{1,3}(?:\.\d{1,6})?)%")
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
# Moodle writes a third as 33.333 or 33.33333: three of them are still the whole.
_WEIGHT_SLACK = 0.1


@dataclass(frozen=True, slots=True)
class _Answer:
    sign: str
    text: str
    weight: float | None
    feedback: str


def read_answers(draft: Draft, block: str, *, default_format: str) -> None:
    """Fill in options, key and explanation; a kind we do not have is refused by name."""
    block, general = _general_feedback(block)
    if general:
        draft.explanation = _text(draft, general, default_format)
    unsupported = _unsupported(block)
    if unsupported:
        draft.remark(Field.KIND, unsupported)
        return
    if "~" not in block:
        _take_truth(draft, block, default_format)
        return
    answers = [_answer(draft, part, default_format) for part in _parts(block)]
    draft.options = [answer.text for answer in answers]
    _take_feedback(draft, [(answer.text, answer.feedback) for answer in answers])
    if any(answer.sign == "=" for answer in answers):
        _take_single(draft, answers)
    else:
        _take_weights(draft, answers)


def _general_feedback(block: str) -> tuple[str, str]:
    start = block.rfind("####")
    return (block, "") if start < 0 else (block[:start].strip(), block[start + 4 :])


def _unsupported(block: str) -> str:
    if not block:
        return "gift_essay"
    if block.startswith("#"):
        return "gift_numerical"
    if "~" in block:
        return ""
    if "=" in block and "->" in block:
        return "gift_matching"
    return "" if block.partition("#")[0].strip().upper() in _TRUTH else "gift_short_answer"


def _take_truth(draft: Draft, block: str, default_format: str) -> None:
    """``{TRUE#feedback when wrong#feedback when right}``"""
    answer, *feedback = block.split("#")
    draft.options = ["Đúng", "Sai"]
    draft.declared = Kind.TRUE_FALSE
    is_true = _TRUTH[answer.strip().upper()]
    draft.claims.append(KeyClaim(KeySource.GIFT, (0 if is_true else 1,)))
    texts = [_text(draft, part, default_format) for part in feedback]
    right, wrong = ("Đúng", "Sai") if is_true else ("Sai", "Đúng")
    _take_feedback(draft, list(zip((wrong, right), texts, strict=False)))


def _parts(block: str) -> list[tuple[str, str]]:
    """(sign, text) of each answer; Moodle takes text before the first sign as a wrong answer."""
    pieces = re.split(r"([~=])", block)
    parts = [("~", pieces[0])] if pieces[0].strip() else []
    return parts + list(zip(pieces[1::2], pieces[2::2], strict=True))


def _answer(draft: Draft, part: tuple[str, str], default_format: str) -> _Answer:
    sign, text = part
    match = _WEIGHT.match(text)
    body, _, feedback = text[match.end() if match else 0 :].partition("#")
    return _Answer(
        sign,
        _text(draft, body, default_format),
        float(match["weight"]) if match else None,
        _text(draft, feedback, default_format),
    )


def _take_single(draft: Draft, answers: list[_Answer]) -> None:
    """One "=" is the key. A share of the points for another answer cannot be kept."""
    right = tuple(i for i, answer in enumerate(answers) if answer.sign == "=")
    draft.declared = Kind.SINGLE
    draft.claims.append(KeyClaim(KeySource.GIFT, right))
    if any(answer.weight not in {None, 0, 100} for answer in answers):
        draft.remark(Field.KEY, "weights_dropped", severity=Severity.WARNING)


def _take_weights(draft: Draft, answers: list[_Answer]) -> None:
    """No "=": several answers are right, each with a share. Shares that differ, or are not the
    whole together, cannot be kept: every right answer counts the same here."""
    right = tuple(i for i, answer in enumerate(answers) if (answer.weight or 0) > 0)
    if not right:
        return  # settled as a missing key
    draft.declared = Kind.MULTIPLE
    draft.claims.append(KeyClaim(KeySource.GIFT, right))
    weights = [answers[i].weight or 0 for i in right]
    if max(weights) - min(weights) > _WEIGHT_SLACK or abs(sum(weights) - 100) > 1:
        draft.remark(Field.KEY, "weights_uneven", severity=Severity.WARNING)


def _take_feedback(draft: Draft, feedback: list[tuple[str, str]]) -> None:
    """Feedback on single answers joins the explanation by their text: options are shuffled."""
    lines = [f"“{clean(answer)}”: {clean(text)}" for answer, text in feedback if text.strip()]
    if lines:
        draft.explanation = "\n".join([draft.explanation, *lines]).strip()
        draft.remark(Field.EXPLANATION, "feedback_joined", severity=Severity.NOTE)


def _text(draft: Draft, text: str, default_format: str) -> str:
    read = read_text(text, default_format)
    note_text(draft, read)
    return read.text
