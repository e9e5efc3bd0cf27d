"""Answers with shares of the points, as Moodle's formats give them, and what our scoring keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.importing.parsed import Draft, Field, KeyClaim, KeySource, Kind, Severity
from quizzes.importing.plain import clean
from quizzes.importing.shaping import RichText, dress, shape_number, shape_range, shape_short_text

# Moodle writes a third as 33.333 or 33.33333: three of them are still the whole.
_SLACK = 0.1
_FULL = 100 - _SLACK
_IDS = "abcdefgh"


@dataclass(frozen=True, slots=True)
class Answer:
    """``share`` in percent of the points: 100 is right, 0 wrong, less than 0 costs points."""

    text: RichText
    share: float = 0
    feedback: str = ""


def take_options(
    draft: Draft, answers: Sequence[Answer], *, several: bool, source: KeySource
) -> None:
    """``several``: more than one may be ticked, and the shares add up."""
    draft.options = [answer.text.text for answer in answers]
    for letter, answer in zip(_IDS, answers, strict=False):
        dress(draft, letter, answer.text)
    take_feedback(draft, [(answer.text.text, answer.feedback) for answer in answers])
    if several:
        _take_several(draft, [answer.share for answer in answers], source)
        return
    draft.declared = Kind.SINGLE
    right = tuple(i for i, answer in enumerate(answers) if answer.share >= _FULL)
    if right:
        draft.claims.append(KeyClaim(source, right))
    if any(abs(answer.share) > _SLACK and answer.share < _FULL for answer in answers):
        draft.remark(Field.KEY, "weights_dropped", severity=Severity.WARNING)


def _take_several(draft: Draft, shares: Sequence[float], source: KeySource) -> None:
    """Right answers that share the whole equally, and each wrong one taking as much away, is our
    partial scoring; each wrong one taking all away our all or nothing. Anything else is told."""
    right = tuple(i for i, share in enumerate(shares) if share > 0)
    if not right:
        return  # settled as a missing key
    draft.declared = Kind.MULTIPLE
    draft.claims.append(KeyClaim(source, right))
    good = [shares[i] for i in right]
    wrong = [share for share in shares if share <= 0]
    if max(good) - min(good) > _SLACK or abs(sum(good) - 100) > 1:
        draft.remark(Field.KEY, "weights_uneven", severity=Severity.WARNING)
    elif wrong and all(share <= -_FULL for share in wrong):
        return
    elif all(abs(share + 100 / len(good)) <= _SLACK for share in wrong):
        draft.rule = "partial"
    else:
        draft.remark(Field.KEY, "weights_otherwise", severity=Severity.WARNING)


def take_short_text(draft: Draft, answers: Sequence[Answer]) -> None:
    """``*`` in an answer stands for any text, which nothing of ours means."""
    take_feedback(draft, [(answer.text.text, answer.feedback) for answer in answers])
    right = [answer.text.text for answer in answers if answer.share >= _FULL]
    if any("*" in text.replace(r"\*", "") for text in right):
        draft.remark(Field.KEY, "accepted_pattern")
    if any(_SLACK < answer.share < _FULL for answer in answers):
        draft.remark(Field.KEY, "weights_dropped", severity=Severity.WARNING)
    shape_short_text(draft, [text.replace(r"\*", "*") for text in right])


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """Decimal texts with a point; ``high`` makes ``value`` the low end of a range."""

    value: str
    tolerance: str = "0"
    high: str = ""
    share: float = 100
    feedback: str = ""


def take_number(draft: Draft, answers: Sequence[NumberAnswer], *, unit: str = "") -> None:
    take_feedback(draft, [(answer.value, answer.feedback) for answer in answers])
    right = [answer for answer in answers if answer.share >= _FULL]
    draft.declared = Kind.NUMBER
    if any(_SLACK < answer.share < _FULL for answer in answers):
        draft.remark(Field.KEY, "weights_dropped", severity=Severity.WARNING)
    if not right:
        draft.remark(Field.KEY, "number_missing")
    elif len(right) > 1:
        draft.remark(Field.KEY, "numbers_several", count=len(right))
    elif right[0].high:
        shape_range(draft, right[0].value, right[0].high, unit=unit)
    else:
        shape_number(draft, right[0].value, right[0].tolerance, unit=unit)


def take_feedback(draft: Draft, feedback: Sequence[tuple[str, str]]) -> None:
    """Feedback on single answers joins the explanation by their text: options are shuffled."""
    lines = [f"“{clean(answer)}”: {clean(text)}" for answer, text in feedback if text.strip()]
    if lines:
        draft.explanation = "\n".join([draft.explanation, *lines]).strip()
        draft.remark(Field.EXPLANATION, "feedback_joined", severity=Severity.NOTE)
