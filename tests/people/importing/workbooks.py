"""Small .xlsx files as organisers send them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from core.sheets import Sheet
from people.importing.columns import find_header
from people.importing.reading import read_sheets
from people.importing.records import Roster, read_records
from tests.core.workbooks import workbook

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


def read(rows: Sequence[Sequence[Any]], *, merge: Sequence[str] = (), **options: Any) -> Roster:
    sheet = read_sheets(workbook(rows, merge=merge), name="roster.xlsx")[0]
    return read_records(sheet, find_header(sheet), today=TODAY, **options)


def read_csv(text: str, **options: Any) -> Roster:
    sheet: Sheet = read_sheets(text.encode(), name="roster.csv")[0]
    return read_records(sheet, find_header(sheet), today=TODAY, **options)
