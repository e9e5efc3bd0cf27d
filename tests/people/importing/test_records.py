from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets import Sheet
from people.importing import values
from people.importing.columns import find_header
from people.importing.problems import Field, FileCode, ProblemCode, UnusableFile
from people.importing.reading import read_sheets
from people.importing.records import Roster, count_by_unit, read_records, read_roster
from people.importing.rows import Ignored
from tests.people.importing.workbooks import HEADER, ROSTER_FILE, TODAY, person, read, read_csv


def reasons(roster: Roster) -> dict[int, list[tuple[Field, ProblemCode]]]:
    return {
        rejected.row: [(problem.field, problem.code) for problem in rejected.problems]
        for rejected in roster.rejected
    }


def only_problem(roster: Roster) -> tuple[Field, ProblemCode]:
    ((_, (problem,)),) = reasons(roster).items()
    return problem


def test_the_roster_as_really_sent_gives_320_people_and_three_bad_rows() -> None:
    sheets = read_sheets(ROSTER_FILE.read_bytes(), name=ROSTER_FILE.name)
    roster = read_roster(sheets, today=TODAY)
    assert len(roster.records) == 320
    assert set(count_by_unit(roster.records).values()) == {40}
    assert len(roster.unit_names) == 8
    assert roster.units_filled == 312
    assert reasons(roster) == {
        327: [(Field.STAFF_CODE, ProblemCode.DUPLICATE)],
        328: [(Field.FULL_NAME, ProblemCode.NAME_MISSING)],
        329: [
            (Field.BIRTH_DATE, ProblemCode.BIRTH_DATE_IMPOSSIBLE),
            (Field.PHONE, ProblemCode.PHONE_BAD),
            (Field.EMAIL, ProblemCode.EMAIL_BAD),
        ],
    }
    assert roster.rejected[0].problems[0].params == {"value": "CB00003", "first_row": 9}
    assert [(row.row, row.reason) for row in roster.ignored] == [
        (331, Ignored.FOOTER),
        (333, Ignored.FOOTER),
        (337, Ignored.FOOTER),
    ]


def test_every_phone_of_the_real_roster_has_its_zero_back() -> None:
    sheets = read_sheets(ROSTER_FILE.read_bytes(), name=ROSTER_FILE.name)
    roster = read_roster(sheets, today=TODAY)
    assert {(len(record.phone), record.phone[0]) for record in roster.records} == {(10, "0")}


@pytest.mark.parametrize(
    "phone", [912345678, "+84 912 345 678", "84912345678", "0912.345.678", "0912 345 678"]
)
def test_a_phone_is_read_however_it_is_written(phone: Any) -> None:
    assert read([HEADER, person(1, phone=phone)]).records[0].phone == "0912345678"


@pytest.mark.parametrize("phone", ["12345", "0912345678 / 0987654321", "0242345678", "abc"])
def test_a_number_that_is_no_mobile_is_rejected(phone: str) -> None:
    roster = read([HEADER, person(1, phone=phone)])
    assert only_problem(roster) == (Field.PHONE, ProblemCode.PHONE_BAD)


@pytest.mark.parametrize(
    "birth",
    ["28/09/1982", "28-9-1982", "28.09.1982", "1982-09-28", date(1982, 9, 28), 30222, "30222"],
)
def test_a_birth_date_is_read_as_text_as_a_date_and_as_excels_number(birth: Any) -> None:
    roster = read([HEADER, person(1, birth=birth)])
    assert roster.records[0].birth_date == date(1982, 9, 28)


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        ("31/02/1990", ProblemCode.BIRTH_DATE_IMPOSSIBLE),
        ("09/28/1982", ProblemCode.BIRTH_DATE_IMPOSSIBLE),
        ("01/01/2025", ProblemCode.BIRTH_DATE_IMPLAUSIBLE),
        ("01/01/1890", ProblemCode.BIRTH_DATE_IMPLAUSIBLE),
        ("28/09/82", ProblemCode.BIRTH_DATE_BAD),
        ("tháng chín", ProblemCode.BIRTH_DATE_BAD),
    ],
)
def test_a_birth_date_that_cannot_be_is_rejected_and_never_guessed(
    birth: str, code: ProblemCode
) -> None:
    assert only_problem(read([HEADER, person(1, birth=birth)])) == (Field.BIRTH_DATE, code)


@pytest.mark.parametrize("birth", [1982, "1982", "9/1982"])
def test_a_year_alone_is_told_and_the_person_is_taken(birth: Any) -> None:
    roster = read([HEADER, person(1, birth=birth)])
    assert roster.records[0].birth_date is None
    assert [warning.code for warning in roster.warnings] == [ProblemCode.BIRTH_YEAR_ONLY]


def test_text_is_nfc_without_odd_spaces_and_codes_are_upper_case() -> None:
    decomposed = "Nguye\u0302\u0303n\u00a0 Va\u0306n  An "
    (record,) = read([HEADER, person(1, name=decomposed, code=" cb-01 ")]).records
    assert (record.full_name, record.staff_code) == ("Nguyễn Văn An", "CB-01")


def test_a_code_that_excel_took_for_a_number_has_no_decimals() -> None:
    assert read([HEADER, person(1, code=120045)]).records[0].staff_code == "120045"


@pytest.mark.parametrize("nothing", [None, "", "-", "không có", "Chưa có"])
def test_nothing_written_in_words_is_nothing(nothing: str | None) -> None:
    (record,) = read([HEADER, person(1, phone=nothing, email=nothing)]).records
    assert (record.phone, record.email) == ("", "")


def test_whoever_cannot_be_told_apart_is_rejected() -> None:
    roster = read([HEADER, person(1, code=None, phone=None, email=None)])
    assert only_problem(roster) == (Field.STAFF_CODE, ProblemCode.IDENTITY_MISSING)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "12345", "an@hanoi.gov.vn"])
def test_what_is_no_name_is_rejected(name: str) -> None:
    # openpyxl would store the first as a formula: a CSV file keeps it as text
    roster = read_csv(f"Họ và tên,Mã CB,Đơn vị\n{name},CB1,Phường A\n")
    assert only_problem(roster) == (Field.FULL_NAME, ProblemCode.NAME_NOT_A_NAME)


def test_family_names_and_given_name_make_the_full_name() -> None:
    roster = read_csv("Họ đệm,Tên,Mã CB,Đơn vị\nLý Thị Kim,Linh,CB1,Phường A\n")
    assert roster.records[0].full_name == "Lý Thị Kim Linh"


@pytest.mark.parametrize(
    ("field", "same"),
    [
        (Field.STAFF_CODE, {"code": "cb00001"}),
        (Field.PHONE, {"phone": "+84912000001"}),
        (Field.EMAIL, {"email": "CB1@hanoi.gov.vn"}),
    ],
)
def test_a_duplicate_is_reported_on_the_later_row(field: Field, same: dict[str, str]) -> None:
    roster = read([HEADER, person(1), person(2, **same)])
    assert reasons(roster) == {3: [(field, ProblemCode.DUPLICATE)]}
    assert roster.rejected[0].problems[0].params["first_row"] == 2


def test_merged_unit_cells_are_filled_down_and_other_blanks_are_not() -> None:
    rows = [HEADER, person(1), person(2, unit=None), person(3, unit=None)]
    roster = read(rows, merge=["F2:F3"])
    assert [record.unit_name for record in roster.records] == ["Phường Từ Liêm"] * 2
    assert reasons(roster) == {4: [(Field.UNIT, ProblemCode.UNIT_MISSING)]}


def test_a_phone_merged_over_two_people_belongs_to_the_first() -> None:
    roster = read([HEADER, person(1), person(2, phone=None)], merge=["G2:G3"])
    assert [record.phone for record in roster.records] == ["0912000001", ""]


def test_units_written_once_a_group_are_filled_down_when_the_whole_column_reads_so() -> None:
    lines = ["A,A1,Phường A", "B,A2,", "C,A3,", "D,B1,Phường B", "E,B2,", "G,B3,"]
    roster = read_csv("Họ và tên,Mã CB,Đơn vị\n" + "\n".join(lines))
    assert count_by_unit(roster.records) == {"Phường A": 3, "Phường B": 3}
    assert roster.units_filled == 4


def test_a_few_blank_units_are_not_guessed() -> None:
    lines = ["A,A1,Phường A", "B,A2,Phường A", "C,A3,", "D,B1,Phường B"]
    roster = read_csv("Họ và tên,Mã CB,Đơn vị\n" + "\n".join(lines))
    assert reasons(roster) == {4: [(Field.UNIT, ProblemCode.UNIT_MISSING)]}


def test_units_as_headings_between_the_people_are_read() -> None:
    header = ["STT", "Họ và tên", "Mã CB"]
    rows = [header, ["I", "Phường A"], [1, "An", "A1"], [2, "Bình", "A2"], ["Phường B"]]
    roster = read([*rows, [3, "Chi", "B1"], ["Cộng: 3 người"]], merge=["A5:C5"])
    assert [(r.full_name, r.unit_name) for r in roster.records] == [
        ("An", "Phường A"),
        ("Bình", "Phường A"),
        ("Chi", "Phường B"),
    ]
    assert Counter(row.reason for row in roster.ignored) == {
        Ignored.GROUP_HEADING: 2,
        Ignored.FOOTER: 1,
    }


def test_a_default_unit_makes_the_unit_column_needless() -> None:
    roster = read_csv("Họ và tên,Mã CB\nAn,A1\n", default_unit=True)
    assert roster.records[0].unit_name == ""


@pytest.mark.parametrize(
    "footer",
    [
        ["Tổng số: 2 người"],
        [None, None, "Tổng cộng", None, None, None, None, None],
        [None, "NGƯỜI LẬP BIỂU", None, None, None, "THỦ TRƯỞNG ĐƠN VỊ"],
        [None, None, None, None, "Hà Nội, ngày 20 tháng 7 năm 2026"],
        [None, None, None, None, None, "(Ký, ghi rõ họ tên)"],
    ],
)
def test_footers_and_signatures_are_not_people(footer: list[Any]) -> None:
    signature = [None, "Trần Thị Lập", None, None, None, "Lê Văn Trưởng"]
    roster = read([HEADER, person(1), person(2), [], footer, [], signature])
    assert (len(roster.records), len(roster.rejected)) == (2, 0)
    assert [row.row for row in roster.ignored] == [5, 7]


def test_a_subtotal_in_the_middle_ends_nothing() -> None:
    roster = read([HEADER, person(1), ["Cộng: 1 người"], HEADER, person(2)])
    assert len(roster.records) == 2
    assert [row.reason for row in roster.ignored] == [Ignored.FOOTER, Ignored.REPEATED_HEADER]


def test_the_row_of_column_numbers_is_not_a_person() -> None:
    roster = read([HEADER, [f"({n})" for n in range(1, 9)], person(1)])
    assert [row.reason for row in roster.ignored] == [Ignored.COLUMN_NUMBERS]


def test_a_person_with_hardly_anything_is_rejected_not_lost() -> None:
    roster = read([HEADER, person(1), [None, None, "Lê Thị Bình", None, "Văn thư", "Phường A"]])
    assert list(reasons(roster)) == [3]


@pytest.mark.parametrize(
    ("name", "encoding"), [("NguyÔn V¨n B¶y", "tcvn3"), ("Nguyeãn Vaên Baûy", "vni")]
)
def test_text_of_an_old_font_is_reported_with_what_it_would_read(name: str, encoding: str) -> None:
    rows = [HEADER, person(1, name=name, unit="UBND", job=None)]
    roster = read(rows)
    assert only_problem(roster) == (Field.FULL_NAME, ProblemCode.LEGACY_FONT)
    assert roster.rejected[0].problems[0].params == {
        "encoding": encoding,
        "before": name,
        "after": "Nguyễn Văn Bảy",
    }
    converted = read(rows, accept_conversion=True)
    assert converted.records[0].full_name == "Nguyễn Văn Bảy"
    assert [warning.code for warning in converted.warnings] == [ProblemCode.LEGACY_FONT]


def test_unicode_names_with_only_western_letters_are_left_alone() -> None:
    roster = read([HEADER, person(1, name="Hoàng Thanh Hà"), person(2, name="Lê Minh Dung")])
    assert len(roster.records) == 2


def test_a_sheet_without_people_is_refused() -> None:
    with pytest.raises(UnusableFile) as caught:
        read([HEADER, ["Tổng số: 0 người"]])
    assert caught.value.code is FileCode.NO_ROWS


CELLS = st.one_of(
    st.text(max_size=12),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.times(),
    st.sampled_from(["", "CB1", "Nguyễn Văn An", "0912345678", "Tổng số", "Phường A", "=1+1"]),
)


@given(st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=12))
def test_every_row_with_text_is_taken_rejected_or_named_as_ignored(rows: list[list[Any]]) -> None:
    try:
        sheet = Sheet("A", [[*HEADER], *rows])
        roster = read_records(sheet, find_header(sheet), today=TODAY)
    except UnusableFile:
        return
    told = Counter(
        [record.row for record in roster.records]
        + [rejected.row for rejected in roster.rejected]
        + [ignored.row for ignored in roster.ignored]
    )
    written = {n for n, row in enumerate(rows, 2) if any(map(values.text_of, row))}
    last_header = roster.header.last_row + 1
    assert set(told) == {n for n in written if n > last_header}
    assert set(told.values()) <= {1}
