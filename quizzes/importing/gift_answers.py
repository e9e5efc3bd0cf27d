"""The answer block of a GIFT question: its kind, its answers, their shares, its feedback."""

from __future__ import annotations

import re

from quizzes.importing.answers import (
    Answer,
    NumberAnswer,
    take_feedback,
    take_number,
    take_options,
    take_short_text,
)
from quizzes.importing.gift_text import GiftTexts, show_escapes
from quizzes.importing.parsed import Draft, Field, KeyClaim, KeySource, Kind
from quizzes.importing.shaping import RichText, shape_essay, shape_matching, shape_ordering

_WEIGHT = re.compile(r"\s*%(?P<weight>-?\d{1,3}(?:\.\d{0,6})?)%")
_ORDER_HEAD = re.compile(r">\s*\d{0,4}(?:\s+[A-Za-z0-9_]+)*\s*")
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def read_answers(draft: Draft, block: str, texts: GiftTexts) -> None:
    """Fill in content, key and explanation; a kind we do not have is refused by name."""
    block, general = _general_feedback(block)
    if general:
        draft.explanation = texts.read(general).text
    if not block:
        shape_essay(draft)
    elif block.startswith("#"):
        _take_number(draft, block[1:], texts)
    elif block.startswith(">"):
        _take_order(draft, block, texts)
    elif "~" in block:
        answers = [_answer(texts, part) for part in _parts(block, "~=")]
        several = "=" not in block
        take_options(draft, answers, several=several, source=KeySource.GIFT)
    elif "=" in block and "->" in block:
        _take_pairs(draft, block, texts)
    elif block.partition("#")[0].strip().upper() in _TRUTH:
        _take_truth(draft, block, texts)
    else:
        answers = [_answer(texts, part, bare=True) for part in _parts(block, "=")]
        take_short_text(draft, answers)


def _general_feedback(block: str) -> tuple[str, str]:
    start = block.rfind("####")
    return (block, "") if start < 0 else (block[:start].strip(), block[start + 4 :])


def _take_truth(draft: Draft, block: str, texts: GiftTexts) -> None:
    """``{TRUE#feedback when wrong#feedback when right}``"""
    answer, *feedback = block.split("#", 2)
    draft.options = ["Đúng", "Sai"]
    draft.declared = Kind.TRUE_FALSE
    is_true = _TRUTH[answer.strip().upper()]
    draft.claims.append(KeyClaim(KeySource.GIFT, (0 if is_true else 1,)))
    said = [texts.plain(part) for part in feedback]
    right, wrong = ("Đúng", "Sai") if is_true else ("Sai", "Đúng")
    take_feedback(draft, list(zip((wrong, right), said, strict=False)))


def _parts(block: str, signs: str) -> list[tuple[str, str]]:
    """(sign, text) of each answer; text before the first sign is an answer of the first sign."""
    pieces = re.split(f"([{signs}])", block)
    parts = [(signs[0], pieces[0])] if pieces[0].strip() else []
    return parts + list(zip(pieces[1::2], pieces[2::2], strict=True))


def _weighed(text: str, default: float) -> tuple[float, str]:
    match = _WEIGHT.match(text)
    return (float(match["weight"]), text[match.end() :]) if match else (default, text)


def _answer(texts: GiftTexts, part: tuple[str, str], *, bare: bool = False) -> Answer:
    """``bare``: the text is compared with what is typed, so it has no format."""
    sign, text = part
    share, rest = (
        (100.0, _weighed(text, 100)[1])
        if sign == "=" and not bare
        else _weighed(text, 100 if bare else 0)
    )
    body, _, feedback = rest.partition("#")
    read = RichText(show_escapes(body).strip()) if bare else texts.read(body, "option")
    return Answer(read, share, texts.plain(feedback))


def _take_pairs(draft: Draft, block: str, texts: GiftTexts) -> None:
    """``=left -> right``; a right side alone is a wrong choice more."""
    pairs: list[tuple[RichText, RichText]] = []
    extra: list[RichText] = []
    for _sign, text in _parts(block, "="):
        left, arrow, right = text.partition("->")
        if not arrow:
            draft.remark(Field.OPTIONS, "gift_pair", text=show_escapes(text).strip()[:60])
            return
        one = texts.read(left, "option")
        other = texts.read(right, "option")
        if one.is_empty:
            extra.append(other)
        else:
            pairs.append((one, other))
    shape_matching(draft, pairs, extra=extra)


def _take_order(draft: Draft, block: str, texts: GiftTexts) -> None:
    """``>count SELECT LAYOUT GRADING …``, then an item a line in the right order: what Moodle's
    question type "ordering" writes and reads."""
    head, _, rest = block.partition("\n")
    lines = [line for line in rest.split("\n") if line.strip()]
    if _ORDER_HEAD.fullmatch(head) is None:
        draft.remark(Field.OPTIONS, "gift_order", text=show_escapes(head).strip()[:60])
        return
    # The items have a format of their own, and it is not that of the stem.
    items = [texts.read(line, "option", default_format="moodle") for line in lines]
    rule = "all_or_nothing" if "ALL_OR_NOTHING" in head.upper() else "partial"
    shape_ordering(draft, items, rule=rule)


def _take_number(draft: Draft, block: str, texts: GiftTexts) -> None:
    """``value:tolerance``, ``low..high``, or several behind ``=``; what follows ``~`` is feedback
    for any other number."""
    block, tilde, rest = block.partition("~")
    answers = []
    for _sign, text in _parts(block, "="):
        share, weighed = _weighed(text, 100)
        body, _, feedback = weighed.partition("#")
        value, low_high, high = body.partition("..")
        tolerance = ""
        if not low_high:
            value, _, tolerance = body.partition(":")
        said = texts.plain(feedback)
        answers.append(
            NumberAnswer(
                show_escapes(value).strip(), tolerance.strip() or "0", high.strip(), share, said
            )
        )
    take_number(draft, answers)
    if tilde and (other := texts.plain(rest.partition("#")[2])):
        take_feedback(draft, [("…", other)])
