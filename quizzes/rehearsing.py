"""What a blueprint will do before anyone draws from it: how much two papers share, and how often
each question comes. Pure; the same seed gives the same figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import islice

from quizzes.drawing import NO_CONSTRAINTS, Cell, Constraints, draw_paper


def expected_overlap(count: int, available: int, required: int = 0) -> Fraction:
    """Questions that two papers drawn independently share on average in one cell: ``required``
    stand on both, and of the k = count − required drawn from n = available − required others,
    the mean of the hypergeometric distribution, k · k / n (Johnson, Kemp and Kotz, Univariate
    Discrete Distributions, 3rd ed., 6.2).

    Exact for a cell that shares no question with another and in which none are kept apart.
    """
    drawn, others = count - required, available - required
    if drawn <= 0 or others <= 0:
        return Fraction(min(count, available))
    return required + Fraction(min(drawn, others) ** 2, others)


@dataclass(frozen=True)
class Rehearsal:
    """``papers`` drawn for trial. ``times``: cell id → version id → on how many papers the version
    stood in the cell; every candidate is there, with 0 if it was never drawn."""

    papers: int
    times: Mapping[int, Mapping[int, int]]

    @cached_property
    def times_of_version(self) -> Mapping[int, int]:
        total: dict[int, int] = {}
        for of_cell in self.times.values():
            for version_id, count in of_cell.items():
                total[version_id] = total.get(version_id, 0) + count
        return total

    @property
    def mean_overlap(self) -> Fraction:
        """Questions shared by two of the papers, averaged over all pairs of them."""
        pairs = self.papers * (self.papers - 1)
        shared = sum(count * (count - 1) for count in self.times_of_version.values())
        return Fraction(shared, pairs or 1)


def rehearse(
    cells: Sequence[Cell], *, papers: int, seed: int, constraints: Constraints = NO_CONSTRAINTS
) -> Rehearsal:
    """Draw ``papers`` papers (seeds seed, seed + 1, …). Raises as ``draw_paper`` does."""
    times: dict[int, dict[int, int]] = {
        cell.cell_id: dict.fromkeys(sorted({c.version_id for c in cell.candidates}), 0)
        for cell in cells
    }
    for offset in range(papers):
        slots = iter(
            draw_paper(
                cells,
                seed=seed + offset,
                shuffle_questions=False,
                shuffle_options=False,
                constraints=constraints,
            )
        )
        for cell in cells:
            of_cell = times[cell.cell_id]
            for slot in islice(slots, cell.count):
                of_cell[slot.version_id] += 1
    return Rehearsal(papers, times)
