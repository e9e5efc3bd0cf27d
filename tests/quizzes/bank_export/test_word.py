"""The Word file: what is read back from it, and what the one without a key does not say."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.bank_export.exported import ExportedQuestion
from quizzes.bank_export.word import write_word
from quizzes.importing.docx import read_docx
from quizzes.importing.parsed import Kind, Severity
from tests.quizzes.bank_export.questions import banks, listed, meant, read_back

AT = datetime(2026, 11, 23, tzinfo=UTC)
CHOICES = [Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE]


def written(bank: list[ExportedQuestion], *, with_key: bool) -> bytes:
    target = BytesIO()
    write_word(target, bank, title="Câu hỏi", footer="Nội bộ", with_key=with_key, at=AT)
    return target.getvalue()


def plain_bank(*kinds: Kind) -> list[ExportedQuestion]:
    """One question a kind, in an author's plain words."""
    contents = {
        Kind.SINGLE: ({"options": listed(["Huế", "Hà Nội", "Vinh"])}, {"correct": ["b"]}),
        Kind.MULTIPLE: ({"options": listed(["Huế", "Hà Nội", "Vinh"])}, {"correct": ["a", "c"]}),
        Kind.TRUE_FALSE: (
            {"options": [{"id": "true", "text": "Đúng"}, {"id": "false", "text": "Sai"}]},
            {"correct": ["false"]},
        ),
        Kind.STATEMENTS: (
            {"statements": listed(["Lề trái 3 cm", "Khổ giấy A3"])},
            {"true": ["a"], "rule": "per_statement"},
        ),
        Kind.ORDERING: (
            {"items": listed(["Giải quyết", "Tiếp nhận", "Trả"])},
            {"order": ["b", "a", "c"]},
        ),
        Kind.MATCHING: (
            {"left": listed(["Sở", "Xã"]), "right": listed(["tỉnh", "cơ sở"], "12")},
            {"pairs": {"a": "1", "b": "2"}},
        ),
        Kind.NUMBER: ({"unit": "ngày"}, {"value": "15.5", "tolerance": "0.5"}),
        Kind.SHORT_TEXT: ({}, {"accepted": ["Chính phủ", "CP"]}),
        Kind.ESSAY: ({}, {"guide": "Nêu được hai ý."}),
    }
    return [
        ExportedQuestion(
            place,
            kind,
            f"Nội dung câu hỏi thứ {place} là gì?",
            *contents[kind],
            topic="Văn thư",
            difficulty="hard",
            # Under an essay the reader takes it for a part of the guide.
            explanation="" if kind is Kind.ESSAY else "GIAI-THICH",
            legal_basis="CAN-CU",
        )
        for place, kind in enumerate(kinds, start=1)
    ]


def test_a_file_without_the_key_says_nothing_of_it() -> None:
    bank = plain_bank(*(kind for kind in Kind if kind is not Kind.SITUATION))
    data = written(bank, with_key=False)
    with ZipFile(BytesIO(data)) as package:
        text = "\n".join(
            package.read(name).decode()
            for name in package.namelist()
            if name.endswith(".xml") and "styles" not in name
        )
    for secret in ("Đáp án:", "GIAI-THICH", "CAN-CU", "15,5", "Chính phủ", "hai ý", "Mức độ"):
        assert secret not in text
    assert "w:u " not in text
    assert "Hà Nội" in text
    # The right order of the items, and of the right sides, is not the order shown.
    assert text.index("Giải quyết") < text.index("Tiếp nhận") < text.index("Trả<")
    assert text.index("cơ sở") < text.index("tỉnh")


def test_pages_are_numbered_and_the_font_carries_vietnamese() -> None:
    document = docx.Document(BytesIO(written(plain_bank(Kind.SINGLE), with_key=False)))
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Câu hỏi"
    assert "PAGE" in section.footer._element.xml
    assert "NUMPAGES" in section.footer._element.xml
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_what_the_word_reader_knows_is_read_back() -> None:
    named = [Kind.STATEMENTS, Kind.ORDERING, Kind.NUMBER, Kind.SHORT_TEXT, Kind.ESSAY]
    bank = plain_bank(*CHOICES, *named)
    found = read_docx(written(bank, with_key=True))
    assert not [remark for remark in found.remarks if remark.severity is Severity.ERROR]
    assert [read_back(question) for question in found.questions] == [meant(q) for q in bank]
    reasons = {q.explanation for q in found.questions if q.kind is not Kind.ESSAY}
    assert reasons == {"GIAI-THICH"}
    assert {question.legal_basis for question in found.questions} == {"CAN-CU"}
    assert {question.topic for question in found.questions} == {"Văn thư"}


@settings(max_examples=25)
@given(banks(CHOICES), st.booleans())
def test_any_text_can_be_written(bank: list[ExportedQuestion], with_key: bool) -> None:
    document = docx.Document(BytesIO(written(bank, with_key=with_key)))
    shown = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for question in bank:
        assert question.stem in shown
