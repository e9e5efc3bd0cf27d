"""What is exported and read again is the same bank, whatever its texts."""

from dataclasses import replace
from io import BytesIO

from hypothesis import given, settings

from quizzes.bank_export.exported import ExportedQuestion
from quizzes.bank_export.gift import write_gift
from quizzes.bank_export.losses import Form, Loss, is_left_out, losses
from quizzes.bank_export.moodle_xml import write_moodle_xml
from quizzes.bank_export.sheet import write_sheet
from quizzes.importing.gift import read_gift
from quizzes.importing.moodle_xml import read_moodle_xml
from quizzes.importing.parsed import Kind, ParseResult, Severity
from quizzes.importing.xlsx import read_xlsx
from tests.quizzes.bank_export.questions import banks, marks_of, meant, read_back

GIFT_KINDS = [
    Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.MATCHING, Kind.NUMBER, Kind.SHORT_TEXT,
]  # fmt: skip
MOODLE_KINDS = [*GIFT_KINDS, Kind.ORDERING, Kind.ESSAY]
SHEET_KINDS = [*MOODLE_KINDS, Kind.STATEMENTS]


def check(wanted: list[ExportedQuestion], found: ParseResult, *, form: Form) -> None:
    errors = [remark for remark in found.remarks if remark.severity is Severity.ERROR]
    assert not errors
    assert len(found.questions) == len(wanted)
    for before, after in zip(wanted, found.questions, strict=True):
        lost = losses(before, form)
        assert after.kind == before.kind
        assert after.stem == before.stem
        assert read_back(after) == meant(without(before, lost))
        assert after.explanation == before.explanation
        assert after.topic == before.topic
        if Loss.MARKS not in lost:
            assert marks_of(after) == before.content.get("marks", {}).get("stem", [])
        if Loss.RULE not in lost:
            rule = after.rule if after.key is None else after.key.get("rule", "")
            assert rule == before.rule
        if Loss.DETAILS not in lost:
            assert after.difficulty == before.difficulty
            assert after.legal_basis == before.legal_basis


def without(question: ExportedQuestion, lost: frozenset[Loss]) -> ExportedQuestion:
    content = dict(question.content)
    if Loss.UNIT in lost:
        content.pop("unit", None)
    if Loss.LENGTH in lost:
        content.pop("max_words", None)
    return replace(question, content=content)


@settings(max_examples=150)
@given(banks(GIFT_KINDS))
def test_gift(bank: list[ExportedQuestion]) -> None:
    target = BytesIO()
    kept = [question for question in bank if not is_left_out(question, Form.GIFT)]
    assert write_gift(target, bank) == len(kept)
    if kept:
        check(kept, read_gift(target.getvalue()), form=Form.GIFT)


@settings(max_examples=150)
@given(banks(MOODLE_KINDS))
def test_moodle_xml(bank: list[ExportedQuestion]) -> None:
    target = BytesIO()
    assert write_moodle_xml(target, bank) == len(bank)
    check(bank, read_moodle_xml(target.getvalue()), form=Form.MOODLE_XML)


@settings(max_examples=100)
@given(banks(SHEET_KINDS, with_marks=False))
def test_sheet(bank: list[ExportedQuestion]) -> None:
    target = BytesIO()
    kept = [question for question in bank if not is_left_out(question, Form.EXCEL)]
    assert write_sheet(target, bank, title="Ngân hàng câu hỏi") == len(kept)
    if kept:
        check(kept, read_xlsx(target.getvalue()), form=Form.EXCEL)
