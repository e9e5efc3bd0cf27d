"""What is left to do before a round can open: the organiser's checklist and make_ready's check."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes import drawing, flag_queries
from quizzes.enums import Difficulty, TieCriterion
from quizzes.models import BlueprintCell, Question, Round

# A lot is drawn by hand once the others are known to be equal: it can only come last.
_ONLY_LAST = TieCriterion.MANUAL_DRAW


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist. ``problem`` is empty when it is done; a ``warning`` is worth
    knowing and keeps nothing from being made ready."""

    code: str
    title: str
    problem: str = ""
    warning: str = ""

    @property
    def is_done(self) -> bool:
        return not self.problem


@dataclass(frozen=True, slots=True)
class CellSupply:
    """A cell of the blueprint and how many approved questions it could draw from."""

    cell: BlueprintCell
    approved_count: int

    @property
    def missing_count(self) -> int:
        return max(0, self.cell.question_count - self.approved_count)


def checklist(quiz_round: Round, at: datetime) -> list[Check]:
    """Every line, done or not, in the order an organiser works through them."""
    return [
        Check("window", _("Thời gian mở, đóng"), window_problem(quiz_round, at)),
        Check("blueprint", _("Ma trận đề đủ câu hỏi đã duyệt"), blueprint_problem(quiz_round)),
        Check("law", _("Căn cứ pháp lý của câu hỏi"), warning=law_warning(quiz_round)),
        Check("ties", _("Thứ tự phân định khi bằng điểm"), tie_order_problem(quiz_round)),
        Check("roster", _("Danh sách thí sinh"), roster_problem(quiz_round)),
    ]


def window_problem(quiz_round: Round, at: datetime) -> str:
    if quiz_round.closes_at <= at:
        return _("Thời gian đóng vòng thi đã qua. Hãy đặt lại thời gian đóng.")
    window_seconds = (quiz_round.closes_at - max(quiz_round.opens_at, at)).total_seconds()
    if window_seconds < quiz_round.duration_seconds:
        return _(
            "Từ lúc mở đến lúc đóng ngắn hơn thời gian làm bài. "
            "Hãy lùi giờ đóng hoặc giảm thời gian làm bài."
        )
    return ""


def tie_order_problem(quiz_round: Round) -> str:
    order = quiz_round.tie_order
    if not isinstance(order, list) or not order:
        return _("Chưa có tiêu chí xếp hạng nào.")
    unknown = [code for code in order if code not in TieCriterion.values]
    if unknown:
        return _("Có tiêu chí xếp hạng không hợp lệ: %(codes)s.") % {
            "codes": ", ".join(map(str, unknown))
        }
    if len(set(order)) < len(order):
        return _("Một tiêu chí xếp hạng được ghi hai lần.")
    if _ONLY_LAST in order[:-1]:
        return _("Bốc thăm chỉ có thể là tiêu chí cuối cùng.")
    return ""


def roster_problem(quiz_round: Round) -> str:
    if not quiz_round.contest.entries.filter(invalid_at=None, is_exempt=False).exists():
        return _("Cuộc thi chưa có thí sinh nào. Hãy chốt danh sách.")
    return ""


def blueprint_problem(quiz_round: Round) -> str:
    """Empty, or the first cell that falls short: its name, what it needs, what there is."""
    cells = list(quiz_round.cells.select_related("topic"))
    if not cells:
        return _("Ma trận đề chưa có ô nào. Hãy thêm chuyên đề và số câu.")
    shortages = drawing.cell_shortages(
        [_drawing_cell(cell, pool) for cell, pool in candidates(cells).items()]
    )
    if not shortages:
        return ""
    by_id = {cell.pk: cell for cell in cells}
    return " ".join(
        _shortage_message(by_id[item.cell_id], item.needed, item.available) for item in shortages
    )


def law_warning(quiz_round: Round) -> str:
    """Empty, or how many approved questions are left out because their law changed, and the cells
    that fall short for want of them. Numbers only: it is for who may not read the bank too."""
    cells = list(quiz_round.cells.select_related("topic"))
    flagged = flag_queries.flagged_counts(cells)
    if not any(flagged.values()):
        return ""
    pools = candidates(cells)
    short = [cell for cell in cells if flagged[cell] and len(pools[cell]) < cell.question_count]
    text = _(
        "Không rút các câu đã duyệt mà văn bản căn cứ đã thay đổi: %(cells)s. "
        "Rà soát xong thì lại rút được."
    ) % {
        "cells": "; ".join(
            ngettext("%(cell)s (%(count)d câu)", "%(cell)s (%(count)d câu)", count)
            % {"cell": cell_name(cell), "count": count}
            for cell, count in flagged.items()
            if count
        )
    }
    if short:
        text += " " + _("Vì vậy thiếu câu ở: %(cells)s.") % {
            "cells": "; ".join(cell_name(cell) for cell in short)
        }
    return text


def _shortage_message(cell: BlueprintCell, needed: int, available: int) -> str:
    return _(
        "Ô “%(cell)s” cần %(needed)d câu, mới có %(available)d câu đã duyệt: "
        "còn thiếu %(missing)d câu."
    ) % {
        "cell": cell_name(cell),
        "needed": needed,
        "available": available,
        "missing": needed - available,
    }


def cell_name(cell: BlueprintCell) -> str:
    if cell.difficulty:
        return f"{cell.topic.name} · {Difficulty(cell.difficulty).label}"
    return f"{cell.topic.name} · " + _("mọi mức độ")


def candidates(cells: Iterable[BlueprintCell]) -> dict[BlueprintCell, list[int]]:
    """Each cell's current versions of approved questions, by two statements at most."""
    cells = list(cells)
    rows = _approved({cell.topic_id for cell in cells}).values_list(
        "topic_id", "difficulty", "current_version_id"
    )
    by_topic: dict[int, list[tuple[str, int]]] = {}
    for topic_id, difficulty, version_id in rows:
        by_topic.setdefault(topic_id, []).append((difficulty, version_id))
    return {
        cell: [
            version_id
            for difficulty, version_id in by_topic.get(cell.topic_id, [])
            if cell.difficulty in ("", difficulty)
        ]
        for cell in cells
    }


def supplies(quiz_round: Round) -> list[CellSupply]:
    """The blueprint beside what the banks can give, for the editor."""
    cells = list(quiz_round.cells.select_related("topic__bank"))
    return [CellSupply(cell, len(pool)) for cell, pool in candidates(cells).items()]


def topic_supply(topics: QuerySet[Any]) -> dict[int, dict[str, int]]:
    """Topic id → difficulty → approved questions, with the total under ""."""
    counts: dict[int, dict[str, int]] = {}
    rows = (
        _approved(topics.values("pk"))
        .values("topic_id", "difficulty")
        .annotate(count=Count("pk"))
        .order_by()
    )
    for row in rows:
        of_topic = counts.setdefault(row["topic_id"], {"": 0})
        of_topic[row["difficulty"]] = row["count"]
        of_topic[""] += row["count"]
    return counts


def _approved(topic_ids: Any) -> QuerySet[Question]:
    return flag_queries.usable_questions().filter(topic_id__in=topic_ids)


def _drawing_cell(cell: BlueprintCell, versions: list[int]) -> drawing.Cell:
    return drawing.Cell(
        cell.pk,
        cell.question_count,
        cell.centipoints,
        tuple(drawing.Candidate(version_id) for version_id in versions),
    )
