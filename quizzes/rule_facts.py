"""The settings of a contest that its rules speak of, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizzes.models import Contest, Round


@dataclass(frozen=True, slots=True)
class AwardRule:
    name: str
    rank_from: int
    rank_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRules:
    """Moments are aware. ``attempts_allowed`` None: no limit. ``total_centipoints``: what the
    questions are worth together. Codes are those of ``quizzes.enums``."""

    name: str
    opens_at: datetime
    closes_at: datetime
    duration_seconds: int
    grace_seconds: int
    attempts_allowed: int | None
    attempt_counting: str
    min_pause_seconds: int
    question_count: int
    total_centipoints: int
    paper_source: str
    paper_code_count: int
    shuffle_questions: bool
    shuffle_options: bool
    tie_order: tuple[str, ...]
    has_prediction: bool
    prediction_target: str
    prediction_counts_invalid: bool
    result_visibility: str
    shows_answers: bool
    awards: tuple[AwardRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestRules:
    """``unit_count`` 0: the list of contestants is not closed yet; ``person_count`` leaves the
    exempt out."""

    issuing_agency: str
    name_display: str
    min_participation_basis_points: int
    min_unit_headcount: int
    unit_count: int
    person_count: int
    has_blocks: bool
    rounds: tuple[RoundRules, ...]
    own_text: str = ""


def rules_of(
    contest: "Contest",
    rounds: "Sequence[Round]",
    *,
    unit_count: int,
    person_count: int,
    has_blocks: bool,
) -> ContestRules:
    """``rounds``: the public ones in their order, with ``awards`` and ``cells`` prefetched."""
    return ContestRules(
        issuing_agency=contest.issuing_agency,
        name_display=contest.name_display,
        min_participation_basis_points=contest.min_participation_basis_points,
        min_unit_headcount=contest.min_unit_headcount,
        unit_count=unit_count,
        person_count=person_count,
        has_blocks=has_blocks,
        rounds=tuple(_round_rules(item) for item in rounds),
        own_text=contest.rules_text,
    )


def _round_rules(item: "Round") -> RoundRules:
    cells = list(item.cells.all())
    return RoundRules(
        name=item.name,
        opens_at=item.opens_at,
        closes_at=item.closes_at,
        duration_seconds=item.duration_seconds,
        grace_seconds=item.grace_seconds,
        attempts_allowed=item.attempts_allowed,
        attempt_counting=item.attempt_counting,
        min_pause_seconds=item.min_pause_seconds,
        question_count=sum(cell.question_count for cell in cells),
        total_centipoints=sum(cell.question_count * cell.centipoints for cell in cells),
        paper_source=item.paper_source,
        paper_code_count=item.paper_code_count,
        shuffle_questions=item.shuffle_questions,
        shuffle_options=item.shuffle_options,
        tie_order=tuple(item.tie_order),
        has_prediction=item.has_prediction,
        prediction_target=item.prediction_target,
        prediction_counts_invalid=item.prediction_counts_invalid,
        result_visibility=item.result_visibility,
        shows_answers=item.shows_answers,
        awards=tuple(
            AwardRule(award.name, award.rank_from, award.rank_to) for award in item.awards.all()
        ),
    )
