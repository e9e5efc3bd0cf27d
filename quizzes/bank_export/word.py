"""A Word file of questions: with the key in words, or without any key for the meeting table.

Words say what is right, since a copy or a printer may lose a format; the styles of the paragraphs
say what each of them is (`quizzes.importing.word_own`), so that the file reads back as it went out.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import IO, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt

from quizzes.bank_export.exported import (
    DIFFICULTY_NAMES,
    KIND_NAMES,
    RULE_NAMES,
    ExportedQuestion,
    Picture,
    in_vietnamese,
)
from quizzes.importing.parsed import LETTERS, Kind
from quizzes.importing.word_kinds import OR
from quizzes.importing.word_own import OwnStyle
from quizzes.marked_text import TextMark, segments

FONT = "Times New Roman"
_MAX_PICTURE_WIDTH = Cm(14)
_MAX_PICTURE_HEIGHT = Cm(9)
_NAMES = {**KIND_NAMES, Kind.SINGLE: "", Kind.MULTIPLE: "Chọn nhiều đáp án"}
_SMALL = "abcdefghijkl"


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
    document.add_paragraph(title.upper(), OwnStyle.TITLE)
    count = 0
    topic = ""
    for count, given in enumerate(questions, start=1):
        question = given if with_key else given.without_key()
        if question.topic != topic:
            topic = question.topic
            document.add_paragraph(f"Chuyên đề: {topic}", OwnStyle.TOPIC)
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
    _add_styles(document)
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


def _add_styles(document: Any) -> None:
    """The look of each style; ``keep_with_next`` holds a question together on its page."""
    for name in OwnStyle:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        layout = style.paragraph_format
        layout.keep_with_next = name not in {OwnStyle.NOTE, OwnStyle.TITLE}
        if name in {OwnStyle.OPTION, OwnStyle.RIGHT, OwnStyle.KEY, OwnStyle.NOTE, OwnStyle.ASIDE}:
            layout.left_indent = Cm(0.8)
        match name:
            case OwnStyle.TITLE:
                layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
                style.font.size = Pt(14)
                layout.space_after = Pt(6)
            case OwnStyle.TOPIC:
                layout.space_before, layout.space_after = Pt(14), Pt(4)
            case OwnStyle.STEM:
                layout.space_before = Pt(9)
            case OwnStyle.RIGHT:
                layout.left_indent = Cm(2)
            case OwnStyle.PICTURE | OwnStyle.MEDIA:
                layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
            case OwnStyle.ASIDE:
                style.font.italic, style.font.size = True, Pt(11)
        style.font.bold = name in {OwnStyle.TITLE, OwnStyle.TOPIC} or None


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
    name = _NAMES[question.kind]
    stem = document.add_paragraph(style=OwnStyle.STEM)
    stem.add_run(f"Câu {place}{f' ({name})' if name else ''}: ").bold = True
    _add_text(stem, question.stem, question.marks("stem"))
    for picture in question.pictures.get("stem", ()):
        _add_picture(document.add_paragraph(style=OwnStyle.PICTURE), picture)
    _add_media(document, question)
    if question.lacks_pictures:
        text = "(Có hình của câu này không đọc được nên không có ở đây.)"
        document.add_paragraph(text, OwnStyle.ASIDE)
    last = stem
    for style, label, code, text in _lines(question):
        last = document.add_paragraph(style=style)
        last.add_run(f"{label} ")
        _add_text(last, text, question.marks(code))
        for picture in question.pictures.get(code, ()):
            _add_picture(last, picture)
    if with_key:
        for style, text in _notes(question):
            last = document.add_paragraph(style=style)
            last.paragraph_format.keep_with_next = True
            _add_text(last, text, ())
    last.paragraph_format.keep_with_next = False


def _add_media(document: Any, question: ExportedQuestion) -> None:
    media = question.media
    if media is None:
        return
    if media.picture is not None:
        _add_picture(document.add_paragraph(style=OwnStyle.MEDIA), media.picture)
    elif media.is_video:
        document.add_paragraph(f"[Video: {media.alt or 'xem trên máy'}]", OwnStyle.ASIDE)


def _lines(question: ExportedQuestion) -> Iterator[tuple[OwnStyle, str, str, str]]:
    """What stands under the stem: style, label, id, text. Nothing of the key."""
    match question.kind:
        case Kind.STATEMENTS | Kind.ORDERING:
            name = "statements" if question.kind is Kind.STATEMENTS else "items"
            for letter, (code, text) in zip(_SMALL, question.texts(name), strict=False):
                yield OwnStyle.OPTION, f"{letter})", code, text
        case Kind.MATCHING:
            for at, (code, text) in enumerate(question.texts("left"), 1):
                yield OwnStyle.OPTION, f"{at}.", code, text
            for letter, (code, text) in zip(_SMALL, question.texts("right"), strict=False):
                yield OwnStyle.RIGHT, f"{letter})", code, text
        case Kind.SINGLE | Kind.MULTIPLE | Kind.SITUATION:
            for letter, (code, text) in zip(LETTERS, question.texts("options"), strict=False):
                yield OwnStyle.OPTION, f"{letter}.", code, text


def _notes(question: ExportedQuestion) -> Iterator[tuple[OwnStyle, str]]:
    """The key and what else only the bank knows."""
    accepted = list(question.key.get("accepted", ())) if question.kind is Kind.SHORT_TEXT else []
    if any(OR.search(text) for text in accepted):
        # A sign that would part two answers stands inside one: each on a line of its own.
        for place, text in enumerate(accepted, 1):
            yield OwnStyle.KEY, f"Đáp án {place}: {text}"
    elif answer := _answer(question):
        name = "Hướng dẫn chấm" if question.kind is Kind.ESSAY else "Đáp án"
        yield OwnStyle.KEY, f"{name}: {answer}"
    media = question.media
    named = {
        "Cách tính điểm": RULE_NAMES.get(question.rule, ""),
        "Số từ tối đa": question.content.get("max_words"),
        "Tệp tình huống": media.reference if media and media.picture is None else "",
        "Giải thích": question.explanation,
        "Căn cứ": question.legal_basis,
        "Có giá trị đến": question.last_day,
        "Mức độ": DIFFICULTY_NAMES.get(question.difficulty, ""),
    }
    for name, text in named.items():
        if text:
            yield OwnStyle.NOTE, f"{name}: {text}"


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
                f"{left.index(one) + 1}-{_SMALL[right.index(other)]}"
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


def _add_picture(paragraph: Any, picture: Picture) -> None:
    shape = paragraph.add_run().add_picture(BytesIO(picture.data))
    shrink = min(1, _MAX_PICTURE_WIDTH / shape.width, _MAX_PICTURE_HEIGHT / shape.height)
    shape.width, shape.height = Emu(int(shape.width * shrink)), Emu(int(shape.height * shrink))
    shape._inline.docPr.set("descr", picture.alt)
