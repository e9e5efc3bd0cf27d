"""Moodle's own XML, with pictures, difficulty and legal basis."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO

from lxml import etree

from quizzes.bank_export.exported import ExportedQuestion, Picture
from quizzes.bank_export.html import html_of
from quizzes.bank_export.losses import Form, is_left_out
from quizzes.bank_export.tags import tags_of
from quizzes.importing.parsed import Kind

_TYPES = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.ORDERING: "ordering",
    Kind.MATCHING: "matching",
    Kind.NUMBER: "numerical",
    Kind.SHORT_TEXT: "shortanswer",
    Kind.ESSAY: "essay",
    # What Moodle does not have, as what is nearest there; a tag says what it is.
    Kind.STATEMENTS: "matching",
    Kind.SITUATION: "multichoice",
}


def write_moodle_xml(target: IO[bytes], questions: Iterable[ExportedQuestion]) -> int:
    """One question in memory at a time. Returns how many were written; those that cannot be are
    named in comments."""
    count = 0
    topic: str | None = None
    with etree.xmlfile(target, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("quiz"):
            for question in questions:
                if is_left_out(question, Form.MOODLE_XML):
                    text = f" Câu {question.number}: câu này không ghi được vào tệp Moodle. "
                    file.write(etree.Comment(text))
                    continue
                if question.topic != topic:
                    topic = question.topic
                    file.write(_category(topic))
                file.write(_question(question), pretty_print=True)
                count += 1
    return count


def _category(topic: str) -> etree._Element:
    element = etree.Element("question", type="category")
    _texted(element, "category", f"$course$/{topic.replace('/', '//')}")
    return element


def _question(question: ExportedQuestion) -> etree._Element:
    element = etree.Element("question", type=_TYPES[question.kind])
    _texted(element, "name", f"Câu {question.number}")
    _part(element, "questiontext", question, "stem", question.stem)
    _plain(element, "generalfeedback", question.explanation)
    _WRITERS[question.kind](element, question)
    if tags := tags_of(question):
        holder = etree.SubElement(element, "tags")
        for name, value in tags.items():
            _texted(holder, "tag", f"{name}: {value}")
    return element


def _options(element: etree._Element, question: ExportedQuestion) -> None:
    several = question.kind is Kind.MULTIPLE
    etree.SubElement(element, "single").text = "false" if several else "true"
    etree.SubElement(element, "shuffleanswers").text = "true"
    etree.SubElement(element, "answernumbering").text = "ABCD"
    share = 100 / max(len(question.correct), 1)
    loss = share if question.rule == "partial" else 100
    for code, text in question.texts("options"):
        weight = share if code in question.correct else -loss if several else 0
        answer = _part(element, "answer", question, code, text)
        answer.set("fraction", f"{weight:.5f}".rstrip("0").rstrip("."))


def _truth(element: etree._Element, question: ExportedQuestion) -> None:
    for word in ("true", "false"):
        answer = _plain(element, "answer", word)
        answer.set("fraction", "100" if word in question.correct else "0")


def _pairs(element: etree._Element, question: ExportedQuestion) -> None:
    left, right = dict(question.texts("left")), dict(question.texts("right"))
    for one, other in question.pairs:
        pair = _part(element, "subquestion", question, one, left[one])
        _texted(pair, "answer", right[other])
    for code in question.unpaired:
        pair = _plain(element, "subquestion", "")
        _texted(pair, "answer", right[code])


def _statements(element: etree._Element, question: ExportedQuestion) -> None:
    for truth, (code, text) in zip(question.truths, question.texts("statements"), strict=True):
        pair = _part(element, "subquestion", question, code, text)
        _texted(pair, "answer", "Đúng" if truth else "Sai")
    if len(set(question.truths)) == 1:
        pair = _plain(element, "subquestion", "")
        _texted(pair, "answer", "Sai" if question.truths[0] else "Đúng")


def _order(element: etree._Element, question: ExportedQuestion) -> None:
    """The answers stand in the right order."""
    etree.SubElement(element, "layouttype").text = "VERTICAL"
    etree.SubElement(element, "selecttype").text = "ALL"
    is_partial = question.rule == "partial"
    etree.SubElement(element, "gradingtype").text = (
        "ABSOLUTE_POSITION" if is_partial else "ALL_OR_NOTHING"
    )
    texts = dict(question.texts("items"))
    for code in question.key.get("order", ()):
        answer = _part(element, "answer", question, code, texts[code])
        answer.set("fraction", "100")


def _number(element: etree._Element, question: ExportedQuestion) -> None:
    answer = _plain(element, "answer", str(question.key["value"]))
    answer.set("fraction", "100")
    etree.SubElement(answer, "tolerance").text = question.tolerance
    if unit := question.content.get("unit"):
        one = etree.SubElement(etree.SubElement(element, "units"), "unit")
        etree.SubElement(one, "multiplier").text = "1"
        etree.SubElement(one, "unit_name").text = str(unit)


def _short_text(element: etree._Element, question: ExportedQuestion) -> None:
    etree.SubElement(element, "usecase").text = "0"
    for text in question.key["accepted"]:
        answer = _plain(element, "answer", text.replace("*", r"\*"))
        answer.set("fraction", "100")


def _essay(element: etree._Element, question: ExportedQuestion) -> None:
    etree.SubElement(element, "responseformat").text = "plain"
    if words := question.content.get("max_words"):
        etree.SubElement(element, "maxwordlimit").text = str(words)
    _plain(element, "graderinfo", str(question.key.get("guide", "")))


_WRITERS: Mapping[Kind, Callable[[etree._Element, ExportedQuestion], None]] = {
    Kind.SINGLE: _options,
    Kind.MULTIPLE: _options,
    Kind.TRUE_FALSE: _truth,
    Kind.ORDERING: _order,
    Kind.MATCHING: _pairs,
    Kind.NUMBER: _number,
    Kind.SHORT_TEXT: _short_text,
    Kind.ESSAY: _essay,
    Kind.STATEMENTS: _statements,
    Kind.SITUATION: _options,
}


def _part(
    parent: etree._Element, name: str, question: ExportedQuestion, part: str, text: str
) -> etree._Element:
    pictures = list(question.pictures.get(part, ()))
    if part == "stem" and question.media is not None and question.media.picture is not None:
        pictures.insert(0, question.media.picture)
    element = etree.SubElement(parent, name, format="html")
    etree.SubElement(element, "text").text = html_of(text, question.marks(part), pictures)
    _attach(element, pictures)
    return element


def _attach(element: etree._Element, pictures: Sequence[Picture]) -> None:
    for picture in pictures:
        file = etree.SubElement(element, "file", name=picture.name, path="/", encoding="base64")
        file.text = b64encode(picture.data).decode()


def _plain(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name, format="plain_text")
    etree.SubElement(element, "text").text = text
    return element


def _texted(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name)
    etree.SubElement(element, "text").text = text
    return element
