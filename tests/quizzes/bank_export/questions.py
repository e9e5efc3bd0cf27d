"""Questions of every kind for hypothesis, and what two of them must have in common to be one."""

import hashlib
from datetime import date
from typing import Any

from hypothesis import strategies as st

from core.vietnamese import detect_legacy_encoding
from quizzes.bank_export.exported import ExportedQuestion, Media, Picture
from quizzes.importing.parsed import MEDIA, Kind, ParsedQuestion
from quizzes.importing.plain import clean, sameness, stem_key
from quizzes.marked_text import ranges
from tests.quizzes.importing.word_files import picture_bytes

# Words as authors write them, and every sign that some format could take for one of its own.
_WORDS = st.sampled_from(
    ["Đường", "nghị định", "Ủy ban", "30/2020/NĐ-CP", "hồ sơ", "3 ngày", "m²", "ông A", "là", "sai"]
)
_SIGNS = st.sampled_from(
    [
        *":=#{}~\\%*<>&;,()[]\"'/|-+@$!?.",
        *("->", "=>", "→", "//", "::", "[html]", "%50%", "####", "<b>", "</b>", "&lt;", "&amp;"),
        *("\\n", "$CATEGORY:", "{TRUE}", "]]>", "<!--", "..", "1."),
    ]
)
_PIECES = st.lists(st.one_of(_WORDS, _SIGNS, _WORDS), min_size=1, max_size=6)

_DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


LISTS = ("options", "statements", "items", "left", "right")
_PIXELS = picture_bytes()
PHOTO = Media(
    sha256=hashlib.sha256(_PIXELS).hexdigest(),
    media_type="image/png",
    alt='Quầy số 3: "giờ nghỉ" [ảnh]',
    width=40,
    height=20,
    picture=Picture(_PIXELS, "image/png", "hinh-1.png", 'Quầy số 3: "giờ nghỉ" [ảnh]'),
)
SEEN = [
    Picture(picture_bytes(colour=(0, place * 40, 90)), "image/png", f"hinh-{place}.png", alt)
    for place, alt in enumerate(["Dấu tròn", 'Sơ đồ "một cửa" > hai cửa'], start=2)
]
FILM = Media(sha256="ab" * 32, media_type="video/mp4", alt="Người dân chờ; cán bộ vắng")


@st.composite
def texts(draw: Any, *, lines: bool = True) -> str:
    parts = draw(_PIECES)
    joiners = [" ", "", "\n"] if lines else [" ", ""]
    text = parts[0]
    for part in parts[1:]:
        text += draw(st.sampled_from(joiners)) + part
    text = clean(f"{draw(_WORDS)} {text}" if draw(st.booleans()) else f"{text} {draw(_WORDS)}")
    return text if detect_legacy_encoding(text) is None else "Hồ sơ"


def different(**options: Any) -> Any:
    return st.lists(texts(**options).filter(sameness), min_size=2, max_size=5, unique_by=sameness)


@st.composite
def marks(draw: Any, text: str) -> list[list[Any]]:
    """Whole words, so that a mark never ends in a blank."""
    chosen = [char.isalpha() and draw(st.booleans()) for char in text[:6]]
    return [list(mark) for mark in ranges(chosen, draw(st.sampled_from(["b", "i"])))]


def listed(values: list[str], ids: str = "abcdefgh") -> list[dict[str, str]]:
    return [{"id": code, "text": text} for code, text in zip(ids, values, strict=False)]


@st.composite
def contents(draw: Any, kind: Kind) -> tuple[dict[str, Any], dict[str, Any]]:
    if kind is Kind.TRUE_FALSE:
        options = [{"id": "true", "text": "Đúng"}, {"id": "false", "text": "Sai"}]
        return {"options": options}, {"correct": [draw(st.sampled_from(["true", "false"]))]}
    if kind is Kind.NUMBER:
        decimals = st.decimals(-9999, 9999, places=draw(st.integers(0, 3)))
        value, slack = f"{draw(decimals):f}", f"{abs(draw(decimals)):f}"
        unit = draw(st.sampled_from(["", "ngày", "%", "m²", "km/h"]))
        key = {"value": tidy(value), "tolerance": tidy(slack)}
        if draw(st.booleans()):
            del key["tolerance"]  # written on screen, with the field left empty
        return {"unit": unit} if unit else {}, key
    if kind is Kind.SHORT_TEXT:
        accepted = st.lists(texts(lines=False), min_size=1, max_size=4, unique_by=stem_key)
        return {}, {"accepted": draw(accepted)}
    if kind is Kind.ESSAY:
        words = draw(st.sampled_from([None, 300]))
        return {"max_words": words} if words else {}, {"guide": draw(texts())}
    values = draw(different())
    rule: dict[str, str] = {}
    if kind in {Kind.STATEMENTS, Kind.ORDERING, Kind.MATCHING}:
        rules = ["all_or_nothing", "per_statement" if kind is Kind.STATEMENTS else "partial"]
        rule = {"rule": draw(st.sampled_from(rules))}
    if kind is Kind.STATEMENTS:
        true = [code for code in "abcdefgh"[: len(values)] if draw(st.booleans())]
        return {"statements": listed(values)}, {"true": true, **rule}
    if kind is Kind.ORDERING:
        return {"items": listed(values)}, {
            "order": draw(st.permutations("abcdefgh"[: len(values)])),
            **rule,
        }
    if kind is Kind.MATCHING:
        right = draw(different(lines=False))
        numbers = "12345"[: len(right)]
        pairs = {code: draw(st.sampled_from(numbers)) for code in "abcdefgh"[: len(values)]}
        return {"left": listed(values), "right": listed(right, numbers)}, {"pairs": pairs, **rule}
    if kind in {Kind.SINGLE, Kind.SITUATION}:
        return {"options": listed(values)}, {"correct": [draw(st.sampled_from("ab"))]}
    # Two right of three at least, so that each scoring is one that a share can say.
    values = draw(different().filter(lambda found: len(found) > 2))
    rule = {"rule": "partial"} if draw(st.booleans()) else {}
    return {"options": listed(values)}, {"correct": ["a", "c"], **rule}


@st.composite
def questions(draw: Any, kinds: list[Kind], *, with_marks: bool = True) -> ExportedQuestion:
    kind = draw(st.sampled_from(kinds))
    stem = draw(texts().filter(stem_key))
    content, key = draw(contents(kind))
    lines = [line for name in LISTS[1:] for line in content.get(name, ())]
    if with_marks:
        # Not in options: there they may tell the key, and then no reader takes them.
        asked = {"stem": stem} | {line["id"]: line["text"] for line in lines}
        found = {part: marked for part, text in asked.items() if (marked := draw(marks(text)))}
        content = {**content, "marks": found} if found else content
    parts = ["stem", *(line["id"] for name in LISTS for line in content.get(name, ())[:1])]
    shown = {
        part: (draw(st.sampled_from(SEEN)),)
        for part in parts
        if kind is not Kind.TRUE_FALSE and draw(st.integers(0, 5)) == 0
    }
    media = draw(st.sampled_from([PHOTO, PHOTO, FILM])) if kind is Kind.SITUATION else None
    return ExportedQuestion(
        number=draw(st.integers(1, 9999)),
        kind=kind,
        stem=stem,
        content=content,
        key=key,
        topic=draw(st.sampled_from(["Văn thư", "Một cửa/liên thông", "A: B = {C}"])),
        difficulty=draw(st.sampled_from(["easy", "medium", "hard"])),
        explanation=draw(st.one_of(st.just(""), texts())),
        legal_basis=draw(st.sampled_from(["", "khoản 6 Điều 13 Nghị định số 30/2020/NĐ-CP"])),
        valid_until=draw(st.one_of(st.none(), _DAYS)),
        media=media,
        pictures=shown,
    )


def banks(kinds: list[Kind], **options: Any) -> Any:
    return st.lists(
        questions(kinds, **options), min_size=1, max_size=4, unique_by=lambda q: stem_key(q.stem)
    ).map(lambda found: sorted(found, key=lambda q: q.topic))


def tidy(number: str) -> str:
    text = number.rstrip("0").rstrip(".") if "." in number else number
    return "0" if text in {"-0", ""} else text


def meaning(kind: str, content: Any, key: Any) -> Any:
    """What is asked and what is right, by texts: ids are given anew by every reader."""
    text = {
        line["id"]: line["text"]
        for name in ("options", "statements", "items", "left", "right")
        for line in content.get(name, ())
    }
    match kind:
        case Kind.STATEMENTS:
            return [(line["text"], line["id"] in key["true"]) for line in content["statements"]]
        case Kind.ORDERING:
            return [text[code] for code in key["order"]]
        case Kind.MATCHING:
            pairs = [(text[one], text[other]) for one, other in key["pairs"].items()]
            return pairs, sorted(line["text"] for line in content["right"])
        case Kind.NUMBER:
            return content.get("unit", ""), key["value"], key.get("tolerance", "0")
        case Kind.SHORT_TEXT:
            return key["accepted"]
        case Kind.ESSAY:
            return content.get("max_words"), key["guide"]
        case _:
            return [(line["text"], line["id"] in key["correct"]) for line in content["options"]]


def meant(question: ExportedQuestion) -> Any:
    return meaning(question.kind, question.content, question.key)


def read_back(question: ParsedQuestion) -> Any:
    content, key = question.content, question.key
    if content is None or key is None:
        content = {"options": listed(list(question.options))}
        key = {"correct": ["abcdefgh"[place] for place in question.correct]}
    return meaning(question.kind, content, key)


def marks_by_text(stem: str, content: Any, found: Any) -> Any:
    return {text: sorted(map(list, found[part])) for part, text in texts_of(stem, content, found)}


def pictures_by_text(stem: str, content: Any, found: Any) -> Any:
    """Sources and words of the pictures, by the text they belong to."""
    return {
        text: [(hashlib.sha256(p.data).hexdigest(), p.alt) for p in found[part]]
        if isinstance(found[part][0], Picture)
        else [(p.source_sha256, p.alt) for p in found[part]]
        for part, text in texts_of(stem, content, found)
    }


def texts_of(stem: str, content: Any, found: Any) -> list[tuple[str, str]]:
    texts = {"stem": stem}
    texts |= {line["id"]: line["text"] for name in LISTS for line in (content or {}).get(name, ())}
    return [(part, texts[part]) for part in found if part != MEDIA]


def shows(before: ExportedQuestion, after: ParsedQuestion) -> bool:
    """The same picture or video, by its bytes or by name."""
    found = after.pictures.get(MEDIA, ())
    if before.media is None:
        return not found
    [picture] = found
    is_same = before.media.sha256 in {picture.sha256, picture.source_sha256}
    named_only = before.media.picture is None
    return is_same and picture.alt == before.media.alt and (not named_only or picture.in_bank)
