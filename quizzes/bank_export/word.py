"""A Word file of questions: with the key in words that our reader knows, or without any key for the
meeting table. Words, not formatting, say what is right: a copy or a printer may lose a format."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import IO, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt

from quizzes.bank_export.exported import (
    DIFFICULTY_NAMES,
    KIND_NAMES,
    ExportedQuestion,
    Picture,
    in_vietnamese,
)
from quizzes.importing.parsed import LETTERS, Kind
from quizzes.marked_text import TextMark, segments

FONT = "Times New Roman"
_MAX_PICTURE_WIDTH = Cm(14)
_MAX_PICTURE_HEIGHT = Cm(9)
_NAMED = frozenset(KIND_NAMES) - {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.SITUATION}
_SMALL = "abcdefgh"

type Line = tuple[str, Sequence[TextMark], Sequence[Picture]]


def write_word(
    target: IO[bytes],
    questions: Iterable[ExportedQuestion],
    *,
    title: str,
    footer: str,
    with_key: bool,
    at: datetime,
) -> int:
    """Returns how many questions were written. ``footer`` stands before the page's number."""
    document = docx.Document()
    _set_up(document, title, footer, at)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title.upper())
    run.bold, run.font.size = True, Pt(14)
    count = 0
    topic = ""
    for count, given in enumerate(questions, start=1):
        question = given if with_key else given.without_key()
        if question.topic != topic:
            topic = question.topic
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(14)
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(f"Chuyên đề: {topic}").bold = True
        _add_question(document, count, question, with_key=with_key)
    document.save(target)
    return count


def _set_up(document: Any, title: str, footer: str, at: datetime) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
    section.left_margin = Cm(3)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    # Word takes the font of other scripts, Vietnamese marks among them, from attributes of its own.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    style.paragraph_format.space_after = Pt(3)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _small(head.add_run(title))
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _small(foot.add_run(f"{footer} – "))
    _field(foot, "PAGE")
    _small(foot.add_run("/"))
    _field(foot, "NUMPAGES")
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = at.replace(tzinfo=None)


def _small(run: Any) -> None:
    run.font.size, run.italic = Pt(10), True


def _field(paragraph: Any, name: str) -> None:
    """A number that Word works out."""
    run = paragraph.add_run()
    _small(run)
    for kind, text in (("begin", None), (None, name), ("end", None)):
        if text is None:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._r.append(element)


def _add_question(document: Any, place: int, question: ExportedQuestion, *, with_key: bool) -> None:
    named = f" ({KIND_NAMES[question.kind]})" if question.kind in _NAMED else ""
    stem = document.add_paragraph()
    stem.paragraph_format.space_before = Pt(9)
    stem.paragraph_format.keep_with_next = True
    stem.add_run(f"Câu {place}{named}: ").bold = True
    _add_text(stem, question.stem, question.marks("stem"))
    if question.kind is Kind.MULTIPLE and not with_key:
        stem.add_run(" (chọn nhiều đáp án)").italic = True
    _add_pictures(document, question.pictures.get("stem", ()))
    for text, marks, pictures in _lines(question):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.8)
        paragraph.paragraph_format.keep_with_next = True
        label, tab, rest = text.partition("\t")
        paragraph.add_run(f"{label} " if tab else "")
        _add_text(paragraph, rest if tab else text, marks)
        _add_pictures(document, pictures)
    if with_key:
        for text in _notes(question):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(0.8)
            paragraph.paragraph_format.keep_with_next = True
            _add_text(paragraph, text, ())
        paragraph.paragraph_format.keep_with_next = False


def _lines(question: ExportedQuestion) -> Iterator[Line]:
    """What stands under the stem: "label⇥text", its marks, its pictures. Nothing of the key."""
    labelled: list[tuple[str, str, str]] = []
    match question.kind:
        case Kind.TRUE_FALSE | Kind.NUMBER | Kind.SHORT_TEXT | Kind.ESSAY:
            return
        case Kind.STATEMENTS | Kind.ORDERING:
            name = "statements" if question.kind is Kind.STATEMENTS else "items"
            labelled = [
                (f"{letter})", code, text)
                for letter, (code, text) in zip(_SMALL, question.texts(name), strict=False)
            ]
        case Kind.MATCHING:
            left, right = question.texts("left"), question.texts("right")
            labelled = [(f"{at}.", code, text) for at, (code, text) in enumerate(left, 1)]
            letters = "abcdefghijkl"
            labelled += [
                (f"{letter})", code, text)
                for letter, (code, text) in zip(letters, right, strict=False)
            ]
        case _:
            labelled = [
                (f"{letter}.", code, text)
                for letter, (code, text) in zip(LETTERS, question.texts("options"), strict=False)
            ]
    for label, code, text in labelled:
        yield f"{label}\t{text}", question.marks(code), question.pictures.get(code, ())


def _notes(question: ExportedQuestion) -> Iterator[str]:
    """The key and what else only the bank knows."""
    if answer := _answer(question):
        name = "Hướng dẫn chấm" if question.kind is Kind.ESSAY else "Đáp án"
        yield f"{name}: {answer}"
    if question.explanation:
        yield f"Giải thích: {question.explanation}"
    if question.legal_basis:
        yield f"Căn cứ: {question.legal_basis}"
    if question.difficulty:
        yield f"Mức độ: {DIFFICULTY_NAMES[question.difficulty]}"


def _answer(question: ExportedQuestion) -> str:
    match question.kind:
        case Kind.TRUE_FALSE:
            return "Đúng" if question.correct == ["true"] else "Sai"
        case Kind.STATEMENTS:
            return ", ".join("Đ" if truth else "S" for truth in question.truths)
        case Kind.ORDERING:
            return ", ".join(letter.lower() for letter in question.order_letters)
        case Kind.MATCHING:
            left = [code for code, _ in question.texts("left")]
            right = [code for code, _ in question.texts("right")]
            return ", ".join(
                f"{left.index(one) + 1}-{'abcdefghijkl'[right.index(other)]}"
                for one, other in question.pairs
            )
        case Kind.NUMBER:
            unit = question.content.get("unit", "")
            slack = question.tolerance
            value = f"{in_vietnamese(question.key['value'])} {unit}".strip()
            return f"{value} (± {in_vietnamese(slack)})" if slack != "0" else value
        case Kind.SHORT_TEXT:
            return "; ".join(question.key["accepted"])
        case Kind.ESSAY:
            return str(question.key.get("guide", ""))
        case _:
            return ", ".join(question.correct_letters)


def _add_text(paragraph: Any, text: str, marks: Sequence[TextMark]) -> None:
    for segment in segments(text, marks):
        run = paragraph.add_run()
        for index, line in enumerate(segment.text.split("\n")):
            if index:
                run.add_break()
            run.add_text(line)
        run.bold = "b" in segment.hows or None
        run.italic = "i" in segment.hows or None
        run.font.superscript = "sup" in segment.hows or None
        run.font.subscript = "sub" in segment.hows or None


def _add_pictures(document: Any, pictures: Sequence[Picture]) -> None:
    for picture in pictures:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(BytesIO(picture.data))
        shrink = min(1, _MAX_PICTURE_WIDTH / shape.width, _MAX_PICTURE_HEIGHT / shape.height)
        shape.width, shape.height = Emu(int(shape.width * shrink)), Emu(int(shape.height * shrink))
        shape._inline.docPr.set("descr", picture.alt)
