"""The files that authors begin with: a Word and an Excel file with one example of each kind, which
import without a remark (tests/quizzes/test_question_templates.py).

Their words are those that the readers know, so they are Vietnamese in every language.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import IO, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from core.spreadsheets import Column, write_workbook

_GUIDE = (
    "Cách dùng: giữ nguyên cách trình bày dưới đây, thay các câu ví dụ bằng câu của bạn, rồi tải "
    "tệp này lên. Phần hướng dẫn ở đầu tệp được bỏ qua khi nhập, có thể để lại hoặc xóa đi.",
    "Câu chọn đáp án: gạch chân, in đậm hoặc tô màu trọn phương án đúng; hoặc ghi dòng “Đáp án: C” "
    "dưới câu; hoặc lập bảng đáp án ở cuối tệp. Chỉ dùng một cách cho mỗi câu.",
    "Loại câu khác: ghi tên loại trong dấu ngoặc ngay sau số câu, như các ví dụ. Tên dùng được: "
    "Đúng/Sai, Sắp xếp, Ghép đôi, Trả lời ngắn, Điền số, Tự luận.",
    "Dưới mỗi câu có thể ghi thêm các dòng Giải thích, Căn cứ, Mức độ (Dễ, Trung bình, Khó); đáp "
    "án chỉ đúng một thời gian thì ghi dòng Có giá trị đến với ngày cuối cùng, như 31/12/2027.",
    "Hình: chèn hình PNG hoặc JPEG ngay dưới nội dung câu hỏi, hoặc trên cùng dòng với phương án.",
)
# A list of lines is one question; "__" around a line underlines it.
_QUESTIONS: Sequence[Sequence[str]] = (
    (
        "Câu 1: Văn bản hành chính được trình bày trên khổ giấy nào?",
        "A. A3",
        "__B. A4__",
        "C. A5",
        "D. Khổ nào cũng được",
        "Giải thích: Văn bản hành chính dùng khổ A4 (210 mm x 297 mm).",
        "Căn cứ: Phụ lục I Nghị định số 30/2020/NĐ-CP",
        "Mức độ: Dễ",
    ),
    (
        "Câu 2: Những việc nào sau đây giúp người dân bớt đi lại? (chọn nhiều đáp án)",
        "A. Nhận hồ sơ qua Cổng Dịch vụ công quốc gia",
        "B. Trả kết quả qua bưu chính",
        "C. Yêu cầu nộp lại giấy tờ đã có trong cơ sở dữ liệu",
        "Đáp án: A, B",
        "Mức độ: Trung bình",
    ),
    (
        "Câu 3: Số trang của văn bản hành chính được đặt ở lề trên của trang giấy.",
        "Đáp án: Đúng",
    ),
    (
        "Câu 4 (Đúng/Sai): Về thể thức văn bản hành chính:",
        "a) Phông chữ là Times New Roman, bộ mã Unicode (Đ)",
        "b) Số trang được ghi ở cả trang đầu (S)",
        "c) Tiêu ngữ là “Độc lập - Tự do - Hạnh phúc” (Đ)",
        "d) Lề trái hẹp hơn lề phải (S)",
    ),
    (
        "Câu 5 (Sắp xếp): Sắp xếp các việc sau theo trình tự giải quyết một hồ sơ.",
        "a) Trả kết quả cho người dân",
        "b) Tiếp nhận hồ sơ",
        "c) Giải quyết hồ sơ",
        "Đáp án: b, c, a",
    ),
    (
        "Câu 6 (Ghép đôi): Ghép mỗi văn bản với nội dung của văn bản đó.",
        "a) Nghị định số 30/2020/NĐ-CP = Công tác văn thư",
        "b) Nghị định số 118/2025/NĐ-CP = Thủ tục hành chính theo cơ chế một cửa",
        "c) Nghị định số 45/2020/NĐ-CP = Thủ tục hành chính trên môi trường điện tử",
    ),
    (
        "Câu 7 (Điền số): Lề trái của văn bản hành chính rộng ít nhất bao nhiêu mi-li-mét?",
        "Đáp án: 30 mm",
    ),
    (
        "Câu 8 (Trả lời ngắn): Cơ quan nào ban hành Nghị định số 118/2025/NĐ-CP?",
        "Đáp án: Chính phủ; Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Mức độ: Dễ",
    ),
    (
        "Câu 9 (Tự luận): Trình bày, không quá 300 từ, một việc bạn sẽ làm để người dân hài lòng "
        "hơn khi đến Bộ phận Một cửa.",
        "Hướng dẫn chấm: Nêu được việc làm cụ thể (2 điểm); nói rõ cách làm (2 điểm); có cách đo "
        "kết quả (1 điểm).",
        "Mức độ: Khó",
    ),
)


def word_template() -> bytes:
    document = docx.Document()
    _set_page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("MẪU CÂU HỎI ĐỂ NHẬP VÀO NGÂN HÀNG")
    run.bold, run.font.size = True, Pt(14)
    for text in _GUIDE:
        note = document.add_paragraph().add_run(text)
        note.italic, note.font.size, note.font.color.rgb = True, Pt(11), RGBColor(0x45, 0x45, 0x45)
    document.add_paragraph("Chuyên đề: Văn thư, một cửa").paragraph_format.space_before = Pt(12)
    for lines in _QUESTIONS:
        _add_question(document, lines)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
    section.left_margin = Cm(3)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.paragraph_format.space_after = Pt(4)


def _add_question(document: Any, lines: Sequence[str]) -> None:
    for index, line in enumerate(lines):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(0 if index else 10)
        paragraph.paragraph_format.keep_with_next = index < len(lines) - 1
        if index:
            paragraph.paragraph_format.left_indent = Cm(0.8)
        is_key = line.startswith("__")
        head, colon, rest = line.partition(":")
        if index or not colon:
            paragraph.add_run(line.strip("_")).underline = is_key or None
        else:
            paragraph.add_run(head + colon).bold = True
            paragraph.add_run(rest)


_COLUMNS = (
    Column("STT", 6),
    Column("Chuyên đề", 20),
    Column("Mức độ", 13),
    Column("Loại câu hỏi", 17),
    Column("Câu hỏi", 52),
    *(Column(letter, 26) for letter in "ABCD"),
    Column("Đáp án", 18),
    Column("Giải thích", 40),
    Column("Căn cứ", 30),
    Column("Có giá trị đến", 16),
)
_TITLE = (
    "Mẫu câu hỏi: thay các dòng ví dụ bằng câu của bạn. Đáp án ghi chữ cái của phương án đúng; "
    "câu nhiều đáp án ghi A, B."
)
_TOPIC = "Văn thư, một cửa"
_BASIS = "Phụ lục I Nghị định số 30/2020/NĐ-CP"
_ROWS: Sequence[Sequence[Any]] = (
    (
        1, _TOPIC, "Dễ", "Một đáp án", "Văn bản hành chính được trình bày trên khổ giấy nào?",
        "A3", "A4", "A5", "Khổ nào cũng được", "B",
        "Văn bản hành chính dùng khổ A4 (210 mm x 297 mm).", _BASIS,
    ),
    (
        2, _TOPIC, "Trung bình", "Nhiều đáp án",
        "Những việc nào sau đây giúp người dân bớt đi lại?",
        "Nhận hồ sơ qua Cổng Dịch vụ công quốc gia", "Trả kết quả qua bưu chính",
        "Yêu cầu nộp lại giấy tờ đã có trong cơ sở dữ liệu", "", "A, B", "", "",
    ),
    (
        3, _TOPIC, "Dễ", "Đúng/Sai",
        "Số trang của văn bản hành chính được đặt ở lề trên của trang giấy.",
        "", "", "", "", "Đúng", "", _BASIS,
    ),
    (
        4, _TOPIC, "Trung bình", "Nhóm đúng/sai", "Về thể thức văn bản hành chính:",
        "Phông chữ là Times New Roman, bộ mã Unicode", "Số trang được ghi ở cả trang đầu",
        "Tiêu ngữ là “Độc lập - Tự do - Hạnh phúc”", "", "Đ, S, Đ", "", _BASIS,
    ),
    (
        5, _TOPIC, "Dễ", "Sắp xếp", "Sắp xếp các việc sau theo trình tự giải quyết một hồ sơ.",
        "Trả kết quả cho người dân", "Tiếp nhận hồ sơ", "Giải quyết hồ sơ", "", "B-C-A", "", "",
    ),
    (
        6, _TOPIC, "Trung bình", "Ghép đôi", "Ghép mỗi văn bản với nội dung của văn bản đó.",
        "Nghị định số 30/2020/NĐ-CP = Công tác văn thư",
        "Nghị định số 118/2025/NĐ-CP = Thủ tục hành chính theo cơ chế một cửa",
        "Nghị định số 45/2020/NĐ-CP = Thủ tục hành chính trên môi trường điện tử",
        "", "", "", "",
    ),
    (
        7, _TOPIC, "Dễ", "Điền số",
        "Lề trái của văn bản hành chính rộng ít nhất bao nhiêu mi-li-mét?",
        "", "", "", "", "30 mm", "", _BASIS,
    ),
    (
        8, _TOPIC, "Dễ", "Trả lời ngắn", "Cơ quan nào ban hành Nghị định số 118/2025/NĐ-CP?",
        "", "", "", "", "Chính phủ; Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam", "", "",
    ),
    (
        9, _TOPIC, "Khó", "Tự luận",
        "Trình bày một việc bạn sẽ làm để người dân hài lòng hơn khi đến Bộ phận Một cửa.",
        "", "", "", "", "Nêu được việc làm cụ thể; nói rõ cách làm; có cách đo kết quả.", "", "",
    ),
)  # fmt: skip


def write_excel_template(target: IO[bytes]) -> None:
    rows = ((*row, "") for row in _ROWS)  # no example is right for some time only
    write_workbook(target, sheet_name="Câu hỏi", title=_TITLE, columns=_COLUMNS, rows=rows)
