"""What is exported and read again is the same bank, whatever its texts."""

from datetime import UTC, datetime
from io import BytesIO

from hypothesis import given, settings

from quizzes.bank_export.exported import ExportedQuestion
from quizzes.bank_export.gift import write_gift
from quizzes.bank_export.losses import Form, Loss, is_left_out, losses
from quizzes.bank_export.moodle_xml import write_moodle_xml
from quizzes.bank_export.sheet import write_sheet
from quizzes.bank_export.word import write_word
from quizzes.importing.docx import read_docx
from quizzes.importing.gift import read_gift
from quizzes.importing.moodle_xml import read_moodle_xml
from quizzes.importing.parsed import Kind, ParseResult, Severity
from quizzes.importing.xlsx import read_xlsx
from tests.quizzes.bank_export.questions import (
    banks,
    listed,
    marks_by_text,
    meant,
    pictures_by_text,
    read_back,
    shows,
)
from tests.quizzes.importing.fuzzing import FUZZ_CASES

EVERY_KIND = list(Kind)
EXAMPLES = max(40, FUZZ_CASES // 40)
AT = datetime(2026, 11, 23, tzinfo=UTC)


def check(wanted: list[ExportedQuestion], found: ParseResult, *, form: Form) -> None:
    errors = [remark for remark in found.remarks if remark.severity is Severity.ERROR]
    assert not errors
    assert len(found.questions) == len(wanted)
    for before, after in zip(wanted, found.questions, strict=True):
        lost = losses(before, form)
        assert after.kind == before.kind
        assert after.stem == before.stem
        assert read_back(after) == meant(before)
        assert after.explanation == before.explanation
        assert after.topic == before.topic
        assert after.difficulty == before.difficulty
        assert after.legal_basis == before.legal_basis
        assert after.valid_until == before.valid_until
        assert shows(before, after)
        content = after.content or {"options": listed(list(after.options))}
        if Loss.MARKS not in lost:
            given = before.content.get("marks", {})
            wanted = marks_by_text(before.stem, before.content, given)
            assert marks_by_text(after.stem, content, after.marks) == wanted
        if Loss.PICTURES not in lost:
            wanted = pictures_by_text(before.stem, before.content, before.pictures)
            assert pictures_by_text(after.stem, content, after.pictures) == wanted
        rule = after.rule if after.key is None else after.key.get("rule", "")
        assert rule == before.rule


@settings(max_examples=EXAMPLES)
@given(banks(EVERY_KIND))
def test_gift(bank: list[ExportedQuestion]) -> None:
    target = BytesIO()
    kept = [question for question in bank if not is_left_out(question, Form.GIFT)]
    assert write_gift(target, bank) == len(kept)
    if kept:
        check(kept, read_gift(target.getvalue()), form=Form.GIFT)


@settings(max_examples=EXAMPLES)
@given(banks(EVERY_KIND))
def test_moodle_xml(bank: list[ExportedQuestion]) -> None:
    target = BytesIO()
    assert write_moodle_xml(target, bank) == len(bank)
    check(bank, read_moodle_xml(target.getvalue()), form=Form.MOODLE_XML)


@settings(max_examples=EXAMPLES)
@given(banks(EVERY_KIND, with_marks=False))
def test_sheet(bank: list[ExportedQuestion]) -> None:
    target = BytesIO()
    kept = [question for question in bank if not is_left_out(question, Form.EXCEL)]
    assert write_sheet(target, bank, title="Ngân hàng câu hỏi") == len(kept)
    if kept:
        check(kept, read_xlsx(target.getvalue()), form=Form.EXCEL)


@settings(max_examples=EXAMPLES)
@given(banks(EVERY_KIND))
def test_word(bank: list[ExportedQuestion]) -> None:
    target = BytesIO()
    count = write_word(target, bank, title="Câu 1: A.", footer="Nội bộ", with_key=True, at=AT)
    assert count == len(bank)
    check(bank, read_docx(target.getvalue()), form=Form.WORD)
