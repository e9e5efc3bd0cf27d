"""Vietnamese numbers in words. Pure: text and numbers in, words out.

After the rules that readers of news keep: "mươi mốt", "mươi tư", "mươi lăm", a zero in the tens as
"linh" (south: "lẻ"), an empty hundred inside a number said as "không trăm".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# Larger numbers are codes for the ear: digit by digit.
LARGEST = 10**18 - 1
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs between regions: 1.000 and the zero in 105."""

    thousand: str = "nghìn"
    zero_ten: str = "linh"


NORTHERN = Dialect()
SOUTHERN = Dialect(thousand="ngàn", zero_ten="lẻ")


def cardinal(number: int, *, dialect: Dialect = NORTHERN) -> str:
    """2025 → "hai nghìn không trăm hai mươi lăm"; -3 → "âm ba"."""
    if number < 0:
        return f"âm {cardinal(-number, dialect=dialect)}"
    if number > LARGEST:
        return digit_by_digit(str(number))
    return " ".join(_words(number, dialect, padded=False)) or DIGITS[0]


def ordinal(number: int, *, dialect: Dialect = NORTHERN) -> str:
    """What follows "thứ": nhất, hai, ba, tư, …"""
    return {1: "nhất", 4: "tư"}.get(number) or cardinal(number, dialect=dialect)


def decimal(whole: str, fraction: str, *, dialect: Dialect = NORTHERN) -> str:
    """ "8", "75" → "tám phẩy bảy mươi lăm". A fraction that begins with zero, or is longer than two
    digits, is said digit by digit."""
    if len(fraction) <= 2 and not fraction.startswith("0"):
        after = cardinal(int(fraction), dialect=dialect)
    else:
        after = digit_by_digit(fraction)
    return f"{cardinal(int(whole), dialect=dialect)} phẩy {after}"


def digit_by_digit(text: str) -> str:
    """Every digit of the text, of any script, in its order; other characters are dropped."""
    return " ".join(DIGITS[unicodedata.digit(char)] for char in text if char.isdigit())


def phone_number(text: str) -> str:
    """Digit by digit, with a pause where the writer left a space or a dot; of a number written
    together, in groups of three from the end: ten digits are heard as they are dictated, 4-3-3."""
    written = [group for group in re.split(r"\D+", text) if group]
    if len(written) == 1:
        digits, written = written[0], []
        while len(digits) > 4:
            written.insert(0, digits[-3:])
            digits = digits[:-3]
        written.insert(0, digits)
    return ", ".join(digit_by_digit(group) for group in written)


def roman_value(text: str) -> int | None:
    """XIV → 14; None for what is no Roman numeral in its regular form."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(
        -value if after > value else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def _words(number: int, dialect: Dialect, *, padded: bool) -> list[str]:
    """``padded``: the number follows a larger part, so its empty hundred is said."""
    if number >= 10**9:
        high, low = divmod(number, 10**9)
        return [
            *_words(high, dialect, padded=padded),
            "tỷ",
            *(_words(low, dialect, padded=True) if low else []),
        ]
    words: list[str] = []
    for scale, name in ((10**6, "triệu"), (10**3, dialect.thousand), (1, "")):
        group, number = divmod(number, scale)
        if group:
            words += _group(group, dialect, padded=padded or bool(words))
            words += [name] if name else []
    return words


def _group(group: int, dialect: Dialect, *, padded: bool) -> list[str]:
    """1 to 999."""
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    has_hundreds = bool(hundreds) or padded
    words = [DIGITS[hundreds], "trăm"] if has_hundreds else []
    if tens > 1:
        words += [DIGITS[tens], "mươi"]
        words += [{1: "mốt", 4: "tư", 5: "lăm"}.get(units, DIGITS[units])] if units else []
    elif tens == 1:
        words += ["mười"]
        words += [{5: "lăm"}.get(units, DIGITS[units])] if units else []
    elif units:
        words += [dialect.zero_ten, DIGITS[units]] if has_hundreds else [DIGITS[units]]
    return words
