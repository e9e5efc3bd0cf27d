r"""Question files in Moodle's GIFT format, after Moodle's own description and importer.

A blank line ends a question; ``//`` starts a comment line; ``$CATEGORY:`` names the topic of what
follows; ``::name::`` names a question; ``[html]`` and the like say how its text is written; a
backslash before ``: # = { } ~`` takes their meaning away, ``\n`` is a line break. A comment right
before a question may hold ``[tag:…]``, as Moodle's own files do (`tags`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.importing.checking import Settled
from quizzes.importing.gift_answers import read_answers
from quizzes.importing.gift_text import GiftTexts, format_of, hide_escapes, show_escapes
from quizzes.importing.html_text import PictureDesk
from quizzes.importing.parsed import Draft, Field, Format, ParseResult
from quizzes.importing.shaping import dress
from quizzes.importing.tags import read_tags, take_tags
from quizzes.importing.text_files import decode_text

_CATEGORY = re.compile(r"\$CATEGORY:\s*(?P<path>.*)", re.DOTALL)
_ROOTS = frozenset({"$course$", "$system$", "$cat$", "$module$", "top"})
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])+)\]")
_TAG_ESCAPE = re.compile(r"\\(.)")
# Where the answers stand inside the sentence ("missing word").
_GAP = "_____"


@dataclass(frozen=True, slots=True)
class _Chunk:
    """``row`` is the line of the first text; escapes are hidden. ``tags`` of its comments."""

    row: int
    text: str
    tags: tuple[str, ...] = ()


def read_gift(data: bytes) -> ParseResult:
    """Raises UnreadableFile."""
    settled = Settled()
    desk = PictureDesk()
    topic = ""
    count = 0
    for chunk in _chunks(decode_text(data)):
        category = _CATEGORY.match(chunk.text)
        if category:
            topic = _topic(category["path"])
            continue
        count += 1
        settled.add(_draft(chunk, topic, str(count), desk))
    return settled.result(Format.GIFT)


def _chunks(text: str) -> Iterator[_Chunk]:
    """Questions and categories: groups of lines between blank ones. A comment line is no blank
    line.

    A category line stands for itself even when nothing but a line end parts it from the question
    after it.
    """
    group: list[str] = []
    tags: list[str] = []
    first = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        stripped = line.strip()
        if stripped.startswith("//"):
            tags += [_unescaped(match[1]) for match in _TAG.finditer(stripped)]
            continue
        is_category = stripped.startswith("$CATEGORY:")
        if group and (not stripped or is_category):
            yield _Chunk(first, "\n".join(group).strip(), tuple(tags))
            group = []
        if not stripped or is_category:
            tags = []
        if is_category:
            yield _Chunk(number, hide_escapes(stripped))
        elif stripped:
            first = first if group else number
            group.append(hide_escapes(line))


def _unescaped(tag: str) -> str:
    return _TAG_ESCAPE.sub(lambda match: "\n" if match[1] == "n" else match[1], tag)


def _topic(path: str) -> str:
    """The last part of "$course$/top/CCHC/Văn thư"; "//" is a slash inside a name."""
    parts = [part.replace("\0", "/").strip() for part in path.replace("//", "\0").split("/")]
    parts = [show_escapes(part) for part in parts if part and part.lower() not in _ROOTS]
    return parts[-1] if parts else ""


def _draft(chunk: _Chunk, topic: str, ordinal: str, desk: PictureDesk) -> Draft:
    draft = Draft(number=ordinal, row=chunk.row, topic=topic)
    text = chunk.text
    if text.startswith("::") and "::" in text[2:]:
        name, _, text = text[2:].partition("::")
        draft.number = " ".join(show_escapes(name).split())[:60] or ordinal
        text = text.strip()
    opening, closing = text.find("{"), text.find("}")
    if opening < 0 and closing < 0:
        draft.stem = show_escapes(text)
        draft.remark(Field.KIND, "not_a_question")
        return draft
    if opening < 0 or closing < opening:
        draft.stem = show_escapes(text)
        draft.remark(Field.QUESTION, "gift_braces")
        return draft
    before, answers, after = text[:opening], text[opening + 1 : closing], text[closing + 1 :]
    if "{" in after or "}" in after:
        draft.stem = f"{show_escapes(before)} {_GAP} {show_escapes(after).strip()}"
        draft.remark(Field.QUESTION, "gift_braces")
        return draft
    text_format, _rest = format_of(before, "moodle")
    if any(char.isalnum() for char in after):
        before = f"{before}{_GAP}{after}"
    elif after.strip() and not before.rstrip().endswith(("?", ":", ".", "!")):
        before = before.rstrip() + after.strip()
    texts = GiftTexts(draft, desk, text_format)
    draft.stem = dress(draft, "stem", texts.read(before, "stem", default_format="moodle"))
    read_answers(draft, answers.strip(), texts)
    take_tags(draft, read_tags(chunk.tags))
    return draft
