"""The inner pages of very long tables, drawn by ReportLab.

WeasyPrint takes some 8 ms and 0.2 MB for a row; these pages hold nothing but the table, so
they are drawn directly, with the metrics of static/print/decree30.css (decision 0010).
The first and the last pages of a table are WeasyPrint's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from printing.documents import Align, GroupRow, Orientation, Table, TableRow
from printing.typography import BOLD, REGULAR, baseline, broken, register_fonts, width_of

SIZE, LINE, PAD_X, PAD_Y, RULE = 12.0, 15.0, 3.0, 1.5, 0.5
TOP, RIGHT, BOTTOM, LEFT = 20 * mm, 15 * mm, 20 * mm, 30 * mm
NUMBER_SIZE = 13.0
# Rows that always stay for the page with the signing block.
LEFT_OVER = 3


@dataclass(frozen=True)
class DrawnPages:
    pdf: bytes
    pages: int
    rows: int


@dataclass(frozen=True)
class _Row:
    """Broken lines by cell; one cell over the whole width for a group row."""

    cells: tuple[tuple[str, ...], ...]
    is_group: bool
    height: float


def page_size(orientation: Orientation) -> tuple[float, float]:
    short, long = 210 * mm, 297 * mm
    return (long, short) if orientation is Orientation.LANDSCAPE else (short, long)


def text_width_of(orientation: Orientation) -> float:
    """Points between the left and the right margin."""
    return page_size(orientation)[0] - LEFT - RIGHT


def column_widths(table: Table, text_width: float) -> list[float]:
    """Points, adding up to `text_width`: by share, but no column narrower than the longest word
    of its heading; what that takes, the wider columns give in proportion."""
    least = [
        max(width_of(word, BOLD, SIZE) for word in column.title.split() or [""])
        + 2 * PAD_X
        + 2 * RULE
        for column in table.columns
    ]
    widths = [share * text_width for share in table.shares]
    for _round in table.columns:
        lack = sum(max(0.0, low - width) for low, width in zip(least, widths, strict=True))
        spare = sum(max(0.0, width - low) for low, width in zip(least, widths, strict=True))
        if lack <= 0 or spare <= 0:
            break
        given = min(1.0, lack / spare)
        widths = [
            low if width < low else width - (width - low) * given
            for low, width in zip(least, widths, strict=True)
        ]
    whole = sum(widths)
    return [width * text_width / whole for width in widths]


class _Grid:
    """Where the columns of a table stand on a page (PDF points, origin bottom left)."""

    def __init__(self, table: Table, orientation: Orientation) -> None:
        self.page = page_size(orientation)
        self.width = text_width_of(orientation)
        self.aligns = [column.align for column in table.columns]
        self.edges = [LEFT]
        for width in column_widths(table, self.width):
            self.edges.append(self.edges[-1] + width)

    @property
    def height(self) -> float:
        return self.page[1] - TOP - BOTTOM

    def measured(self, row: TableRow, *, font: str = REGULAR) -> _Row:
        if isinstance(row, GroupRow):
            cells: tuple[tuple[str, ...], ...] = (self._lines(row.text, BOLD, self.width),)
        else:
            cells = tuple(
                self._lines(text, font, right - left)
                for text, left, right in zip(row, self.edges, self.edges[1:], strict=False)
            )
        lines = max(len(cell) for cell in cells)
        return _Row(cells, isinstance(row, GroupRow), lines * LINE + 2 * PAD_Y + RULE)

    @staticmethod
    def _lines(text: str, font: str, width: float) -> tuple[str, ...]:
        return broken(text, font, SIZE, round(width - 2 * PAD_X - RULE, 3))


def draw_inner_pages(
    table: Table,
    rows: Sequence[TableRow],
    *,
    orientation: Orientation,
    first_page: int,
    draft: bool,
) -> DrawnPages:
    """Draw full pages of `rows`; the rows of the last page are left to the caller.

    `rows` in the result counts those drawn: fewer than given by at least LEFT_OVER.
    """
    register_fonts()
    grid = _Grid(table, orientation)
    head = grid.measured([column.title for column in table.columns], font=BOLD)
    target = BytesIO()
    canvas = Canvas(target, pagesize=grid.page, pageCompression=0, initialFontName=REGULAR)
    done = pages = 0
    while page := _one_page(grid, rows, done, room=grid.height - head.height - RULE):
        if len(rows) - done - len(page) < LEFT_OVER:
            break
        _draw_page(canvas, grid, head, page, number=first_page + pages, draft=draft)
        done += len(page)
        pages += 1
    if pages:
        canvas.save()
    return DrawnPages(target.getvalue(), pages, done)


def _one_page(grid: _Grid, rows: Sequence[TableRow], start: int, *, room: float) -> list[_Row]:
    """Rows that fill one page; none when what is left does not fill it."""
    page: list[_Row] = []
    for at in range(start, len(rows)):
        row = grid.measured(rows[at])
        if row.height > room and page:
            while len(page) > 1 and page[-1].is_group:
                page.pop()
            return page
        page.append(row)
        room -= row.height
    return []


def _draw_page(
    canvas: Canvas, grid: _Grid, head: _Row, rows: list[_Row], *, number: int, draft: bool
) -> None:
    width, height = grid.page
    # As the margin boxes of the style sheet: centred over the text, in the middle of the margin.
    y = height - TOP / 2 - 7.5 + 15 - baseline(15, NUMBER_SIZE)
    canvas.setFont(REGULAR, NUMBER_SIZE)
    canvas.drawCentredString(LEFT + grid.width / 2, y, str(number))
    if draft:
        canvas.setFont(BOLD, SIZE)
        canvas.drawString(LEFT, y, "DỰ THẢO")
    top = height - TOP - RULE / 2
    lines = [(LEFT, top, width - RIGHT, top)]
    canvas.setFont(BOLD, SIZE)
    begun = top
    top = _write_row(canvas, grid, head, top, [Align.CENTER] * len(grid.aligns), BOLD)
    lines.append((LEFT, top, width - RIGHT, top))
    canvas.setFont(REGULAR, SIZE)
    for row in rows:
        if row.is_group:
            lines += _uprights(grid.edges, begun, top)
            canvas.setFont(BOLD, SIZE)
            begun = _write_row(canvas, grid, row, top, [Align.LEFT], BOLD)
            canvas.setFont(REGULAR, SIZE)
            lines += _uprights([grid.edges[0], grid.edges[-1]], top, begun)
            top = begun
        else:
            top = _write_row(canvas, grid, row, top, grid.aligns, REGULAR)
        lines.append((LEFT, top, width - RIGHT, top))
    canvas.setLineWidth(RULE)
    canvas.lines([*lines, *_uprights(grid.edges, begun, top)])
    canvas.showPage()


def _uprights(
    edges: Sequence[float], top: float, bottom: float
) -> list[tuple[float, float, float, float]]:
    """The rules between columns, one stroke for many rows."""
    return [(x, top, x, bottom) for x in edges] if top > bottom else []


def _write_row(
    canvas: Canvas, grid: _Grid, row: _Row, top: float, aligns: list[Align], font: str
) -> float:
    """Write one row under `top`; returns the top of the next."""
    bottom = top - row.height
    edges = [grid.edges[0], grid.edges[-1]] if row.is_group else grid.edges
    for lines, align, left, right in zip(row.cells, aligns, edges, edges[1:], strict=False):
        y = (top + bottom) / 2 + len(lines) * LINE / 2 - baseline(LINE, SIZE)
        for line in lines:
            if align is Align.CENTER:
                x = (left + right - width_of(line, font, SIZE)) / 2
            elif align is Align.RIGHT:
                x = right - PAD_X - width_of(line, font, SIZE)
            else:
                x = left + PAD_X
            canvas.drawString(round(x, 2), round(y, 2), line)
            y -= LINE
    return bottom
