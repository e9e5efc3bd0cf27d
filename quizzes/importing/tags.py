"""What our own files of Moodle's two formats say in tags, because the formats have no place for it.

A tag is "Tên: giá trị". Other tools keep them as words to search by; a file without them is read
as what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from quizzes.importing.checking import difficulty_in
from quizzes.importing.file_references import read_reference
from quizzes.importing.parsed import MEDIA, Draft, Field, Kind
from quizzes.importing.plain import clean, truth_in
from quizzes.importing.row_kinds import kind_named, max_words_in, rule_named

KIND, DIFFICULTY, LEGAL_BASIS, RULE = "Loại", "Mức độ", "Căn cứ", "Cách tính điểm"
LAST_DAY = "Có giá trị đến"
UNIT, MAX_WORDS, EXPLANATION, FILE = "Đơn vị", "Số từ tối đa", "Giải thích", "Tệp tình huống"
_NAMES = {
    "loại": KIND,
    "mức độ": DIFFICULTY,
    "độ khó": DIFFICULTY,
    "căn cứ": LEGAL_BASIS,
    "căn cứ pháp lý": LEGAL_BASIS,
    "có giá trị đến": LAST_DAY,
    "cách tính điểm": RULE,
    "đơn vị": UNIT,
    "số từ tối đa": MAX_WORDS,
    "giải thích": EXPLANATION,
    "tệp tình huống": FILE,
}
_TAG = re.compile(r"\s*(?P<name>[^:]{1,20}?)\s*:\s*(?P<value>.+)", re.DOTALL)
_HAS_RULE = frozenset({Kind.MATCHING, Kind.STATEMENTS, Kind.ORDERING})


def read_tags(tags: Iterable[str]) -> dict[str, str]:
    """Our names to what they say; a difficulty's bare name says the difficulty."""
    found: dict[str, str] = {}
    for tag in map(clean, tags):
        match = _TAG.fullmatch(tag)
        name = _NAMES.get(match["name"].lower(), "") if match else ""
        if match and name:
            found[name] = match["value"]
        elif len(tag) > 1 and not tag[-1].isdigit() and difficulty_in(tag):
            found[DIFFICULTY] = tag
    return found


def take_tags(draft: Draft, tags: dict[str, str]) -> None:
    """Call it when the answers are read: a tag says more of them, never something else."""
    draft.difficulty = tags.get(DIFFICULTY, draft.difficulty)
    draft.legal_basis = tags.get(LEGAL_BASIS, draft.legal_basis)
    draft.valid_until = tags.get(LAST_DAY, draft.valid_until)
    kind = kind_named(tags.get(KIND, ""))
    if kind is Kind.SITUATION or MEDIA in draft.pictures:
        _take_situation(draft, tags.get(FILE, ""))
    if draft.content is None or draft.key is None:
        return
    if kind is Kind.STATEMENTS and draft.declared is Kind.MATCHING:
        _make_statements(draft)
    if draft.declared in _HAS_RULE and (rule := tags.get(RULE, "")):
        asked = rule_named(draft, draft.declared, rule)
        draft.key |= {"rule": asked} if asked else {}
    if draft.declared is Kind.NUMBER and (unit := tags.get(UNIT, "")):
        draft.content["unit"] = unit
    if draft.declared is Kind.ESSAY and kind is Kind.ESSAY:
        draft.explanation = tags.get(EXPLANATION, "")  # the feedback was the guide
        words = max_words_in(draft, tags.get(MAX_WORDS, ""))
        draft.content |= {"max_words": words} if words else {}


def _take_situation(draft: Draft, reference: str) -> None:
    """One choice after a picture or a video: the first picture of the stem, or the file named."""
    if draft.declared is not Kind.SINGLE:
        draft.remark(Field.KIND, "media")
        return
    draft.declared = Kind.SITUATION
    if MEDIA in draft.pictures:
        return
    named = read_reference(reference) if reference else None
    if named is not None:
        draft.pictures[MEDIA] = (named,)
    elif of_stem := draft.pictures.pop("stem", ()):
        draft.pictures[MEDIA], rest = of_stem[:1], of_stem[1:]
        draft.pictures |= {"stem": rest} if rest else {}


def _make_statements(draft: Draft) -> None:
    """Left sides that all go with "Đúng" or "Sai"."""
    content, key = draft.content or {}, draft.key or {}
    truths = {line["id"]: truth_in(line["text"]) for line in content["right"]}
    if None in truths.values():
        return
    for part in truths:
        draft.marks.pop(part, None)
        draft.pictures.pop(part, None)
    draft.declared = Kind.STATEMENTS
    draft.content = {"statements": content["left"]}
    draft.key = {"true": [left for left, right in key["pairs"].items() if truths[right]]}
    draft.options = [line["text"] for line in content["left"]]
