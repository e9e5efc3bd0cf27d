"""Any number of right options.

key = {"correct": ["a", "c"], "rule": "all_or_nothing" | "partial"}; without a rule all or nothing.
"""

from collections.abc import Mapping
from fractions import Fraction

from quizzes.kinds import options
from quizzes.kinds.kind import Json, Kind, Problem

ALL_OR_NOTHING = "all_or_nothing"
PARTIAL = "partial"


def problems(content: Mapping[str, Json], key: Mapping[str, Json]) -> list[str]:
    found = [*options.content_problems(content), *options.key_problems(content, key)]
    if key.get("rule", ALL_OR_NOTHING) not in (ALL_OR_NOTHING, PARTIAL):
        found.append(Problem.UNKNOWN_RULE)
    return list(dict.fromkeys(found))


def clean_choice(content: Mapping[str, Json], raw: Json) -> list[str]:
    return options.clean_ids(content, raw)


def score_share(content: Mapping[str, Json], key: Mapping[str, Json], choice: Json) -> Fraction:
    """Partial: max(0, (right ticks - wrong ticks) / number of right options).

    So ticking everything is full only where everything is right.
    """
    chosen = options.chosen_ids(choice)
    correct = frozenset(options.correct_ids(key))
    if not chosen or not correct:
        return Fraction(0)
    if key.get("rule", ALL_OR_NOTHING) != PARTIAL:
        return Fraction(int(chosen == correct))
    balance = len(chosen & correct) - len(chosen - correct)
    return Fraction(max(0, balance), len(correct))


KIND = Kind(
    code="multiple_choice",
    problems=problems,
    clean_choice=clean_choice,
    score_share=score_share,
    is_answered=options.is_answered,
    option_ids=options.option_ids,
)
