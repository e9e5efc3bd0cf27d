"""A dry run: papers drawn for trial from the blueprint, to see how often each question would come.
Nothing is written. Content is given to those who may read the bank only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import batched
from typing import IO, Any

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.spreadsheets import Column, write_workbook
from quizzes import constraints, readiness
from quizzes.drawing import Candidate, Cell, Constraints
from quizzes.enums import RoundState
from quizzes.models import BlueprintCell, QuestionBank, QuestionVersion, Round
from quizzes.pools import pool_of
from quizzes.rehearsing import rehearse
from quizzes.rules import readable_banks

PAPERS = 1000
# Candidates looked at for all papers together: keeps the answer under some two seconds.
_MAX_WORK = 5_000_000
_AT_ONCE = 500


class NothingToDraw(DomainError):
    """The blueprint cannot give a paper."""


@dataclass(frozen=True, slots=True)
class TrialQuestion:
    """``times``: on how many papers it stood in this cell. ``stem`` is empty for who may not read
    the bank."""

    question_id: int
    cell_name: str
    stem: str
    times: int
    basis_points: int


@dataclass(frozen=True, slots=True)
class TrialCell:
    """A cell with the extremes among its questions, as shares of the papers."""

    name: str
    drawn_count: int
    pool_count: int
    least: int
    most: int
    never_count: int

    @property
    def fair_share(self) -> int:
        """Of each question, in basis points, were all of the cell drawn equally often."""
        return self.drawn_count * 10_000 // self.pool_count if self.pool_count else 0


@dataclass(frozen=True, slots=True)
class Trial:
    papers: int
    seed: int
    question_total: int
    mean_overlap: Fraction
    cells: list[TrialCell]
    questions: list[TrialQuestion]

    @property
    def never_count(self) -> int:
        return sum(cell.never_count for cell in self.cells)

    @property
    def overlap_basis_points(self) -> int:
        return round(self.mean_overlap * 10_000 / self.question_total)


def draw_for_trial(quiz_round: Round, *, seed: int, reader: Any, at: datetime) -> Trial:
    """1,000 papers of the blueprint of a draft, or of the frozen pool afterwards; fewer only when
    there are more than 5,000 questions to draw from. Questions come most drawn first.

    Five statements for up to 500 questions. Raises NothingToDraw with the reasons.
    """
    rows = list(quiz_round.cells.select_related("topic"))
    names = {cell.pk: readiness.cell_name(cell) for cell in rows}
    cells, chosen = _source(quiz_round, rows, names)
    candidates = sum(len(cell.candidates) for cell in cells)
    papers = max(1, min(PAPERS, _MAX_WORK // candidates))
    found = rehearse(cells, papers=papers, seed=seed, constraints=chosen)
    about = _about(found.times_of_version, reader, at)
    questions = [
        TrialQuestion(
            about[version_id][0],
            names[cell_id],
            about[version_id][1],
            times,
            times * 10_000 // papers,
        )
        for cell_id, of_cell in found.times.items()
        for version_id, times in of_cell.items()
    ]
    questions.sort(key=lambda item: (-item.times, item.question_id, item.cell_name))
    return Trial(
        papers,
        seed,
        sum(cell.count for cell in cells),
        found.mean_overlap,
        [_trial_cell(cell, names, found.times[cell.cell_id], papers) for cell in cells],
        questions,
    )


def _source(
    quiz_round: Round, rows: list[BlueprintCell], names: Mapping[int, str]
) -> tuple[tuple[Cell, ...], Constraints]:
    if quiz_round.state != RoundState.DRAFT:
        pool = pool_of(quiz_round)
        return pool.cells, pool.constraints
    if not rows:
        raise NothingToDraw(_("Ma trận đề chưa có ô nào. Hãy thêm chuyên đề và số câu."))
    chosen = constraints.read_constraints(quiz_round)
    cells = tuple(
        Cell(cell.pk, cell.question_count, cell.centipoints, tuple(map(Candidate, versions)))
        for cell, versions in readiness.candidates(rows).items()
    )
    problems = constraints.problems(cells, names, chosen)
    if problems:
        raise NothingToDraw(" ".join(problems))
    return cells, chosen.constraints


def _about(versions: Mapping[int, int], reader: Any, at: datetime) -> dict[int, tuple[int, str]]:
    """Version id → its question's number, and its stem if ``reader`` may read it."""
    readable = set(
        QuestionBank.objects.filter(readable_banks(reader, at)).values_list("pk", flat=True)
    )
    return {
        version_id: (question_id, stem if bank_id in readable else "")
        for chunk in batched(versions, _AT_ONCE)
        for version_id, question_id, stem, bank_id in QuestionVersion.objects.filter(
            pk__in=chunk
        ).values_list("pk", "question_id", "stem", "question__bank_id")
    }


def _trial_cell(
    cell: Cell, names: Mapping[int, str], times: Mapping[int, int], papers: int
) -> TrialCell:
    return TrialCell(
        names[cell.cell_id],
        cell.count,
        len(times),
        min(times.values()) * 10_000 // papers,
        max(times.values()) * 10_000 // papers,
        sum(count == 0 for count in times.values()),
    )


def write_trial(target: IO[bytes], trial: Trial, quiz_round: Round) -> int:
    """Every question with its share, as .xlsx."""
    columns = [
        Column(_("Câu số"), 10, "0"),
        Column(_("Ô ma trận"), 40),
        Column(_("Câu hỏi"), 80),
        Column(_("Số đề có câu này"), 14, "#,##0"),
        Column(_("Tỷ lệ"), 10, "0.0%"),
    ]
    return write_workbook(
        target,
        sheet_name=_("Rút thử đề"),
        title=_("Rút thử %(papers)d đề, số gieo %(seed)d – %(round)s")
        % {"papers": trial.papers, "seed": trial.seed, "round": quiz_round.name},
        columns=columns,
        rows=(
            (item.question_id, item.cell_name, item.stem, item.times, item.times / trial.papers)
            for item in trial.questions
        ),
    )
