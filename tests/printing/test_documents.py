from datetime import date

import pytest

from printing.documents import (
    Column,
    DocumentHead,
    GroupRow,
    OfficialDocument,
    Table,
    day_line,
)


def head(**changes):
    return DocumentHead(**{"issuing_agency": "Ban Tổ chức", "place": "Tây Tựu", **changes})


@pytest.mark.parametrize(
    ("number", "symbol", "line"),
    [
        (5, "QĐ-UBND", "Số: 05/QĐ-UBND"),
        (10, "QĐ-UBND", "Số: 10/QĐ-UBND"),
        (1234, "BC-BTC", "Số: 1234/BC-BTC"),
        (None, "BC-BTC", "Số: \u2003\u2003/BC-BTC"),
        (7, "", "Số: 07"),
        (None, "", ""),
    ],
)
def test_numbers_below_ten_are_padded_and_the_slash_has_no_spaces(number, symbol, line):
    assert head(number=number, symbol=symbol).number_line == line


@pytest.mark.parametrize(
    ("on", "line"),
    [
        (date(2026, 2, 3), "Hà Nội, ngày 03 tháng 02 năm 2026"),
        (date(2026, 1, 10), "Hà Nội, ngày 10 tháng 01 năm 2026"),
        (date(2026, 3, 9), "Hà Nội, ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 23), "Hà Nội, ngày 23 tháng 11 năm 2026"),
    ],
)
def test_days_below_ten_and_months_one_and_two_are_padded(on, line):
    assert day_line("Hà Nội", on) == line


def test_an_undated_document_leaves_room_for_day_and_month():
    assert day_line("Hà Nội", None, year=2026) == (
        "Hà Nội, ngày\u2003\u2003tháng\u2003\u2003năm 2026"
    )


def test_legal_bases_end_with_semicolons_and_the_last_with_a_full_stop():
    document = OfficialDocument(
        head=head(), title="QUYẾT ĐỊNH", legal_bases=("Căn cứ A;", "Căn cứ B", "Căn cứ C.")
    )
    assert document.legal_base_lines == ("Căn cứ A;", "Căn cứ B;", "Căn cứ C.")


def test_recipients_are_dashed_and_the_archive_line_ends_the_list():
    document = OfficialDocument(head=head(), title="X", recipients=("Như trên", "Lưu: VT, BTC"))
    assert document.recipient_lines == ("- Như trên;", "- Lưu: VT, BTC.")


def test_a_row_of_the_wrong_length_is_refused_with_its_number():
    columns = (Column("STT", 1), Column("Họ và tên", 3))
    with pytest.raises(ValueError, match=r"Row 1 has 1 cells, not 2"):
        Table(columns, [("1", "An"), ("2",)])
    Table(columns, [GroupRow("Khối 1"), ("1", "An")])
