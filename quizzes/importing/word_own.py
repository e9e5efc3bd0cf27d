"""A Word file of our own export: its paragraph styles say what each paragraph is.

Nothing is told by signs in the text then, so a text may hold any of them, and every kind comes back
as it went out. The names of the styles are what an author sees in Word; a file in which one
paragraph has another style is read like any other Word file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from quizzes.importing.emphasis import all_marks, clean_lines
from quizzes.importing.file_references import read_reference
from quizzes.importing.parsed import (
    MEDIA,
    Draft,
    Field,
    KeyClaim,
    KeySource,
    Kind,
    Severity,
)
from quizzes.importing.plain import clean, letters_in, truth_in, truths_in
from quizzes.importing.row_kinds import kind_named, max_words_in, rule_named
from quizzes.importing.shaping import (
    RichText,
    shape_essay,
    shape_matching,
    shape_number,
    shape_ordering,
    shape_short_text,
    shape_statements,
)
from quizzes.importing.word_kinds import OR, joined, order_in
from quizzes.importing.word_lines import Block, Line, PlacedPicture
from quizzes.importing.word_pictures import PictureShelf
from quizzes.importing.word_questions import option_part, refuse_objects, take_truth


class OwnStyle(StrEnum):
    """Names of paragraph styles, as Word shows them."""

    TITLE = "Câu hỏi – tên ngân hàng"
    TOPIC = "Câu hỏi – chuyên đề"
    STEM = "Câu hỏi – nội dung"
    OPTION = "Câu hỏi – phương án"
    RIGHT = "Câu hỏi – vế phải"
    PICTURE = "Câu hỏi – hình"
    MEDIA = "Câu hỏi – hình tình huống"
    KEY = "Câu hỏi – đáp án"
    NOTE = "Câu hỏi – ghi chú"
    ASIDE = "Câu hỏi – lời nhắc"  # for people: not read


_OWN = frozenset(OwnStyle)
_LEAD = re.compile(r"\s*Câu\s+(?P<number>\d{1,6})(?:\s*\((?P<kind>[^()]*)\))?\s*[:.]\s?")
_LABEL = re.compile(r"\s*(?:[A-La-l]|\d{1,2})[.)](?:\s|$)")
_TOPIC = re.compile(r"\s*Chuyên đề\s*:\s?", re.IGNORECASE)
_KEY = re.compile(r"\s*(?:Đáp án|Hướng dẫn chấm)(?P<place>\s+\d{1,2})?\s*:\s?", re.IGNORECASE)
_NOTE = re.compile(
    r"\s*(?P<name>Giải thích|Căn cứ|Có giá trị đến|Mức độ|Cách tính điểm|Số từ tối đa"
    r"|Tệp tình huống)\s*:\s?",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?P<left>\d{1,2})\s*-\s*(?P<right>[a-l])", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<value>[+-]?\d+(?:,\d+)?)(?:\s+(?P<unit>[^±]*?))?\s*(?:\(\s*±\s*(?P<slack>\d+(?:,\d+)?)\s*\))?"
)
MAX_UNIT_CHARS = 30
_RIGHT_LETTERS = "abcdefghijkl"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """With the breaks in it as line ends."""

    style: str
    line: Line


@dataclass(slots=True)
class _Own:
    """One question's paragraphs, sorted. ``answers``: of the key; ``listed``: each of them is one
    accepted answer, whatever signs are in it."""

    stem: Line
    options: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)
    media: list[PlacedPicture] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    listed: bool = False
    notes: dict[str, str] = field(default_factory=dict)

    def placed(self) -> dict[str, tuple[PlacedPicture, ...]]:
        parts = {"stem": self.stem.pictures, MEDIA: tuple(self.media)}
        parts |= {option_part(at): line.pictures for at, line in enumerate(self.options)}
        return parts | {str(at): line.pictures for at, line in enumerate(self.right, 1)}


def has_own_styles(blocks: Iterable[Block]) -> bool:
    styles = {
        block.style if isinstance(block, Line) else ""
        for block in blocks
        if not (isinstance(block, Line) and block.is_blank)
    }
    return OwnStyle.STEM in styles and styles <= _OWN


def read_own_file(blocks: Iterable[Block], shelf: PictureShelf | None) -> Iterator[Draft]:
    topic = ""
    question: list[_Paragraph] = []
    count = 0
    for paragraph in _paragraphs(blocks):
        if paragraph.style in {OwnStyle.TOPIC, OwnStyle.STEM} and question:
            count += 1
            yield _draft(question, count, topic, shelf)
            question = []
        if paragraph.style == OwnStyle.TOPIC:
            topic = clean(_TOPIC.sub("", paragraph.line.text, count=1))
        elif paragraph.style == OwnStyle.STEM or question:
            question.append(paragraph)
    if question:
        yield _draft(question, count + 1, topic, shelf)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[_Paragraph]:
    lines: list[Line] = []
    for block in blocks:
        if not isinstance(block, Line):
            continue
        if lines and not block.continues:
            yield from _whole(lines)
            lines = []
        lines.append(block)
    yield from _whole(lines)


def _whole(lines: Sequence[Line]) -> Iterator[_Paragraph]:
    if any(not line.is_blank for line in lines):
        yield _Paragraph(lines[0].style, joined(lines))


def _draft(
    paragraphs: Sequence[_Paragraph], place: int, topic: str, shelf: PictureShelf | None
) -> Draft:
    first = paragraphs[0].line
    lead = _LEAD.match(first.text)
    number = lead["number"] if lead else str(place)
    draft = Draft(number=number, row=place, topic=topic)
    refuse_objects(draft, [paragraph.line for paragraph in paragraphs])
    own = _sorted(draft, first.cut(lead.end(), reach=0) if lead else first, paragraphs[1:])
    draft.stem = _dressed(draft, "stem", own.stem)
    draft.explanation = own.notes.get("giải thích", "")
    draft.legal_basis = own.notes.get("căn cứ", "")
    draft.valid_until = own.notes.get("có giá trị đến", "")
    draft.difficulty = own.notes.get("mức độ", "")
    if shelf is not None:
        shelf.take(draft, own.placed())
    named = lead["kind"] if lead else None
    draft.declared = kind_named(named) if named else None
    if named and draft.declared is None:
        draft.remark(Field.KIND, "kind_unknown", kind=clean(named)[:40])
    if not draft.is_refused:
        _SETTLERS.get(draft.declared, _settle_choice)(draft, own)
    return draft


def _sorted(draft: Draft, stem: Line, rest: Iterable[_Paragraph]) -> _Own:
    own = _Own(stem)
    shown: list[Line] | None = None  # what a picture below it belongs to; the stem
    for paragraph in rest:
        line = paragraph.line
        match paragraph.style:
            case OwnStyle.OPTION | OwnStyle.RIGHT:
                shown = own.options if paragraph.style == OwnStyle.OPTION else own.right
                label = _LABEL.match(line.text)
                shown.append(line.cut(label.end(), reach=0) if label else line)
            case OwnStyle.PICTURE if shown:
                shown[-1] = _with_pictures(shown[-1], line)
            case OwnStyle.PICTURE:
                own.stem = _with_pictures(own.stem, line)
            case OwnStyle.MEDIA:
                own.media += line.pictures
            case OwnStyle.KEY | OwnStyle.NOTE:
                _take_words(own, paragraph)
                if line.pictures:
                    code = "picture_in_reason"
                    draft.remark(Field.EXPLANATION, code, severity=Severity.WARNING)
            case OwnStyle.STEM:
                own.stem = joined([own.stem, line])
    return own


def _with_pictures(line: Line, more: Line) -> Line:
    """A paragraph of a picture may have a caption."""
    whole = joined([line, more])
    return whole if more.text.strip() else replace(line, pictures=whole.pictures)


def _take_words(own: _Own, paragraph: _Paragraph) -> None:
    text = paragraph.line.text
    if paragraph.style == OwnStyle.KEY:
        key = _KEY.match(text)
        own.listed |= key is not None and key["place"] is not None
        own.answers.append(clean(text[key.end() :] if key else text))
        return
    note = _NOTE.match(text)
    name = note["name"].lower() if note else next(reversed(own.notes), "giải thích")
    said = text[note.end() :] if note else text
    own.notes[name] = clean(f"{own.notes.get(name, '')}\n{said}")


def _dressed(draft: Draft, part: str, line: Line) -> str:
    text, flags = clean_lines([line])
    if marks := all_marks(text, flags):
        draft.marks[part] = marks
    return line.text  # as written: `settle` cleans it, and knows old fonts


def _rich(draft: Draft, lines: Sequence[Line], parts: Sequence[str]) -> list[RichText]:
    found = []
    for part, line in zip(parts, lines, strict=True):
        text, flags = clean_lines([line])
        pictures = draft.pictures.pop(part, ())
        found.append(RichText(text, all_marks(text, flags), pictures))
    return found


def _rich_options(draft: Draft, own: _Own) -> list[RichText]:
    draft.options = [line.text for line in own.options]
    return _rich(draft, own.options, [option_part(at) for at in range(len(own.options))])


def _settle_choice(draft: Draft, own: _Own) -> None:
    """One or many of the options; none at all under a statement that is true or false."""
    text = own.answers[0] if own.answers else ""
    truth = truth_in(text)
    if not own.options and truth is not None:
        take_truth(draft, truth, KeySource.LINE)
        return
    draft.options = [_dressed(draft, option_part(at), line) for at, line in enumerate(own.options)]
    indices = letters_in(text)
    if indices is not None:
        draft.claims.append(KeyClaim(KeySource.LINE, indices))
    elif text:
        draft.remark(Field.KEY, "key_unreadable", value=text[:60])
    if draft.declared is Kind.MULTIPLE:
        draft.rule = _rule(draft, own)
    if draft.declared is Kind.SITUATION and MEDIA not in draft.pictures:
        named = read_reference(own.notes.get("tệp tình huống", ""))
        draft.pictures |= {MEDIA: (named,)} if named else {}


def _settle_statements(draft: Draft, own: _Own) -> None:
    texts = _rich_options(draft, own)
    text = "\n".join(own.answers)
    truths = truths_in(text)
    if truths is None or len(truths) != len(texts):
        code = "truths_unreadable" if text else "truths_missing"
        draft.remark(Field.KEY, code, value=text[:60])
        return
    shape_statements(draft, list(zip(texts, truths, strict=True)), rule=_rule(draft, own))


def _settle_ordering(draft: Draft, own: _Own) -> None:
    texts = _rich_options(draft, own)
    text = "\n".join(own.answers)
    order = order_in(text, len(texts))
    if order is None:
        code = "order_unreadable" if text else "order_missing"
        draft.remark(Field.KEY, code, value=text[:60])
        return
    shape_ordering(draft, [texts[at] for at in order], rule=_rule(draft, own))


def _settle_matching(draft: Draft, own: _Own) -> None:
    left = _rich_options(draft, own)
    right = _rich(draft, own.right, [str(at) for at in range(1, len(own.right) + 1)])
    text = "\n".join(own.answers)
    said = [
        (int(match["left"]) - 1, _RIGHT_LETTERS.index(match["right"].lower()))
        for match in _PAIR.finditer(text)
    ]
    is_good = sorted(one for one, _other in said) == list(range(len(left)))
    if not is_good or any(other >= len(right) for _one, other in said):
        code = "pairs_unreadable" if text else "key_missing"
        draft.remark(Field.KEY, code, value=text[:60])
        return
    pairs = [(left[one], right[other]) for one, other in sorted(said)]
    taken = {other for _one, other in said}
    extra = [text for at, text in enumerate(right) if at not in taken]
    shape_matching(draft, pairs, extra=extra, rule=_rule(draft, own))


def _settle_number(draft: Draft, own: _Own) -> None:
    text = " ".join(own.answers).strip()
    match = _NUMBER.fullmatch(text)
    if match is None:
        code = "number_unreadable" if text else "number_missing"
        draft.remark(Field.KEY, code, value=text[:40])
        return
    value, slack = (match[name] or "0" for name in ("value", "slack"))
    unit = clean(match["unit"] or "")
    shape_number(draft, value.replace(",", "."), slack.replace(",", "."), unit=unit)
    if draft.content is not None and unit:
        draft.content["unit"] = unit[:MAX_UNIT_CHARS]


def _settle_short_text(draft: Draft, own: _Own) -> None:
    said = own.answers if own.listed else OR.split("\n".join(own.answers))
    shape_short_text(draft, said)


def _settle_essay(draft: Draft, own: _Own) -> None:
    words = max_words_in(draft, own.notes.get("số từ tối đa", ""))
    shape_essay(draft, "\n".join(own.answers), max_words=words)


def _rule(draft: Draft, own: _Own) -> str:
    assert draft.declared is not None  # noqa: S101 - only kinds that are named have a rule here
    return rule_named(draft, draft.declared, own.notes.get("cách tính điểm", ""))


_SETTLERS: Mapping[Kind | None, Callable[[Draft, _Own], None]] = {
    Kind.STATEMENTS: _settle_statements,
    Kind.ORDERING: _settle_ordering,
    Kind.MATCHING: _settle_matching,
    Kind.NUMBER: _settle_number,
    Kind.SHORT_TEXT: _settle_short_text,
    Kind.ESSAY: _settle_essay,
}
