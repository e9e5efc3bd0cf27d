"""Small workbooks and tables, one for each quirk, with exactly the questions and remarks they must
give, or the reason for which they are not opened."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import pytest
from openpyxl.drawing.image import Image as SheetImage

from quizzes.importing.messages import describe_unreadable, describe_with_place
from quizzes.importing.parsed import UnreadableFile
from quizzes.importing.reading import read_questions
from tests.quizzes.importing.text_corpus import told
from tests.quizzes.importing.word_files import picture_bytes, repacked, word_file

HEAD = ("STT", "Chuyên đề", "Câu hỏi", "A", "B", "C", "Đáp án")
ROW = (1, "Địa lý", "Thủ đô?", "Huế", "Vinh", "Hà Nội", "C")
OTHER = (2, "Địa lý", "Cố đô?", "Huế", "Vinh", "Hà Nội", "A")
CAPITAL = "single_choice: Thủ đô? [Huế | Vinh | *Hà Nội] # Địa lý"
FORMER = "single_choice: Cố đô? [*Huế | Vinh | Hà Nội] # Địa lý"
FILE = "ab" * 32


@dataclass(frozen=True)
class Case:
    build: Callable[[], bytes]
    questions: tuple[str, ...] = (CAPITAL, FORMER)
    remarks: tuple[tuple[int, str], ...] = ()


def book(*rows, change=lambda sheet: None):
    def build():
        found = openpyxl.Workbook()
        for row in rows:
            found.active.append(row)
        change(found.active)
        target = io.BytesIO()
        found.save(target)
        return target.getvalue()

    return build


def merge(cells):
    return lambda sheet: sheet.merge_cells(cells)


def hide_row(sheet):
    sheet.row_dimensions[3].hidden = True


def hide_column(sheet):
    sheet.column_dimensions["B"].hidden = True


def hidden_sheet(sheet):
    other = sheet.parent.create_sheet("Nháp")
    other.append(HEAD)
    other.append(ROW)
    other.sheet_state = "hidden"


def add_picture(sheet):
    sheet.add_image(SheetImage(io.BytesIO(picture_bytes())), "C3")


def add_comment(sheet):
    sheet["C2"].comment = openpyxl.comments.Comment("Xem lại câu này", "Tổ ra đề")


def text(content, encoding="utf-8"):
    return lambda: content.encode(encoding)


CASES = {
    "bảng thường": Case(book(HEAD, ROW, OTHER)),
    "chuyên đề gộp ô": Case(
        book(HEAD, ROW, (2, None, *OTHER[2:]), change=merge("B2:B3")),
    ),
    "tiêu đề gộp ô phía trên": Case(
        book(("NGÂN HÀNG CÂU HỎI",), (), HEAD, ROW, OTHER, change=merge("A1:G1"))
    ),
    "dòng ẩn": Case(book(HEAD, ROW, OTHER, change=hide_row), remarks=((0, "rows_hidden"),)),
    "cột ẩn": Case(book(HEAD, ROW, OTHER, change=hide_column)),
    "trang tính ẩn": Case(
        book(HEAD, ROW, OTHER, change=hidden_sheet), remarks=((0, "sheets_hidden"),)
    ),
    "hình trong trang tính": Case(
        book(HEAD, ROW, OTHER, change=add_picture), remarks=((0, "sheet_pictures"),)
    ),
    "ghi chú ở ô": Case(book(HEAD, ROW, OTHER, change=add_comment)),
    "công thức chỉ còn giá trị": Case(
        book(HEAD, ROW, (2, "Địa lý", "=1+1", "Huế", "Vinh", "Hà Nội", "A")),
        (CAPITAL,),
        ((3, "stem_missing"),),
    ),
    "dòng trống và dòng tổng": Case(
        book(HEAD, ROW, (), OTHER, ("Tổng số: 2 câu",)), remarks=((5, "row_left_out"),)
    ),
    "tiêu đề nhắc lại giữa trang": Case(book(HEAD, ROW, HEAD, OTHER)),
    "số lẻ và ngày": Case(
        book(HEAD, (1, "Địa lý", "Mấy?", 1.5, 2.25, "Hà Nội", "C")),
        ("single_choice: Mấy? [1,5 | 2,25 | *Hà Nội] # Địa lý",),
        ((2, "cell_rewritten"), (2, "cell_rewritten")),
    ),
    "tình huống gọi tên tệp": Case(
        book(
            ("Câu hỏi", "Loại", "A", "B", "Đáp án", "Tệp tình huống"),
            ("Làm gì?", "Tình huống", "Mời ngồi", "Đóng quầy", "A", f"{FILE} video/mp4: Quầy"),
            ("Sau đó?", "Tình huống", "Hỏi", "Im", "A", "video.mp4"),
        ),
        ("situation: Làm gì? [*Mời ngồi | Đóng quầy]",),
        ((3, "situation_without_media"),),
    ),
    "số từ tối đa": Case(
        book(
            ("Câu hỏi", "Loại", "Đáp án", "Số từ tối đa"),
            ("Viết thư?", "Tự luận", "Đủ hai ý", 300),
            ("Viết đơn?", "Tự luận", "Đủ ba ý", "vừa phải"),
        ),
        ("essay: Viết thư? [Đủ hai ý|300]", "essay: Viết đơn? [Đủ ba ý|]"),
        ((3, "max_words_unreadable"),),
    ),
    "csv dấu chấm phẩy, có BOM": Case(
        text(
            "STT;Chuyên đề;Câu hỏi;A;B;C;Đáp án\n1;Địa lý;Thủ đô?;Huế;Vinh;Hà Nội;C\n"
            "2;Địa lý;Cố đô?;Huế;Vinh;Hà Nội;A\n",
            "utf-8-sig",
        )
    ),
    "csv UTF-16 của Excel": Case(
        text(
            "STT\tChuyên đề\tCâu hỏi\tA\tB\tC\tĐáp án\r\n1\tĐịa lý\tThủ đô?\tHuế\tVinh\tHà Nội\tC"
            "\r\n2\tĐịa lý\tCố đô?\tHuế\tVinh\tHà Nội\tA\r\n",
            "utf-16",
        )
    ),
    "csv xuống dòng trong ô": Case(
        text('Câu hỏi,A,B,Đáp án\n"Thủ đô\nở đâu?",Huế,Hà Nội,B\n'),
        ("single_choice: Thủ đô / ở đâu? [Huế | *Hà Nội]",),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_sheet_gives_exactly_its_questions_and_remarks(name: str) -> None:
    case = CASES[name]
    result = read_questions(case.build())
    assert [(remark.row, remark.code) for remark in result.remarks] == list(case.remarks)
    assert [told(question) for question in result.questions] == list(case.questions)
    assert all(describe_with_place(remark, result.format) for remark in result.remarks)


def bomb() -> bytes:
    """A shared text that unpacks to a hundred megabytes."""
    return repacked(
        book(HEAD, ROW)(),
        replace={"xl/worksheets/sheet1.xml": lambda old: old + b" " * 100_000_000},
        compression=zipfile.ZIP_DEFLATED,
    )


def far_cell() -> bytes:
    def move(old: bytes) -> bytes:
        return old.replace(b'r="G2"', b'r="XFD1048576"')

    return repacked(book(HEAD, ROW)(), replace={"xl/worksheets/sheet1.xml": move})


def entity(part: str) -> bytes:
    def declare(old: bytes) -> bytes:
        head, _, rest = old.partition(b">")
        is_declared = head.startswith(b"<?xml")
        doctype = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        return head + b">" + doctype + rest if is_declared else doctype + old

    return repacked(book(HEAD, ROW)(), replace={part: declare})


def macro_word() -> bytes:
    return repacked(
        word_file("Câu 1: Có không?", "__A. Có__", "B. Không"),
        add={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"},
    )


def legacy_csv() -> bytes:
    line = "C©u hái,A,B,§¸p ¸n\nThñ ®« cña n­íc ta lµ thµnh phè nµo?,HuÕ,Hµ Néi,B\n"
    return line.encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb, "unpacked_too_large"),
        (far_cell, "too_many_rows"),
        (lambda: entity("xl/worksheets/sheet1.xml"), "unsafe_xml"),
        (lambda: entity("xl/workbook.xml"), "unsafe_xml"),
        (macro_word, "macros"),
        (legacy_csv, "legacy_font"),
        (book(("Họ và tên", "Đơn vị"), ("Lê Thị Ước", "Một cửa")), "no_header"),
        (lambda: book(HEAD, ROW)()[:-100], "damaged"),
    ],
)
def test_what_is_not_opened_says_why(data: Callable[[], bytes], code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_questions(data(), name="tep.xlsx")
    assert caught.value.code == code
    assert describe_unreadable(caught.value)


def test_links_of_a_workbook_are_never_followed() -> None:
    relation = (
        b'<Relationship Id="rId99" TargetMode="External" Target="http://example.invalid/x.xlsx"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'externalLinkPath"/></Relationships>'
    )
    data = repacked(
        book(HEAD, ROW)(),
        replace={
            "xl/_rels/workbook.xml.rels": lambda old: old.replace(b"</Relationships>", relation)
        },
    )
    assert [told(question) for question in read_questions(data).questions] == [CAPITAL]
