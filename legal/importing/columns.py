"""Which column of a spreadsheet is what, told by its name. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.sheets import Row
from core.vietnamese import fold

HEADER_SEARCH_ROWS = 30


class Field(StrEnum):
    NUMBER = "number"
    KIND = "kind"
    TITLE = "title"
    ISSUER = "issuer"
    ISSUED_ON = "issued_on"
    EFFECTIVE_ON = "effective_on"
    EXPIRES_ON = "expires_on"
    STATUS = "status"
    REPLACED_BY = "replaced_by"
    AMENDS = "amends"
    SUMMARY = "summary"
    # of a sheet of articles
    ARTICLE = "article"
    HEADING = "heading"
    TEXT = "text"


def _names(text: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in text.split("|"))


_NAMES: Mapping[Field, frozenset[str]] = {
    Field.NUMBER: _names(
        """so ky hieu|so hieu|so van ban|so ky hieu van ban|so hieu van ban|ky hieu|so vb
        |so kh|number|van ban so"""
    ),
    Field.KIND: _names("loai van ban|loai|hinh thuc van ban|the loai|kind|loai vb"),
    Field.TITLE: _names(
        """ten van ban|trich yeu|trich yeu noi dung|ten|ten goi|noi dung trich yeu|title
        |trich yeu van ban|ten loai va trich yeu noi dung"""
    ),
    Field.ISSUER: _names("co quan ban hanh|noi ban hanh|don vi ban hanh|cqbh|issuer"),
    Field.ISSUED_ON: _names("ngay ban hanh|ngay ky|ngay thang ban hanh|ngay van ban|issued on"),
    Field.EFFECTIVE_ON: _names(
        """ngay co hieu luc|ngay hieu luc|hieu luc tu|hieu luc tu ngay|co hieu luc tu
        |thoi diem co hieu luc|effective on|ngay bat dau hieu luc"""
    ),
    Field.EXPIRES_ON: _names(
        "ngay het hieu luc|het hieu luc tu|het hieu luc tu ngay|het hieu luc ngay|expires on"
    ),
    Field.STATUS: _names("tinh trang|tinh trang hieu luc|hieu luc|trang thai|status"),
    Field.REPLACED_BY: _names(
        """duoc thay the boi|van ban thay the|bi thay the boi|thay the boi|thay boi|replaced by"""
    ),
    Field.AMENDS: _names("sua doi|sua doi van ban|sua doi bo sung|sua doi cho|amends"),
    Field.SUMMARY: _names("tom tat|noi dung chinh|tom tat noi dung|summary"),
    Field.ARTICLE: _names("dieu|dieu so|so dieu|article"),
    Field.HEADING: _names("ten dieu|tieu de|tieu de dieu|heading"),
    Field.TEXT: _names("noi dung|noi dung dieu|loi van|text"),
}


@dataclass(frozen=True, slots=True)
class Header:
    """``row`` is 0-based; ``places``: field → 0-based column. ``unknown``: titles of columns that
    are not read."""

    row: int
    places: Mapping[Field, int]
    unknown: tuple[str, ...]

    @property
    def is_of_articles(self) -> bool:
        return Field.ARTICLE in self.places


def recognise(title: str) -> Field | None:
    whole = _plain(title)
    without_hint = _plain(re.sub(r"[(\[].*?[)\]]", " ", title))
    for name in (whole, without_hint):
        for field, names in _NAMES.items():
            if name in names:
                return field
    return None


def find_header(rows: Sequence[Row]) -> Header | None:
    """The row among the first that names most columns, the number of the document among them."""
    found = [
        header
        for place, row in enumerate(rows[:HEADER_SEARCH_ROWS])
        if (header := _header(place, row)) is not None
    ]
    return max(found, key=lambda header: len(header.places), default=None)


def _header(place: int, row: Row) -> Header | None:
    places: dict[Field, int] = {}
    unknown = []
    for index, cell in enumerate(row):
        title = " ".join(cell.split()) if isinstance(cell, str) else ""
        field = recognise(title)
        if field is not None and field not in places:
            places[field] = index
        elif title:
            unknown.append(title)
    if Field.NUMBER not in places or len(places) < 2:
        return None
    return Header(place, places, tuple(unknown))


def _plain(title: str) -> str:
    return " ".join(re.sub(r"[^0-9a-z]+", " ", fold(title)).split())
