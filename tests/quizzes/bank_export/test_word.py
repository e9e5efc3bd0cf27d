"""The Word file: what is read back from it, and what the one without a key does not say."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.bank_export.exported import ExportedQuestion
from quizzes.bank_export.word import write_word
from quizzes.importing.docx import read_docx
from quizzes.importing.parsed import Kind, Severity
from tests.quizzes.bank_export.questions import FILM, PHOTO, banks, listed, meant, read_back
from tests.quizzes.importing.word_files import repacked

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
        Kind.SITUATION: ({"options": listed(["Huế", "Hà Nội", "Vinh"])}, {"correct": ["b"]}),
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
            valid_until=date(2027, 12, 31),
            media=PHOTO if kind is Kind.SITUATION else None,
        )
        for place, kind in enumerate(kinds, start=1)
    ]


def test_a_file_without_the_key_says_nothing_of_it() -> None:
    bank = plain_bank(*Kind)
    data = written(bank, with_key=False)
    with ZipFile(BytesIO(data)) as package:
        text = "\n".join(
            package.read(name).decode()
            for name in package.namelist()
            if name.endswith(".xml") and "styles" not in name
        )
    for secret in (
        "Đáp án:",
        "GIAI-THICH",
        "CAN-CU",
        "15,5",
        "Chính phủ",
        "hai ý",
        "Mức độ",
        "2027",
    ):
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


def without_styles(data: bytes) -> bytes:
    """As after a copy into another file: the styles are no longer ours."""
    return repacked(
        data,
        replace={"word/styles.xml": lambda old: old.replace("Câu hỏi – ".encode(), b"Kieu ")},
    )


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.SITUATION])
def test_a_file_that_lost_its_styles_is_read_by_its_words(kind: Kind) -> None:
    [question] = plain_bank(kind)
    found = read_docx(without_styles(written([question], with_key=True)))
    assert not [remark for remark in found.remarks if remark.severity is Severity.ERROR]
    [read] = found.questions
    assert (read.kind, read.stem) == (kind, question.stem)
    assert read_back(read) == meant(question)
    if kind is not Kind.ESSAY:
        assert read.explanation == "GIAI-THICH"
    assert read.legal_basis == "CAN-CU"
    assert read.valid_until == date(2027, 12, 31)
    assert read.topic == "Văn thư"


def test_a_situation_that_lost_its_styles_keeps_its_picture() -> None:
    data = without_styles(written(plain_bank(Kind.SITUATION), with_key=True))
    [read] = read_docx(data).questions
    assert read.kind is Kind.SITUATION
    assert [picture.alt for picture in read.pictures["media"]] == [PHOTO.alt]


def test_one_paragraph_of_another_style_and_the_whole_file_is_read_by_its_words() -> None:
    document = docx.Document(BytesIO(written(plain_bank(Kind.SINGLE), with_key=True)))
    for line in ("Câu 2: Cố đô?", "A. Huế", "B. Vinh", "Đáp án: A"):
        document.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    assert [question.correct for question in read_docx(target.getvalue()).questions] == [(1,), (0,)]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Kind.SINGLE, "key_missing"),
        (Kind.STATEMENTS, "truths_missing"),
        (Kind.ORDERING, "order_missing"),
        (Kind.MATCHING, "key_missing"),
        (Kind.NUMBER, "number_missing"),
        (Kind.SHORT_TEXT, "accepted_missing"),
        (Kind.ESSAY, "guide_missing"),
    ],
)
def test_the_file_without_the_key_is_refused_question_by_question(kind: Kind, code: str) -> None:
    found = read_docx(written(plain_bank(kind), with_key=False))
    assert [remark.code for remark in found.rejected] == [code]


def test_a_picture_that_cannot_be_read_is_told_in_the_file() -> None:
    [question] = plain_bank(Kind.SINGLE)
    for with_key in (True, False):
        data = written([replace(question, lacks_pictures=True)], with_key=with_key)
        texts = [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs]
        assert "(Có hình của câu này không đọc được nên không có ở đây.)" in texts


def test_a_video_is_named_where_it_would_be_seen() -> None:
    [question] = plain_bank(Kind.SITUATION)
    for with_key in (True, False):
        data = written([replace(question, media=FILM)], with_key=with_key)
        text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs)
        assert "[Video: Người dân chờ; cán bộ vắng]" in text
        assert (FILM.sha256 in text) is with_key


@settings(max_examples=25)
@given(banks(CHOICES), st.booleans())
def test_any_text_can_be_written(bank: list[ExportedQuestion], with_key: bool) -> None:
    document = docx.Document(BytesIO(written(bank, with_key=with_key)))
    shown = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for question in bank:
        assert question.stem in shown
