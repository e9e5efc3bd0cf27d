"""An official document as data, after Appendix I of Decree 30/2020/NĐ-CP.

Pure: frozen dataclasses and the wording rules of the decree (padding of small numbers, dates,
number lines). What is printed is Vietnamese whatever language the reader's screens are in,
so nothing here goes through gettext.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Orientation(StrEnum):
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


def padded(number: int) -> str:
    """A document number; those below 10 get a zero in front (Appendix I, section II.3)."""
    return f"{number:02d}"


def day_line(place: str, on: date | None, *, year: int | None = None) -> str:
    """ "Hà Nội, ngày 05 tháng 02 năm 2026": days below 10 and months 1 and 2 are padded.

    Without a date the day and month are left open to be written by hand.
    """
    if on is None:
        tail = str(year) if year else "20\u2026\u2026"
        return f"{place}, ngày\u2003\u2003tháng\u2003\u2003năm {tail}"
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"{place}, ngày {on.day:02d} tháng {month} năm {on.year}"


@dataclass(frozen=True)
class DocumentHead:
    """The two columns at the top of the first page.

    `symbol` is what follows the slash: "QĐ-UBND". `number` is None while the document has none.
    """

    issuing_agency: str
    place: str
    superior_agency: str = ""
    number: int | None = None
    symbol: str = ""
    on: date | None = None
    year: int | None = None

    @property
    def number_line(self) -> str:
        if self.number is None and not self.symbol:
            return ""
        number = "\u2003\u2003" if self.number is None else padded(self.number)
        return f"Số: {number}/{self.symbol}" if self.symbol else f"Số: {number}"

    @property
    def day_line(self) -> str:
        return day_line(self.place, self.on, year=self.year)


@dataclass(frozen=True)
class Paragraph:
    text: str
    bold: bool = False
    italic: bool = False
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Heading:
    """A numbered part of the body: "I. KẾT QUẢ CÁ NHÂN"."""

    text: str
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Article:
    """ "Điều 1." and its text."""

    number: int
    text: str
    kind: str = field(default="article", init=False)


@dataclass(frozen=True)
class Column:
    """`share` is the column's width relative to its neighbours'."""

    title: str
    share: float
    align: Align = Align.LEFT


@dataclass(frozen=True)
class GroupRow:
    """A row over the whole width that names the rows after it."""

    text: str


type TableRow = Sequence[str] | GroupRow


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: Sequence[TableRow]
    kind: str = field(default="table", init=False)

    def __post_init__(self) -> None:
        if not self.columns or any(column.share <= 0 for column in self.columns):
            raise ValueError("A table needs columns, each with a share above 0.")
        width = len(self.columns)
        for at, row in enumerate(self.rows):
            if not isinstance(row, GroupRow) and len(row) != width:
                raise ValueError(f"Row {at} has {len(row)} cells, not {width}.")

    @property
    def shares(self) -> tuple[float, ...]:
        """Widths of the columns as fractions that add up to 1."""
        whole = sum(column.share for column in self.columns)
        return tuple(column.share / whole for column in self.columns)


type Block = Paragraph | Heading | Article | Table


@dataclass(frozen=True)
class Signature:
    """Who signs: authority "TM. BAN TỔ CHỨC" (may be empty), position "TRƯỞNG BAN", full name."""

    position: str
    authority: str = ""
    name: str = ""
    note: str = ""  # under the position, on a list: "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True)
class OfficialDocument:
    """`title` is the type in capitals ("QUYẾT ĐỊNH"), `abstract` the trích yếu under it.

    `recipients` are the lines of "Nơi nhận" without dash or semicolon; the archive line
    ("Lưu: VT, TCT") is the last one.
    """

    head: DocumentHead
    title: str
    abstract: str = ""
    legal_bases: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    orientation: Orientation = Orientation.PORTRAIT
    draft: bool = False

    @property
    def legal_base_lines(self) -> tuple[str, ...]:
        """Each basis ends with ";", the last one with "." (Appendix I, section II.6)."""
        return _closed(self.legal_bases)

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        return tuple(f"- {line}" for line in _closed(self.recipients))


def _closed(lines: tuple[str, ...]) -> tuple[str, ...]:
    stripped = [line.rstrip(" ;.,") for line in lines]
    return tuple(
        f"{line}{'.' if at == len(stripped) else ';'}" for at, line in enumerate(stripped, 1)
    )
