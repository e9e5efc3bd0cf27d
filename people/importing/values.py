"""One cell in, one value out: text, phone, e-mail, staff code, date of birth."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from core.sheets import Cell
from core.vietnamese import fold, nfc, normalise_phone
from people.importing.problems import ProblemCode

# What people type when they have nothing to type.
_PLACEHOLDERS = frozenset(
    {"-", "--", "—", "–", "/", ".", "x", "n/a", "na", "khong", "khong co", "chua co", "ko", "k co"}
)
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
    re.ASCII,
)
_STAFF_CODE = re.compile(r"[0-9A-Z]+(?:[ ./_-]{1,3}[0-9A-Z]+)*", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_YEAR_ONLY = re.compile(r"(?:\d{1,2}\s*[/.\-]\s*)?(?:19|20)\d\d", re.ASCII)
_FIVE_DIGITS = re.compile(r"\d{5}", re.ASCII)
_EXCEL_EPOCH = date(1899, 12, 30)
# 1920 to 2099: below it a number is a year or a mistake, not a date that Excel counted.
_FIRST_SERIAL = 7_306
_LAST_SERIAL = 73_050
_OLDEST = 1920
_YOUNGEST_YEARS = 15


def text_of(cell: Cell) -> str:
    """The cell as the organiser sees it, in normal form; a whole number without its ".0"."""
    match cell:
        case str():
            return nfc(cell)
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == datetime.min.time():
            return f"{cell:%d/%m/%Y}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case _:
            return str(cell)


def blank_or_text(cell: Cell) -> str:
    """As `text_of`, but a dash or a "không có" is an empty cell."""
    text = text_of(cell)
    return "" if len(text) <= 9 and fold(text) in _PLACEHOLDERS else text


def staff_code(text: str) -> str:
    """Upper case. Raises ValueError(ProblemCode)."""
    code = text.upper()
    if not _STAFF_CODE.fullmatch(code):
        raise ValueError(ProblemCode.STAFF_CODE_BAD)
    return code


def phone(text: str) -> str:
    """Ten digits. Raises ValueError(ProblemCode)."""
    normal = normalise_phone(text)
    if normal is None:
        raise ValueError(ProblemCode.PHONE_BAD)
    return normal


def email(text: str) -> str:
    """Lower case. Raises ValueError(ProblemCode)."""
    address = text.removeprefix("mailto:").lower()
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise ValueError(ProblemCode.EMAIL_BAD)
    return address


def birth_date(cell: Cell, *, today: date) -> date:
    """dd/mm/yyyy text, a real date, or the number Excel counts days with.

    Raises ValueError(ProblemCode): the day does not exist, is not the birthday of someone who
    works, is only a year, or cannot be read at all (a two-digit year is not guessed).
    """
    day = _date_in(cell)
    if not _OLDEST <= day.year <= today.year - _YOUNGEST_YEARS:
        raise ValueError(ProblemCode.BIRTH_DATE_IMPLAUSIBLE)
    return day


def _date_in(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    # compared, not converted: a cell may hold NaN
    if isinstance(cell, int | float) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return _EXCEL_EPOCH + timedelta(days=int(cell))
    text = text_of(cell)
    if match := _DAY_FIRST.fullmatch(text):
        return _real_date(match[3], match[2], match[1])
    if match := _YEAR_FIRST.fullmatch(text):
        return _real_date(match[1], match[2], match[3])
    if _YEAR_ONLY.fullmatch(text):
        raise ValueError(ProblemCode.BIRTH_YEAR_ONLY)
    if _FIVE_DIGITS.fullmatch(text) and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return _EXCEL_EPOCH + timedelta(days=int(text))
    raise ValueError(ProblemCode.BIRTH_DATE_BAD)


def _real_date(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(ProblemCode.BIRTH_DATE_IMPOSSIBLE) from None
