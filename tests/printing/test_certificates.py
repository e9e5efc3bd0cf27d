import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest
import segno

from printing.certificates import (
    QR_LEFT,
    QR_SIDE,
    QR_TOP,
    CertificatePage,
    Shared,
    draw_certificates,
    file_name,
    zip_certificates,
)
from printing.typography import BOLD, REGULAR, width_of
from tests.printing.pdf import POINT, page_texts, plain, reader

SHARED = Shared(
    title="GIẤY CHỨNG NHẬN",
    superior_agency="Ủy ban nhân dân phường Tây Tựu",
    issuing_agency="Ban Tổ chức Hội thi",
    occasion="Hội thi Công chức làm việc tại bộ phận Một cửa năm 2026, Vòng 1: Trắc nghiệm",
    day_line="Tây Tựu, ngày 05 tháng 11 năm 2026",
    position="Trưởng ban",
    authority="TM. Ban Tổ chức",
    signer_name="Nguyễn Văn Bình",
)
PAGE = CertificatePage(
    shared=SHARED,
    full_name="Ngô Ẩn",
    unit_name="Trung tâm Phục vụ hành chính công",
    achievement="Đạt giải Nhất",
    number_line="Số: 05/GCN-BTC",
    verify_url="https://hoithi.gov.vn/verify/AbCdEfGhIjKlMnOpQrStUv/",
)
LONG_NAME = "Công Tằng Tôn Nữ Hoàng Nguyễn Phương Thảo Quỳnh Trang Đặng Ẩn Ngọc Ưỡng"
LONG_UNIT = (
    "Phòng Văn hóa, Khoa học và Thông tin, Trung tâm Phục vụ hành chính công và Bộ phận Tiếp "
    "nhận và trả kết quả của Ủy ban nhân dân phường Tây Tựu, thành phố Hà Nội"
)


def test_every_page_is_a4_landscape_and_says_all_there_is_to_say():
    pdf = draw_certificates([PAGE, replace(PAGE, full_name="Đặng Thị Ưỡng")])
    first, second = plain(pdf)
    for text in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN PHƯỜNG TÂY TỰU",
        "BAN TỔ CHỨC HỘI THI",
        "GIẤY CHỨNG NHẬN",
        "Ngô Ẩn",
        "Trung tâm Phục vụ hành chính công",
        "Đạt giải Nhất",
        "Vòng 1: Trắc nghiệm",
        "Tây Tựu, ngày 05 tháng 11 năm 2026",
        "TM. BAN TỔ CHỨC",
        "TRƯỞNG BAN",
        "Nguyễn Văn Bình",
        "Số: 05/GCN-BTC",
    ):
        assert text in first
    assert "Đặng Thị Ưỡng" in second
    assert "Ngô Ẩn" not in second
    page = reader(pdf).pages[0]
    assert float(page.mediabox.width) * POINT == pytest.approx(297, abs=0.1)
    assert float(page.mediabox.height) * POINT == pytest.approx(210, abs=0.1)


def test_all_fonts_are_embedded():
    def fonts(resources):
        for font in resources.get("/Font", {}).values():
            yield font.get_object()
        for form in resources.get("/XObject", {}).values():
            if "/Resources" in form.get_object():
                yield from fonts(form.get_object()["/Resources"])

    found = list(fonts(reader(draw_certificates([PAGE])).pages[0]["/Resources"]))
    assert len(found) >= 5
    for font in found:
        holder = font.get("/DescendantFonts", [font])[0].get_object()
        assert "/FontFile2" in holder["/FontDescriptor"], font["/BaseFont"]


def test_the_frame_is_stored_once_for_the_whole_batch():
    one = len(draw_certificates([PAGE]))
    pages = [replace(PAGE, number_line=f"Số: {n}/GCN-BTC") for n in range(100)]
    assert len(draw_certificates(pages)) < one + 100 * 3000
    forms = {
        page["/Resources"]["/XObject"].raw_get("/Shared").idnum
        for page in reader(draw_certificates(pages[:5])).pages
    }
    assert len(forms) == 1


def test_certificates_of_two_days_in_one_file_keep_each_its_own_day():
    other = replace(PAGE, shared=replace(SHARED, day_line="Tây Tựu, ngày 06 tháng 11 năm 2026"))
    first, second = plain(draw_certificates([PAGE, other]))
    assert "ngày 05 tháng 11" in first
    assert "ngày 06 tháng 11" in second


def test_a_draft_says_so_and_has_neither_code_nor_qr():
    page = replace(PAGE, shared=replace(SHARED, draft=True), verify_url="")
    pdf = draw_certificates([page])
    assert plain(pdf)[0].count("DỰ THẢO") == 2
    assert "Quét mã" not in plain(pdf)[0]
    assert "DỰ THẢO" not in plain(draw_certificates([PAGE]))[0]


@pytest.mark.parametrize("name", ["Ý", LONG_NAME, "Ẫ" * 70, "Nguyễn " * 17])
@pytest.mark.parametrize("unit", ["", LONG_UNIT, "Ủy ban nhân dân " * 12])
def test_long_names_and_units_stay_inside_the_frame_and_off_each_other(name, unit):
    page = replace(PAGE, full_name=name.strip(), unit_name=unit.strip())
    texts = page_texts(reader(draw_certificates([page])).pages[0])
    written = "".join(text.text for text in texts).replace(" ", "")
    assert name.replace(" ", "") in written
    assert unit.replace(" ", "") in written
    lines = [t for t in texts if 75 < t.baseline < 112]
    assert all(t.left >= 29.9 for t in lines)
    names = [t.baseline for t in lines if "Bold" in t.font]
    units = [t.baseline for t in lines if "Bold" not in t.font]
    assert max(names) < 98.5
    assert all(98.5 < baseline < 112 for baseline in units)


def test_a_name_of_seventy_letters_is_still_easy_to_read():
    from printing.certificates import NAME, TEXT_WIDTH
    from printing.typography import fitted

    assert len(LONG_NAME) >= 70
    size, lines = fitted(
        LONG_NAME,
        BOLD,
        size=NAME.size,
        smallest=NAME.smallest,
        width=TEXT_WIDTH,
        height=NAME.height,
        most_lines=NAME.most_lines,
    )
    assert size >= 22
    assert len(lines) == 2
    assert max(width_of(line, BOLD, size) for line in lines) <= TEXT_WIDTH
    short, _ = fitted(
        "Ngô Ẩn",
        REGULAR,
        size=32,
        smallest=18,
        width=TEXT_WIDTH,
        height=NAME.height,
        most_lines=2,
    )
    assert short == 32


def test_the_qr_code_holds_the_address_of_the_verify_page():
    """The modules drawn are those of the code; the quiet zone round them stays white."""
    page = reader(draw_certificates([PAGE])).pages[0]
    operators = page.get_contents().get_data().decode("latin-1")
    drawn = operators[operators.rindex("1 g 0 0 ") :]
    side = int(re.match(r"1 g 0 0 (\d+) ", drawn)[1])
    dark = set()
    for x, y, width in re.findall(r"(\d+) (\d+) (\d+) 1 re", drawn):
        dark |= {(int(x) + n, side - 1 - int(y)) for n in range(int(width))}
    matrix = segno.make(PAGE.verify_url, error="m", micro=False, boost_error=False, mask=4).matrix
    assert dark == {
        (x + 4, y + 4) for y, row in enumerate(matrix) for x, cell in enumerate(row) if cell
    }
    assert side == len(matrix) + 8
    module_mm = QR_SIDE * POINT / side
    assert module_mm > 0.6
    assert (30, pytest.approx(173)) == (QR_LEFT * POINT, (QR_TOP + QR_SIDE) * POINT)


def test_a_zip_has_one_pdf_for_each_person():
    pages = [PAGE, replace(PAGE, full_name="Đặng Thị Ưỡng")]
    steps = []
    target = BytesIO()
    names = ["a.pdf", "b.pdf"]
    zip_certificates(draw_certificates(pages), names, target, progress=steps.append)
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == names
        assert archive.testzip() is None
        one = archive.read("b.pdf")
    assert len(pypdf.PdfReader(BytesIO(one)).pages) == 1
    assert "Đặng Thị Ưỡng" in plain(one)[0]
    assert "Ngô Ẩn" not in plain(one)[0]
    assert steps == [1, 2]


def test_file_names_are_plain_ascii():
    assert file_name(year=2026, number=5, full_name="Đặng Thị Ưỡng") == (
        "GCN-2026-00005-dang-thi-uong.pdf"
    )
    assert file_name(year=2026, number=6, full_name="../..\\x") == "GCN-2026-00006-x.pdf"
