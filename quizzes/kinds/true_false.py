"""A statement that is true or false: option ids "true" and "false", always in this order."""

from collections.abc import Mapping

from quizzes.kinds import options, single_choice
from quizzes.kinds.kind import Json, Kind, Problem

OPTION_IDS = ("true", "false")


def problems(content: Mapping[str, Json], key: Mapping[str, Json]) -> list[str]:
    found = single_choice.problems(content, key)
    ids = options.option_ids(content)
    if ids and set(ids) != set(OPTION_IDS) and Problem.BAD_OPTION_ID not in found:
        found.append(Problem.BAD_OPTION_ID)
    return found


KIND = Kind(
    code="true_false",
    problems=problems,
    clean_choice=single_choice.clean_choice,
    score_share=single_choice.score_share,
    is_answered=options.is_answered,
    option_ids=options.option_ids,
    fixed_order=True,
)
