"""Plain text: how text out of a file is cleaned, compared and recognised."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from core.vietnamese import fold

# Zero-width and soft marks that Word leaves in pasted text; line and page controls become a blank.
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BLANKS = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" *\n[ \n]*")


def clean(text: str) -> str:
    """NFC, one space between words, no blank or padded lines, no invisible characters."""
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return _BLANK_LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def is_invisible(char: str) -> bool:
    return bool(_INVISIBLE.match(char))


def is_control(char: str) -> bool:
    return bool(_CONTROL.match(char))


def sameness(text: str) -> str:
    """Two texts with one value read the same to a person: case and spacing apart, marks kept."""
    return " ".join(clean(text).casefold().split()).rstrip(" .;,")


def stem_key(stem: str) -> str:
    """What the bank knows a question by: two stems with one key are one question."""
    return fold(clean(stem)).strip(" .:;,?!…")


def folded(text: str) -> str:
    """Lower case, without marks, words apart by one blank: for recognising headings and names."""
    return fold(clean(text))


_LETTER_LIST = re.compile(r"[A-H](?:\s*(?:[,;/&+]|và|\s)\s*[A-H])*|[A-H]{2,8}", re.IGNORECASE)
# Compared with its marks: "Đ" (đúng) and the letter "D" are two answers.
_TRUTH = {
    "đúng": True,
    "đ": True,
    "true": True,
    "t": True,
    "sai": False,
    "s": False,
    "false": False,
    "f": False,
}


def letters_in(text: str) -> tuple[int, ...] | None:
    """Option indices of "C", "c.", "A, C", "A và C", "AC"; None when the text is anything else."""
    text = clean(text).strip(" .;:()[]*").removeprefix("Phương án ").strip()
    if not _LETTER_LIST.fullmatch(text):
        return None
    letters = [c for c in text.upper().replace("VÀ", ",") if c in "ABCDEFGH"]
    if len(set(letters)) != len(letters):
        return None
    return tuple(sorted(ord(c) - ord("A") for c in letters))


def truth_in(text: str) -> bool | None:
    """True for "Đúng", "Đ", "True", "T"; False for their opposites; None for anything else."""
    return _TRUTH.get(_with_d(clean(text)).casefold().strip(" .;:()[]*"))


_TRUTHS = re.compile(
    r"[\s,;.|/–-]*(?:\(?(?P<label>[a-h])\s*[).:–-]*\s*)?(?P<word>đúng|sai|[đs])(?![^\W\d_])",
    re.IGNORECASE,
)
_TRUTHS_TOGETHER = re.compile(r"[ĐS]{2,8}")


def truths_in(text: str) -> tuple[bool, ...] | None:
    """Several at once: "ĐSSĐ", "Đ, S, Đ", "a) Đúng; b) Sai". None for anything else, also for
    letters that are not a, b, c in this order."""
    text = _with_d(clean(text)).strip(" .;,()[]")
    if _TRUTHS_TOGETHER.fullmatch(text):
        return tuple(char == "Đ" for char in text)
    found: list[bool] = []
    labels: list[str] = []
    position = 0
    while position < len(text):
        match = _TRUTHS.match(text, position)
        if match is None:
            return None
        found.append(match["word"].casefold() in {"đ", "đúng"})
        labels.append((match["label"] or "").lower())
        position = match.end()
    ordered = "".join(labels) in {"", "abcdefgh"[: len(found)]}
    return tuple(found) if len(found) >= 2 and ordered else None


_DAY = re.compile(
    r"(?:(?:het )?ngay )?"
    r"(?:(?P<d>\d{1,2})(?:\s?[/.-]\s?| thang )(?P<m>\d{1,2})(?:\s?[/.-]\s?| nam )(?P<y>\d{4})"
    r"|(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2}))"
)


def day_in(text: str) -> date | None:
    """The day of "31/12/2026", "hết ngày 31-12-2026", "ngày 31 tháng 12 năm 2026", "2026-12-31";
    None for anything else and outside of this century."""
    match = _DAY.fullmatch(folded(text).strip(" .;:()[]"))
    if match is None:
        return None
    parts = ("y", "m", "d") if match["y"] else ("year", "month", "day")
    year, month, day = (int(match[part]) for part in parts)
    try:
        return date(year, month, day) if 2000 <= year <= 2100 else None
    except ValueError:
        return None


def _with_d(text: str) -> str:
    """The Icelandic Ð that old keyboards give for the Vietnamese Đ."""
    return text.replace("\u00d0", "Đ").replace("\u00f0", "đ")
