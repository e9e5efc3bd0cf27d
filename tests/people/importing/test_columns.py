import pytest

from core.sheets import Sheet
from people.importing.columns import find_header, map_columns, recognise, require_usable
from people.importing.problems import Field, FileCode, UnusableFile
from people.importing.reading import read_sheets
from tests.core.workbooks import workbook


def sheet_of(rows: list[list[object]], merge: list[str] | None = None) -> Sheet:
    return read_sheets(workbook(rows, merge=merge or []), name="a.xlsx")[0]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("STT", Field.NUMBER),
        ("Mã CB", Field.STAFF_CODE),
        ("MÃ SỐ CÁN BỘ", Field.STAFF_CODE),
        ("Mã NV", Field.STAFF_CODE),
        ("Họ và tên", Field.FULL_NAME),
        ("HỌ TÊN", Field.FULL_NAME),
        ("Họ, chữ đệm và tên", Field.FULL_NAME),
        ("Họ đệm", Field.FAMILY_NAMES),
        ("Tên", Field.GIVEN_NAME),
        ("Ngày, tháng, năm sinh", Field.BIRTH_DATE),
        ("Ngày sinh\n(dd/mm/yyyy)", Field.BIRTH_DATE),
        ("Chức danh", Field.JOB_TITLE),
        ("Vị trí việc làm", Field.JOB_TITLE),
        ("Phòng, ban", Field.UNIT),
        ("Cơ quan công tác", Field.UNIT),
        ("SĐT", Field.PHONE),
        ("Số điện thoại (Zalo) của cán bộ", Field.PHONE),
        ("E-mail", Field.EMAIL),
        ("Thư điện tử công vụ", Field.EMAIL),
        ("Ghi chú", Field.NOTE),
        ("Chức vụ, đơn vị công tác", None),
        ("Dân tộc", None),
        ("", None),
    ],
)
def test_a_column_is_recognised_by_its_usual_names(title: str, field: Field | None) -> None:
    assert recognise(title) is field


def test_the_header_is_found_under_a_title_block() -> None:
    rows = [["ỦY BAN NHÂN DÂN"], [], ["DANH SÁCH CÁN BỘ"], [], ["STT", "Họ và tên", "Điện thoại"]]
    header = find_header(sheet_of(rows, ["A3:C3"]))
    assert (header.first_row, header.last_row) == (4, 4)
    assert [column.title for column in header.columns] == ["STT", "Họ và tên", "Điện thoại"]


def test_a_header_merged_over_two_rows_is_read_as_one() -> None:
    rows = [
        ["STT", "Họ và tên", None, "Liên hệ", None],
        [None, "Họ đệm", "Tên", "Di động", "Email"],
    ]
    header = find_header(sheet_of(rows, ["A1:A2", "B1:C1", "D1:E1"]))
    assert header.last_row == 1
    assert [c.field for c in header.columns] == [
        Field.NUMBER,
        Field.FAMILY_NAMES,
        Field.GIVEN_NAME,
        Field.PHONE,
        Field.EMAIL,
    ]


def test_one_title_over_two_columns_holds_family_names_and_given_name() -> None:
    header = find_header(sheet_of([["TT", "Họ và tên", None, "SĐT"]], ["B1:C1"]))
    assert [c.field for c in header.columns][1:3] == [Field.FAMILY_NAMES, Field.GIVEN_NAME]


def test_birth_dates_in_a_column_for_men_and_one_for_women_are_both_read() -> None:
    rows = [["Họ và tên", "Ngày sinh", None, "SĐT"], [None, "Nam", "Nữ", None]]
    sheet = sheet_of(rows, ["A1:A2", "B1:C1", "D1:D2"])
    assert find_header(sheet).indexes(Field.BIRTH_DATE) == (1, 2)


def test_a_second_column_of_the_same_name_is_left_to_the_organiser() -> None:
    header = find_header(sheet_of([["Họ và tên", "SĐT", "Điện thoại"]]))
    assert [c.field for c in header.columns] == [Field.FULL_NAME, Field.PHONE, None]


def test_a_header_typed_for_an_old_font_is_recognised() -> None:
    header = find_header(sheet_of([["TT", "Hä vµ tªn", "§iÖn tho¹i"]]))
    assert header.fields == {Field.NUMBER, Field.FULL_NAME, Field.PHONE}


def test_a_sheet_without_header_is_refused() -> None:
    with pytest.raises(UnusableFile) as caught:
        find_header(sheet_of([["Nguyễn Văn An", "0912345678"]]))
    assert caught.value.code is FileCode.NO_HEADER


def test_the_organisers_own_mapping_wins() -> None:
    header = find_header(sheet_of([["Họ và tên", "SĐT", "Liên lạc khác"]]))
    mapped = map_columns(header, {1: None, 2: Field.PHONE})
    assert mapped.indexes(Field.PHONE) == (2,)
    with pytest.raises(UnusableFile):
        map_columns(header, {9: Field.EMAIL})


@pytest.mark.parametrize(
    ("titles", "code"),
    [
        (["Mã CB", "Đơn vị", "SĐT"], FileCode.NO_NAME_COLUMN),
        (["Họ và tên", "Đơn vị", "Chức vụ"], FileCode.NO_IDENTITY_COLUMN),
    ],
)
def test_columns_must_name_people_and_tell_them_apart(titles: list[str], code: FileCode) -> None:
    header = find_header(sheet_of([["Họ và tên", *titles]]))
    if code is FileCode.NO_NAME_COLUMN:
        header = map_columns(header, {0: None})
    with pytest.raises(UnusableFile) as caught:
        require_usable(header)
    assert caught.value.code is code
