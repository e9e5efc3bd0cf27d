"""Question files in Moodle's own XML."""

from __future__ import annotations

from urllib.parse import unquote

from lxml import etree

from quizzes.importing.checking import Settled
from quizzes.importing.html_text import PictureDesk
from quizzes.importing.limits import MAX_QUESTIONS, parse_xml
from quizzes.importing.moodle_kinds import READERS
from quizzes.importing.moodle_parts import Part, inner_text, topic_of_path
from quizzes.importing.parsed import Draft, Field, Format, ParseResult, UnreadableFile
from quizzes.importing.plain import clean
from quizzes.importing.shaping import dress
from quizzes.importing.tags import read_tags, take_tags

_NOT_QUESTIONS = frozenset({"description", "category"})


def read_moodle_xml(data: bytes) -> ParseResult:
    """Raises UnreadableFile. Nothing outside the file is ever fetched."""
    root = parse_xml(data)
    if root.tag != "quiz":
        raise UnreadableFile("unknown_xml")
    settled = Settled()
    desk = PictureDesk()
    topic = ""
    place = 0
    for element in root.iterfind("question"):
        if element.get("type") == "category":
            topic = topic_of_path(inner_text(element.find("category")))
            continue
        place += 1
        if place > MAX_QUESTIONS:
            raise UnreadableFile("too_many_questions", limit=MAX_QUESTIONS)
        settled.add(_draft(element, topic, place, desk))
    return settled.result(Format.MOODLE_XML)


def _draft(element: etree._Element, topic: str, place: int, desk: PictureDesk) -> Draft:
    name = " ".join(clean(inner_text(element.find("name"))).split())
    draft = Draft(number=name[:60] or str(place), row=place, topic=topic)
    stem = Part(draft, element.find("questiontext"), desk, "html").read("stem")
    draft.stem = dress(draft, "stem", stem)
    text_format = _format_of(element)
    reason = Part(draft, element.find("generalfeedback"), desk, text_format).read()
    draft.explanation = reason.text
    kind = (element.get("type") or "").strip().lower()
    if kind in _NOT_QUESTIONS:
        draft.remark(Field.KIND, "not_a_question")
    elif kind in READERS:
        READERS[kind](draft, element, desk)
    else:
        draft.remark(Field.KIND, "kind_not_ours", kind=unquote(kind)[:40] or "?")
    take_tags(draft, read_tags(inner_text(tag) for tag in element.iterfind("tags/tag")))
    return draft


def _format_of(element: etree._Element) -> str:
    text = element.find("questiontext")
    return "html" if text is None else text.get("format", "html")
