"""How one number, time, day or amount is said. Pure; reading_rules.py finds them in a text."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from outreach.numbers_in_words import Dialect, cardinal, decimal, digit_by_digit


@dataclass(frozen=True, slots=True)
class Said:
    """``is_sure`` False: the words are the likeliest of several; a person must look."""

    text: str
    is_sure: bool = True


_LEAP_YEAR = 2000
CURRENCIES = {
    "đ": "đồng",
    "₫": "đồng",
    "VNĐ": "đồng",
    "VND": "đồng",
    "vnđ": "đồng",
    "đồng": "đồng",
    "USD": "đô la Mỹ",
    "EUR": "ơ rô",
}
UNITS = {
    "%": "phần trăm",
    "‰": "phần nghìn",
    "°C": "độ xê",
    "km2": "ki lô mét vuông",
    "km²": "ki lô mét vuông",
    "km/h": "ki lô mét một giờ",
    "km": "ki lô mét",
    "m2": "mét vuông",
    "m²": "mét vuông",
    "m3": "mét khối",
    "m³": "mét khối",
    "cm": "xăng ti mét",
    "mm": "mi li mét",
    "m": "mét",
    "kg": "ki lô gam",
    "ha": "héc ta",
    "kWh": "ki lô oát giờ",
    "GB": "gi ga bai",
    "MB": "mê ga bai",
}


def say_number(text: str, dialect: Dialect) -> Said:
    """One number as it is written: "1.234,5", "05", "1.004227", "012345678901"."""
    if re.fullmatch(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,5}(?:,[0-9]+)?", text):
        whole, _, fraction = text.replace(".", "").partition(",")
        return Said(_decimal_or_whole(whole, fraction, dialect))
    if re.fullmatch(r"[0-9]{1,18},[0-9]+", text):
        whole, _, fraction = text.partition(",")
        # "1,234" may be a thousand and more, as the English write it
        is_sure = not re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", text)
        return Said(_decimal_or_whole(whole, fraction, dialect), is_sure)
    if text.isdecimal():
        if len(text) > 2 and text.startswith("0"):
            return Said(digit_by_digit(text))
        if len(text) > 8:
            return Said(digit_by_digit(text), is_sure=False)
        return Said(cardinal(int(text), dialect=dialect))
    if re.fullmatch(r"[0-9]\.[0-9]{6}", text):  # the code of an administrative procedure
        return Said(f"{digit_by_digit(text[0])} chấm {digit_by_digit(text[2:])}")
    said = []
    for part in re.findall(r"[0-9]+|[.,]", text):
        if part in ".,":
            said.append("chấm" if part == "." else "phẩy")
        else:
            said.append(say_number(part, dialect).text)
    return Said(" ".join(said), is_sure=False)


def say_time(text: str) -> str | None:
    hour, *rest = (int(number) for number in re.findall(r"[0-9]+", text))
    minute, second = [*rest, 0, 0][:2]
    if (hour, minute, second) > (24, 0, 0):
        return None
    words = [f"{cardinal(hour)} giờ"]
    if minute or second:
        words.append(f"{cardinal(minute)} phút")
    if second:
        words.append(f"{cardinal(second)} giây")
    return " ".join(words)


def _decimal_or_whole(whole: str, fraction: str, dialect: Dialect) -> str:
    if fraction:
        return decimal(whole, fraction, dialect=dialect)
    return cardinal(int(whole), dialect=dialect)


def say_day(day: int, month: int, year: int | None, dialect: Dialect) -> str | None:
    """Without "ngày"."""
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]):
        return None
    said = f"mùng {cardinal(day)}" if day <= 10 else cardinal(day)
    said += f" {say_month(month, year, dialect)}"
    return said


def say_month(month: int, year: int | None, dialect: Dialect) -> str:
    said = f"tháng {'tư' if month == 4 else cardinal(month)}"
    return f"{said} năm {cardinal(year, dialect=dialect)}" if year else said


def say_unit(unit: str) -> str:
    return CURRENCIES.get(unit) or UNITS[unit]
