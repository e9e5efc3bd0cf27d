"""The kinds of question as a row says them: the kind's name, and an answer in its own form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.vietnamese import parse_decimal
from quizzes.importing.parsed import Draft, Field, Kind, Severity
from quizzes.importing.plain import clean, folded, letters_in, truth_in
from quizzes.importing.shaping import (
    RichText,
    as_text,
    plain,
    shape_essay,
    shape_matching,
    shape_number,
    shape_ordering,
    shape_range,
    shape_short_text,
    shape_statements,
)

_KINDS: Mapping[Kind, frozenset[str]] = {
    Kind.SINGLE: frozenset({
        "mot dap an", "1 dap an", "mot lua chon", "1 lua chon", "single", "single choice",
        "single_choice", "chon mot", "chon 1", "trac nghiem", "mot phuong an",
        "trac nghiem 1 dap an", "trac nghiem mot dap an", "chon mot dap an",
    }),
    Kind.MULTIPLE: frozenset({
        "nhieu dap an", "nhieu lua chon", "multiple", "multiple choice", "multiple_choice",
        "chon nhieu", "nhieu phuong an", "trac nghiem nhieu dap an",
        "trac nghiem nhieu lua chon", "chon nhieu dap an",
    }),
    Kind.TRUE_FALSE: frozenset({
        "dung sai", "dung/sai", "dung / sai", "dung - sai", "true/false", "true false", "d/s",
        "true_false",
    }),
    Kind.STATEMENTS: frozenset({
        "nhom dung sai", "nhom dung/sai", "nhom nhan dinh dung / sai", "nhom nhan dinh dung/sai",
        "dung sai nhieu y", "dung/sai nhieu y", "nhom nhan dinh", "statements",
        "trac nghiem dung sai", "trac nghiem dung/sai", "nhieu y dung sai",
    }),
    Kind.ORDERING: frozenset({
        "sap xep", "sap xep thu tu", "thu tu", "sap thu tu", "ordering", "sap xep theo thu tu",
    }),
    Kind.MATCHING: frozenset({
        "ghep doi", "ghep noi", "noi cot", "noi", "ghep cap", "matching", "ghep cot",
        "noi hai cot",
    }),
    Kind.NUMBER: frozenset({
        "so", "dien so", "tra loi bang so", "nhap so", "number", "numerical", "dap so",
        "tra loi ngan bang so",
    }),
    Kind.SHORT_TEXT: frozenset({
        "tra loi ngan", "dien tu", "dien khuyet", "dien vao cho trong", "short answer",
        "short text", "short_text", "van ban ngan",
    }),
    Kind.ESSAY: frozenset({"tu luan", "essay", "viet luan", "cau tu luan"}),
    Kind.SITUATION: frozenset({
        "tinh huong", "situation", "xu ly tinh huong", "tinh huong video", "cau tinh huong",
        "tinh huong co hinh hoac video",
    }),
}  # fmt: skip
_RULES: Mapping[str, frozenset[str]] = {
    "all_or_nothing": frozenset({
        "all_or_nothing", "dung het moi co diem", "dung het moi duoc diem", "tat ca hoac khong",
        "tron ven", "dung tat ca",
    }),
    "partial": frozenset({
        "partial", "tung phan", "diem tung phan", "tinh diem tung phan", "theo tung phan",
    }),
    "per_statement": frozenset({"per_statement", "tung y", "theo tung y", "diem tung y"}),
    "progressive": frozenset({
        "progressive", "luy tien", "tang dan", "tang dan theo so y dung", "thi tot nghiep",
    }),
}  # fmt: skip
_RULES_OF: Mapping[Kind, frozenset[str]] = {
    Kind.MULTIPLE: frozenset({"all_or_nothing", "partial"}),
    Kind.STATEMENTS: frozenset({"all_or_nothing", "per_statement", "progressive"}),
    Kind.ORDERING: frozenset({"all_or_nothing", "partial"}),
    Kind.MATCHING: frozenset({"all_or_nothing", "partial"}),
}
_MAX_WORDS = 20_000
_BETWEEN = re.compile(r"\s*(?:[-–—→>,;|/]|=>|->|\s)+\s*")
_PAIR_SIGN = re.compile(r"\s*(?:=>|->|→|⇒|=|↔|<->)\s*")
_PAIR_KEY = re.compile(r"(\d{1,2})\s*[-–.:=→>]*\s*([A-La-l])(?![^\W\d_])")
_LABELLED = re.compile(r"\s*(?P<label>\d{1,2}|[A-La-l])\s*[.):]\s+(?P<text>\S.*)", re.DOTALL)
_NAMED_TRUTH = re.compile(
    r"\s*(?P<letter>[A-H])\s*[-–.:)=]?\s*(?P<truth>đúng|sai|đ|s|true|false|t|f)(?!\w)\s*",
    re.IGNORECASE,
)
_NUMBER = r"[+\-\u2212]?[\d.,]*\d"
_WITH_SLACK = re.compile(
    rf"(?P<value>{_NUMBER})\s*(?:±|\+/-|\+-)\s*(?P<slack>[\d.,]*\d)(?P<unit>.*)"
)
_RANGE = re.compile(
    rf"(?:từ\s+)?(?P<low>{_NUMBER})\s*(?:đến|\.\.+|…)\s*(?P<high>{_NUMBER})(?P<unit>.*)"
)
_PLAIN_NUMBER = re.compile(rf"(?P<value>{_NUMBER})(?P<unit>.*)")


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What a row says of its answer: cells as cleaned text. ``numbered``: the options are called 1,
    2, …"""

    options: Sequence[str]
    key: str
    tolerance: str = ""
    rule: str = ""
    numbered: bool = False
    max_words: str = ""


def kind_named(text: str) -> Kind | None:
    name = folded(text).strip(" .")
    return next((kind for kind, names in _KINDS.items() if name in names), None)


def rule_named(draft: Draft, kind: Kind, text: str) -> str:
    """The scoring a row asks for; "" for the kind's own, also when it is not one of this kind's."""
    if not text:
        return ""
    name = folded(text).strip(" .")
    rule = next((rule for rule, names in _RULES.items() if name in names), "")
    if rule in _RULES_OF.get(kind, ()):
        return rule
    draft.remark(Field.KEY, "rule_unknown", severity=Severity.WARNING, value=text[:60])
    return ""


def _statements(draft: Draft, answer: RowAnswer) -> None:
    """ "Đ, S, Đ, S", "ĐSĐS", "a-Đ b-S …", or the letters of the true ones."""
    texts = [plain(option) for option in answer.options]
    truths = _truths(answer.key, len(texts))
    if truths is None:
        draft.options = list(answer.options)
        code = "truths_unreadable" if answer.key else "key_missing"
        draft.remark(Field.KEY, code, value=answer.key[:60])
        return
    shape_statements(draft, list(zip(texts, truths, strict=True)), rule=answer.rule)


def _truths(key: str, count: int) -> list[bool] | None:
    wanted = "ABCDEFGH"[:count]
    bare = re.sub(r"[,;]", " ", key)
    named = list(_NAMED_TRUTH.finditer(bare))
    said = {match["letter"].upper(): truth_in(match["truth"]) for match in named}
    covers_all = not _NAMED_TRUTH.sub("", bare).strip()
    if covers_all and len(named) == count and set(said) == set(wanted):
        return [said[letter] is True for letter in wanted]
    pieces = [piece for piece in _BETWEEN.split(key) if piece]
    if len(pieces) == 1 and re.fullmatch(r"[ĐSđsTFtf]+", pieces[0]):
        pieces = list(pieces[0])
    values = [truth_in(piece) for piece in pieces]
    if len(values) == count and None not in values:
        return [value is True for value in values]
    letters = letters_in(key)
    if letters is None or (letters and letters[-1] >= count):
        return None
    return [place in letters for place in range(count)]


def _ordering(draft: Draft, answer: RowAnswer) -> None:
    """ "B-A-C", "B, A, C", "BAC", "2-1-3"; the items stand in the columns of the options."""
    draft.options = list(answer.options)
    pieces = [piece for piece in _BETWEEN.split(answer.key.strip(" .")) if piece]
    if len(pieces) == 1 and pieces[0].isalpha():
        pieces = list(pieces[0])
    count = len(answer.options)
    names = "12345678"[:count] if pieces and pieces[0].isdigit() else "ABCDEFGH"[:count]
    said = [piece.upper() for piece in pieces]
    if sorted(said) != sorted(names):
        code = "order_unreadable" if answer.key else "key_missing"
        draft.remark(Field.KEY, code, value=answer.key[:60])
        return
    items = [plain(answer.options[names.index(name)]) for name in said]
    shape_ordering(draft, items, rule=answer.rule)


def _matching(draft: Draft, answer: RowAnswer) -> None:
    """A pair a cell, "trái = phải"; or cells labelled "1. …" and "a. …" with the key "1-b, 2-a"."""
    draft.options = list(answer.options)
    if answer.key and (said := _PAIR_KEY.findall(answer.key)):
        _take_labelled(draft, answer, said)
        return
    pairs: list[tuple[RichText, RichText]] = []
    extra: list[RichText] = []
    for option in answer.options:
        pieces = _PAIR_SIGN.split(option)
        if len(pieces) != 2:
            draft.remark(Field.OPTIONS, "pairs_unreadable", value=option[:60])
            return
        if pieces[0].strip():
            pairs.append((plain(pieces[0]), plain(pieces[1])))
        else:
            extra.append(plain(pieces[1]))
    shape_matching(draft, pairs, extra=extra, rule=answer.rule)


def _take_labelled(draft: Draft, answer: RowAnswer, said: Sequence[tuple[str, str]]) -> None:
    labelled = {
        match["label"].lower(): plain(match["text"])
        for option in answer.options
        if (match := _LABELLED.fullmatch(option))
    }
    left = [label for label in labelled if label.isdigit()]
    pairs = {number: letter.lower() for number, letter in said}
    is_good = (
        len(labelled) == len(answer.options)
        and len(pairs) == len(said)
        and sorted(pairs) == sorted(left)
        and all(letter in labelled for letter in pairs.values())
    )
    if not is_good:
        draft.remark(Field.KEY, "pairs_unreadable", value=answer.key[:60])
        return
    extra = [
        text
        for label, text in labelled.items()
        if not label.isdigit() and label not in pairs.values()
    ]
    both = [(labelled[number], labelled[pairs[number]]) for number in left]
    shape_matching(draft, both, extra=extra, rule=answer.rule)


def _number(draft: Draft, answer: RowAnswer) -> None:
    """ "15", "15,5 ngày", "15 ± 0,5", "từ 14 đến 16"; a column of its own may hold the slack."""
    key = clean(answer.key)
    ranged = _RANGE.fullmatch(key)
    match = _WITH_SLACK.fullmatch(key) or _PLAIN_NUMBER.fullmatch(key)
    try:
        if ranged is not None and not answer.tolerance:
            low, high = parse_decimal(ranged["low"]), parse_decimal(ranged["high"])
            shape_range(draft, as_text(low), as_text(high), unit=ranged["unit"])
            return
        if match is None:
            raise ValueError(key)
        slack = answer.tolerance or match.groupdict().get("slack") or "0"
        value, tolerance = parse_decimal(match["value"]), parse_decimal(slack)
    except ValueError:
        draft.declared = Kind.NUMBER
        code = "number_unreadable" if key else "number_missing"
        draft.remark(Field.KEY, code, value=f"{key} {answer.tolerance}".strip()[:40])
        return
    shape_number(draft, as_text(value), as_text(tolerance), unit=match["unit"])


def _short_text(draft: Draft, answer: RowAnswer) -> None:
    """Accepted answers in the key's cell, apart by ";" or lines, or in the option columns."""
    said = re.split(r"[;\n|]", answer.key) if answer.key else answer.options
    shape_short_text(draft, [text for text in said if text.strip()])


def _essay(draft: Draft, answer: RowAnswer) -> None:
    shape_essay(draft, answer.key, max_words=max_words_in(draft, answer.max_words))


def max_words_in(draft: Draft, text: str) -> int | None:
    if not text:
        return None
    if re.fullmatch(r"[1-9][0-9]{0,4}", text) and int(text) <= _MAX_WORDS:
        return int(text)
    draft.remark(Field.KEY, "max_words_unreadable", severity=Severity.WARNING, value=text[:40])
    return None


SHAPERS: Mapping[Kind, Callable[[Draft, RowAnswer], None]] = {
    Kind.STATEMENTS: _statements,
    Kind.ORDERING: _ordering,
    Kind.MATCHING: _matching,
    Kind.NUMBER: _number,
    Kind.SHORT_TEXT: _short_text,
    Kind.ESSAY: _essay,
}
