from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from printing.composing import compose
from printing.documents import GroupRow, Orientation
from printing.result_sheet import DECIDED_BY, duration, result_sheet
from quizzes.enums import RoundState, TieCriterion
from quizzes.models import Standing
from tests.printing.factories import add_unit_standing, make_published_round
from tests.printing.pdf import plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    run = make_published_round(persons=3).result_runs.get()
    add_unit_standing(run, "Phường Tây Tựu", block="Khối phường", position=1, rank=1)
    add_unit_standing(
        run,
        "Phường Phú Diễn",
        block="Khối phường",
        position=2,
        rank=None,
        reason="low_participation",
    )
    add_unit_standing(run, "Sở Nội vụ", block="Khối sở", position=1, rank=1)
    return run


def tables(document):
    return [block for block in document.blocks if block.kind == "table"]


def test_persons_stand_by_rank_with_what_decided_and_their_award(run):
    Standing.objects.filter(run=run, position=2).update(decided_by="prediction_distance")
    persons = tables(result_sheet(run))[-1]
    assert [c.title for c in persons.columns] == [
        "Hạng",
        "Họ và tên",
        "Đơn vị",
        "Câu đúng",
        "Điểm",
        "Thời gian",
        "Phân định",
        "Giải",
    ]
    unit = "Trung tâm Phục vụ hành chính công"
    assert [tuple(row) for row in persons.rows] == [
        ("1", "Nguyễn Thị Ẩn 1", unit, "4", "9,99", "12:34,568", "Thời gian", "Giải Nhất"),
        (
            "2",
            "Nguyễn Thị Ẩn 2",
            unit,
            "4",
            "9,98",
            "12:34,569",
            "Dự đoán",
            "Giải Nhì",
        ),
        ("3", "Nguyễn Thị Ẩn 3", unit, "4", "9,97", "12:34,570", "Thời gian", "Giải Nhì"),
    ]


def test_equals_share_their_rank_and_the_sheet_says_so(run):
    Standing.objects.filter(run=run, position__gte=2).update(rank=2, is_shared=True, decided_by="")
    rows = tables(result_sheet(run))[-1].rows
    assert [(row[0], row[6]) for row in rows][1:] == [("2", "Đồng hạng"), ("2", "Đồng hạng")]


def test_by_unit_each_unit_heads_its_persons(run):
    persons = tables(result_sheet(run, order="unit"))[-1]
    assert persons.rows[0] == GroupRow("Trung tâm Phục vụ hành chính công")
    assert "Đơn vị" not in [c.title for c in persons.columns]
    assert [row[1] for row in persons.rows[1:]] == [f"Nguyễn Thị Ẩn {n}" for n in (1, 2, 3)]


def test_units_stand_by_block_and_an_unranked_one_has_its_reason(run):
    units = tables(result_sheet(run))[-2]
    assert [
        row if isinstance(row, GroupRow) else (row[0], row[1], row[-1]) for row in units.rows
    ] == [
        GroupRow("Khối phường"),
        ("1", "Phường Tây Tựu", "Tỷ lệ dự thi"),
        ("–", "Phường Phú Diễn", "Chưa đủ tỷ lệ dự thi"),
        GroupRow("Khối sở"),
        ("1", "Sở Nội vụ", "Tỷ lệ dự thi"),
    ]
    assert units.rows[1][5:7] == ("97,62 %", "8,75")


def test_figures_and_bands_are_printed_and_empty_ones_left_out(run):
    figures, bands, *_ = tables(result_sheet(run))
    assert ("Số lượt thi", "4") in figures.rows
    assert ("Điểm trung bình", "8,75") in figures.rows
    assert [row[1:] for row in bands.rows] == [("1", "50,00 %"), ("1", "50,00 %")]


def test_every_criterion_has_its_short_name():
    assert set(DECIDED_BY) == set(TieCriterion)


def test_is_a_draft_until_published(run):
    assert not result_sheet(run).draft
    run.round.state = RoundState.CLOSED
    assert result_sheet(run).draft


def test_is_vietnamese_for_an_english_reader_too(run):
    with translation.override("en"):
        rows = tables(result_sheet(run))[-1].rows
    assert rows[0][6] == "Thời gian"


@pytest.mark.parametrize("orientation", list(Orientation))
@pytest.mark.parametrize("order", ["rank", "unit"])
def test_prints_without_breaking_a_word_of_its_heads(run, orientation, order):
    text = " ".join(plain(compose(result_sheet(run, orientation=orientation, order=order))))
    for part in (
        "BẢNG TỔNG HỢP KẾT QUẢ",
        "I. SỐ LIỆU CHUNG",
        "II. KẾT QUẢ CỦA ĐƠN VỊ",
        "III. KẾT QUẢ CỦA CÁ NHÂN",
        "Hạng",
        "Điểm",
        "Thời gian",
        "12:34,568",
        "97,62 %",
        "Bảng này có 3 người./.",
        "TM. BAN TỔ CHỨC",
    ):
        assert part in text
    words = set(text.split())
    assert {"Danh", "sách", "Hoàn", "thành", "Miễn", "Giải", "Câu", "đúng"} <= words


def test_takes_the_same_number_of_statements_for_1_and_for_30(django_assert_num_queries):
    for persons in (1, 30):
        run = (
            make_published_round(persons=persons).result_runs.select_related("round__contest").get()
        )
        with django_assert_num_queries(3):
            result_sheet(run)


@pytest.mark.parametrize(
    ("elapsed_ms", "text"),
    [(0, "00:00,000"), (754_567, "12:34,567"), (3_723_004, "1:02:03,004")],
)
def test_durations(elapsed_ms, text):
    assert duration(elapsed_ms) == text


def test_the_command_writes_the_file(run, tmp_path: Path, capsys):
    target = tmp_path / "ket-qua.pdf"
    call_command("print_results", run.round.contest.code, "1", str(target), "--landscape")
    assert "Nguyễn Thị Ẩn 3" in " ".join(plain(target.read_bytes()))
    with pytest.raises(CommandError, match="chưa có kết quả"):
        call_command("print_results", "khong-co", "1", str(target))
