"""A situation in a picture or a video, then one right option.

content has ``"media": {"file": QuestionFile id, "alt": "what is to be seen"}`` beside the options.
"""

from collections.abc import Sequence
from dataclasses import replace

from quizzes.kinds import options, single_choice
from quizzes.kinds.kind import Content, Json, Key, Problem, Shown, gettext_noop
from quizzes.kinds.lines import is_file, mapped


def problems(content: Content, key: Key) -> list[str]:
    found = single_choice.problems(content, key)
    return found if is_file(content.get("media")) else [*found, Problem.NO_MEDIA]


def show(content: Content, order: Sequence[str], choice: Json, key: Key | None) -> Shown:
    media = mapped(content.get("media"))
    return replace(options.show(content, order, choice, key), media=media or None)


KIND = replace(
    single_choice.KIND,
    code="situation",
    label=gettext_noop("Tình huống có hình hoặc video"),
    rank=4,
    problems=problems,
    show=show,
)
