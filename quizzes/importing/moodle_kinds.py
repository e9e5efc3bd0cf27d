"""The question types of Moodle XML that we have: from their elements to a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from quizzes.importing.answers import (
    Answer,
    NumberAnswer,
    take_feedback,
    take_number,
    take_options,
    take_short_text,
)
from quizzes.importing.html_text import PictureDesk
from quizzes.importing.moodle_parts import Part, inner_text
from quizzes.importing.parsed import Draft, Field, KeyClaim, KeySource, Kind, Severity
from quizzes.importing.shaping import (
    RichText,
    plain,
    shape_essay,
    shape_matching,
    shape_ordering,
)

type Reader = Callable[[Draft, etree._Element, PictureDesk], None]

_NO = frozenset({"false", "0", ""})
_MAX_WORDS = 20_000


def _options(draft: Draft, question: etree._Element, desk: PictureDesk) -> None:
    several = inner_text(question.find("single")).lower() in _NO
    take_options(draft, _answers(draft, question, desk), several=several, source=KeySource.FILE)


def _options_all_or_nothing(draft: Draft, question: etree._Element, desk: PictureDesk) -> None:
    """The plug-in "all or nothing": every right answer has 100."""
    answers = _answers(draft, question, desk)
    right = sum(answer.share >= 100 for answer in answers)
    shared = [Answer(a.text, 100 / right if a.share >= 100 else -100, a.feedback) for a in answers]
    take_options(draft, shared, several=True, source=KeySource.FILE)
    draft.rule = ""


def _answers(draft: Draft, question: etree._Element, desk: PictureDesk) -> list[Answer]:
    return [
        Answer(
            Part(draft, answer, desk).read("option"),
            _share(answer, 0),
            _feedback(draft, answer, desk),
        )
        for answer in question.iterfind("answer")
    ]


def _truth(draft: Draft, question: etree._Element, desk: PictureDesk) -> None:
    draft.options = ["Đúng", "Sai"]
    draft.declared = Kind.TRUE_FALSE
    places = {"true": 0, "false": 1}
    said: list[tuple[str, str]] = []
    for answer in question.iterfind("answer"):
        place = places.get(inner_text(answer).lower())
        if place is None:
            draft.remark(Field.KEY, "key_unreadable", value=inner_text(answer)[:60])
            return
        said.append((draft.options[place], _feedback(draft, answer, desk)))
        if _share(answer, 0) >= 100:
            draft.claims.append(KeyClaim(KeySource.FILE, (place,)))
    take_feedback(draft, said)


def _short_text(draft: Draft, question: etree._Element, desk: PictureDesk) -> None:
    answers = [
        Answer(plain(inner_text(answer)), _share(answer, 100), _feedback(draft, answer, desk))
        for answer in question.iterfind("answer")
    ]
    if inner_text(question.find("usecase")) not in _NO:
        draft.remark(Field.KEY, "case_ignored", severity=Severity.WARNING)
    take_short_text(draft, answers)


def _number(draft: Draft, question: etree._Element, desk: PictureDesk) -> None:
    answers = [
        NumberAnswer(
            inner_text(answer),
            inner_text(answer.find("tolerance")) or "0",
            share=_share(answer, 100),
            feedback=_feedback(draft, answer, desk),
        )
        for answer in question.iterfind("answer")
        if inner_text(answer) != "*"  # only feedback for any other number
    ]
    units = [inner_text(unit) for unit in question.iterfind("units/unit/unit_name")]
    if len(units) > 1:
        draft.remark(Field.KEY, "units_dropped", severity=Severity.WARNING, unit=units[0][:30])
    take_number(draft, answers, unit=units[0] if units else "")


def _pairs(draft: Draft, question: etree._Element, desk: PictureDesk) -> None:
    pairs: list[tuple[RichText, RichText]] = []
    extra: list[RichText] = []
    for element in question.iterfind("subquestion"):
        left = Part(draft, element, desk).read("option")
        right = plain(inner_text(element.find("answer")))
        if left.is_empty:
            extra.append(right)
        else:
            pairs.append((left, right))
    shape_matching(draft, pairs, extra=extra)


def _ordering(draft: Draft, question: etree._Element, desk: PictureDesk) -> None:
    """The answers stand in the right order. ``gradingtype`` -1 is all or nothing."""
    items = [Part(draft, answer, desk).read("option") for answer in question.iterfind("answer")]
    grading = inner_text(question.find("gradingtype")).upper()
    all_or_nothing = grading in {"-1", "ALL_OR_NOTHING"}
    shape_ordering(draft, items, rule="all_or_nothing" if all_or_nothing else "partial")


def _essay(draft: Draft, question: etree._Element, desk: PictureDesk) -> None:
    guide = Part(draft, question.find("graderinfo"), desk).read()
    limit = inner_text(question.find("maxwordlimit"))
    words = int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 7 else 0
    shape_essay(draft, guide.text, max_words=words if 0 < words <= _MAX_WORDS else None)


def _share(answer: etree._Element, default: float) -> float:
    try:
        share = float(answer.get("fraction", default))
    except ValueError:
        return 0
    return share if -1000 < share < 1000 else 0


def _feedback(draft: Draft, answer: etree._Element, desk: PictureDesk) -> str:
    return Part(draft, answer.find("feedback"), desk).read().text


READERS: Mapping[str, Reader] = {
    "multichoice": _options,
    "multichoiceset": _options_all_or_nothing,
    "truefalse": _truth,
    "shortanswer": _short_text,
    "numerical": _number,
    "matching": _pairs,
    "ordering": _ordering,
    "essay": _essay,
}
