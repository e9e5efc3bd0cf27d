"""The rules by which digits, dates, money and signs are said. Pure.

Each rule is a pattern and a function of its match that gives the words, or None where the match is
not what it looked like ("31/31" is no date). RULES are in order of precedence: what an earlier rule
has taken no later one touches.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from outreach.document_numbers import PATTERN as DOCUMENT
from outreach.document_numbers import say_document_number, spell
from outreach.numbers_in_words import (
    Dialect,
    cardinal,
    digit_by_digit,
    ordinal,
    phone_number,
    roman_value,
)
from outreach.saying import (
    CURRENCIES,
    UNITS,
    Said,
    say_day,
    say_month,
    say_number,
    say_time,
    say_unit,
)


class Kind(StrEnum):
    PLAIN = "plain"
    ABBREVIATION = "abbreviation"
    ADDRESS = "address"
    CODE = "code"
    DATE = "date"
    DOCUMENT = "document"
    MONEY = "money"
    NUMBER = "number"
    PHONE = "phone"
    RANGE = "range"
    ROMAN = "roman"
    SIGN = "sign"
    TIME = "time"
    UNKNOWN = "unknown"


type Reader = Callable[[re.Match[str], Dialect], Said | None]


@dataclass(frozen=True, slots=True)
class Rule:
    kind: Kind
    pattern: re.Pattern[str]
    say: Reader


_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_DASH = r"\s?[-–—]\s?"
_TIME = (
    r"[0-9]{1,2}(?:\s?(?:h|g|giờ)(?:\s?[0-5][0-9](?:\s?(?:p|phút))?)?|:[0-5][0-9](?::[0-5][0-9])?)"
)
# "20/6" after one of these is a date.
_DAY_WORDS = re.compile(r"(?:ngày|đến|từ|hết|trước|sau|sáng|trưa|chiều|tối)\s+$", re.IGNORECASE)
_ROMAN_WORDS = (
    "Chương|Mục|Phần|Phụ lục|Quý|Khóa|Khoá|Kỳ|Hạng|Bậc|Đợt|Tập|Cấp|Loại|Đại hội|Thế kỷ|Lần thứ|Thứ"
)


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _document(match: re.Match[str], dialect: Dialect) -> Said:
    said = say_document_number(match, dialect=dialect)
    return Said(said.text, said.is_sure)


def _date_range(match: re.Match[str], dialect: Dialect) -> Said | None:
    if not (match["lead"] or match["year"] or match["month1"]):
        return None
    month = int(match["month2"])
    last = say_day(int(match["day2"]), month, _int(match["year"]), dialect)
    if match["month1"]:
        first = say_day(int(match["day1"]), int(match["month1"]), None, dialect)
    else:
        first = say_day(int(match["day1"]), month, None, dialect)
        first = first.partition(" tháng")[0] if first else None
    if not first or not last:
        return None
    return Said(f"{match['lead'] or 'ngày '}{first} đến ngày {last}")


def _date(match: re.Match[str], dialect: Dialect) -> Said | None:
    said = say_day(int(match["day"]), int(match["month"]), int(match["year"]), dialect)
    return Said(f"{match['lead'] or 'ngày '}{said}") if said else None


def _iso_date(match: re.Match[str], dialect: Dialect) -> Said | None:
    said = say_day(int(match["day"]), int(match["month"]), int(match["year"]), dialect)
    return Said(f"ngày {said}") if said else None


def _day_and_month(match: re.Match[str], dialect: Dialect) -> Said | None:
    """ "20/6" is a date only after a word that a date follows."""
    if not _DAY_WORDS.search(match.string, max(0, match.start() - 12), match.start()):
        return None
    said = say_day(int(match["day"]), int(match["month"]), None, dialect)
    if said is None:
        return None
    has_lead = match.string[: match.start()].rstrip().lower().endswith("ngày")
    return Said(said if has_lead else f"ngày {said}")


def _spelled_day(match: re.Match[str], dialect: Dialect) -> Said | None:
    """ "ngày 5 tháng 7"."""
    said = say_day(int(match["day"]), int(match["month"]), None, dialect)
    return Said(f"{match['lead']}{said}") if said else None


def _month_and_year(match: re.Match[str], dialect: Dialect) -> Said | None:
    number, year = int(match["month"]), int(match["year"])
    lead = match["lead"] or ""
    if lead.lower().startswith("quý"):
        return Said(f"{lead}{cardinal(number)} năm {cardinal(year, dialect=dialect)}")
    if not 1 <= number <= 12:
        return None
    said = say_month(number, year, dialect)
    return Said(f"{lead}{said.removeprefix('tháng ')}" if lead else said, is_sure=bool(lead))


def _month_four(match: re.Match[str], dialect: Dialect) -> Said:
    return Said(f"{match['lead']}tư")


def _time_range(match: re.Match[str], dialect: Dialect) -> Said | None:
    first, last = say_time(match["first"]), say_time(match["last"])
    return Said(f"{first} đến {last}") if first and last else None


def _time(match: re.Match[str], dialect: Dialect) -> Said | None:
    said = say_time(match[0])
    return Said(said) if said else None


def _phone(match: re.Match[str], dialect: Dialect) -> Said:
    return Said(phone_number(re.sub(r"^\+84[\s.-]?", "0", match[0])))


def _hotline(match: re.Match[str], dialect: Dialect) -> Said:
    return Said(f"{match['lead']}{digit_by_digit(match['number'])}")


def _range(match: re.Match[str], dialect: Dialect) -> Said:
    first, last = say_number(match["first"], dialect), say_number(match["last"], dialect)
    unit = f" {say_unit(match['unit'])}" if match["unit"] else ""
    return Said(f"{first.text} đến {last.text}{unit}", is_sure=first.is_sure and last.is_sure)


def _measured(match: re.Match[str], dialect: Dialect) -> Said:
    number = say_number(match["number"], dialect)
    per = " một " if match["per"] else ""
    return Said(f"{number.text} {say_unit(match['unit'])}{per}", is_sure=number.is_sure)


def _fraction(match: re.Match[str], dialect: Dialect) -> Said:
    parts = [say_number(part, dialect).text for part in match[0].split("/")]
    return Said(" trên ".join(parts), is_sure=False)


def _ordinal(match: re.Match[str], dialect: Dialect) -> Said:
    return Said(f"{match['lead']}{ordinal(int(match['number']), dialect=dialect)}")


def _roman(match: re.Match[str], dialect: Dialect) -> Said | None:
    value = roman_value(match["roman"])
    if value is None:
        return None
    lead = match["lead"]
    said = ordinal(value) if lead.lower().endswith("thứ ") else cardinal(value, dialect=dialect)
    year = f" năm {cardinal(int(match['year']), dialect=dialect)}" if match["year"] else ""
    return Said(f"{lead}{said}{year}")


def _heading(match: re.Match[str], dialect: Dialect) -> Said | None:
    value = roman_value(match[0])
    return Said(cardinal(value)) if value else None


def _negative(match: re.Match[str], dialect: Dialect) -> Said:
    number = say_number(match["number"], dialect)
    unit = f" {say_unit(match['unit'])}" if match["unit"] else ""
    return Said(f"âm {number.text}{unit}", is_sure=bool(match.string[: match.start()].strip()))


def _number(match: re.Match[str], dialect: Dialect) -> Said:
    return say_number(match[0], dialect)


def _mixed(match: re.Match[str], dialect: Dialect) -> Said:
    """ "A4", "5G": the letters by their names."""
    return Said(spell(match[0], dialect=dialect) or match[0], is_sure=False)


def _stray_digits(match: re.Match[str], dialect: Dialect) -> Said:
    """Digits of other scripts, superscripts, what no rule has taken."""
    return Said(f" {digit_by_digit(match[0])} ", is_sure=False)


_ALTERNATIVES = "|".join(
    re.escape(unit) for unit in sorted([*UNITS, *CURRENCIES], key=len, reverse=True)
)
_D, _M, _Y = r"[0-3]?[0-9]", r"[01]?[0-9]", r"[12][0-9]{3}"
# "50.000 đ/hồ sơ" is so much for one of them.
_PER = r"(?P<per>/(?=[^\W\d_]))?"
_FREE, _END = r"(?<![\w/.,-])", r"(?![\w]|[/.,:-][0-9])"


def _rule(kind: Kind, pattern: str, say: Reader, flags: int = 0) -> Rule:
    return Rule(kind, re.compile(pattern, flags), say)


RULES = (
    Rule(Kind.DOCUMENT, DOCUMENT, _document),
    _rule(Kind.PHONE, r"(?<![\w.,/-])(?:\+84|0)(?:[\s.-]?[0-9]){9,10}(?![\w/-])", _phone),
    _rule(Kind.PHONE, r"(?<![\w.,/-])1[89]00(?:[\s.]?[0-9]){4,6}(?![\w/-])", _phone),
    _rule(
        Kind.PHONE,
        r"(?P<lead>(?:gọi|tổng đài|đường dây nóng|điện thoại|số máy)(?:\s+số)?:?\s+)"
        rf"(?P<number>[0-9]{{3,6}}){_END}",
        _hotline,
        re.IGNORECASE,
    ),
    _rule(
        Kind.DATE,
        rf"(?P<lead>\bngày\s+)?{_FREE}(?P<day1>{_D})(?:/(?P<month1>{_M}))?{_DASH}"
        rf"(?P<day2>{_D})/(?P<month2>{_M})(?:/(?P<year>{_Y}))?{_END}",
        _date_range,
        re.IGNORECASE,
    ),
    _rule(
        Kind.DATE,
        rf"(?P<lead>\bngày\s+)?{_FREE}(?P<day>{_D})(?P<sep>[/.-])(?P<month>{_M})(?P=sep)"
        rf"(?P<year>{_Y}){_END}",
        _date,
        re.IGNORECASE,
    ),
    _rule(
        Kind.DATE,
        rf"{_FREE}(?P<year>{_Y})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9]){_END}",
        _iso_date,
    ),
    _rule(
        Kind.DATE,
        rf"(?P<lead>(?:\btháng|\bquý)\s+)?{_FREE}(?P<month>{_M})[/](?P<year>(?:19|20)[0-9]{{2}}){_END}",
        _month_and_year,
        re.IGNORECASE,
    ),
    _rule(Kind.DATE, rf"{_FREE}(?P<day>{_D})/(?P<month>{_M}){_END}", _day_and_month),
    _rule(
        Kind.DATE,
        rf"(?P<lead>\bngày\s+)(?P<day>{_D})\s+tháng\s+(?P<month>{_M}){_END}",
        _spelled_day,
        re.IGNORECASE,
    ),
    _rule(Kind.DATE, rf"(?P<lead>\btháng\s+)0?4{_END}", _month_four, re.IGNORECASE),
    _rule(Kind.TIME, rf"{_FREE}(?P<first>{_TIME}){_DASH}(?P<last>{_TIME}){_END}", _time_range),
    _rule(Kind.TIME, rf"{_FREE}{_TIME}{_END}", _time),
    _rule(
        Kind.RANGE,
        rf"{_FREE}(?P<first>{_NUMBER}){_DASH}(?P<last>{_NUMBER})(?:\s?(?P<unit>{_ALTERNATIVES}))?"
        rf"{_END}",
        _range,
    ),
    _rule(
        Kind.NUMBER,
        rf"(?<![\w.,/)-])[-−](?P<number>{_NUMBER})(?:\s?(?P<unit>{_ALTERNATIVES}))?{_END}",
        _negative,
    ),
    _rule(
        Kind.MONEY,
        rf"{_FREE}(?P<number>{_NUMBER})\s?(?P<unit>{'|'.join(map(re.escape, CURRENCIES))})(?!\w)"
        rf"{_PER}",
        _measured,
    ),
    _rule(
        Kind.NUMBER,
        rf"{_FREE}(?P<number>{_NUMBER})\s?(?P<unit>{_ALTERNATIVES})(?!\w){_PER}",
        _measured,
    ),
    _rule(Kind.NUMBER, rf"{_FREE}{_NUMBER}(?:/{_NUMBER})+(?![\w/])", _fraction),
    _rule(
        Kind.NUMBER,
        rf"(?P<lead>\bthứ\s+)(?P<number>[0-9]{{1,3}}){_END}",
        _ordinal,
        re.IGNORECASE,
    ),
    _rule(
        Kind.ROMAN,
        rf"(?P<lead>\b(?i:{_ROMAN_WORDS})\s+)(?P<roman>[IVXLCDM]+)(?:/(?P<year>{_Y}))?(?!\w)",
        _roman,
    ),
    _rule(Kind.ROMAN, r"(?m)^[IVX]+(?=[.)/]\s)", _heading),
    _rule(Kind.NUMBER, rf"(?<![\w]){_NUMBER}(?!\w)", _number),
    _rule(Kind.CODE, r"(?<!\w)(?=[^\W_]*[0-9])[^\W_]+", _mixed),
    _rule(Kind.CODE, r"\d+", _stray_digits),
)
