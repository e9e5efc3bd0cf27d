"""The figures of a round's questions as a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.utils.translation import gettext as _

from core.spreadsheets import Column, write_workbook
from quizzes.analysis_queries import ItemRow
from quizzes.models import Round
from quizzes.templatetags.item_words import flag_label

_WHOLE = "#,##0"
_PERCENT = "0%"
_R = "0.00"


def write_items(target: IO[bytes], quiz_round: Round, rows: Iterable[ItemRow]) -> int:
    """One row a question; its words only where ``is_readable``, and never its key."""
    return write_workbook(
        target,
        sheet_name=_("Phân tích câu hỏi"),
        title=_("Phân tích câu hỏi – %(round)s – %(contest)s")
        % {"round": quiz_round.name, "contest": quiz_round.contest.name},
        columns=[
            Column(_("Câu"), 10),
            Column(_("Nội dung câu hỏi"), 60),
            Column(_("Chuyên đề"), 28),
            Column(_("Số người gặp câu này"), 14, _WHOLE),
            Column(_("Số người trả lời"), 14, _WHOLE),
            Column(_("Tỷ lệ điểm đạt"), 12, _PERCENT),
            Column(_("Độ phân biệt"), 12, _R),
            Column(_("Thời gian giữa, giây (gần đúng)"), 16, _WHOLE),
            Column(_("Cần xem lại"), 40),
            Column(_("Tình trạng"), 14),
        ],
        rows=_rows(rows),
    )


def _rows(rows: Iterable[ItemRow]) -> Iterator[Sequence[Any]]:
    for row in rows:
        item = row.statistic
        r = item.discrimination_thousandths
        figures: tuple[Any, ...] = (None, None, None)
        if row.has_figures:
            figures = (
                item.facility_basis_points / 10_000,
                None if r is None else r / 1000,
                item.median_seconds,
            )
        yield (
            f"#{item.version.question_id}",
            item.version.stem if row.is_readable else "",
            item.version.question.topic.name,
            item.shown_count,
            item.answered_count,
            *figures,
            "; ".join(flag_label(flag) for flag in row.flags),
            _("Đã hủy") if item.is_struck_out else _("Được chấm"),
        )
