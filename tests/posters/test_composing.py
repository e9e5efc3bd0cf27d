"""What hangs on the wall."""

import re
from datetime import date
from io import BytesIO

import pytest
import segno
from pypdf import PdfReader

from posters.composing import PosterFacts, SheetItem, draw_poster, file_name, qr_svg, sheets_of

URL = "https://motcua.example.vn/q/K7MPQ"
LONG = "Xác định, xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật cho người dân"
MM = 72 / 25.4


def facts(size: str = "a4", count: int = 1, *, listed: bool = False, title: str = LONG):
    return PosterFacts(
        size=size,
        title="Quét mã, biết ngay cần giấy tờ gì",
        place_name="Nhà văn hóa tổ dân phố số 5",
        agency="Ủy ban nhân dân phường Tây Tựu",
        made_on=date(2026, 11, 23),
        items=tuple(
            SheetItem(title, "Phí 8.000 đồng", "" if listed else URL) for _n in range(count)
        ),
        list_url=URL if listed else "",
    )


@pytest.mark.parametrize(
    ("size", "width", "height"), [("a3", 297, 420), ("a4", 210, 297), ("a5", 148, 210)]
)
@pytest.mark.parametrize("count", [1, 4, 8])
def test_a_sheet_has_its_size_and_says_it_all(size, width, height, count):
    poster = facts(size, count)
    pages = PdfReader(BytesIO(draw_poster(poster))).pages
    assert len(pages) == len(sheets_of(poster))
    for page in pages:
        assert abs(page.mediabox.width - width * MM) < 1
        assert abs(page.mediabox.height - height * MM) < 1
        text = " ".join(page.extract_text().split())
        assert "Nhà văn hóa tổ dân phố số 5" in text
        assert "Ủy ban nhân dân phường Tây Tựu" in text
        assert "23/11/2026" in text
    told = "".join("".join(page.extract_text().split()) for page in pages)
    assert told.count("/q/K7MPQ") == count
    assert told.count("".join(LONG.split())) == count


def test_too_many_for_one_sheet_are_spread_evenly_and_numbered():
    poster = facts("a4", 8)
    assert [len(items) for items in sheets_of(poster)] == [4, 4]
    text = PdfReader(BytesIO(draw_poster(poster))).pages[1].extract_text()
    assert "tờ 2/2" in text


def test_one_code_for_a_list_names_all_and_shows_one_address():
    poster = facts("a4", 12, listed=True, title="Chứng thực bản sao")
    [page] = PdfReader(BytesIO(draw_poster(poster))).pages
    text = page.extract_text()
    assert text.count("Chứng thực bản sao") == 12
    assert "".join(text.split()).count("/q/K7MPQ") == 1


def test_fonts_are_embedded_and_nothing_is_a_picture():
    [page] = PdfReader(BytesIO(draw_poster(facts()))).pages
    names = {font["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
    assert any("Motcua-Poster-Serif" in name for name in names)
    assert any("Motcua-Poster-Sans" in name for name in names)
    assert not page.images


def test_a_code_keeps_its_quiet_zone():
    assert qr_svg(URL).startswith('<svg viewBox="0 0 37 37"')  # version 3: 29 modules and 2 × 4
    assert "M4 4h7v1h-7z" in qr_svg(URL)


def test_the_drawn_modules_are_those_of_the_code():
    code = segno.make(URL, error="m", micro=False).matrix
    drawn = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1", qr_svg(URL)):
        drawn |= {(int(x) + step, int(y)) for step in range(int(width))}
    assert drawn == {
        (x + 4, y + 4) for y, row in enumerate(code) for x, dark in enumerate(row) if dark
    }


def test_markup_in_a_name_is_text():
    poster = facts(title="<script>alert(1)</script>")
    text = PdfReader(BytesIO(draw_poster(poster))).pages[0].extract_text()
    assert "<script>alert(1)</script>" in text


def test_the_file_is_named_in_ascii():
    assert file_name(facts("a3")) == "ap-phich-a3-nha-van-hoa-to-dan-pho-so-5.pdf"
