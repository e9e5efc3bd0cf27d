"""Spreadsheets of a contest. ``core.spreadsheets`` sees to it that no cell can start a formula."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from core.audit import act_label
from core.spreadsheets import Column, write_workbook
from quizzes import queries
from quizzes.enums import UnrankedReason
from quizzes.models import Contest, ResultRun, Round, UnitStanding
from quizzes.results import award_for
from quizzes.templatetags.contest_words import decided
from quizzes.watching import read_progress

_POINTS = "0.00"
_PERCENT = "0.00%"
_WHOLE = "#,##0"
_MOMENT = "dd/mm/yyyy hh:mm:ss"
_TIME_SPENT = "[h]:mm:ss.000"
_MS_PER_DAY = 86_400_000


def write_standings(target: IO[bytes], run: ResultRun) -> int:
    """Persons, in the order of the board, in constant memory; returns how many."""
    columns = [
        Column(_("Hạng"), 8, _WHOLE),
        Column(_("Họ và tên"), 30),
        Column(_("Đơn vị"), 36),
        Column(_("Khối"), 22),
        Column(_("Chức vụ"), 24),
        Column(_("Điểm"), 10, _POINTS),
        Column(_("Số câu đúng"), 12, _WHOLE),
        Column(_("Thời gian làm bài"), 16, _TIME_SPENT),
        Column(_("Chênh lệch dự đoán"), 14, _WHOLE),
        Column(_("Tiêu chí phân định"), 26),
        Column(_("Đồng hạng"), 12),
        Column(_("Giải thưởng"), 20),
    ]
    return write_workbook(
        target,
        sheet_name=_("Xếp hạng cá nhân"),
        title=_("Xếp hạng cá nhân – %(round)s – %(contest)s")
        % {"round": run.round.name, "contest": run.round.contest.name},
        columns=columns,
        rows=_standing_rows(run),
    )


def _standing_rows(run: ResultRun) -> Iterator[Sequence[Any]]:
    awards = list(run.round.awards.all())
    for standing in queries.standings_of(run).iterator(chunk_size=2000):
        entry = standing.entry
        award = award_for(awards, standing.rank)
        yield (
            standing.rank,
            entry.full_name,
            entry.contest_unit.unit_name,
            entry.contest_unit.block_name,
            entry.job_title,
            standing.centipoints / 100,
            standing.correct_count,
            standing.elapsed_ms / _MS_PER_DAY,
            standing.prediction_distance,
            decided(standing.decided_by),
            _("có") if standing.is_shared else "",
            award.name if award else "",
        )


def write_unit_standings(target: IO[bytes], run: ResultRun) -> int:
    columns = [
        Column(_("Khối"), 24),
        Column(_("Hạng"), 8, _WHOLE),
        Column(_("Đơn vị"), 40),
        Column(_("Số người trong danh sách"), 14, _WHOLE),
        Column(_("Được miễn"), 12, _WHOLE),
        Column(_("Số người hoàn thành"), 14, _WHOLE),
        Column(_("Số lượt thi"), 12, _WHOLE),
        Column(_("Tỷ lệ dự thi"), 12, _PERCENT),
        Column(_("Điểm trung bình"), 12, _POINTS),
        Column(_("Tiêu chí phân định"), 26),
        Column(_("Ghi chú"), 36),
    ]
    rows = [row for block in queries.unit_board(run).values() for row in block]
    return write_workbook(
        target,
        sheet_name=_("Xếp hạng đơn vị"),
        title=_("Xếp hạng đơn vị – %(round)s – %(contest)s")
        % {"round": run.round.name, "contest": run.round.contest.name},
        columns=columns,
        rows=(
            (
                row.block_name,
                row.rank,
                row.contest_unit.unit_name,
                row.headcount,
                row.exempt_count,
                row.finished_count,
                row.attempt_count,
                row.participation_basis_points / 10_000,
                None if row.mean_centipoints is None else row.mean_centipoints / 100,
                decided(row.decided_by),
                _unit_note(row),
            )
            for row in rows
        ),
    )


def _unit_note(row: UnitStanding) -> str:
    notes = []
    if row.unranked_reason:
        notes.append(str(UnrankedReason(row.unranked_reason).label))
    if row.is_over_headcount:
        notes.append(_("Số người hoàn thành vượt danh sách"))
    return "; ".join(notes)


def write_participation(target: IO[bytes], quiz_round: Round, *, at: datetime) -> int:
    """Who has not taken part yet, by unit, as of ``at``: what a unit's head asks for first."""
    columns = [
        Column(_("Khối"), 24),
        Column(_("Đơn vị"), 40),
        Column(_("Phải dự thi"), 14, _WHOLE),
        Column(_("Chưa thi"), 12, _WHOLE),
        Column(_("Đang thi"), 12, _WHOLE),
        Column(_("Đã thi"), 12, _WHOLE),
    ]
    return write_workbook(
        target,
        sheet_name=_("Tình hình dự thi"),
        title=_("Tình hình dự thi – %(round)s") % {"round": quiz_round.name},
        columns=columns,
        rows=(
            (
                unit.block_name,
                unit.unit_name,
                unit.listed_count,
                unit.not_started_count,
                unit.in_progress_count,
                unit.finished_count,
            )
            for unit in read_progress(quiz_round, at=at).units
        ),
    )


def write_log(target: IO[bytes], contest: Contest) -> int:
    columns = [
        Column(_("Lúc"), 20, _MOMENT),
        Column(_("Người thực hiện"), 28),
        Column(_("Việc"), 26),
        Column(_("Nội dung"), 60),
        Column(_("Lý do"), 50),
    ]
    return write_workbook(
        target,
        sheet_name=_("Nhật ký"),
        title=_("Nhật ký – %(contest)s") % {"contest": contest.name},
        columns=columns,
        rows=(
            (
                event.at,
                event.actor.full_name if event.actor else _("Hệ thống"),
                act_label(event.action),
                event.summary,
                event.reason,
            )
            for event in queries.contest_log(contest).iterator(chunk_size=2000)
        ),
    )
