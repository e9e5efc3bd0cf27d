"""An official document as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
from django.template.loader import render_to_string
from reportlab.lib.units import mm

from printing.documents import Block, GroupRow, OfficialDocument, Table, TableRow
from printing.longtables import column_widths, draw_inner_pages, text_width_of
from printing.rendering import Laid, lay_out
from printing.typography import BOLD, REGULAR, balanced

# From here a table's inner pages are drawn directly (decision 0010).
LONG_TABLE_ROWS = 200
# More than fit on one page: enough to fill the page on which a long table begins.
OPENING_ROWS = 60


def compose(document: OfficialDocument) -> bytes:
    """The document as one PDF; tables of any length, page numbers running through."""
    blocks = list(document.blocks)
    parts: list[bytes] = []
    page = 1
    continued = False
    while (at := _first_long_table(blocks)) is not None:
        table = blocks[at]
        assert isinstance(table, Table)  # noqa: S101
        head = replace(table, rows=table.rows[:OPENING_ROWS])
        laid = _lay_out(
            document, [*blocks[:at], head], first_page=page, continued=continued, closing=False
        )
        pages, rows = _page_of_start(laid, at)
        parts.append(laid.pdf(pages=slice(pages)))
        page += pages
        drawn = draw_inner_pages(
            table,
            table.rows[rows:],
            orientation=document.orientation,
            first_page=page,
            draft=document.draft,
        )
        if drawn.pages:
            parts.append(drawn.pdf)
        page += drawn.pages
        blocks = [replace(table, rows=table.rows[rows + drawn.rows :]), *blocks[at + 1 :]]
        continued = True
    laid = _lay_out(document, blocks, first_page=page, continued=continued, closing=True)
    parts.append(laid.pdf())
    return parts[0] if len(parts) == 1 else _joined(parts, title=document.title)


def _first_long_table(blocks: Sequence[Block]) -> int | None:
    for at, block in enumerate(blocks):
        if isinstance(block, Table) and len(block.rows) > LONG_TABLE_ROWS:
            return at
    return None


def _lay_out(
    document: OfficialDocument,
    blocks: Sequence[Block],
    *,
    first_page: int,
    continued: bool,
    closing: bool,
) -> Laid:
    text_width = text_width_of(document.orientation)
    shown = [
        _table_context(block, at, text_width=text_width, follows=continued and at == 0)
        if isinstance(block, Table)
        else block
        for at, block in enumerate(blocks)
    ]
    head = document.head
    agency_width = 0.4 * text_width
    context = {
        "document": document,
        "superior_lines": balanced(head.superior_agency.upper(), REGULAR, 12, agency_width),
        "issuing_lines": balanced(head.issuing_agency.upper(), BOLD, 12, agency_width),
        "abstract_lines": balanced(document.abstract, BOLD, 13, text_width - 20 * mm),
        "blocks": shown,
        "first_page": first_page,
        "opening": not continued,
        "closing": closing,
    }
    return lay_out(render_to_string("printing/decree30.html", context))


def _table_context(table: Table, at: int, *, text_width: float, follows: bool) -> dict[str, Any]:
    aligns = [column.align.value for column in table.columns]
    return {
        "kind": table.kind,
        "columns": table.columns,
        "widths": [f"{width:.3f}" for width in column_widths(table, text_width)],
        "follows": follows,
        "rows": [_row_context(row, f"t{at}r{n}", aligns) for n, row in enumerate(table.rows)],
    }


def _row_context(row: TableRow, anchor: str, aligns: list[str]) -> dict[str, Any]:
    if isinstance(row, GroupRow):
        return {"anchor": anchor, "group": row.text}
    return {"anchor": anchor, "cells": list(zip(aligns, row, strict=True))}


def _page_of_start(laid: Laid, block: int) -> tuple[int, int]:
    """Pages up to the one on which table `block` begins, and how many of its rows they hold."""
    prefix = f"t{block}r"
    for pages, anchors in enumerate(laid.page_anchors(), 1):
        if rows := sum(anchor.startswith(prefix) for anchor in anchors):
            return pages, rows
    raise AssertionError("a table was laid out without its rows")


def _joined(parts: Sequence[bytes], *, title: str) -> bytes:
    whole = pikepdf.new()
    for part in parts:
        with pikepdf.open(BytesIO(part)) as source:
            whole.pages.extend(source.pages)
    whole.Root.Lang = pikepdf.String("vi")
    whole.docinfo["/Title"] = title
    target = BytesIO()
    whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()
