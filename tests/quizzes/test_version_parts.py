"""A version as labelled texts, for reading and comparing: every kind says its key."""

import pytest

from quizzes.kinds import KINDS
from quizzes.models import QuestionVersion
from quizzes.version_parts import parts_of
from tests.quizzes.kind_samples import SAMPLES


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_says_its_key(code):
    sample = SAMPLES[code]
    version = QuestionVersion(kind=code, stem="Câu?", content=sample.content, key=sample.key)
    parts = {part.name: part.text for part in parts_of(version)}
    assert parts["stem"] == "Câu?"
    assert parts.get("key") or parts["guide"]
    assert "?" not in parts.get("key", "")
