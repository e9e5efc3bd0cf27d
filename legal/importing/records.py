"""Rows of a spreadsheet in, instruments and articles as the file gives them out, with what is wrong
at which row and column. Nothing is guessed, nothing is skipped without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from core.sheets import Cell, Row, Sheet
from core.vietnamese import fold, nfc
from legal.importing.columns import Field, Header, find_header
from legal.importing.messages import FIELD_LABELS, UnusableFile
from legal.kinds import kind_named
from legal.models import Article, Instrument
from legal.numbers import article_anchor, number_key

_STATUSES = {
    "con hieu luc": Instrument.Status.IN_FORCE,
    "dang co hieu luc": Instrument.Status.IN_FORCE,
    "co hieu luc": Instrument.Status.IN_FORCE,
    "con hieu luc da duoc sua doi": Instrument.Status.AMENDED,
    "da duoc sua doi": Instrument.Status.AMENDED,
    "sua doi": Instrument.Status.AMENDED,
    "het hieu luc mot phan": Instrument.Status.AMENDED,
    "chua co hieu luc": Instrument.Status.NOT_YET,
    "chua hieu luc": Instrument.Status.NOT_YET,
    "het hieu luc": Instrument.Status.EXPIRED,
    "het hieu luc toan bo": Instrument.Status.EXPIRED,
    "can kiem tra": Instrument.Status.TO_CHECK,
    "khong ro": Instrument.Status.TO_CHECK,
}
_DATES = frozenset({Field.ISSUED_ON, Field.EFFECTIVE_ON, Field.EXPIRES_ON})
_LENGTHS = {
    Field.NUMBER: 64,
    Field.ISSUER: 160,
    Field.TITLE: 2_000,
    Field.SUMMARY: 4_000,
    Field.ARTICLE: 12,
    Field.HEADING: 300,
    Field.TEXT: 30_000,
}
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_SEPARATORS = re.compile(r"[;,\n]")


@dataclass(frozen=True, slots=True)
class Problem:
    """``row`` as Excel shows it at the left of the sheet."""

    row: int
    field: Field
    message: str

    def __str__(self) -> str:
        return f"{FIELD_LABELS[self.field]}: {self.message}"


@dataclass(slots=True)
class Record:
    """One row. ``values`` holds what the file says; what it leaves empty is not in it."""

    row: int
    sheet: str
    number: str = ""
    values: dict[Field, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, on: Field, message: str) -> None:
        self.problems.append(Problem(self.row, on, message))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a file holds. ``unknown_columns``: titles that nobody reads, said in the preview."""

    instruments: list[Record]
    articles: list[Record]
    unknown_columns: list[str]


def read_catalogue(sheets: Sequence[Sheet]) -> Catalogue:
    """Raises UnusableFile when no sheet has a header that names documents."""
    instruments: list[Record] = []
    articles: list[Record] = []
    unknown: list[str] = []
    headers = [(sheet, header) for sheet in sheets if (header := find_header(sheet.rows))]
    if not headers:
        raise UnusableFile(
            _(
                "Không thấy dòng tiêu đề trong 30 dòng đầu của trang tính nào. Cần có cột “Số, ký "
                "hiệu” và ít nhất một cột khác, ví dụ “Tên văn bản”."
            )
        )
    for sheet, header in headers:
        target = articles if header.is_of_articles else instruments
        target += _records(sheet, header)
        unknown += header.unknown
    if not instruments and not articles:
        raise UnusableFile(_("Dưới dòng tiêu đề không có văn bản nào."))
    _refuse_repeats(instruments, lambda record: number_key(record.number))
    _refuse_repeats(
        articles,
        lambda record: (
            number_key(record.number),
            article_anchor(record.values.get(Field.ARTICLE, "")),
        ),
    )
    return Catalogue(instruments, articles, unknown)


def _records(sheet: Sheet, header: Header) -> Iterable[Record]:
    for place, row in enumerate(sheet.rows[header.row + 1 :], start=header.row + 2):
        if any(_text(row[index]) for index in header.places.values()):
            yield _record(Record(place, sheet.name), row, header)


def _record(record: Record, row: Row, header: Header) -> Record:
    record.number = nfc(_text(row[header.places[Field.NUMBER]]))
    if not record.number:
        record.refuse(Field.NUMBER, _("thiếu số, ký hiệu; hãy điền, ví dụ 118/2025/NĐ-CP"))
    for name, index in header.places.items():
        cell = row[index]
        if not _text(cell):
            continue
        try:
            record.values[name] = _value(name, cell)
        except ValueError as error:
            record.refuse(name, str(error))
    if header.is_of_articles and Field.ARTICLE not in record.values and record.number:
        record.refuse(Field.ARTICLE, _("thiếu số của điều; hãy điền, ví dụ 8"))
    return record


def _value(name: Field, cell: Cell) -> Any:
    """Raises ValueError with what is wrong and what to do."""
    if name in _DATES:
        return _date(cell)
    text = _text(cell)
    if name == Field.TEXT:
        text = "\n".join(line for line in map(nfc, text.splitlines()) if line)
    elif name in {Field.AMENDS, Field.REPLACED_BY}:
        numbers = [nfc(part) for part in _SEPARATORS.split(text) if nfc(part)]
        if name == Field.REPLACED_BY and len(numbers) > 1:
            raise ValueError(_("chỉ ghi một văn bản thay thế"))
        return numbers
    else:
        text = nfc(text)
    if len(text) > _LENGTHS.get(name, len(text)):
        raise ValueError(_("dài quá %(limit)d ký tự; hãy rút gọn") % {"limit": _LENGTHS[name]})
    if name == Field.STATUS:
        return _status(text)
    if name == Field.KIND:
        return _kind(text)
    if name == Field.ARTICLE:
        return _article_number(text)
    return text


def _status(text: str) -> str:
    plain = re.sub(r"[^a-z]+", " ", fold(text)).strip()
    if plain in _STATUSES:
        return _STATUSES[plain].value
    for value, label in Instrument.Status.choices:
        if fold(str(label)) == fold(text):
            return str(value)
    raise ValueError(
        _(
            "không hiểu “%(value)s”; hãy ghi Còn hiệu lực, Chưa có hiệu lực, Hết hiệu lực, Còn "
            "hiệu lực, đã được sửa đổi hoặc Cần kiểm tra"
        )
        % {"value": text[:60]}
    )


def _kind(text: str) -> str:
    if kind := kind_named(text):
        return kind.value
    labels = {fold(str(label)): value for value, label in Instrument.Kind.choices}
    if fold(text) in labels:
        return labels[fold(text)]
    raise ValueError(
        _("không có loại văn bản “%(value)s”; hãy ghi Luật, Nghị định, Thông tư, Quyết định…")
        % {"value": text[:60]}
    )


def _article_number(text: str) -> str:
    article = Article(number=text)
    article.normalise()
    if not article_anchor(article.number).removeprefix("dieu-"):
        raise ValueError(_("“%(value)s” không phải số của điều") % {"value": text[:60]})
    return article.number


def _date(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    found = _DAY_FIRST.fullmatch(text)
    parts = (found[3], found[2], found[1]) if found else ()
    if not found and (found := _YEAR_FIRST.fullmatch(text)):
        parts = (found[1], found[2], found[3])
    try:
        year, month, day = map(int, parts)
        if not 1900 <= year <= 2200:
            raise ValueError
        return date(year, month, day)
    except ValueError:
        raise ValueError(
            _("không đọc được “%(value)s”; hãy ghi ngày/tháng/năm, ví dụ 01/07/2025")
            % {"value": text[:40]}
        ) from None


def _text(cell: Cell) -> str:
    """The cell as its author sees it; line breaks stay."""
    match cell:
        case str():
            return cell.replace("\0", "").strip()
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() | date():
            return f"{cell:%d/%m/%Y}"
        case _:
            return str(cell)


def _refuse_repeats(records: list[Record], key: Any) -> None:
    first: dict[Any, int] = {}
    for record in records:
        if not record.number:
            continue
        if key(record) in first:
            record.refuse(
                Field.NUMBER,
                _("“%(value)s” trùng với dòng %(first_row)d; hãy sửa hoặc bỏ một dòng")
                % {"value": record.number, "first_row": first[key(record)]},
            )
        first.setdefault(key(record), record.row)
