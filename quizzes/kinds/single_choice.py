"""One right option among several."""

from collections.abc import Mapping
from fractions import Fraction

from quizzes.kinds import options
from quizzes.kinds.kind import Json, Kind, Problem


def problems(content: Mapping[str, Json], key: Mapping[str, Json]) -> list[str]:
    found = [*options.content_problems(content), *options.key_problems(content, key)]
    if len(set(options.correct_ids(key))) > 1:
        found.append(Problem.SEVERAL_KEYS)
    return list(dict.fromkeys(found))


def clean_choice(content: Mapping[str, Json], raw: Json) -> list[str]:
    return options.clean_ids(content, raw, at_most=1)


def score_share(content: Mapping[str, Json], key: Mapping[str, Json], choice: Json) -> Fraction:
    """Full when the one chosen option is among key["correct"]."""
    chosen = options.chosen_ids(choice)
    right = len(chosen) == 1 and chosen <= set(options.correct_ids(key))
    return Fraction(int(right))


KIND = Kind(
    code="single_choice",
    problems=problems,
    clean_choice=clean_choice,
    score_share=score_share,
    is_answered=options.is_answered,
    option_ids=options.option_ids,
)
