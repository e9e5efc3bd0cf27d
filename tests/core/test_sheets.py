import contextlib
import io
import random
import struct
import time
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets import SheetLimits, read_csv, read_workbook
from core.uploads import UnsafeUpload, UploadFault, UploadLimits
from tests.core.workbooks import package, workbook

LIMITS = SheetLimits()
SMALL = SheetLimits(
    upload=UploadLimits(max_decompressed_bytes=300_000, max_ratio=10_000), cell_chars=8_000
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refusal(data: bytes, limits: SheetLimits = SMALL) -> UploadFault:
    with pytest.raises(UnsafeUpload) as caught:
        read_workbook(data, limits)
    return caught.value.code


def csv_refusal(text: str, limits: SheetLimits) -> UploadFault:
    with pytest.raises(UnsafeUpload) as caught:
        read_csv(text, limits)
    return caught.value.code


def sheet_of(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def strings(*texts: str) -> str:
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{MAIN}">{items}</sst>'


def test_row_numbers_are_those_of_the_file() -> None:
    (sheet,) = read_workbook(workbook([[], ["", "x"], [date(1990, 2, 1)]]), LIMITS)
    assert sheet.rows == [["", ""], ["", "x"], [date(1990, 2, 1), ""]]


def test_merged_areas_are_kept_inside_the_sheet() -> None:
    (sheet,) = read_workbook(workbook([["a", "b"]], merge=["A1:A900"]), LIMITS)
    (area,) = sheet.merged
    assert (area.top, area.left, area.bottom, area.right) == (0, 0, 0, 0)


def test_a_package_without_a_workbook_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(target.getvalue()) is UploadFault.UNKNOWN_FORMAT


def test_what_is_no_zip_is_refused() -> None:
    assert refusal(b"PK\x03\x04 not a zip") is UploadFault.DAMAGED


def test_a_file_over_the_size_limit_is_refused() -> None:
    limits = SheetLimits(upload=UploadLimits(max_bytes=10))
    assert refusal(workbook([["x"]]), limits) is UploadFault.TOO_LARGE


def test_a_bomb_that_says_its_size_is_refused() -> None:
    assert refusal(package("<worksheet>" + " " * 400_000)) is UploadFault.UNPACKED_TOO_LARGE


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    data = bytearray(package("<worksheet>" + " " * 400_000))
    # the size in the central directory entry of the sheet, the last member
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 100)
    assert refusal(bytes(data)) is UploadFault.DAMAGED


def test_two_parts_that_differ_only_in_case_are_refused() -> None:
    target = io.BytesIO(package(sheet_of("")))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/SharedStrings.xml", strings("x" * 20_000))
    assert refusal(target.getvalue()) is UploadFault.DAMAGED


FAR_CELL = '<c r="XFD1048576"><v>1</v></c>'


@pytest.mark.parametrize(
    "cells",
    [
        f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{FAR_CELL}</row>',
        f"<row>{FAR_CELL}</row>",
        '<row r="1048576"><c><v>1</v></c></row>',
        "<row>" + "<c><v>1</v></c>" * 200 + "</row>",
        """<row><c x=' r="A1" '><v>1</v></c></row><row r="999999"><c><v>1</v></c></row>""",
        # the reference of a cell does not move the rows that follow
        '<row r="999999"><c r="A1"><v>1</v></c></row><row><c><v>1</v></c></row>',
        '<row r="1"><c r="A0001048576"><v>1</v></c></row>',
    ],
)
def test_two_cells_far_apart_do_not_fill_the_memory(cells: str) -> None:
    started = time.monotonic()
    assert refusal(package(sheet_of(cells))) in {
        UploadFault.TOO_MANY_ROWS,
        UploadFault.TOO_MANY_COLUMNS,
    }
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("place", ["1A", "A-5", "$A$1", "A1:B2", ""])
def test_a_cell_whose_place_is_nonsense_is_refused(place: str) -> None:
    cells = f'<row><c r="{place}"><v>1</v></c></row>'
    assert refusal(package(sheet_of(cells))) is UploadFault.DAMAGED


def test_places_that_are_not_written_follow_one_another() -> None:
    cells = (
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="3"><c r="B3"><v>3</v></c>'
        "<c><v>4</v></c></row><row><c><v>5</v></c></row>"
    )
    (sheet,) = read_workbook(package(sheet_of(cells)), SheetLimits(rows=4, columns=3))
    assert sheet.rows == [[1, 2, ""], ["", "", ""], ["", 3, 4], [5, "", ""]]


def test_a_far_cell_that_only_carries_a_style_is_no_obstacle() -> None:
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="5" t="n"></c><c r="A1048576" s="1"/></row>'
    )
    assert read_workbook(package(sheet_of(cells)), SMALL)[0].rows == [[1.0]]


def test_elements_that_hold_nothing_are_not_counted_without_end() -> None:
    limits = SheetLimits(cells=10)
    data = package(sheet_of("<row>" + "<c/>" * 60 + "</row>"))
    assert refusal(data, limits) is UploadFault.TOO_MANY_ROWS


def test_one_huge_shared_text_is_refused() -> None:
    data = package(sheet_of(""), shared_strings=strings("x" * 20_000))
    assert refusal(data) is UploadFault.CELL_TOO_LONG


def test_a_text_that_every_cell_repeats_is_counted_each_time() -> None:
    cells = "<row>" + '<c t="s"><v>1</v></c>' * 9 + "</row>"
    data = package(sheet_of(cells), shared_strings=strings("a", "b" * 100))
    assert refusal(data, SheetLimits(text_chars=899)) is UploadFault.UNPACKED_TOO_LARGE
    (sheet,) = read_workbook(data, SheetLimits(text_chars=900))
    assert sheet.rows == [["b" * 100] * 9]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    sheet = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'.encode(encoding)
    assert refusal(package(sheet)) is UploadFault.UNSAFE_XML


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_is_read_whatever_its_separator(mark: str) -> None:
    text = f'Họ và tên{mark}Mã\r\n"Đỗ Thị Ý"{mark}001\r\n\r\nx\r\n'
    assert read_csv(text, LIMITS).rows == [
        ["Họ và tên", "Mã"],
        ["Đỗ Thị Ý", "001"],
        ["", ""],
        ["x", ""],
    ]


def test_csv_beyond_the_limits_is_refused() -> None:
    limits = SheetLimits(rows=3, columns=2, cell_chars=5)
    assert csv_refusal("a\n" * 4, limits) is UploadFault.TOO_MANY_ROWS
    assert csv_refusal("a,b,c\n", limits) is UploadFault.TOO_MANY_COLUMNS
    assert csv_refusal("abcdef,b\n", limits) is UploadFault.CELL_TOO_LONG


@given(st.binary(max_size=300))
def test_no_sheet_gives_anything_but_rows_or_a_refusal(content: bytes) -> None:
    with contextlib.suppress(UnsafeUpload):
        for sheet in read_workbook(package(content), LIMITS):
            assert all(len(row) == len(sheet.rows[0]) for row in sheet.rows)


@given(st.text(max_size=300))
def test_any_text_is_rows_of_one_length_or_refused(text: str) -> None:
    with contextlib.suppress(UnsafeUpload):
        rows = read_csv(text, LIMITS).rows
        assert all(len(row) == len(rows[0]) for row in rows)


SAMPLE = workbook([["Họ và tên", "Mã"], ["Đỗ Thị Ý", 1.5], [date(1990, 2, 1), True]])


@given(st.integers(0, 2**32))
def test_a_damaged_workbook_never_gives_another_error(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(SAMPLE)
    for _ in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with contextlib.suppress(UnsafeUpload):
        read_workbook(bytes(data), LIMITS)
