import random
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import vietnamese
from core.legacy_fonts import _TCVN3_TO_UNICODE, _VNI_TO_UNICODE

LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
words = st.text(alphabet=LETTERS, min_size=1, max_size=6)
names = st.lists(words, min_size=1, max_size=5).map(" ".join)


# nfc, fold


def test_decomposed_text_with_odd_spaces_becomes_one_normal_form():
    decomposed = unicodedata.normalize("NFD", "Nguyễn Văn Ân")
    messy = "\ufeff " + decomposed.replace(" ", "\u00a0\u200b \t") + "\n"
    assert vietnamese.nfc(messy) == "Nguyễn Văn Ân"


@given(st.text())
def test_normal_form_is_reached_in_one_step(text):
    once = vietnamese.nfc(text)
    assert vietnamese.nfc(once) == once


@given(st.text(st.characters(max_codepoint=0x7E)))
def test_no_control_character_is_left(text):
    for form in (vietnamese.nfc(text), vietnamese.fold(text)):
        assert all(char >= " " for char in form)


def test_what_stands_between_two_words_becomes_a_space_and_nul_nothing():
    assert vietnamese.nfc("\x00Đất\tđai\r\nnhà\x0bở\x00\x07") == "Đất đai nhà ở"


def test_the_soft_hyphen_of_old_fonts_survives_because_it_is_a_letter_there():
    assert vietnamese.nfc("Ph\xadíc") == "Ph\xadíc"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đất  Đai", "dat dai"),
        ("ĐƯỜNG Nguyễn Thị Định", "duong nguyen thi dinh"),
        ("Ủy ban\u00a0nhân dân", "uy ban nhan dan"),
        ("", ""),
    ],
)
def test_search_sees_plain_letters(text, folded):
    assert vietnamese.fold(text) == folded


@given(names)
def test_folding_ignores_case_and_form_and_leaves_ascii(name):
    folded = vietnamese.fold(name)
    assert folded.isascii()
    assert vietnamese.fold(name.upper()) == folded
    assert vietnamese.fold(unicodedata.normalize("NFD", name)) == folded
    assert vietnamese.fold(folded) == folded


# sort_key


@pytest.mark.parametrize(
    "ordered",
    [
        # given name, then the rest from the left
        ["Trần Văn An", "Lê Thị Bình", "Nguyễn Văn Bình", "Nguyễn Văn Cường"],
        # letters of the alphabet
        ["Lê An", "Lê Ăn", "Lê Ân", "Lê Dũng", "Lê Đạt", "Lê Em", "Lê Êm", "Lê Giang"],
        ["Lê Ong", "Lê Ông", "Lê Ơng", "Lê Phú", "Lê Ung", "Lê Ưng", "Lê Vy"],
        # tones
        ["Lê Ha", "Lê Hà", "Lê Hả", "Lê Hã", "Lê Há", "Lê Hạ"],
        # a letter outweighs a tone, a given name outweighs the family name
        ["Trần Hạ", "An Hai", "An Hân"],
        ["Vũ Hà", "An Hạ"],
        # shorter first
        ["An", "Lê An", "Lê Văn An", "Lê Anh"],
    ],
)
def test_names_stand_in_the_order_of_a_vietnamese_list(ordered):
    shuffled = ordered[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=vietnamese.sort_key) == ordered


def test_old_and_new_tone_placement_sort_alike():
    assert vietnamese.sort_key("Lê Hòa") == vietnamese.sort_key("lê  hoà")


@given(st.text(max_size=60))
def test_a_key_is_short_and_plain_whatever_the_name(text):
    key = vietnamese.sort_key(text)
    assert len(key) <= vietnamese.SORT_KEY_LENGTH
    assert all(char in "0123456789abcdefghijklmnopqrstuvwxyz" for char in key)


@given(st.lists(words, min_size=2, max_size=2), words, words)
def test_the_given_name_decides_before_the_rest(given_names, family, other_family):
    first, second = given_names
    if vietnamese.sort_key(first) < vietnamese.sort_key(second):
        one = vietnamese.sort_key(f"{family} {first}")
        other = vietnamese.sort_key(f"{other_family} {second}")
        assert one < other


# numbers


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("8.75"), None, "8,75"),
        (Decimal("8.50"), None, "8,5"),
        (Decimal("8.5"), 2, "8,50"),
        (Decimal("1234.5"), None, "1.234,5"),
        (1234567, None, "1.234.567"),
        (Decimal("0.005"), 2, "0,01"),
        (Decimal("-0.001"), 2, "0,00"),
        (Decimal("1E+3"), None, "1.000"),
        (-1500, None, "-1.500"),
    ],
)
def test_numbers_are_written_the_vietnamese_way(value, places, text):
    assert vietnamese.format_number(value, places=places) == text


def test_a_float_is_not_written_because_it_is_not_exact():
    with pytest.raises(TypeError):
        vietnamese.format_number(8.75)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8,75", "8.75"),
        (" 8.75 ", "8.75"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("0.125", "0.125"),
        ("12.345.678", "12345678"),
        ("10", "10"),
        ("-2,5", "-2.5"),
    ],
)
def test_numbers_are_read_as_offices_write_them(text, number):
    assert vietnamese.parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "8,", ",5", "1,234.5", "1.23.456", "8,7,5", "tám", "1e3", "NaN", "Infinity", "1 2"]
)
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(ValueError, match="not a number"):
        vietnamese.parse_decimal(text)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
    )
)
def test_what_is_written_with_decimals_is_read_back(value):
    assert vietnamese.parse_decimal(vietnamese.format_number(value, places=2)) == value


# phones


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "912345678",
        "912345678.0",
        "+84912345678",
        "+84 912 345 678",
        "84912345678",
        "0084912345678",
        "(+84) 0912-345-678",
        "0912.345.678",
        "0912\u00a0345\u00a0678",
    ],
)
def test_a_mobile_number_is_found_however_it_was_typed(text):
    assert vietnamese.normalise_phone(text) == "0912345678"


@pytest.mark.parametrize(
    "text", ["", "0212345678", "02438253536", "091234567", "09123456789", "abc", "0612345678"]
)
def test_other_numbers_are_not_taken_for_mobiles(text):
    assert vietnamese.normalise_phone(text) is None


# old fonts


@pytest.mark.parametrize(
    ("text", "encoding", "converted"),
    [
        ("NguyÔn V¨n", "tcvn3", "Nguyễn Văn"),
        ("TrÇn ThÞ H\xad¬ng", "tcvn3", "Trần Thị Hương"),
        ("§ç Thµnh C«ng", "tcvn3", "Đỗ Thành Công"),
        ("NGUYÔN V¡N", "tcvn3", "NGUYỄN VĂN"),
        ("Nguyeãn Vaên", "vni", "Nguyễn Văn"),
        ("Traàn Thò Höông", "vni", "Trần Thị Hương"),
        ("Ñoã Thaønh Coâng", "vni", "Đỗ Thành Công"),
        ("UÛY BAN NHAÂN DAÂN PHÖÔØNG", "vni", "ỦY BAN NHÂN DÂN PHƯỜNG"),
    ],
)
def test_text_of_old_fonts_is_recognised_and_converted(text, encoding, converted):
    assert vietnamese.detect_legacy_encoding(text) == encoding
    assert vietnamese.convert_legacy(text, encoding) == converted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nguyen Van An",
        "Nguyễn Văn An",
        "Hoàng Hòa",
        "Lê Thanh Hà",
        "Lý Tú Uyên",
        "HÀ THÀNH TÂM",
        "José García",
        "café",
        "½ ngày, 5 m²",
        "Müller & Söhne",
    ],
)
def test_unicode_and_foreign_text_is_left_alone(text):
    assert vietnamese.detect_legacy_encoding(text) is None


def test_both_tables_cover_every_vietnamese_letter_once():
    marked = {letter for letter in LETTERS if not letter.isascii()}
    assert marked <= set(_TCVN3_TO_UNICODE.values())
    assert set(_VNI_TO_UNICODE.values()) == marked
    assert len(set(_TCVN3_TO_UNICODE.values())) == len(_TCVN3_TO_UNICODE)


@given(names)
def test_vni_text_converts_back_to_what_was_typed(name):
    spelling = {letter: spelled for spelled, letter in _VNI_TO_UNICODE.items()}
    typed = "".join(spelling.get(letter, letter) for letter in name)
    assert vietnamese.convert_legacy(typed, "vni") == name
    typed_in_capitals = typed.upper()
    assert vietnamese.convert_legacy(typed_in_capitals, "vni") == name.upper()


@given(names)
def test_tcvn3_text_converts_back_to_what_was_typed(name):
    code = {letter: char for char, letter in _TCVN3_TO_UNICODE.items()}
    typed = "".join(code.get(letter, letter) for letter in name)
    assert vietnamese.convert_legacy(typed, "tcvn3") == name
