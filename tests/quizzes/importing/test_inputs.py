"""The files that offices gave us: exactly these questions and remarks, word for word.

``files/NAME.expected.txt`` has a line a question, as `text_corpus.told` says it, and a line a
remark. A change in it is a change in what authors get: look before it is written anew.
"""

from pathlib import Path

import pytest

from quizzes.importing.messages import describe_unreadable, describe_with_place
from quizzes.importing.parsed import UnreadableFile
from quizzes.importing.reading import read_questions
from tests.quizzes.importing.text_corpus import told

INPUTS = Path(__file__).parents[2] / "inputs"
EXPECTED = Path(__file__).parent / "files"
NAMES = sorted(path.name for path in INPUTS.iterdir())


def said_of(data: bytes, name: str) -> list[str]:
    try:
        result = read_questions(data, name=name)
    except UnreadableFile as error:
        return [f"!! {error.code}: {describe_unreadable(error)}"]
    lines = [f"{question.number}. {told(question)}" for question in result.questions]
    lines += [f"? {broken.number}. {broken.stem}" for broken in result.broken]
    return lines + [f"! {describe_with_place(r, result.format)}" for r in result.remarks]


@pytest.mark.parametrize("name", NAMES)
def test_a_given_file_gives_exactly_this(name: str) -> None:
    expected = (EXPECTED / f"{name}.expected.txt").read_text(encoding="utf-8").splitlines()
    assert said_of((INPUTS / name).read_bytes(), name) == expected


def test_every_given_file_is_looked_at() -> None:
    assert len(NAMES) == 5
