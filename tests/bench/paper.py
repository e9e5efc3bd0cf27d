"""Certificates beside WeasyPrint called once for each and beside ReportLab drawing the same;
a result sheet of 10,000 rows. No database: what is measured is the drawing."""

import os
import resource
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import django
import segno
from django.template.loader import render_to_string
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing import certificates as drawing
from printing.certificates import CertificatePage, Shared, draw_certificates
from printing.composing import compose
from printing.documents import (
    Align,
    Column,
    DocumentHead,
    OfficialDocument,
    Orientation,
    Paragraph,
    Signature,
    Table,
)
from printing.rendering import render_pdf
from printing.typography import BOLD, ITALIC, REGULAR, balanced, register_fonts

ONE_BY_ONE = 20
SHARED = Shared(
    title="GIẤY CHỨNG NHẬN",
    superior_agency="Ủy ban nhân dân phường Tây Tựu",
    issuing_agency="Ban Tổ chức Hội thi",
    occasion="Hội thi Công chức làm việc tại bộ phận Một cửa năm 2026, Vòng 1: Trắc nghiệm",
    day_line="Tây Tựu, ngày 05 tháng 11 năm 2026",
    position="TRƯỞNG BAN",
    authority="TM. BAN TỔ CHỨC",
    signer_name="Nguyễn Văn Bình",
)


def pages(count: int) -> list[CertificatePage]:
    return [
        CertificatePage(
            shared=SHARED,
            full_name=f"Nguyễn Thị Phương Thảo {number}",
            unit_name=f"Trung tâm Phục vụ hành chính công số {number % 126}",
            achievement="Đạt giải Khuyến khích",
            number_line=f"Số: {number:02d}/GCN-BTC",
            verify_url=f"https://hoithi.example.gov.vn/verify/AbCdEfGhIjKlMnOp{number:06d}/",
        )
        for number in range(1, count + 1)
    ]


def measure(_redis: object = None) -> dict[str, Any]:
    """Callable as one of tests.bench.batch.BATCHES."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    return {
        "certificates": [_certificates(count) for count in (50, 500)],
        "result_sheet": [_result_sheet(orientation) for orientation in Orientation],
    }


def _certificates(count: int) -> dict[str, Any]:
    given = pages(count)
    drawing._background.cache_clear()
    ours = _seconds(lambda: draw_certificates(given))
    reportlab = _seconds(lambda: draw_with_reportlab(given))
    one_by_one = _seconds(lambda: [draw_with_weasyprint(page) for page in given[:ONE_BY_ONE]])
    weasyprint = one_by_one / ONE_BY_ONE * count
    return {
        "count": count,
        "seconds": round(ours, 3),
        "per_second": round(count / ours),
        "weasyprint_one_by_one_seconds": round(weasyprint, 2),
        "times_weasyprint_rate": round(weasyprint / ours, 1),
        "reportlab_seconds": round(reportlab, 3),
        "of_reportlab_time": round(ours / reportlab, 2),
    }


def _result_sheet(orientation: Orientation) -> dict[str, Any]:
    columns = (
        Column("Hạng", 14, Align.CENTER),
        Column("Họ và tên", 36),
        Column("Đơn vị", 38),
        Column("Câu đúng", 14, Align.CENTER),
        Column("Điểm", 15, Align.CENTER),
        Column("Thời gian", 22, Align.CENTER),
        Column("Phân định", 24),
        Column("Giải", 16, Align.CENTER),
    )
    rows = [
        (
            str(number),
            f"Nguyễn Thị Phương Thảo {number}",
            f"Phòng Văn hóa, Khoa học và Thông tin {number % 126}",
            "38",
            "9,50",
            "12:34,567",
            "Thời gian làm bài",
            "",
        )
        for number in range(1, 10_001)
    ]
    document = OfficialDocument(
        head=DocumentHead(issuing_agency="Ban Tổ chức Hội thi", place="Tây Tựu", year=2026),
        title="Bảng tổng hợp kết quả",
        blocks=(Paragraph("Kết quả như sau:"), Table(columns, rows)),
        signature=Signature("Trưởng ban", authority="TM. Ban Tổ chức"),
        orientation=orientation,
    )
    taken: list[bytes] = []
    seconds = _seconds(lambda: taken.append(compose(document)))
    return {
        "rows": len(rows),
        "orientation": orientation.value,
        "seconds": round(seconds, 2),
        "megabytes": round(len(taken[0]) / 1e6, 1),
        "peak_memory_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def draw_with_weasyprint(page: CertificatePage) -> bytes:
    """The whole certificate as one HTML page: what an ordinary program does for each person."""
    shared = render_to_string(
        "printing/certificate.html",
        {
            "shared": page.shared,
            "superior_lines": [page.shared.superior_agency.upper()],
            "issuing_lines": [page.shared.issuing_agency.upper()],
            "occasion_lines": balanced(page.shared.occasion, REGULAR, 15, drawing.TEXT_WIDTH),
        },
    )
    qr = segno.make(page.verify_url, error="m", micro=False).svg_inline(scale=3)
    own = (
        f'<p class="at" style="top:78mm;font:bold 32pt Motcua Serif">{page.full_name}</p>'
        f'<p class="at" style="top:100mm;font-size:16pt">{page.unit_name}</p>'
        f'<p class="at" style="top:113mm;font:bold 22pt Motcua Serif">{page.achievement}</p>'
        f'<div style="position:absolute;left:30mm;top:143mm">{qr}<p>{page.number_line}</p></div>'
    )
    return render_pdf(shared.replace("</body>", f"{own}</body>"))


def draw_with_reportlab(given: Sequence[CertificatePage]) -> bytes:
    """The same page by ReportLab alone, written with care: frame and shared text in one form."""
    register_fonts()
    target = BytesIO()
    canvas = Canvas(target, pagesize=drawing.PAGE, pageCompression=1, initialFontName=REGULAR)
    canvas.beginForm("shared")
    _frame(canvas)
    _shared_text(canvas, given[0].shared)
    canvas.endForm()
    for page in given:
        canvas.doForm("shared")
        canvas.setFillColor(HexColor("#1d1a16"))
        for text, font, size, y in (
            (page.full_name, BOLD, 32, 120),
            (page.unit_name, REGULAR, 16, 104),
            (page.achievement, BOLD, 22, 90),
        ):
            canvas.setFont(font, size)
            canvas.drawCentredString(148.5 * mm, y * mm, text)
        _qr(canvas, page.verify_url)
        canvas.setFont(BOLD, 12)
        canvas.drawCentredString(45 * mm, 32 * mm, page.number_line)
        canvas.setFont(ITALIC, 9.5)
        canvas.drawCentredString(45 * mm, 27.5 * mm, "Quét mã để kiểm tra")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _frame(canvas: Canvas) -> None:
    canvas.setStrokeColor(HexColor("#efe3c4"))
    canvas.setLineWidth(0.18 * mm)
    for turn in range(36):
        canvas.saveState()
        canvas.translate(148.5 * mm, 105 * mm)
        canvas.rotate(5 * turn)
        canvas.ellipse(-62 * mm, -30 * mm, 62 * mm, 30 * mm)
        canvas.restoreState()
    for margin, colour, width in ((7, "#b08d3c", 0.35), (9, "#8a1c1c", 1.1), (11, "#b08d3c", 0.35)):
        canvas.setStrokeColor(HexColor(colour))
        canvas.setLineWidth(width * mm)
        canvas.roundRect(
            margin * mm, margin * mm, (297 - 2 * margin) * mm, (210 - 2 * margin) * mm, 13 * mm
        )


def _shared_text(canvas: Canvas, shared: Shared) -> None:
    for text, font, size, x, y in (
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD, 13, 148.5, 187),
        ("Độc lập - Tự do - Hạnh phúc", BOLD, 14, 148.5, 181),
        (shared.superior_agency.upper(), REGULAR, 12.5, 148.5, 170),
        (shared.issuing_agency.upper(), BOLD, 12.5, 148.5, 164),
        (shared.title, BOLD, 40, 148.5, 147),
        ("Chứng nhận Ông (Bà)", ITALIC, 15, 148.5, 136),
        (shared.occasion, REGULAR, 15, 148.5, 80),
        (shared.day_line, ITALIC, 13, 218, 65),
        (shared.authority, BOLD, 13, 218, 59),
        (shared.position, BOLD, 13, 218, 53),
        (shared.signer_name, BOLD, 14, 218, 21),
    ):
        canvas.setFont(font, size)
        canvas.drawCentredString(x * mm, y * mm, text)


def _qr(canvas: Canvas, url: str) -> None:
    rows = segno.make(url, error="m", micro=False, boost_error=False, mask=4).matrix
    canvas.saveState()
    canvas.translate(32 * mm, 39 * mm)
    canvas.scale(26 * mm / len(rows), 26 * mm / len(rows))
    path = canvas.beginPath()
    for y, row in enumerate(reversed(rows)):
        for run in drawing._DARK_RUN.finditer(bytes(row)):
            path.rect(run.start(), y, run.end() - run.start(), 1)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
