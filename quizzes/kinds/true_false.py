"""A statement that is true or false: option ids "true" and "false", always in this order."""

from dataclasses import replace

from quizzes.kinds import options, single_choice
from quizzes.kinds.kind import Content, Key, Problem, gettext_noop

OPTION_IDS = ("true", "false")


def problems(content: Content, key: Key) -> list[str]:
    found = single_choice.problems(content, key)
    ids = options.option_ids(content)
    if ids and set(ids) != set(OPTION_IDS) and Problem.BAD_OPTION_ID not in found:
        found.append(Problem.BAD_OPTION_ID)
    return found


KIND = replace(
    single_choice.KIND,
    code="true_false",
    label=gettext_noop("Đúng / sai"),
    rank=3,
    problems=problems,
    fixed_order=True,
)
