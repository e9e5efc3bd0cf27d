"""Vietnamese text: normal form, search folding, sorting, numbers, phones, text of old fonts.

Pure: neither Django nor a database. Everything that enters the product passes through `nfc`.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from core.legacy_fonts import LegacyEncoding, convert_legacy, detect_legacy_encoding

__all__ = [
    "SORT_KEY_LENGTH",
    "LegacyEncoding",
    "convert_legacy",
    "detect_legacy_encoding",
    "fold",
    "format_number",
    "nfc",
    "normalise_phone",
    "parse_decimal",
    "sort_key",
]

# U+00AD (soft hyphen) is left alone on purpose: in TCVN3 text it is the letter "ư".
_ZERO_WIDTH = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])

# No text holds them and PostgreSQL stores no NUL. Not those that `split` takes for white space: a
# tab or the line break of an old text stands between two words.
_CONTROLS = {code: None for code in range(0x20) if not chr(code).isspace()}
_DROPPED = _ZERO_WIDTH | _CONTROLS

# ngang < huyền < hỏi < ngã < sắc < nặng
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}

SORT_KEY_LENGTH = 400  # the columns that keep a key are this wide

_LETTERS = {
    "ă": "a1",
    "â": "a2",
    "đ": "d1",
    "ê": "e1",
    "ô": "o1",
    "ơ": "o2",
    "ư": "u1",
}


def nfc(text: str) -> str:
    """NFC, without zero-width and control characters, runs of white space (NBSP too) as one space,
    stripped."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_DROPPED)).split())


def fold(text: str) -> str:
    """The form that search compares: lower case, đ as d, no marks ("Đất  đai" → "dat dai")."""
    decomposed = unicodedata.normalize("NFD", nfc(text).lower().replace("\u00ad", ""))
    plain = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return " ".join(plain.replace("đ", "d").split())


def sort_key(full_name: str) -> str:
    """A key whose plain string order is the order of a Vietnamese list of names.

    Given name (the last word) first, then the other words from the left. Within a word letters
    decide first (a ă â … d đ e ê … o ô ơ … u ư), its tone second, so every "Hà" comes before
    the first "Hạ", as in a list sorted by its column "Tên".

    Only [0-9a-z], every letter two characters wide and every word closed by its tone's digit, so
    that any collation that puts digits before letters agrees with byte order. At most
    SORT_KEY_LENGTH characters, which is more than the key of 130 Vietnamese letters. "" for an
    empty name.
    """
    words = [key for word in nfc(full_name).lower().split() if (key := _word_key(word))]
    return "".join(words[-1:] + words[:-1])[:SORT_KEY_LENGTH]


def _word_key(word: str) -> str:
    tone = "0"
    bare: list[str] = []
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        else:
            bare.append(char)
    codes = "".join(map(_letter_code, unicodedata.normalize("NFC", "".join(bare))))
    return codes + tone if codes else ""


def _letter_code(letter: str) -> str:
    if "a" <= letter <= "z":
        return letter + "0"
    if letter in _LETTERS:
        return _LETTERS[letter]
    if "0" <= letter <= "9":
        return "9" + letter
    if not letter.isalpha():
        return ""
    base = unicodedata.normalize("NFD", letter)[0]
    if "a" <= base <= "z":
        return base + "9"
    return f"zz{ord(letter):06x}"


def format_number(value: int | Decimal, *, places: int | None = None) -> str:
    """1234.5 → "1.234,5". With `places`, rounded half up to exactly that many decimals;
    without, all significant decimals and no more. A float is refused: it is not exact."""
    if isinstance(value, float):
        raise TypeError("format_number takes int or Decimal, not float")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("not a finite number")
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{number:,f}".partition(".")
    if places is None:
        decimals = decimals.rstrip("0")
    text = whole.replace(",", ".") + ("," + decimals if decimals else "")
    return text.removeprefix("-") if number == 0 else text


_WITH_COMMA = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+", re.ASCII)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def parse_decimal(text: str) -> Decimal:
    """The number in a cell or a field: "8,75", "8.75", "1.234,5", "1.234" (= 1234).

    A comma is always the decimal sign. A lone point before exactly three digits separates
    thousands, as Vietnamese offices write it, unless the number starts with 0 ("0.125");
    elsewhere it is a decimal point. Raises ValueError for anything else ("1,234.5", "8,", "").
    """
    cleaned = nfc(text).replace("\u2212", "-")
    if _WITH_COMMA.fullmatch(cleaned):
        return Decimal(cleaned.replace(".", "").replace(",", "."))
    if _GROUPED.fullmatch(cleaned):
        return Decimal(cleaned.replace(".", ""))
    if _PLAIN.fullmatch(cleaned):
        return Decimal(cleaned)
    raise ValueError(f"not a number: {text!r}")


_PHONE_NOISE = re.compile(r"[\s.\-()]")
_MOBILE = re.compile(r"(?:(?:\+84|0084|84)0?|0)?([35789]\d{8})", re.ASCII)
_SPREADSHEET_FLOAT = re.compile(r"\d{9,12}\.0", re.ASCII)


def normalise_phone(text: str) -> str | None:
    """A Vietnamese mobile number as 10 digits ("0912345678"), None when it is not one.

    Takes +84, 84, 0084, spaces, dots, hyphens, brackets, and what a spreadsheet made of it:
    the leading zero lost ("912345678", "912345678.0").
    """
    cleaned = nfc(text)
    if _SPREADSHEET_FLOAT.fullmatch(cleaned):
        cleaned = cleaned[:-2]
    match = _MOBILE.fullmatch(_PHONE_NOISE.sub("", cleaned))
    return "0" + match[1] if match else None
