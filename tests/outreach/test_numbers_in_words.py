import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.numbers_in_words import (
    SOUTHERN,
    cardinal,
    decimal,
    digit_by_digit,
    ordinal,
    phone_number,
    roman_value,
)

_VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (999, "chín trăm chín mươi chín"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1050, "một nghìn không trăm năm mươi"),
        (2025, "hai nghìn không trăm hai mươi lăm"),
        (50_000, "năm mươi nghìn"),
        (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_234_567, "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
        (10**9, "một tỷ"),
        (1_000_000_021, "một tỷ không trăm hai mươi mốt"),
        (25 * 10**12, "hai mươi lăm nghìn tỷ"),
        (-3, "âm ba"),
    ],
)
def test_whole_numbers(number: int, words: str):
    assert cardinal(number) == words


def test_the_south_says_two_words_otherwise():
    assert cardinal(1105, dialect=SOUTHERN) == "một ngàn một trăm lẻ năm"


def test_a_number_too_long_to_be_heard_is_said_by_its_digits():
    assert cardinal(10**18).startswith("một không không")


@given(st.integers(min_value=0, max_value=10**15))
def test_the_words_give_the_number_back(number: int):
    assert _value(cardinal(number).split()) == number


def _value(words: list[str]) -> int:
    if "tỷ" in words:
        at = len(words) - 1 - words[::-1].index("tỷ")
        return _value(words[:at]) * 10**9 + _value(words[at + 1 :])
    for name, scale in (("triệu", 10**6), ("nghìn", 1000)):
        if name in words:
            at = words.index(name)
            return _value(words[:at]) * scale + _value(words[at + 1 :])
    total = 0
    for at, word in enumerate(words):
        if word == "trăm":
            total = total * 100
        elif word == "mươi":
            total += 9 * _VALUES[words[at - 1]]
        elif word == "mười":
            total += 10
        elif word != "linh":
            total += _VALUES[word]
    return total


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "nhất"),
        (2, "hai"),
        (4, "tư"),
        (9, "chín"),
        (21, "hai mươi mốt"),
        (104, "một trăm linh bốn"),
    ],
)
def test_ordinals(number: int, words: str):
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("whole", "fraction", "words"),
    [
        ("8", "75", "tám phẩy bảy mươi lăm"),
        ("0", "5", "không phẩy năm"),
        ("0", "05", "không phẩy không năm"),
        ("3", "1415", "ba phẩy một bốn một năm"),
        ("1234", "5", "một nghìn hai trăm ba mươi tư phẩy năm"),
    ],
)
def test_decimals(whole: str, fraction: str, words: str):
    assert decimal(whole, fraction) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0912345678", "không chín một hai, ba bốn năm, sáu bảy tám"),
        ("024 3733 2131", "không hai bốn, ba bảy ba ba, hai một ba một"),
        ("1900.1009", "một chín không không, một không không chín"),
    ],
)
def test_phone_numbers_are_dictated(text: str, words: str):
    assert phone_number(text) == words


def test_digits_of_any_script():
    assert digit_by_digit("1٣") == "một ba"


@pytest.mark.parametrize(
    ("text", "value"), [("I", 1), ("IV", 4), ("XIV", 14), ("XXI", 21), ("IIII", None), ("", None)]
)
def test_roman_numerals(text: str, value: int | None):
    assert roman_value(text) == value
