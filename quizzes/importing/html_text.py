"""HTML of one part of a question: its text, marks and pictures, and a word about what was lost."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from quizzes.importing.checking import refuse_legacy_text
from quizzes.importing.markup import Image, read_html
from quizzes.importing.parsed import MEDIA, Draft, Field, ParsedPicture, Severity, UnreadableFile
from quizzes.importing.shaping import RichText, plain
from quizzes.pictures import BadPicture, CleanPicture, clean_picture, video_type

_MAX_PIXELS_IN_FILE = 400_000_000
_DATA_ADDRESS = re.compile(r"data:image/[\w.+-]+;base64,(?P<data>.*)", re.DOTALL | re.IGNORECASE)


def no_files(source: str) -> bytes | None:
    return None


@dataclass(slots=True)
class PictureDesk:
    """The pictures of one file, each decoded once, and not more than a server should decode."""

    _done: dict[str, CleanPicture | BadPicture] = field(default_factory=dict)
    _pixels: int = 0

    def decoded(self, data: bytes) -> CleanPicture | BadPicture:
        name = hashlib.sha256(data).hexdigest()
        if name not in self._done:
            self._done[name] = self._decode(data)
        return self._done[name]

    def _decode(self, data: bytes) -> CleanPicture | BadPicture:
        try:
            picture = clean_picture(data)
        except BadPicture as error:
            return error
        self._pixels += picture.width * picture.height
        if self._pixels > _MAX_PIXELS_IN_FILE:
            raise UnreadableFile("too_many_pictures")
        return picture


def take_html(
    draft: Draft,
    html: str,
    *,
    part: str = "",
    desk: PictureDesk | None = None,
    find_file: Callable[[str], bytes | None] = no_files,
) -> RichText:
    """``part``: "stem", "option", or "" for what contestants do not see. ``find_file`` gives the
    bytes of a picture that came with the file, by the name its HTML calls it. Without a desk the
    format carries no pictures."""
    read = read_html(html)
    if part == "stem":
        refuse_legacy_text(draft, read.raw)
    on = {"stem": Field.STEM, "option": Field.OPTIONS}.get(part, Field.QUESTION)
    if read.has_media or not _takes_video(draft, read.videos, part, find_file):
        say_once(draft, on, "media")
    if read.lost_format:
        say_once(draft, Field.QUESTION, "html_converted", severity=Severity.NOTE)
    if not read.images:
        return RichText(read.text, read.marks)
    if not part:
        say_once(draft, on, "picture_in_reason", severity=Severity.WARNING)
        return RichText(read.text, read.marks)
    if desk is None:
        say_once(draft, on, "picture")
        return RichText(read.text, read.marks)
    found = [_picture(draft, on, image, desk, find_file) for image in read.images]
    return RichText(read.text, read.marks, tuple(picture for picture in found if picture))


def _takes_video(
    draft: Draft, videos: Sequence[Image], part: str, find_file: Callable[[str], bytes | None]
) -> bool:
    """The one video in a stem whose bytes came with the file: what a situation shows."""
    if not videos:
        return True
    data = find_file(videos[0].source) if part == "stem" and len(videos) == 1 else None
    media_type = video_type(data[:64]) if data else ""
    if not data or not media_type:
        return False
    sha256 = hashlib.sha256(data).hexdigest()
    draft.pictures[MEDIA] = (ParsedPicture(data, sha256, media_type, 0, 0, videos[0].alt),)
    if not videos[0].alt:
        say_once(draft, Field.STEM, "picture_undescribed", severity=Severity.NOTE)
    return True


def _picture(
    draft: Draft,
    on: Field,
    image: Image,
    desk: PictureDesk,
    find_file: Callable[[str], bytes | None],
) -> ParsedPicture | None:
    data = _inline(image.source) or find_file(image.source)
    if data is None:
        say_once(draft, on, "picture_absent")
        return None
    picture = desk.decoded(data)
    if isinstance(picture, BadPicture):
        say_once(draft, on, picture.code, severity=Severity.ERROR, **picture.params)
        return None
    if not image.alt:
        say_once(draft, on, "picture_undescribed", severity=Severity.NOTE)
    return ParsedPicture(
        picture.data,
        picture.sha256,
        picture.media_type,
        picture.width,
        picture.height,
        image.alt,
        hashlib.sha256(data).hexdigest(),
    )


def _inline(source: str) -> bytes | None:
    match = _DATA_ADDRESS.fullmatch(source)
    return decode_base64(match["data"]) if match else None


def take_plain(draft: Draft, text: str, part: str = "") -> RichText:
    if part == "stem":
        refuse_legacy_text(draft, text)
    return plain(text)


def decode_base64(text: str) -> bytes | None:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def say_once(
    draft: Draft,
    on: Field,
    code: str,
    /,
    *,
    severity: Severity = Severity.ERROR,
    **params: str | int,
) -> None:
    """A remark that holds for the whole question, however many parts give rise to it."""
    if code not in {remark.code for remark in draft.remarks}:
        draft.remark(on, code, severity=severity, **params)
