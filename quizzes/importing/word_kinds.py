"""The kinds of question in a Word file that are more than a choice of one.

A kind is taken only when the file names it in words: in brackets after the number, "Câu 3 (Tự
luận):", or in the heading of its part, "PHẦN III. TRẢ LỜI NGẮN". A group of statements may also
name it by "(Đ)" or "(S)" after each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quizzes.importing.checking import letters
from quizzes.importing.emphasis import tells_key, without_emphasis
from quizzes.importing.file_references import read_reference
from quizzes.importing.parsed import MEDIA, Draft, Field, KeyClaim, KeySource, Kind, Severity
from quizzes.importing.plain import clean, folded, sameness, truth_in, truths_in
from quizzes.importing.row_kinds import max_words_in, rule_named
from quizzes.importing.shaping import (
    RichText,
    shape_essay,
    shape_matching,
    shape_number,
    shape_ordering,
    shape_short_text,
    shape_statements,
)
from quizzes.importing.word_lines import Line

FREE_KINDS = frozenset({Kind.NUMBER, Kind.SHORT_TEXT, Kind.ESSAY})
SHAPED_KINDS = FREE_KINDS | {Kind.STATEMENTS, Kind.ORDERING, Kind.MATCHING}
_NAMES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.ESSAY, re.compile(r"\btu luan\b")),
    (Kind.SHORT_TEXT, re.compile(r"\btra loi ngan\b|\bdien (?:tu|khuyet|vao cho trong)\b")),
    (Kind.NUMBER, re.compile(r"\bdien so\b|\btra loi bang (?:mot )?so\b")),
    (Kind.ORDERING, re.compile(r"\bsap xep\b")),
    (Kind.MATCHING, re.compile(r"\bghep (?:doi|noi|cot|cap)\b|\bnoi (?:cot|y|cap)\b")),
    (Kind.STATEMENTS, re.compile(r"\bdung\s*(?:[,/–-]|hoac|hay)?\s*sai\b")),
)
_NUMBER_TEXT = r"[+-]?\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|[+-]?\d+(?:[.,]\d+)?"
_NUMBER = re.compile(
    rf"(?P<value>{_NUMBER_TEXT})(?:\s*(?P<unit>[^\W\d_][^\d(±]{{0,29}}|%))?"
    rf"(?:\s*\(?\s*(?:±|\+/-|sai số\s*:?)\s*(?P<slack>{_NUMBER_TEXT})[^)\d]*\)?)?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[. ]\d{3})+(?:,\d+)?")
_MAX_WORDS = re.compile(
    r"(?:không quá|tối đa|nhiều nhất)\s+(?:là\s+)?(\d{2,4})\s+(?:từ|chữ)\b", re.IGNORECASE
)
OR = re.compile(r"\s*(?:;|\||\n|\bhoặc\b)\s*", re.IGNORECASE)
_TRUTH_AFTER = re.compile(
    r"(?:\s*[(\[]\s*(?P<inside>đúng|sai|[đðs])\s*[)\]]|(?:\s+[–—-]+>?|\s*[:=→]|\t)\s*"
    r"(?P<bare>đúng|sai|[đðs]))\s*[.;]?\s*$",
    re.IGNORECASE,
)
_TRUTH_BEFORE = re.compile(r"\s*[(\[]\s*(?P<inside>đúng|sai|[đðs])\s*[)\]]\s*", re.IGNORECASE)
_CROSS = re.compile(r"[xX×✓✔√☑☒✗✘•]|þ|ý")


def kind_in(text: str) -> Kind | None:
    """The kind that a heading or a bracket names; None also for choices of one or many."""
    name = folded(text)
    return next((kind for kind, pattern in _NAMES if pattern.search(name)), None)


@dataclass(slots=True)
class Statement:
    line: Line
    truth: bool | None


@dataclass(slots=True)
class Written:
    """What the file says is right, in words: by its source."""

    answers: list[tuple[KeySource, str]] = field(default_factory=list)
    rule: str = ""
    max_words: str = ""
    media: str = ""

    def add(self, source: KeySource, text: str) -> None:
        if text.strip():
            self.answers.append((source, clean(text)))


def read_statement_rows(rows: Sequence[Sequence[Sequence[Line]]]) -> list[Statement] | None:
    """A table of statements with a column "Đúng" and a column "Sai", one of them crossed, or one
    column that says Đ or S. None for any other table."""
    if len(rows) < 3:
        return None
    head = [folded(" ".join(line.text for line in cell)).strip(" .:") for cell in rows[0]]
    both = _columns(head, {"dung", "d"}, {"sai", "s"})
    one = next((c for c, name in enumerate(head) if name in _ONE_COLUMN), None)
    if both is None and one is None:
        return None
    answer_columns = set(both or ()) | ({one} if both is None else set())
    found: list[Statement] = []
    for row in rows[1:]:
        texts = [cell for c, cell in enumerate(row) if c not in answer_columns]
        longest = max(texts, key=lambda cell: sum(len(line.text) for line in cell), default=())
        if not longest or len(row) != len(head):
            return None
        cells = ["".join(line.text for line in cell).strip() for cell in row]
        truth = _crossed(cells[both[0]], cells[both[1]]) if both else truth_in(cells[one or 0])
        found.append(Statement(_one_line(longest), truth))
    return found


_ONE_COLUMN = {"dung/sai", "d/s", "dung hay sai", "dung sai", "dap an (d/s)", "dung, sai"}


def _columns(head: Sequence[str], one: set[str], other: set[str]) -> tuple[int, int] | None:
    first = next((c for c, name in enumerate(head) if name in one), None)
    second = next((c for c, name in enumerate(head) if name in other), None)
    return None if first is None or second is None else (first, second)


def _crossed(true: str, false: str) -> bool | None:
    marks = bool(_CROSS.fullmatch(true)), bool(_CROSS.fullmatch(false))
    return marks[0] if marks[0] != marks[1] and not (true and false) else None


def joined(lines: Sequence[Line]) -> Line:
    """One line of text with the breaks in it."""
    line = lines[0]
    for more in lines[1:]:
        pictures = tuple(replace(p, at=p.at + len(line.text) + 1) for p in more.pictures)
        line = Line(
            f"{line.text}\n{more.text}",
            (*line.marks, 0, *more.marks),
            line.place,
            line.objects | more.objects,
            (*line.pictures, *pictures),
        )
    return line


def _one_line(cell: Sequence[Line]) -> Line:
    line = joined(cell)
    label = _LABEL.match(line.text)
    return line.cut(label.end(), reach=0) if label else line


_LABEL = re.compile(r"\s*(?:[a-h]|\d{1,2})\s*[).:]\s*")


def cut_truth(line: Line) -> Statement:
    """The statement without the "(Đ)" or "– Sai" at its end or the "(S)" at its beginning."""
    before = _TRUTH_BEFORE.match(line.text)
    if before is not None:
        return Statement(line.cut(before.end(), reach=0), truth_in(before["inside"]))
    after = _TRUTH_AFTER.search(line.text)
    if after is None:
        return Statement(line, None)
    kept = line.cut(0, after.start())
    late = tuple(p for p in line.pictures if p.at >= after.start())
    return Statement(
        replace(kept, pictures=(*kept.pictures, *late)),
        truth_in(after["inside"] or after["bare"]),
    )


def truth_claim(
    draft: Draft, truths: Sequence[bool | None], source: KeySource, *, count: int
) -> None:
    """What one place of the file says of all statements; incomplete ones are reported."""
    if not any(truth is not None for truth in truths):
        return
    if len(truths) != count or None in truths:
        given = sum(truth is not None for truth in truths)
        draft.remark(Field.KEY, "truths_incomplete", given=given, count=count)
        return
    draft.claims.append(KeyClaim(source, tuple(i for i, truth in enumerate(truths) if truth)))


def settle_kind(draft: Draft, written: Written) -> None:
    """The content and key of a kind without options, from what was gathered; else remarks."""
    if draft.is_refused:
        return
    match draft.declared:
        case None | Kind.MULTIPLE if written.rule:
            draft.rule = rule_named(draft, Kind.MULTIPLE, written.rule)
        case Kind.STATEMENTS:
            _settle_statements(draft, written)
        case Kind.ORDERING:
            _settle_ordering(draft, written)
        case Kind.MATCHING:
            _settle_matching(draft, written)
        case Kind.ESSAY:
            _settle_essay(draft, written)
        case Kind.SHORT_TEXT | Kind.NUMBER:
            _settle_written(draft, written)


def _settle_statements(draft: Draft, written: Written) -> None:
    texts = _rich_options(draft)
    for source, text in written.answers:
        truths = truths_in(text)
        if truths is None:
            draft.remark(Field.KEY, "truths_unreadable", value=text[:60])
            return
        truth_claim(draft, truths, source, count=len(texts))
    claims = _agreeing(draft)
    if claims is None:
        return
    right = set(claims.indices)
    if any(index >= len(texts) for index in right):
        draft.remark(Field.KEY, "truths_incomplete", given=max(right) + 1, count=len(texts))
        return
    _hide_marks(draft, len(texts), right)
    texts = _rich_options(draft)
    judged = [(text, i in right) for i, text in enumerate(texts)]
    shape_statements(draft, judged, rule=_rule(draft, written))


def _agreeing(draft: Draft) -> KeyClaim | None:
    """The one key that all places of the file give, or None with a remark."""
    if draft.is_refused:
        return None
    if not draft.claims:
        draft.remark(Field.KEY, "truths_missing")
        return None
    one = draft.claims[0]
    other = next((claim for claim in draft.claims if set(claim.indices) != set(one.indices)), None)
    if other is None:
        return one
    draft.remark(
        Field.KEY,
        "truths_conflict",
        one=letters(one.indices).lower() or "–",
        one_source=one.source,
        other=letters(other.indices).lower() or "–",
        other_source=other.source,
    )
    return None


def _hide_marks(draft: Draft, count: int, right: set[int]) -> None:
    parts = list("abcdefgh"[:count])
    if tells_key(draft.marks, parts, [part for i, part in enumerate(parts) if i in right]):
        draft.marks = without_emphasis(draft.marks, parts)
        draft.remark(Field.OPTIONS, "emphasis_left_out", severity=Severity.NOTE)


def _rich_options(draft: Draft) -> list[RichText]:
    """The parts with what stands beside them; the kinds may give them other ids."""
    return [
        RichText(clean(text), draft.marks.get(part, ()), draft.pictures.get(part, ()))
        for part, text in zip("abcdefgh", draft.options, strict=False)
    ] + [RichText(clean(text)) for text in draft.options[8:]]


def _settle_ordering(draft: Draft, written: Written) -> None:
    texts = _rich_options(draft)
    orders: list[list[int]] = []
    for _source, text in written.answers:
        order = order_in(text, len(texts))
        if order is None:
            draft.remark(Field.KEY, "order_unreadable", value=text[:60])
            return
        orders.append(order)
    if not orders:
        draft.remark(Field.KEY, "order_missing")
    elif any(order != orders[0] for order in orders):
        one, other = written.answers[0], written.answers[-1]
        _conflict(draft, one, other)
    else:
        for part in "abcdefgh":
            draft.marks.pop(part, None)
            draft.pictures.pop(part, None)
        items = [texts[index] for index in orders[0]]
        shape_ordering(draft, items, rule=_rule(draft, written))


def _settle_matching(draft: Draft, written: Written) -> None:
    """A pair on a line, "a) vế trái = vế phải": shown apart and shuffled, so it is its own key. Or
    "1. …, 2. …" and "a) …, b) …" with the key "1-b, 2-a"."""
    if len(written.answers) == 1 and _PAIR_KEY.fullmatch(written.answers[0][1]):
        _settle_labelled(draft, written)
        return
    pairs = [_PAIR.split(clean(text)) for text in draft.options]
    if written.answers or draft.pictures or any(len(pair) != 2 for pair in pairs):
        draft.remark(Field.KIND, "matching_in_word")
        return
    draft.marks = {part: marks for part, marks in draft.marks.items() if part == "stem"}
    both = [(RichText(one), RichText(other)) for one, other in pairs]
    shape_matching(draft, both, rule=_rule(draft, written))


def _settle_labelled(draft: Draft, written: Written) -> None:
    """The left sides are the last lines before the options, numbered from 1."""
    lines = clean(draft.stem).split("\n")
    first = next((at for at, line in enumerate(lines) if re.match(r"1\s*[.)]\s", line)), 0)
    left = [_NUMBERED.fullmatch(line) for line in lines[first:]]
    right = _rich_options(draft)
    said = [
        (int(number) - 1, "abcdefgh".index(letter.lower()))
        for number, letter in _ONE_PAIR.findall(written.answers[0][1])
    ]
    is_good = (
        first > 0
        and [line and int(line["number"]) for line in left] == list(range(1, len(left) + 1))
        and sorted(one for one, _other in said) == list(range(len(left)))
        and all(other < len(right) for _one, other in said)
    )
    if not is_good:
        draft.remark(Field.KIND, "matching_in_word")
        return
    draft.stem = "\n".join(lines[:first])
    kept = draft.marks.get("stem", ())
    draft.marks = {"stem": tuple(mark for mark in kept if mark[1] <= len(draft.stem))}
    draft.pictures = {part: found for part, found in draft.pictures.items() if part == "stem"}
    texts = [RichText(clean(line["text"])) for line in left if line]
    pairs = [(texts[one], right[other]) for one, other in sorted(said)]
    taken = {other for _one, other in said}
    extra = [text for at, text in enumerate(right) if at not in taken]
    shape_matching(draft, pairs, extra=extra, rule=_rule(draft, written))


_NUMBERED = re.compile(r"(?P<number>\d{1,2})\s*[.)]\s*(?P<text>.+)")
_ONE_PAIR = re.compile(r"(\d{1,2})\s*[-–—→.:=]*\s*([a-h])", re.IGNORECASE)
_PAIR_KEY = re.compile(rf"(?:{_ONE_PAIR.pattern}[\s,;.]*)+", re.IGNORECASE)
_PAIR = re.compile(r"\s*(?:=|→|⇒|<=>|<->|↔)\s*")


def order_in(text: str, count: int) -> list[int] | None:
    """ "c, a, d, b", "C-A-D-B", "3-1-4-2" as indices; None unless it names each item once."""
    signs = re.findall(r"[a-h]|[1-8]", text.lower())
    rest = re.sub(r"[a-h1-8]|[\s,;>→.–—-]", "", text.lower())
    indices = [("abcdefgh" if sign.isalpha() else "12345678").index(sign) for sign in signs]
    return indices if not rest and sorted(indices) == list(range(count)) else None


def _settle_essay(draft: Draft, written: Written) -> None:
    guide = "\n".join(text for _source, text in written.answers) or draft.explanation
    limit = _MAX_WORDS.search(draft.stem)
    words = int(limit[1]) if limit else None
    shape_essay(draft, guide, max_words=max_words_in(draft, written.max_words) or words)


def _settle_written(draft: Draft, written: Written) -> None:
    if not written.answers:
        draft.remark(Field.KEY, "written_missing")
        return
    one = written.answers[0]
    other = next((a for a in written.answers if sameness(a[1]) != sameness(one[1])), None)
    if other is not None:
        _conflict(draft, one, other)
        return
    number = _NUMBER.fullmatch(one[1].strip(" ."))
    is_code = number is not None and re.fullmatch(r"0\d+", number["value"])
    if number is not None and not is_code:
        unit = (number["unit"] or "").strip(" .")
        shape_number(draft, _decimal(number["value"]), _decimal(number["slack"] or "0"), unit=unit)
        if unit and draft.content is not None and not draft.content:
            draft.content = {"unit": unit}
    elif draft.declared is Kind.NUMBER:
        draft.remark(Field.KEY, "number_unreadable", value=one[1][:40])
    else:
        shape_short_text(draft, OR.split(one[1].rstrip(" .")))


def _rule(draft: Draft, written: Written) -> str:
    assert draft.declared is not None  # noqa: S101 - called for a kind that is named
    return rule_named(draft, draft.declared, written.rule)


def take_situation(draft: Draft, side: str, written: Written) -> None:
    """ "(Tình huống)" after the number makes what stands first in the stem its own; without those
    words a picture is a part of a choice of one. Without a picture or a video it is told in text,
    and a choice of one like any other."""
    if draft.is_refused or draft.declared not in {None, Kind.SINGLE} or not is_situation(side):
        return
    named = read_reference(written.media) if written.media else None
    of_stem = draft.pictures.get("stem", ())
    if named is None and not of_stem:
        return
    draft.declared = Kind.SITUATION
    if named is not None:
        draft.pictures[MEDIA] = (named,)
        return
    draft.pictures[MEDIA] = of_stem[:1]
    del draft.pictures["stem"]
    draft.pictures |= {"stem": of_stem[1:]} if of_stem[1:] else {}


def is_situation(side: str) -> bool:
    return bool(re.search(r"\btinh huong\b", folded(side)))


def _decimal(text: str) -> str:
    """As Vietnamese writes numbers: 1.500 is one thousand five hundred, 1,5 one and a half."""
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "").replace(" ", "")
    return text.replace(",", ".")


def _conflict(draft: Draft, one: tuple[KeySource, str], other: tuple[KeySource, str]) -> None:
    draft.remark(
        Field.KEY,
        "key_conflict",
        one=one[1][:40],
        one_source=one[0],
        other=other[1][:40],
        other_source=other[0],
    )
