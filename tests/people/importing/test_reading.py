import contextlib
import random
import struct
import time
import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.uploads import UploadLimits
from people.importing.problems import FileCode, UnusableFile
from people.importing.reading import Limits, read_sheets
from tests.people.importing.workbooks import ROSTER_FILE, package, workbook

SMALL = Limits(upload=UploadLimits(max_decompressed_bytes=300_000, max_ratio=10_000))


def refusal(data: bytes, name: str = "a.xlsx", limits: Limits = SMALL) -> FileCode:
    with pytest.raises(UnusableFile) as caught:
        read_sheets(data, name=name, limits=limits)
    return caught.value.code


def test_row_numbers_are_those_of_the_file() -> None:
    (sheet,) = read_sheets(workbook([[], ["", "x"], [date(1990, 2, 1)]]), name="a.xlsx")
    assert sheet.rows == [["", ""], ["", "x"], [date(1990, 2, 1), ""]]


def test_merged_areas_are_kept_inside_the_sheet() -> None:
    (sheet,) = read_sheets(workbook([["a", "b"]], merge=["A1:A900"]), name="a.xlsx")
    (area,) = sheet.merged
    assert (area.top, area.left, area.bottom, area.right) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", FileCode.EMPTY),
        (b"hello", "a.xlsx", FileCode.UNKNOWN_FORMAT),
        (b"PK\x03\x04 not a zip", "a.xlsx", FileCode.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "a.xls", FileCode.OLD_EXCEL),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "a.xlsx", FileCode.ENCRYPTED),
        (b"a,b\x00c", "a.csv", FileCode.UNKNOWN_FORMAT),
    ],
)
def test_what_is_no_spreadsheet_is_refused_by_its_reason(
    data: bytes, name: str, code: FileCode
) -> None:
    assert refusal(data, name) is code


def test_a_word_file_is_refused() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(target.getvalue()) is FileCode.UNKNOWN_FORMAT


def test_a_file_over_the_size_limit_is_refused() -> None:
    limits = Limits(upload=UploadLimits(max_bytes=10))
    assert refusal(workbook([["x"]]), limits=limits) is FileCode.FILE_TOO_BIG


def test_a_bomb_that_says_its_size_is_refused() -> None:
    assert refusal(package("<worksheet>" + " " * 400_000)) is FileCode.UNPACKED_TOO_BIG


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(package("<worksheet>" + " " * 400_000))
    # the size in the central directory entry of the sheet, the last member
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 100)
    assert refusal(bytes(data)) is FileCode.UNPACKED_TOO_BIG


FAR_CELL = '<c r="XFD1048576"><v>1</v></c>'


@pytest.mark.parametrize(
    "cells",
    [
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{FAR_CELL}</row>',
        f"<row>{FAR_CELL}</row>",
        '<row r="1048576"><c><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 200 + "</row>",
        """<row><c x=' r="A1" '><v>1</v></c></row><row r="999999"><c><v>1</v></c></row>""",
    ],
)
def test_two_cells_far_apart_do_not_fill_the_memory(cells: str) -> None:
    sheet = f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    started = time.monotonic()
    assert refusal(package(sheet)) in {FileCode.TOO_MANY_ROWS, FileCode.TOO_MANY_COLUMNS}
    assert time.monotonic() - started < 1


def test_a_far_cell_that_only_carries_a_style_is_no_obstacle() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="5" t="n"></c><c r="A1048576" s="1"/></row>'
        "</sheetData></worksheet>"
    )
    assert read_sheets(package(sheet), name="a.xlsx")[0].rows == [[1.0]]


def test_one_huge_shared_text_is_refused() -> None:
    strings = f"<sst><si><t>{'x' * 20_000}</t></si></sst>"
    assert refusal(package("<worksheet/>", shared_strings=strings)) is FileCode.CELL_TOO_LONG


def test_entities_are_refused() -> None:
    assert refusal(package('<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>')) is FileCode.DAMAGED


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_whatever_its_separator_and_unicode_form(mark: str, encoding: str) -> None:
    text = f'Họ và tên{mark}Mã\r\n"Đỗ Thị Ý"{mark}001\r\n\r\nx\r\n'
    (sheet,) = read_sheets(text.encode(encoding), name="a.csv")
    assert sheet.rows == [["Họ và tên", "Mã"], ["Đỗ Thị Ý", "001"], ["", ""], ["x", ""]]


def test_csv_that_is_not_unicode_is_marked() -> None:
    (sheet,) = read_sheets("Hä vµ tªn".encode("cp1252"), name="a.csv")
    assert sheet.not_utf8


def test_csv_with_too_many_rows_or_columns_is_refused() -> None:
    limits = Limits(rows=3, columns=2)
    assert refusal(b"a\n" * 4, "a.csv", limits) is FileCode.TOO_MANY_ROWS
    assert refusal(b"a,b,c\n", "a.csv", limits) is FileCode.TOO_MANY_COLUMNS


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx"]))
def test_no_bytes_give_anything_but_rows_or_a_refusal(data: bytes, name: str) -> None:
    try:
        sheets = read_sheets(data, name=name)
    except UnusableFile:
        return
    assert all(len(row) == len(sheet.rows[0]) for sheet in sheets for row in sheet.rows)


@given(st.integers(0, 2**32))
def test_a_damaged_workbook_never_gives_another_error(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(ROSTER_FILE.read_bytes())
    for _ in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with contextlib.suppress(UnusableFile):
        read_sheets(bytes(data), name="a.xlsx")
