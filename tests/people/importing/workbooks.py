"""Small .xlsx files as organisers send them."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from people.importing.columns import find_header
from people.importing.reading import Sheet, read_sheets
from people.importing.records import Roster, read_records

ROSTER_FILE = (
    Path(__file__).resolve().parents[4] / "shared" / "data" / "inputs" / "danh-sach-can-bo.xlsx"
)
TODAY = date(2026, 11, 23)
HEADER = ["STT", "Mã CB", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Điện thoại", "Email"]


def person(number: int, **cells: Any) -> list[Any]:
    """A row under HEADER: a good one unless a keyword says otherwise."""
    row = {
        "number": number,
        "code": f"CB{number:05}",
        "name": "Nguyễn Văn An",
        "birth": "28/09/1982",
        "job": "Văn thư",
        "unit": "Phường Từ Liêm",
        "phone": f"0912{number:06}",
        "email": f"cb{number}@hanoi.gov.vn",
    }
    return list({**row, **cells}.values())


def workbook(rows: Sequence[Sequence[Any]], *, merge: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for area in merge:
        sheet.merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(rows: Sequence[Sequence[Any]], *, merge: Sequence[str] = (), **options: Any) -> Roster:
    sheet = read_sheets(workbook(rows, merge=merge), name="roster.xlsx")[0]
    return read_records(sheet, find_header(sheet), today=TODAY, **options)


def read_csv(text: str, **options: Any) -> Roster:
    sheet: Sheet = read_sheets(text.encode(), name="roster.csv")[0]
    return read_records(sheet, find_header(sheet), today=TODAY, **options)


def package(sheet_xml: str | bytes, *, shared_strings: str = "") -> bytes:
    """A hand-made .xlsx with this sheet, for files that no spreadsheet program would write."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package_relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package_relations}"><Relationship Id="r1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package_relations}">'
        f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": shared_strings or f'<sst xmlns="{main}"></sst>',
        "xl/worksheets/sheet1.xml": sheet_xml,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
