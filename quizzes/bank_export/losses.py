"""What a format cannot hold of a question, so that it is said before the file is taken."""

from collections.abc import Container, Iterable
from enum import StrEnum

from quizzes.bank_export.exported import ExportedQuestion
from quizzes.bank_export.sheet import fits_a_row


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
    REFERENCE = "reference"  # a situation's picture or video is only named
    CONVERTED = "converted"  # a WebP picture is written as PNG: the pixels stay, the file does not
    MARKS = "marks"  # bold, italic, raised and lowered words


def losses(question: ExportedQuestion, form: Form) -> frozenset[Loss]:
    """Nothing else is said of a question that is left out. A file without the key is for reading:
    what it does not say is what was asked for."""
    if _is_unsayable(question, form):
        return frozenset({Loss.LEFT_OUT})
    media = question.media
    found = {
        Loss.PICTURES: question.lacks_pictures or _is_lost(question.pictures, question, form),
        Loss.REFERENCE: media is not None and (media.is_video or form is Form.EXCEL),
        Loss.CONVERTED: form is not Form.EXCEL and _shows_webp(question),
        Loss.MARKS: _is_lost(question.content.get("marks", {}), question, form),
    }
    return frozenset(loss for loss, is_lost in found.items() if is_lost)


def _is_lost(parts: Container[str], question: ExportedQuestion, form: Form) -> bool:
    """Of what belongs to parts: a sheet holds none of it, and what is matched with something is
    plain text in Moodle's XML."""
    if form is Form.MOODLE_XML:
        return any(code in parts for code, _text in question.texts("right"))
    return form is Form.EXCEL and bool(parts)


def _shows_webp(question: ExportedQuestion) -> bool:
    shown = [picture for pictures in question.pictures.values() for picture in pictures]
    if question.media is not None and question.media.picture is not None:
        shown.append(question.media.picture)
    return any(picture.was_webp for picture in shown)


def _is_unsayable(question: ExportedQuestion, form: Form) -> bool:
    if form is Form.EXCEL:
        return not fits_a_row(question)
    if form is Form.GIFT:
        # It would be read as a pair, and nothing escapes it.
        return any("->" in text for text in question.key.get("accepted", ()))
    return False


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
