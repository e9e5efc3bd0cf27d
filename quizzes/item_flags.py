"""What an author should look at again after a round."""

from enum import StrEnum

from quizzes.choice_parts import Counting, Parts
from quizzes.item_analysis import ItemFigures, ScoreGroup

MIN_FLAGGED = 10
"""With fewer people every figure is chance: nothing is flagged."""
_WEAK = 0.1
_HARD = 0.2
_EASY = 0.95
_IDLE = 0.05


class Flag(StrEnum):
    """The gravest first."""

    MISLEADING = "misleading"  # more of the best quarter chose a wrong option than the key
    NEGATIVE = "negative"  # who did well on the rest did worse here
    WEAK = "weak"  # hardly tells good from poor: r below 0.1 (Ebel & Frisbie 1991, ch. 13)
    TOO_HARD = "too_hard"  # under a fifth of the points were earned
    TOO_EASY = "too_easy"  # over 95 % of the points were earned
    IDLE_OPTION = "idle_option"  # a wrong option that even those in the wrong pass over


def flags_of(figures: ItemFigures, parts: Parts) -> list[Flag]:
    """In the order of `Flag`."""
    if figures.shown_count < MIN_FLAGGED:
        return []
    r = figures.discrimination
    found = {
        Flag.MISLEADING: _is_misleading(parts),
        Flag.NEGATIVE: r is not None and r < 0,
        Flag.WEAK: r is not None and 0 <= r < _WEAK,
        Flag.TOO_HARD: figures.facility < _HARD,
        Flag.TOO_EASY: figures.facility > _EASY,
        Flag.IDLE_OPTION: _has_idle_option(figures, parts),
    }
    return [flag for flag in Flag if found[flag]]


def _is_misleading(parts: Parts) -> bool:
    """With several right options: than the one of them that the fewest of the best chose."""
    if parts.counting not in {Counting.CHOSEN, Counting.TYPED}:
        return False
    best = ScoreGroup.BEST
    right = [part.counts[best] for part in parts.parts if part.is_right]
    wrong = [part.counts[best] for part in parts.parts if not part.is_right]
    if not right and parts.counting is Counting.TYPED:
        right = [0]
    return bool(right and wrong) and max(wrong) > min(right)


def _has_idle_option(figures: ItemFigures, parts: Parts) -> bool:
    """Under 5 % of those who answered (Tarrant, Ware & Mohammed 2009, BMC Medical Education 9:40)
    and under a fifth of an even share of the wrong answers: of an easy question the first says
    little, since few are left to choose a wrong option at all."""
    if parts.counting is not Counting.CHOSEN:
        return False
    wrong = [part.count for part in parts.parts if not part.is_right]
    if sum(wrong) < MIN_FLAGGED:
        return False
    return any(
        count < _IDLE * figures.answered_count and 5 * count * len(wrong) < sum(wrong)
        for count in wrong
    )
