"""A question of a file and a version of the bank, each in the form of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.importing.parsed import MEDIA, Kind, ParsedPicture, ParsedQuestion
from quizzes.models import QuestionVersion

_TRUE_FALSE_IDS = ("true", "false")
_IDS = "abcdefgh"


def parsed_of(version: QuestionVersion) -> ParsedQuestion:
    """A version in the form of a file's question, to compare with one."""
    options = version.content.get("options", [])
    correct = set(version.key.get("correct", []))
    has_options = "options" in version.content
    return ParsedQuestion(
        number=str(version.number),
        row=0,
        kind=Kind(version.kind),
        stem=version.stem,
        options=tuple(option["text"] for option in options),
        correct=tuple(i for i, option in enumerate(options) if option["id"] in correct),
        content=None if has_options else _without_shown(version.content),
        key=None if has_options else version.key,
        rule=str(version.key.get("rule", "")) if has_options else "",
    )


def _without_shown(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in {"marks", "pictures"}}


def content_of(question: ParsedQuestion, files: Mapping[str, int] | None = None) -> dict[str, Any]:
    """As the kind's module in ``quizzes.kinds`` wants it. ``files``: ids of the bank's files by
    sha256, of the question's pictures at least."""
    shown = shown_of(question, files or {})
    if question.content is not None:
        return {**question.content, **shown}
    ids = option_ids_of(question)
    texts = zip(ids, question.options, strict=True)
    return {"options": [{"id": option_id, "text": text} for option_id, text in texts], **shown}


def shown_of(question: ParsedQuestion, files: Mapping[str, int]) -> dict[str, Any]:
    """ "marks", "pictures" and "media" of a version's content, each only when there are some. The
    size of a picture stands beside it so that a page keeps its place while it loads."""
    shown: dict[str, Any] = {}
    if question.marks:
        shown["marks"] = {part: [list(m) for m in marks] for part, marks in question.marks.items()}
    pictures = {
        part: [_shown_picture(picture, files) for picture in listed]
        for part, listed in question.pictures.items()
        if part != MEDIA
    }
    if pictures:
        shown["pictures"] = pictures
    for picture in question.pictures.get(MEDIA, ()):
        shown["media"] = {**_shown_picture(picture, files), "type": picture.media_type}
    return shown


def _shown_picture(picture: ParsedPicture, files: Mapping[str, int]) -> dict[str, Any]:
    file = files.get(picture.source_sha256) or files.get(picture.sha256)
    shown = {"file": file, "alt": picture.alt}
    if picture.width and picture.height:
        shown |= {"width": picture.width, "height": picture.height}
    return shown


def texts_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The text of each option, statement or item, by id."""
    return {
        part["id"]: part["text"]
        for parts in content.values()
        if isinstance(parts, list)
        for part in parts
        if isinstance(part, Mapping) and "id" in part and "text" in part
    }


def key_of(question: ParsedQuestion) -> dict[str, Any]:
    if question.key is not None:
        return dict(question.key)
    ids = option_ids_of(question)
    key: dict[str, Any] = {"correct": [ids[index] for index in question.correct]}
    return key | {"rule": question.rule} if question.rule else key


def option_ids_of(question: ParsedQuestion) -> Sequence[str]:
    if question.kind is Kind.TRUE_FALSE:
        return _TRUE_FALSE_IDS
    return _IDS[: len(question.options)]
