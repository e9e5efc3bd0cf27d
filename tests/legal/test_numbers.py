"""A document is found by its number however it is typed."""

import pytest

from legal.kinds import Kind, derive_kind
from legal.numbers import (
    NumberParts,
    NumberQuery,
    article_anchor,
    read_query,
    slug_of,
    split_number,
)


@pytest.mark.parametrize(
    ("text", "number", "year", "kind", "symbols"),
    [
        ("118/2025", "118", 2025, None, ()),
        ("118 2025", "118", 2025, None, ()),
        ("118/2025/NĐ-CP", "118", 2025, Kind.DECREE, ("cp",)),
        ("118/2025/nd-cp", "118", 2025, Kind.DECREE, ("cp",)),
        ("118/2025/NĐ\u2013CP", "118", 2025, Kind.DECREE, ("cp",)),
        ("118 / 2025 / NĐ - CP", "118", 2025, Kind.DECREE, ("cp",)),
        ("118-2025-nd-cp", "118", 2025, Kind.DECREE, ("cp",)),
        ("118.2025", "118", 2025, None, ()),
        ("nđ 118", "118", None, Kind.DECREE, ()),
        ("NĐ118", "118", None, Kind.DECREE, ()),
        ("ND118", "118", None, Kind.DECREE, ()),
        ("nd118/2025", "118", 2025, Kind.DECREE, ()),
        ("nghi dinh 118", "118", None, Kind.DECREE, ()),
        ("Nghị định số 118", "118", None, Kind.DECREE, ()),
        ("Nghị định số 118 năm 2025", "118", 2025, Kind.DECREE, ()),
        ("nghị định 118 2025", "118", 2025, Kind.DECREE, ()),
        ("nghi\u0323 đi\u0323nh 118", "118", None, Kind.DECREE, ()),
        ("118 nđ-cp", "118", None, Kind.DECREE, ("cp",)),
        ("118 nd cp", "118", None, Kind.DECREE, ("cp",)),
        ("số 118", "118", None, None, ()),
        ("118", "118", None, None, ()),
        ("Điều 8 Nghị định số 118/2025/NĐ-CP", "118", 2025, Kind.DECREE, ("cp",)),
        ("điểm b khoản 2 điều 90 nđ 224", "224", None, Kind.DECREE, ()),
        ("72/2025/QH15", "72", 2025, None, ("qh15",)),
        ("luật 72/2025/QH15", "72", 2025, Kind.LAW, ("qh15",)),
        ("57-NQ/TW", "57", None, Kind.RESOLUTION, ("tw",)),
        ("nq 57 tw", "57", None, Kind.RESOLUTION, ("tw",)),
        ("66.7/2025/NQ-CP", "66.7", 2025, Kind.RESOLUTION, ("cp",)),
        ("nghị quyết 66.7", "66.7", None, Kind.RESOLUTION, ()),
        ("06/QĐ-TTg", "6", None, Kind.DECISION, ("ttg",)),
        ("quyết định 06", "6", None, Kind.DECISION, ()),
        ("03/2025/TT-VPCP", "3", 2025, Kind.CIRCULAR, ("vpcp",)),
        ("thông tư liên tịch 01", "1", None, Kind.JOINT_CIRCULAR, ()),
    ],
)
def test_a_number_in_any_spelling(text, number, year, kind, symbols):
    assert read_query(text) == NumberQuery(number, year, kind, symbols)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "một cửa",
        "luật đất đai",
        "luật đất đai 2024",
        "2025",
        "chuyển đổi số",
        "\0",
        "nghị định",
        "giờ làm việc thứ 9",
        "điều 8",
    ],
)
def test_words_are_no_number(text):
    assert read_query(text) is None


def test_words_beside_a_number_are_kept():
    query = read_query("nđ 118 một cửa")
    assert query.words == ("mot", "cua")


def test_a_number_like_a_year_may_be_either():
    assert read_query("nghị định 2025").may_be_year
    assert not read_query("nghị định 118").may_be_year


@pytest.mark.parametrize(
    ("number", "parts", "slug"),
    [
        ("118/2025/NĐ-CP", NumberParts("118", 2025, "nd-cp"), "118-2025-nd-cp"),
        ("66.7/2025/NQ-CP", NumberParts("66.7", 2025, "nq-cp"), "66-7-2025-nq-cp"),
        ("57-NQ/TW", NumberParts("57", None, "nq-tw"), "57-nq-tw"),
        ("06/QĐ-TTg", NumberParts("6", None, "qd-ttg"), "06-qd-ttg"),
        ("1656/NQ-UBTVQH15", NumberParts("1656", None, "nq-ubtvqh15"), "1656-nq-ubtvqh15"),
        ("Hiến pháp 2013", NumberParts("", None, "hien-phap-2013"), "hien-phap-2013"),
    ],
)
def test_the_parts_and_the_address_of_a_number(number, parts, slug):
    assert (split_number(number), slug_of(number)) == (parts, slug)


@pytest.mark.parametrize(
    ("number", "title", "kind"),
    [
        ("118/2025/NĐ-CP", "Về thực hiện thủ tục hành chính", Kind.DECREE),
        ("72/2025/QH15", "Luật Tổ chức chính quyền địa phương", Kind.LAW),
        ("202/2025/QH15", "Nghị quyết về việc sắp xếp đơn vị hành chính", Kind.RESOLUTION),
        ("1656/NQ-UBTVQH15", "Về việc sắp xếp", Kind.RESOLUTION),
        ("45/2019/QH14", "Bộ luật Lao động", Kind.LAW),
        ("12/2020/QH14", "Một tên không nói gì", Kind.LAW),
        ("57-NQ/TW", "Về đột phá phát triển khoa học", Kind.RESOLUTION),
        ("06/QĐ-TTg", "Phê duyệt Đề án", Kind.DECISION),
        ("01/2026/VBHN-BTP", "Văn bản hợp nhất", Kind.CONSOLIDATED),
        ("123/UBND-VP", "V/v chấn chỉnh", Kind.OTHER),
    ],
)
def test_the_kind_comes_from_the_number_or_the_title(number, title, kind):
    assert derive_kind(number, title) == kind


def test_an_article_has_an_anchor():
    assert [article_anchor(number) for number in ("8", "8a", "18Đ")] == [
        "dieu-8",
        "dieu-8a",
        "dieu-18d",
    ]
