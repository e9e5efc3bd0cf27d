""" "Bảng tổng hợp kết quả": the standings of one round as an official document.

Printed Vietnamese whatever the reader's language. Until the results are published it is a draft.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation

from core.vietnamese import format_number
from printing.documents import (
    Align,
    Block,
    Column,
    DocumentHead,
    GroupRow,
    Heading,
    OfficialDocument,
    Orientation,
    Paragraph,
    Signature,
    Table,
    TableRow,
)
from printing.issuing import AUTHORITY
from quizzes.enums import RoundState, TieCriterion
from quizzes.models import ResultRun, Standing, UnitStanding
from quizzes.results import award_for

TITLE = "Bảng tổng hợp kết quả"
ORDERS = ("rank", "unit")
BANDS = {
    "full": "Đơn vị có 100 % số người dự thi",
    "high": "Đơn vị có từ 75 % đến dưới 100 %",
    "middle": "Đơn vị có từ 25 % đến dưới 75 %",
    "low": "Đơn vị có dưới 25 %",
    "zero": "Đơn vị không có người dự thi",
    "no_headcount": "Đơn vị không có người phải dự thi",
}
SHARED = "Đồng hạng"
# One line in its column; the paragraph above the tables gives the criteria in full.
DECIDED_BY = {
    TieCriterion.POINTS: "Điểm",
    TieCriterion.CORRECT_COUNT: "Câu đúng",
    TieCriterion.ELAPSED_MS: "Thời gian",
    TieCriterion.PREDICTION_DISTANCE: "Dự đoán",
    TieCriterion.FINISHED_AT: "Nộp sớm",
    TieCriterion.ENTERED_AT: "Vào sớm",
    TieCriterion.MANUAL_DRAW: "Bốc thăm",
}


def result_sheet(
    run: ResultRun, *, orientation: Orientation = Orientation.PORTRAIT, order: str = "rank"
) -> OfficialDocument:
    """Statistics, units by block, then persons, by rank or (`order` "unit") unit by unit.

    Five statements, whatever the number of persons.
    """
    with translation.override("vi"):
        quiz_round, contest = run.round, run.round.contest
        year = timezone.localtime(run.computed_at).year
        return OfficialDocument(
            head=DocumentHead(
                superior_agency=contest.superior_agency,
                issuing_agency=contest.issuing_agency,
                place=contest.place,
                year=year,
            ),
            title=TITLE,
            abstract=f"{quiz_round.name}, {contest.name}",
            blocks=tuple(_blocks(run, orientation, order)),
            signature=Signature(
                contest.signer_title, authority=AUTHORITY, name=contest.signer_name
            ),
            recipients=("Các đơn vị dự thi", "Lưu: VT, BTC"),
            orientation=orientation,
            draft=quiz_round.state != RoundState.PUBLISHED,
        )


def _blocks(run: ResultRun, orientation: Orientation, order: str) -> Iterator[Block]:
    yield Paragraph(_window(run))
    yield Paragraph(_tie_order(run))
    yield Heading("I. SỐ LIỆU CHUNG")
    yield _figures(run.statistics)
    if run.statistics.get("bands"):
        yield _bands(run.statistics["bands"])
    yield Heading("II. KẾT QUẢ CỦA ĐƠN VỊ")
    yield _units(run, orientation)
    yield Heading("III. KẾT QUẢ CỦA CÁ NHÂN")
    yield _persons(run, orientation, order)
    yield Paragraph(f"Bảng này có {format_number(run.person_count)} người./.")


def _window(run: ResultRun) -> str:
    quiz_round = run.round
    return (
        f"Vòng thi mở từ {_moment(quiz_round.opens_at)} đến {_moment(quiz_round.closes_at)}. "
        f"Kết quả tính lần {run.number}, lúc {_moment(run.computed_at)}: "
        f"{format_number(run.person_count)} người hoàn thành "
        f"với {format_number(run.attempt_count)} lượt thi."
    )


def _tie_order(run: ResultRun) -> str:
    names = [str(TieCriterion(code).label).lower() for code in run.round.tie_order]
    return f"Thứ tự xếp hạng cá nhân: {', '.join(names)}; vẫn bằng nhau thì đồng hạng."


def _figures(figures: dict[str, Any]) -> Table:
    points = figures.get("points") or {}
    lines = [
        ("Số người trong danh sách", _count(figures.get("headcount"))),
        ("Số người được miễn", _count(figures.get("exempt"))),
        ("Số người hoàn thành", _count(figures.get("persons"))),
        ("Số lượt thi", _count(figures.get("attempts"))),
        ("Số người có bài không hợp lệ", _count(figures.get("invalid_persons"))),
        ("Số đơn vị trong danh sách", _count(figures.get("units"))),
        ("Số đơn vị có người dự thi", _count(figures.get("units_taking_part"))),
        ("Điểm cao nhất", _points(points.get("maximum"))),
        ("Điểm trung bình", _points(points.get("mean"))),
        ("Điểm trung vị", _points(points.get("median"))),
        ("Điểm thấp nhất", _points(points.get("minimum"))),
    ]
    return Table(
        (Column("Chỉ tiêu", 115), Column("Số liệu", 50, Align.RIGHT)),
        [(label, value) for label, value in lines if value],
    )


def _bands(bands: list[dict[str, Any]]) -> Table:
    return Table(
        (
            Column("Mức độ tham gia của đơn vị", 105),
            Column("Số đơn vị", 30, Align.RIGHT),
            Column("Tỷ lệ", 30, Align.RIGHT),
        ),
        [
            (BANDS[band["code"]], _count(band["count"]), _percent(band["basis_points"]))
            for band in bands
            if band["code"] != "no_headcount" or band["count"]
        ],
    )


def _units(run: ResultRun, orientation: Orientation) -> Table:
    wide = orientation is Orientation.LANDSCAPE
    columns = [
        Column("Hạng", 13, Align.CENTER),
        Column("Đơn vị", 75 if wide else 46),
        Column("Danh sách", 16, Align.CENTER),
        Column("Miễn", 13, Align.CENTER),
        Column("Hoàn thành", 18, Align.CENTER),
        Column("Tỷ lệ", 19, Align.CENTER),
        Column("Điểm TB", 15, Align.CENTER),
        Column("Phân định", 40 if wide else 35),
    ]
    rows: list[TableRow] = []
    block = None
    standings = run.unit_standings.select_related("contest_unit").order_by("block_name", "position")
    for standing in standings:
        if standing.block_name and standing.block_name != block:
            rows.append(GroupRow(standing.block_name))
        block = standing.block_name
        rows.append(_unit_row(standing))
    return Table(tuple(columns), rows)


def _unit_row(standing: UnitStanding) -> TableRow:
    if standing.rank is None:
        decided = str(standing.get_unranked_reason_display())
    else:
        decided = str(standing.get_decided_by_display())
    return (
        str(standing.rank or "–"),
        standing.contest_unit.unit_name,
        _count(standing.headcount),
        _count(standing.exempt_count),
        _count(standing.finished_count),
        _percent(standing.participation_basis_points),
        _points(standing.mean_centipoints) or "–",
        decided,
    )


def _persons(run: ResultRun, orientation: Orientation, order: str) -> Table:
    wide = orientation is Orientation.LANDSCAPE
    by_unit = order == "unit"
    columns = [
        Column("Hạng", 12, Align.CENTER),
        Column("Họ và tên", 48 if wide or by_unit else 33),
        *([Column("Chức vụ", 62)] if wide else []),
        *([] if by_unit else [Column("Đơn vị", 50 if wide else 41)]),
        Column("Câu đúng", 11, Align.CENTER),
        Column("Điểm", 15, Align.CENTER),
        Column("Thời gian", 21, Align.CENTER),
        Column("Phân định", 21, Align.CENTER),
        Column("Giải", 20 if wide or by_unit else 13, Align.CENTER),
    ]
    return Table(tuple(columns), list(_person_rows(run, wide=wide, by_unit=by_unit)))


def _person_rows(run: ResultRun, *, wide: bool, by_unit: bool) -> Iterator[TableRow]:
    awards = list(run.round.awards.all())
    unit = None
    for (
        rank,
        shared,
        decided_by,
        centipoints,
        correct,
        elapsed_ms,
        name,
        job_title,
        unit_name,
    ) in _standings(run, by_unit=by_unit):
        if by_unit and unit_name != unit:
            yield GroupRow(unit_name)
        unit = unit_name
        yield (
            str(rank),
            name,
            *([job_title] if wide else []),
            *([] if by_unit else [unit_name]),
            str(correct),
            _points(centipoints),
            duration(elapsed_ms),
            SHARED if shared else DECIDED_BY.get(decided_by, ""),
            award.name if (award := award_for(awards, rank)) else "",
        )


def _standings(run: ResultRun, *, by_unit: bool) -> Iterable[tuple[Any, ...]]:
    ordering = ["position"]
    if by_unit:
        ordering = ["entry__contest_unit__block_name", "entry__contest_unit__unit_name", *ordering]
    return (
        Standing.objects.filter(run=run)
        .order_by(*ordering)
        .values_list(
            "rank",
            "is_shared",
            "decided_by",
            "centipoints",
            "correct_count",
            "elapsed_ms",
            "entry__full_name",
            "entry__job_title",
            "entry__contest_unit__unit_name",
        )
    )


def duration(elapsed_ms: int) -> str:
    """754567 → "12:34,567"; from an hour on "1:02:03,004"."""
    seconds, thousandths = divmod(elapsed_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    lead = f"{hours}:{minutes:02d}" if hours else f"{minutes:02d}"
    return f"{lead}:{seconds:02d},{thousandths:03d}"


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local:%H} giờ {local:%M} ngày {local:%d/%m/%Y}"


def _count(value: int | None) -> str:
    return "" if value is None else format_number(value)


def _points(centipoints: int | None) -> str:
    return "" if centipoints is None else format_number(Decimal(centipoints) / 100, places=2)


def _percent(basis_points: int) -> str:
    return f"{format_number(Decimal(basis_points) / 100, places=2)} %"
