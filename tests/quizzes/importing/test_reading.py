import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.uploads import UploadFault
from quizzes.importing import messages
from quizzes.importing.parsed import Format, Kind, UnreadableFile
from quizzes.importing.reading import read_questions
from tests.quizzes.importing.fuzzing import read_or_refuse
from tests.quizzes.importing.word_files import word_file

FILES = Path(__file__).parent / "files"
REAL = {
    "docx, underlined": "de-thi-gach-chan.docx",
    "docx, table": "de-thi-bang-dap-an.docx",
    "xlsx": "ngan-hang-cau-hoi.xlsx",
    "gift": "ngan-hang-cau-hoi.gift.txt",
}


def real(name):
    return (FILES / REAL[name]).read_bytes()


def test_the_file_with_underlined_keys():
    result = read_questions(real("docx, underlined"))
    assert len(result.questions) == 25
    assert [(r.row, r.code) for r in result.rejected] == [
        (26, "options_missing"),
        (27, "options_too_few"),
    ]
    assert result.remarks == result.rejected
    assert "".join("ABCD"[q.correct[0]] for q in result.questions) == "CCBDACBDADBACCDABBCBDBDAC"
    assert all(len(q.options) == 4 and q.explanation for q in result.questions)


def test_the_file_with_an_answer_table():
    result = read_questions(real("docx, table"))
    assert len(result.questions) == 15
    assert [(r.row, r.code) for r in result.rejected] == [
        (16, "options_missing"),
        (17, "options_too_few"),
    ]
    assert result.remarks == result.rejected
    assert "".join("ABCD"[q.correct[0]] for q in result.questions) == "CCBDACBDADBACCD"


def test_the_sheet():
    result = read_questions(real("xlsx"))
    assert len(result.questions) == 25
    assert [(r.row, r.label, r.code) for r in result.rejected] == [(27, "26", "key_outside")]
    assert result.remarks == result.rejected
    assert "".join("ABCD"[q.correct[0]] for q in result.questions) == "CCBDACBDADBACCDABBCBDBDAC"
    assert all(q.topic and q.difficulty and q.legal_basis for q in result.questions)


def test_the_gift_file():
    result = read_questions(real("gift"))
    assert not result.remarks
    assert len(result.questions) == 14
    assert {q.topic for q in result.questions} == {"Vòng trực tuyến"}
    assert [q.kind for q in result.questions[12:]] == [Kind.TRUE_FALSE, Kind.MULTIPLE]
    assert result.questions[13].correct == (0, 1)
    assert ":" in result.questions[1].explanation
    assert "\\" not in "".join(q.stem + q.explanation for q in result.questions)


def test_the_same_questions_come_out_of_every_format():
    def content(result):
        return {q.stem: (q.options, q.correct) for q in result.questions}

    sheet = content(read_questions(real("xlsx")))
    assert content(read_questions(real("docx, underlined"))) == sheet
    assert content(read_questions(real("docx, table"))).items() <= sheet.items()


@pytest.mark.parametrize("name", REAL)
def test_the_format_is_told_by_the_content(name):
    expected = Format(name.partition(",")[0])
    assert read_questions(real(name), name="tệp.bin").format is expected
    assert read_questions(real(name), file_format=expected).format is expected


def test_a_wrong_format_is_said():
    with pytest.raises(UnreadableFile) as caught:
        read_questions(real("xlsx"), file_format=Format.DOCX)
    assert messages.describe_unreadable(caught.value) == (
        "Đã chọn định dạng Word (.docx) nhưng nội dung tệp là Excel (.xlsx) hoặc CSV. Hãy "
        "chọn lại định dạng."
    )


def packed(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def replaced(data, part, change):
    """The package with one part changed."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return target.getvalue()


BOMB = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
WHOLE = b'<?xml version="1.0"?>'


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.docx", "empty"),
        (b"PK\x03\x04 broken", "a.docx", "damaged"),
        (b"%PDF-1.7", "a.pdf", "pdf"),
        (b"{\\rtf1", "a.rtf", "rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "old_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "old_excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "encrypted",
        ),
        (packed(mimetype="x", **{"content.xml": "x"}), "a.odt", "opendocument"),
        (packed(hello="x"), "a.zip", "unknown_format"),
        (b"<html><body>", "a.xls", "unknown_format"),
        (b"\x00\x01\x02\xff", "a", "not_utf8"),
        (b"A\x00B", "a.txt", "unknown_format"),
        ("Xin chào".encode(), "a.txt", "no_header"),
        (b"x" * (21 * 1024 * 1024), "a.txt", "too_large"),
        (packed(**{"word/document.xml": b"a" * 300_000_000}), "a.docx", "unpacked_too_large"),
    ],
)
def test_what_is_no_question_file_is_refused_by_name(data, name, code):
    with pytest.raises(UnreadableFile) as caught:
        read_questions(data, name=name)
    assert caught.value.code == code
    assert messages.describe_unreadable(caught.value)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml"])
def test_entities_in_word_are_refused(part):
    data = replaced(
        word_file("Câu 1: Hỏi?", "A. Một", "__B. Hai__"),
        part,
        lambda xml: re.sub(rb"^<\?xml[^>]*>", WHOLE + BOMB.encode(), xml),
    )
    with pytest.raises(UnreadableFile) as caught:
        read_questions(data)
    assert caught.value.code == "unsafe_xml"


def test_entities_in_excel_are_refused():
    data = replaced(
        real("xlsx"),
        "xl/worksheets/sheet1.xml",
        lambda xml: WHOLE + BOMB.encode() + re.sub(rb"^<\?xml[^>]*>", b"", xml),
    )
    with pytest.raises(UnreadableFile) as caught:
        read_questions(data)
    assert caught.value.code == "unsafe_xml"


def test_deep_nesting_is_no_crash():
    deep = b"<w:sdt>" * 5_000 + b"</w:sdt>" * 5_000
    data = replaced(
        word_file("Câu 1: Hỏi?"),
        "word/document.xml",
        lambda xml: xml.replace(b"<w:sectPr", deep + b"<w:sectPr", 1),
    )
    with pytest.raises(UnreadableFile):
        read_questions(data)


def test_every_code_has_its_words():
    source = "".join(p.read_text() for p in Path(messages.__file__).parent.glob("*.py"))
    used = set(
        re.findall(r'(?:Unreadable(?:File)?|\.remark)\(\s*(?:Field\.\w+,\s*)?"([a-z_]+)"', source)
    )
    used |= set(re.findall(r'say_once\((?:self\.)?draft, (?:on|Field\.\w+), "([a-z_]+)"', source))
    used |= set(re.findall(r'_refused\(row, name, "([a-z_]+)"', source))
    for pair in re.findall(r'\bcode = "([a-z_]+)" if [^\n]+? else "([a-z_]+)"', source):
        used |= set(pair)
    used |= set(re.findall(r'Remark\([^"]*?Field\.\w+, "([a-z_]+)"', source))
    assert len(used) > 40
    used |= set(UploadFault)
    assert used <= messages.MESSAGE_CODES


def test_the_words_name_the_place_the_fault_and_the_remedy():
    def said(data):
        result = read_questions(data)
        return [messages.describe_with_place(remark, result.format) for remark in result.rejected]

    assert said(real("docx, underlined")) == [
        "Câu 26: Không tìm thấy phương án nào. Hãy ghi mỗi phương án một dòng, bắt đầu bằng "
        "A., B., C.… Nếu là câu tự luận, hãy ghi “(Tự luận)” ngay sau số câu.",
        "Câu 27: Chỉ có một phương án. Mỗi câu cần từ 2 đến 8 phương án.",
    ]
    assert said(real("xlsx")) == [
        "Dòng 27 (câu 26): Đáp án “E” không có: câu này chỉ có 2 phương án, từ A đến B. Hãy "
        "sửa đáp án."
    ]
    conflict = word_file("Câu 1: Hỏi?", "A. Một", "__B. Hai__", "Đáp án: A")
    assert said(conflict) == [
        "Câu 1: Đáp án không thống nhất: theo gạch chân là B, theo dòng “Đáp án:” là A. Hãy "
        "để một đáp án."
    ]


quick = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(st.sampled_from(sorted(REAL)), st.data())
def test_mutated_files_never_crash(name, data):
    content = bytearray(real(name))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(content[: data.draw(st.integers(1, len(content)))]))
    read_or_refuse(bytes(content))


PARTS = {
    "docx, table": ["word/document.xml", "word/styles.xml", "word/numbering.xml"],
    "xlsx": [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
    ],
}


@quick
@given(st.sampled_from(sorted(PARTS)), st.data())
def test_mutated_parts_never_crash(name, data):
    part = data.draw(st.sampled_from(PARTS[name]))

    def change(xml):
        content = bytearray(xml)
        for _ in range(data.draw(st.integers(1, 6))):
            at = data.draw(st.integers(0, len(content) - 1))
            piece = data.draw(
                st.sampled_from(
                    [b"", b"0", b"-1", b"99999999999", b"<", b">", b'"', b"A", b"\xff", b"w:"]
                )
            )
            content[at : at + data.draw(st.integers(0, 12))] = piece
        return bytes(content)

    read_or_refuse(replaced(real(name), part, change))


TEXT = st.lists(
    st.sampled_from(
        [
            "Câu 1:",
            "Câu 2.",
            "3.",
            "A.",
            "B)",
            "\t",
            " C. ",
            "D/",
            "Đáp án:",
            "ĐÁP ÁN",
            "1-C 2-D",
            "HẾT",
            "*",
            "__x__",
            "Giải thích:",
            "nội dung",
            "Nghị định số 63/2010/NĐ-CP",
            "1. C",
            "\n",
            "Chuyên đề:",
            "Đúng",
            "(Dễ)",
            "I. PHẦN",
        ]
    ),
    max_size=8,
).map(" ".join)


@quick
@given(st.lists(TEXT, max_size=14))
def test_word_lines_in_any_order_never_crash(lines):
    read_or_refuse(word_file(*lines))
