"""Questions in QTI 2.1, 2.2 and 3.0: a package with its manifest, or one item's XML."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from core.uploads import Package
from quizzes.importing.checking import Settled
from quizzes.importing.html_text import PictureDesk
from quizzes.importing.limits import MAX_QUESTIONS, open_package, parse_xml, refusing
from quizzes.importing.parsed import Draft, Field, Format, ParseResult, UnreadableFile
from quizzes.importing.plain import clean
from quizzes.importing.qti_items import Item, read_item
from quizzes.importing.qti_names import attribute, local

MANIFEST = "imsmanifest.xml"
_ITEM_TYPES = ("imsqti_item", "imsqtiitem")
_TEST_TYPES = ("imsqti_test", "imsqtitest")


@dataclass(frozen=True, slots=True)
class _Place:
    """An item's part of the package and what the test's section calls it."""

    name: str
    topic: str = ""


@dataclass(slots=True)
class _Content:
    places: list[_Place] = field(default_factory=list)
    is_old: bool = False


def read_qti(data: bytes) -> ParseResult:
    """Raises UnreadableFile. Nothing outside the package is ever fetched."""
    settled, desk = Settled(), PictureDesk()
    if not data.startswith(b"PK"):
        item = Item(parse_xml(data), desk)
        if local(item.root) != "assessmentitem":
            raise UnreadableFile("unknown_xml")
        settled.add(read_item(item, 1))
        return settled.result(Format.QTI)
    package = open_package(data)
    content = _content(package)
    if not content.places:
        raise UnreadableFile("old_qti" if content.is_old else "no_items")
    if len(content.places) > MAX_QUESTIONS:
        raise UnreadableFile("too_many_questions", limit=MAX_QUESTIONS)
    for row, place in enumerate(content.places, 1):
        settled.add(_read_place(package, place, row, desk))
    return settled.result(Format.QTI)


def _read_place(package: Package, place: _Place, row: int, desk: PictureDesk) -> Draft:
    name = posixpath.basename(place.name)[:60]
    if place.name not in package.names:
        return _refused(row, name, "qti_part_missing")
    try:
        root = _read_part(package, place.name)
    except UnreadableFile:
        return _refused(row, name, "qti_part_unreadable")
    if local(root) != "assessmentitem":
        return _refused(row, name, "qti_part_unreadable")

    def find_file(source: str) -> bytes | None:
        path = _inside(posixpath.dirname(place.name), source)
        if path is None or path not in package.names:
            return None
        with refusing():
            return package.read(path)

    draft = read_item(Item(root, desk, find_file), row)
    draft.topic = place.topic
    return draft


def _refused(row: int, name: str, code: str) -> Draft:
    draft = Draft(number=name, row=row)
    draft.remark(Field.QUESTION, code, name=name)
    return draft


def _read_part(package: Package, name: str) -> etree._Element:
    with refusing():
        content = package.read(name)
    return parse_xml(content)


def _content(package: Package) -> _Content:
    """The items in the order of the manifest, with the sections of its tests as topics."""
    content = _Content()
    items: list[str] = []
    topics: dict[str, str] = {}
    for resource in _read_part(package, MANIFEST).iter("{*}resource"):
        kind = (resource.get("type") or "").lower()
        path = _inside("", resource.get("href") or _first_file(resource))
        if path is None:
            continue
        if kind.startswith(_ITEM_TYPES):
            items.append(path)
        elif kind.startswith(_TEST_TYPES) and path in package.names:
            topics |= _sections(package, path)
        content.is_old |= kind.startswith(("imsqti_xmlv1", "imsqti_assessment_xmlv1"))
    content.places = [_Place(path, topics.get(path, "")) for path in dict.fromkeys(items)]
    return content


def _first_file(resource: etree._Element) -> str:
    file = resource.find("{*}file")
    return "" if file is None else file.get("href") or ""


def _sections(package: Package, path: str) -> dict[str, str]:
    try:
        root = _read_part(package, path)
    except UnreadableFile:
        return {}  # the items are read without their sections
    return dict(_titles(root, posixpath.dirname(path), ""))


def _titles(element: etree._Element, folder: str, title: str) -> Iterator[tuple[str, str]]:
    for child in element:
        match local(child):
            case "assessmentitemref":
                item = _inside(folder, child.get("href") or "")
                if item is not None:
                    yield item, title
            case "assessmentsection":
                own = " ".join(clean(attribute(child, "title")).split())
                yield from _titles(child, folder, own[:160])
            case _:
                yield from _titles(child, folder, title)


def _inside(folder: str, reference: str) -> str | None:
    """The part of the package that a reference means; None for anything outside."""
    reference = unquote(reference.strip()).partition("#")[0]
    if not reference or "://" in reference or reference.startswith(("/", "\\", "data:")):
        return None
    path = posixpath.normpath(posixpath.join(folder, reference))
    return None if path.startswith("..") else path
