import contextlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets import SheetLimits
from core.uploads import UploadFault, UploadLimits
from people.importing.problems import FileCode, UnusableFile
from people.importing.reading import DEFAULT_LIMITS, FILE_CODES, read_sheets
from tests.core.workbooks import package, workbook
from tests.people.importing.workbooks import ROSTER_FILE


def refusal(data: bytes, name: str = "a.xlsx", limits: SheetLimits = DEFAULT_LIMITS) -> FileCode:
    with pytest.raises(UnusableFile) as caught:
        read_sheets(data, name=name, limits=limits)
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", FileCode.EMPTY),
        (b"hello", "a.xlsx", FileCode.UNKNOWN_FORMAT),
        (b"PK\x03\x04 not a zip", "a.xlsx", FileCode.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "a.xls", FileCode.OLD_EXCEL),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "a.xlsx", FileCode.ENCRYPTED),
        (b"a,b\x00c", "a.csv", FileCode.UNKNOWN_FORMAT),
        (b"\xff\xfea", "a.csv", FileCode.NOT_UTF8),
        (package('<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'), "a.xlsx", FileCode.DAMAGED),
    ],
)
def test_what_is_no_spreadsheet_is_refused_by_its_reason(
    data: bytes, name: str, code: FileCode
) -> None:
    assert refusal(data, name) is code


def test_a_file_over_the_size_limit_is_refused() -> None:
    limits = SheetLimits(upload=UploadLimits(max_bytes=10))
    assert refusal(workbook([["x"]]), limits=limits) is FileCode.FILE_TOO_BIG


def test_every_fault_of_an_upload_has_its_code() -> None:
    assert set(FILE_CODES) == set(UploadFault)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_in_each_form_of_unicode(encoding: str) -> None:
    text = 'Họ và tên;Mã\r\n"Đỗ Thị Ý";001\r\n'
    (sheet,) = read_sheets(text.encode(encoding), name="a.csv")
    assert sheet.rows == [["Họ và tên", "Mã"], ["Đỗ Thị Ý", "001"]]
    assert not sheet.not_utf8


def test_csv_that_is_not_unicode_is_marked() -> None:
    (sheet,) = read_sheets("Hä vµ tªn".encode("cp1252"), name="a.csv")
    assert sheet.not_utf8


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx"]))
def test_no_bytes_give_anything_but_rows_or_a_refusal(data: bytes, name: str) -> None:
    try:
        sheets = read_sheets(data, name=name)
    except UnusableFile:
        return
    assert all(len(row) == len(sheet.rows[0]) for sheet in sheets for row in sheet.rows)


@given(st.integers(0, 2**32))
def test_a_damaged_roster_never_gives_another_error(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(ROSTER_FILE.read_bytes())
    for _ in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with contextlib.suppress(UnusableFile):
        read_sheets(bytes(data), name="a.xlsx")
