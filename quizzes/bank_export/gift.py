r"""GIFT, as Moodle describes it. Each text is written so that no reader takes a part of it for a
sign of the format: ``: # = { } ~ \`` are escaped, line ends are ``\n``."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
from typing import IO

from quizzes.bank_export.exported import ExportedQuestion
from quizzes.bank_export.html import html_of
from quizzes.bank_export.losses import Form, is_left_out
from quizzes.bank_export.tags import gift_tags_of
from quizzes.importing.markup import has_markup
from quizzes.importing.parsed import Kind

_SIGNS = re.compile(r"([\\:#={}~])")
_TAG_SIGNS = re.compile(r"([\\\]])")


def write_gift(target: IO[bytes], questions: Iterable[ExportedQuestion]) -> int:
    """Returns how many were written; those of other kinds are named in comments."""
    count = 0
    topic = ""
    for question in questions:
        if is_left_out(question, Form.GIFT):
            line = f"// Câu {question.number} không có trong tệp: GIFT không ghi được câu này.\n\n"
            target.write(line.encode())
            continue
        if question.topic != topic:
            topic = question.topic
            target.write(f"$CATEGORY: $course$/{_category(topic)}\n\n".encode())
        target.write(("\n".join(_lines(question)) + "\n\n").encode())
        count += 1
    return count


def _category(topic: str) -> str:
    return _escaped(topic.replace("/", "//"))


def _lines(question: ExportedQuestion) -> Iterator[str]:
    if named := gift_tags_of(question):
        yield "// " + " ".join(f"[tag:{_in_tag(f'{n}: {value}')}]" for n, value in named.items())
    stem = f"::Câu {question.number}::{_text(question, 'stem', question.stem)}"
    is_essay = question.kind is Kind.ESSAY
    said = str(question.key["guide"]) if is_essay else question.explanation
    reason = f"####[plain]{_escaped(said)}" if said else ""
    answers = list(_answers(question))
    if is_essay or (len(answers) == 1 and not answers[0].startswith(("=", "~"))):
        yield f"{stem} {{{''.join(answers)}{reason}}}"
        return
    yield f"{stem} {{"
    yield from answers
    yield f"{reason}}}"


def _answers(question: ExportedQuestion) -> Iterator[str]:
    match question.kind:
        case Kind.TRUE_FALSE:
            yield "TRUE" if question.correct == ["true"] else "FALSE"
        case Kind.SINGLE | Kind.SITUATION:
            for code, text in question.texts("options"):
                sign = "=" if code in question.correct else "~"
                yield f"{sign}{_text(question, code, text)}"
        case Kind.MULTIPLE:
            yield from _several(question)
        case Kind.MATCHING:
            left, right = dict(question.texts("left")), dict(question.texts("right"))
            for one, other in question.pairs:
                sides = _text(question, one, left[one]), _text(question, other, right[other])
                yield f"={sides[0]} -> {sides[1]}"
            for code in question.unpaired:
                yield f"= -> {_text(question, code, right[code])}"
        case Kind.STATEMENTS:
            for truth, (code, text) in zip(
                question.truths, question.texts("statements"), strict=True
            ):
                yield f"={_text(question, code, text)} -> {'Đúng' if truth else 'Sai'}"
            if len(set(question.truths)) == 1:
                yield f"= -> {'Sai' if question.truths[0] else 'Đúng'}"
        case Kind.ORDERING:
            grading = "ABSOLUTE_POSITION" if question.rule == "partial" else "ALL_OR_NOTHING"
            texts = dict(question.texts("items"))
            yield f">{len(texts)} ALL VERTICAL {grading} HIDE"
            for code in question.key.get("order", ()):
                yield _item(question, code, texts[code])
        case Kind.NUMBER:
            yield f"#{question.key['value']}:{question.tolerance}"
        case Kind.SHORT_TEXT:
            for text in question.key["accepted"]:
                # The share is said, so that a text that begins like one is not taken for it; a
                # star stands for any text unless it is escaped.
                yield f"=%100%{_escaped(text.replace('*', chr(92) + '*'))}"


def _several(question: ExportedQuestion) -> Iterator[str]:
    """Right answers share the whole; a wrong one takes all of it away, or, where points are given
    by part, as much as a right one brings."""
    share = 100 / len(question.correct)
    loss = share if question.rule == "partial" else 100
    for code, text in question.texts("options"):
        weight = share if code in question.correct else -loss
        yield f"~%{weight:.5f}".rstrip("0").rstrip(".") + f"%{_text(question, code, text)}"


def _text(question: ExportedQuestion, part: str, text: str) -> str:
    """With its format: an answer would take that of the stem, and a text may begin like one."""
    marks = question.marks(part)
    pictures = _inline(question, part)
    if marks or pictures or "->" in text:
        return "[html]" + _escaped(html_of(text, marks).replace("->", "-&gt;") + pictures)
    return "[plain]" + _escaped(text)


def _item(question: ExportedQuestion, code: str, text: str) -> str:
    """On a line of its own, as the question type "ordering" of Moodle has it: it knows no format
    there, so one is said only where it must be."""
    marks, pictures = question.marks(code), _inline(question, code)
    is_plain = not marks and not pictures and not has_markup(text) and "\n" not in text
    if is_plain and not text.startswith(("[", "//", "$")):
        return _escaped(text)
    return "[html]" + _escaped(html_of(text, marks) + pictures)


def _inline(question: ExportedQuestion, part: str) -> str:
    """GIFT is one file of text: a picture is written into it."""
    pictures = list(question.pictures.get(part, ()))
    if part == "stem" and question.media is not None and question.media.picture is not None:
        pictures.insert(0, question.media.picture)
    return "".join(
        f'<img src="data:{picture.media_type};base64,{b64encode(picture.data).decode()}" '
        f'alt="{escape(picture.alt)}">'
        for picture in pictures
    )


def _in_tag(text: str) -> str:
    return _TAG_SIGNS.sub(r"\\\1", text).replace("\n", r"\n")


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text).replace("\n", r"\n")
