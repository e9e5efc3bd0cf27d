"""Pictures, shapes and embedded things of a Word file: what each is, and which part holds it."""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass, field

from lxml import etree

from core.uploads import Package
from quizzes.importing.limits import read_xml, refusing
from quizzes.importing.parsed import (
    MEDIA,
    Draft,
    Field,
    ParsedPicture,
    Remark,
    Severity,
    UnreadableFile,
)
from quizzes.importing.plain import clean
from quizzes.importing.word_lines import LineBuilder, PlacedPicture
from quizzes.importing.word_numbering import W
from quizzes.pictures import BadPicture, CleanPicture, clean_picture

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"
_V = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE = f"{_MC}AlternateContent"
PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object", ALTERNATE}
_RULE = f"{_OFFICE}hr"
# What Word writes there by itself describes the file, not the question.
_MADE_UP = re.compile(r"generated|tự động|^(?:picture|image|hình|ảnh)\s*\d*$", re.IGNORECASE)
_MAX_ALT = 300
_MAX_PIXELS_IN_FILE = 400_000_000


@dataclass(frozen=True, slots=True)
class Relations:
    """Ids to parts of the package; "" is a file elsewhere, which is never fetched."""

    parts: dict[str, str] = field(default_factory=dict)

    def place(self, builder: LineBuilder, relation: str | None, alt: str) -> None:
        if not relation or relation not in self.parts:
            builder.show(problem="picture_linked")
        elif part := self.parts[relation]:
            builder.show(part, alt)
        else:
            builder.show(problem="picture_linked")


def read_relations(package: Package) -> Relations:
    name = "word/_rels/document.xml.rels"
    if name not in package.names:
        return Relations()
    parts: dict[str, str] = {}
    for relation in read_xml(package, name).iterfind(_RELATION):
        target = relation.get("Target", "")
        is_inside = relation.get("TargetMode", "Internal") == "Internal" and "://" not in target
        path = posixpath.normpath(posixpath.join("word", target)).lstrip("/")
        parts[relation.get("Id", "")] = path if is_inside else ""
    return Relations(parts)


def read_picture_element(
    element: etree._Element, builder: LineBuilder, relations: Relations
) -> None:
    """One of PICTURES: its pictures go to the line, the rest is held as what it is."""
    if element.tag == ALTERNATE:
        branch = element.find(f"{_MC}Choice")
        branch = element.find(f"{_MC}Fallback") if branch is None or len(branch) == 0 else branch
        for child in branch if branch is not None else ():
            if child.tag in PICTURES:
                read_picture_element(child, builder, relations)
            else:
                builder.hold("shape")
    elif element.tag == f"{W}object":
        embedded = element.find(f"{_OFFICE}OLEObject")
        program = "" if embedded is None else embedded.get("ProgID", "")
        builder.hold("formula" if program.startswith("Equation") else "embedded_object")
    elif element.tag == f"{W}drawing":
        _read_drawing(element, builder, relations)
    else:
        _read_vml(element, builder, relations)


def _read_drawing(element: etree._Element, builder: LineBuilder, relations: Relations) -> None:
    blips = list(element.iter(f"{_A}blip"))
    described = next(element.iter(f"{_DRAWN}docPr"), None)
    alt = "" if described is None else described.get("descr") or ""
    for blip in blips:
        relations.place(builder, blip.get(f"{_R}embed"), _described(alt))
    if not blips or next(element.iter(_SHAPE), None) is not None:
        builder.hold("shape")


def _read_vml(element: etree._Element, builder: LineBuilder, relations: Relations) -> None:
    images = list(element.iter(f"{_V}imagedata"))
    for image in images:
        shape = image.getparent()
        alt = "" if shape is None else shape.get("alt") or ""
        relations.place(builder, image.get(f"{_R}id"), _described(alt))
    is_rule = any(shape.get(_RULE) for shape in element)
    has_words = next(element.iter(f"{W}txbxContent"), None) is not None
    if has_words or not (images or is_rule):
        builder.hold("shape")


def _described(alt: str) -> str:
    alt = " ".join(clean(alt).split())
    return "" if _MADE_UP.search(alt) else alt[:_MAX_ALT]


@dataclass(slots=True)
class PictureShelf:
    """The pictures of one package, each decoded once."""

    package: Package
    _done: dict[str, CleanPicture | BadPicture | None] = field(default_factory=dict)
    _sources: dict[str, str] = field(default_factory=dict)
    _pixels: int = 0

    def take(self, draft: Draft, placed: dict[str, tuple[PlacedPicture, ...]]) -> None:
        """Puts the pictures into the draft, or a remark about each that cannot be used. Raises
        UnreadableFile for a file with more pictures than a server should decode."""
        for part, pictures in placed.items():
            good = [found for picture in pictures if (found := self._take(draft, part, picture))]
            if good:
                draft.pictures[part] = tuple(good)

    def _take(self, draft: Draft, part: str, placed: PlacedPicture) -> ParsedPicture | None:
        on = Field.STEM if part in {"stem", MEDIA} else Field.OPTIONS
        if placed.problem:
            draft.remark(on, placed.problem)
            return None
        found = self._decoded(placed.part)
        if isinstance(found, BadPicture):
            draft.remarks.append(
                Remark(draft.row, on, found.code, found.params, label=draft.number)
            )
            return None
        if found is None:
            draft.remark(on, "picture_damaged")
            return None
        if not placed.alt:
            if part in {"stem", MEDIA}:
                draft.remark(on, "picture_without_words", severity=Severity.NOTE)
            else:
                code = "option_picture_without_words"
                draft.remark(on, code, severity=Severity.NOTE, letter=part.upper())
        return ParsedPicture(
            found.data,
            found.sha256,
            found.media_type,
            found.width,
            found.height,
            placed.alt,
            self._sources[placed.part],
        )

    def _decoded(self, part: str) -> CleanPicture | BadPicture | None:
        if part not in self._done:
            self._done[part] = self._decode(part)
        return self._done[part]

    def _decode(self, part: str) -> CleanPicture | BadPicture | None:
        if part not in self.package.names:
            return None
        with refusing():
            data = self.package.read(part)
        self._sources[part] = hashlib.sha256(data).hexdigest()
        try:
            picture = clean_picture(data)
        except BadPicture as error:
            return error
        self._pixels += picture.width * picture.height
        if self._pixels > _MAX_PIXELS_IN_FILE:
            raise UnreadableFile("too_many_pictures")
        return picture
