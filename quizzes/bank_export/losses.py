"""What a format cannot hold of a question, so that it is said before the file is taken."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from quizzes.bank_export.exported import ExportedQuestion
from quizzes.bank_export.sheet import fits_a_row
from quizzes.importing.parsed import Kind


class Form(StrEnum):
    """What can be taken; the order is that of the menu."""

    WORD = "docx"
    WORD_WITHOUT_KEY = "docx-khong-dap-an"
    EXCEL = "xlsx"
    MOODLE_XML = "moodle"
    GIFT = "gift"


class Loss(StrEnum):
    LEFT_OUT = "left_out"  # the format cannot say such a question: it is not in the file
    PICTURES = "pictures"
    MARKS = "marks"  # bold, italic, raised and lowered words
    RULE = "rule"  # how it is scored
    UNIT = "unit"
    LENGTH = "length"  # of an essay at most
    DETAILS = "details"  # difficulty and legal basis


_NOT_IN: Mapping[Form, frozenset[Kind]] = {
    Form.EXCEL: frozenset({Kind.SITUATION}),
    Form.MOODLE_XML: frozenset({Kind.SITUATION, Kind.STATEMENTS}),
    # An essay has no guide for its markers there, and without one it is no question of a bank.
    Form.GIFT: frozenset({Kind.SITUATION, Kind.STATEMENTS, Kind.ORDERING, Kind.ESSAY}),
}


def losses(question: ExportedQuestion, form: Form) -> frozenset[Loss]:
    """Nothing else is said of a question that is left out. A file without the key is for reading:
    what it does not say is what was asked for."""
    if question.kind in _NOT_IN.get(form, ()):
        return frozenset({Loss.LEFT_OUT})
    if form is Form.EXCEL and not fits_a_row(question):
        return frozenset({Loss.LEFT_OUT})
    if form is Form.GIFT and any("->" in text for text in question.key.get("accepted", ())):
        return frozenset({Loss.LEFT_OUT})  # it would be read as a pair, and nothing escapes it
    found = {
        Loss.PICTURES: question.lacks_pictures
        or (bool(question.pictures) and form in {Form.EXCEL, Form.GIFT}),
        Loss.MARKS: bool(question.content.get("marks")) and form is Form.EXCEL,
        Loss.RULE: bool(question.rule) and _loses_rule(question.kind, form),
        Loss.UNIT: bool(question.content.get("unit")) and form is Form.GIFT,
        Loss.LENGTH: bool(question.content.get("max_words")) and form is Form.EXCEL,
        Loss.DETAILS: bool(question.difficulty or question.legal_basis) and form is Form.GIFT,
    }
    return frozenset(loss for loss, is_lost in found.items() if is_lost)


def is_left_out(question: ExportedQuestion, form: Form) -> bool:
    return Loss.LEFT_OUT in losses(question, form)


def count_losses(
    questions: Iterable[ExportedQuestion],
) -> dict[Form, dict[Loss, int]]:
    """How many questions lose what, by form; forms that lose nothing have no entries."""
    counts: dict[Form, dict[Loss, int]] = {form: {} for form in Form}
    for question in questions:
        for form in Form:
            for loss in losses(question, form):
                counts[form][loss] = counts[form].get(loss, 0) + 1
    return counts


def _loses_rule(kind: Kind, form: Form) -> bool:
    if form in {Form.MOODLE_XML, Form.GIFT}:
        return kind is Kind.MATCHING
    return form is Form.WORD
