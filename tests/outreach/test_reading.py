"""What the loudspeaker says. The left column is how offices write, the right how it is read."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.default_abbreviations import ABBREVIATIONS
from outreach.numbers_in_words import SOUTHERN
from outreach.reading import (
    clean_text,
    count_words,
    paragraphs_with_pauses,
    read_aloud,
    reading_seconds,
    reading_text,
    replacements,
)


def said(text: str, **options: object) -> str:
    return reading_text(read_aloud(text, **{"abbreviations": ABBREVIATIONS, **options}))


def in_doubt(text: str) -> list[str]:
    pieces = read_aloud(text, abbreviations=ABBREVIATIONS)
    return [piece.original for piece in pieces if piece.needs_eye]


YEAR = "hai nghìn không trăm hai mươi lăm"


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        # abbreviations
        ("nộp TTHC tại UBND", "nộp thủ tục hành chính tại Ủy ban nhân dân"),
        ("UBND phường họp.", "Ủy ban nhân dân phường họp."),
        ("ở P. Thanh Khê, TP. Hà Nội", "ở phường Thanh Khê, thành phố Hà Nội"),
        ("ở TP.HCM", "ở Thành phố Hồ Chí Minh"),
        ("quét mã QR", "quét mã quy a"),
        ("câu hỏi P. không", "câu hỏi P. không"),
        # numbers
        ("có 97 người", "có chín mươi bảy người"),
        ("97 người.", "Chín mươi bảy người."),
        ("trong 05 ngày", "trong năm ngày"),
        ("có 1.234 hồ sơ", "có một nghìn hai trăm ba mươi tư hồ sơ"),
        ("đạt 8,75 điểm", "đạt tám phẩy bảy mươi lăm điểm"),
        ("đạt 70 % và 99,5%", "đạt bảy mươi phần trăm và chín mươi chín phẩy năm phần trăm"),
        ("lạnh -3°C", "lạnh âm ba độ xê"),
        ("rộng 120m2", "rộng một trăm hai mươi mét vuông"),
        ("từ 8–10 phút", "từ tám đến mười phút"),
        ("tăng 50-70%", "tăng năm mươi đến bảy mươi phần trăm"),
        ("thứ 9 và thứ 4, thứ 1", "thứ chín và thứ tư, thứ nhất"),
        # money
        ("phí 50.000đ", "phí năm mươi nghìn đồng"),
        ("phí 50.000 đ/hồ sơ", "phí năm mươi nghìn đồng một hồ sơ"),
        ("nộp 200.000 VNĐ", "nộp hai trăm nghìn đồng"),
        ("vốn 1,5 tỷ đồng", "vốn một phẩy năm tỷ đồng"),
        # days
        ("từ ngày 01/07/2025", f"từ ngày mùng một tháng bảy năm {YEAR}"),
        ("ngày 20/6/2024", "ngày hai mươi tháng sáu năm hai nghìn không trăm hai mươi tư"),
        ("từ 20.6.2025", f"từ ngày hai mươi tháng sáu năm {YEAR}"),
        ("hạn 2025-10-05", f"hạn ngày mùng năm tháng mười năm {YEAR}"),
        ("từ ngày 20/6 đến 25/6", "từ ngày hai mươi tháng sáu đến ngày hai mươi lăm tháng sáu"),
        ("ngày 01–05/7/2025", f"ngày mùng một đến ngày mùng năm tháng bảy năm {YEAR}"),
        ("ngày 5 tháng 4", "ngày mùng năm tháng tư"),
        ("tháng 7/2025", f"tháng bảy năm {YEAR}"),
        ("quý III/2025", f"quý ba năm {YEAR}"),
        ("năm 2024–2025", f"năm hai nghìn không trăm hai mươi tư đến {YEAR}"),
        # hours
        ("lúc 8h30", "lúc tám giờ ba mươi phút"),
        ("lúc 08:30", "lúc tám giờ ba mươi phút"),
        ("lúc 07:00", "lúc bảy giờ"),
        ("lúc 17h", "lúc mười bảy giờ"),
        ("8h00-11h30", "Tám giờ đến mười một giờ ba mươi phút"),
        # digit by digit
        ("gọi 0912345678", "gọi không chín một hai, ba bốn năm, sáu bảy tám"),
        ("gọi +84912345678", "gọi không chín một hai, ba bốn năm, sáu bảy tám"),
        ("số 1900 1009", "số một chín không không, một không không chín"),
        ("gọi 1022", "gọi một không hai hai"),
        ("mã 1.004227", "mã một chấm không không bốn hai hai bảy"),
        # chapters
        ("Chương II và lần thứ XIV", "Chương hai và lần thứ mười bốn"),
        ("thế kỷ XXI", "thế kỷ hai mươi mốt"),
        ("I. Mục tiêu", "Một. Mục tiêu"),
        # the law
        (
            "Nghị định 118/2025/NĐ-CP",
            f"Nghị định số một trăm mười tám năm {YEAR} của Chính phủ",
        ),
        ("theo 118/2025/NĐ-CP", f"theo Nghị định số một trăm mười tám năm {YEAR} của Chính phủ"),
        (
            "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ",
            f"Nghị định số một trăm mười tám năm {YEAR} "
            f"ngày mùng chín tháng sáu năm {YEAR} của Chính phủ",
        ),
        ("Kế hoạch 45/KH-UBND", "Kế hoạch số bốn mươi lăm của Ủy ban nhân dân"),
        (
            "Luật số 60/2024/QH15",
            "Luật số sáu mươi năm hai nghìn không trăm hai mươi tư của Quốc hội khóa mười lăm",
        ),
        ("nắng & mưa", "nắng và mưa"),
        ("không có gì để đổi.", "không có gì để đổi."),
        ("", ""),
    ],
)
def test_what_is_written_and_what_is_heard(written: str, heard: str):
    assert said(written) == heard
    assert in_doubt(written) == []


@pytest.mark.parametrize(
    ("written", "asked", "heard"),
    [
        ("do ABC lập", ["ABC"], "do ABC lập"),
        ("xem dichvucong.gov.vn.", ["dichvucong.gov.vn"], "xem dichvucong.gov.vn."),
        ("gửi a1@b.vn", ["a1@b.vn"], "gửi a1@b.vn"),
        ("mở 24/7", ["24/7"], "mở hai mươi tư trên bảy"),
        ("khổ A4", ["A4"], "khổ a bốn"),
        ("số 12/XY-ZW", ["số 12/XY-ZW"], "số mười hai trên ích xì i dài dét vê kép"),
        ("ngày 31/31/2025", ["31/31/2025"], f"ngày ba mươi mốt trên ba mươi mốt trên {YEAR}"),
        ("mã 001085012345", [], "mã không không một không tám năm không một hai ba bốn năm"),
    ],
)
def test_what_the_rules_cannot_know_is_shown_to_a_person(
    written: str, asked: list[str], heard: str
):
    assert in_doubt(written) == asked
    assert said(written) == heard


def test_a_heading_in_capitals_is_no_abbreviation():
    assert in_doubt("HỘI THI CÔNG CHỨC VIỆT NAM") == []
    assert in_doubt("HỘI THI do ABC") == ["ABC"]


def test_the_south_is_read_its_way():
    assert said("có 1.105 người", dialect=SOUTHERN) == "có một ngàn một trăm lẻ năm người"


def test_a_correction_settles_every_place_of_its_original():
    corrections = {"ABC": "a bê xê", "UBND": "Ủy ban", "TP.": "thành phố mới"}
    pieces = read_aloud(
        "ABC và UBND, ABC, TP. Huế", abbreviations=ABBREVIATIONS, corrections=corrections
    )
    assert reading_text(pieces) == "a bê xê và Ủy ban, a bê xê, thành phố mới Huế"
    assert not any(piece.needs_eye for piece in pieces)


def test_an_editor_checks_each_original_once_and_doubts_first():
    pieces = read_aloud("UBND họp, ABC nói, UBND nghe", abbreviations=ABBREVIATIONS)
    rows = replacements(pieces)
    assert [(row.original, row.count, row.needs_eye) for row in rows] == [
        ("ABC", 1, True),
        ("UBND", 2, False),
    ]
    assert rows[0].before.endswith("họp, ")


def test_paragraphs_stay():
    assert said("Kính thưa bà con!\r\n\r\n\r\nCó 2 việc:\n- việc 1") == (
        "Kính thưa bà con!\n\nCó hai việc:\n- việc một"
    )


def test_pauses_are_marked_at_commas_and_ends():
    sheet = paragraphs_with_pauses("Kính thưa bà con, hôm nay họp. Mời “bà con.”\n\nHết")
    assert sheet == [
        [("Kính thưa bà con,", "short"), ("hôm nay họp.", "long"), ("Mời “bà con.”", "long")],
        [("Hết", "")],
    ]


def test_minutes_are_counted_by_syllables():
    assert count_words("Kính thưa – bà con!") == 4
    assert reading_seconds("một " * 180, words_per_minute=180) == 60


_WRITING = st.text(
    st.sampled_from("0123456789.,/-–:%đ hgngàythứ UBNDTPĐIVXa()\n²٣+&") | st.characters(),
    max_size=80,
)


@given(_WRITING)
def test_no_digit_is_left_unless_a_person_is_asked(text: str):
    pieces = read_aloud(text, abbreviations=ABBREVIATIONS)
    assert "".join(piece.original for piece in pieces) == clean_text(text)
    for piece in pieces:
        assert piece.needs_eye or not any(char.isdigit() for char in piece.reading)
    # What the reader gets can be read again without change: nothing is said twice.
    assert not any(
        char.isdigit() for piece in pieces if not piece.is_unknown for char in piece.reading
    )


@pytest.mark.parametrize(
    "unit", ["a", "a-", "a.", "1", "1/", "AB ", "a1", "1.1,", "@", "0 ", "5-", "P. ", ".111", "ÁB "]
)
def test_a_long_odd_text_holds_nobody_up(unit: str):
    text = (unit * 30_000)[:30_000]
    begun = time.perf_counter()
    paragraphs_with_pauses(reading_text(read_aloud(text, abbreviations=ABBREVIATIONS)))
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize("text", ["31/02/2025", "29/02/2025", "ngày 31/4", "24:30", "24h05"])
def test_no_day_or_time_is_made_of_what_is_none(text: str):
    heard = said(f"họp {text} tại nhà văn hóa")
    assert "tháng" not in heard
    assert "giờ" not in heard


def test_a_leap_day_and_midnight_are_read():
    assert "hai mươi chín tháng hai" in said("29/02/2024")
    assert "hai mươi chín tháng hai" in said("ngày 29/2")
    assert said("24:00") == "Hai mươi tư giờ"


def test_a_comma_of_the_english_is_shown_to_a_person():
    assert in_doubt("có 1,234 người") == ["1,234"]
    assert in_doubt("tăng 1,25 lần, còn 0,125") == []


def test_a_kind_of_document_said_short_is_said_once():
    heard = said("theo QĐ số 05/2025/QĐ-UBND ngày 01/3/2025")
    assert heard.startswith(f"theo Quyết định số năm năm {YEAR} của Ủy ban nhân dân")
