"""Broken files: real ones changed at random, the same way for the same seed.

``MOTCUA_FUZZ_CASES`` is the number of cases over all readers (``make fuzz``: 10,000).
"""

import io
import os
import random
import zipfile

from quizzes.importing import messages
from quizzes.importing.checking import MAX_STEM_CHARS
from quizzes.importing.parsed import MEDIA, Kind, UnreadableFile
from quizzes.importing.reading import read_questions

FUZZ_CASES = int(os.environ.get("MOTCUA_FUZZ_CASES", "400"))
_WITH_OPTIONS = {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.SITUATION}
_BYTES = [
    b"",
    b"\x00",
    b"\xff",
    b"\xc3",
    b"<",
    b">",
    b"&",
    b'"',
    b"-1",
    b"99999999999",
    b"\r",
    b" ",
]


def read_or_refuse(data, **options):
    """A question that can be asked, or a reason that can be said: nothing else may come out."""
    try:
        result = read_questions(data, name="a.docx", **options)
    except UnreadableFile as error:
        messages.describe_unreadable(error)
        return
    for remark in result.remarks:
        assert messages.describe_with_place(remark, result.format)
    for question in result.questions:
        assert question.stem
        assert len(question.stem) <= MAX_STEM_CHARS
        if question.kind in _WITH_OPTIONS:
            assert 2 <= len(question.options) <= 8
            assert question.correct
            assert max(question.correct) < len(question.options)
        else:
            assert question.content is not None
            assert question.key is not None
        assert (question.kind is Kind.SITUATION) == (MEDIA in question.pictures)
        for start, end, _how in question.marks.get("stem", ()):
            assert 0 <= start < end <= len(question.stem)


def mutated(rng: random.Random, data: bytes, tokens: list[bytes]) -> bytes:
    """One to eight small changes; of a package, to one of its parts or to its bytes."""
    if data.startswith(b"PK") and rng.random() < 0.8:
        return _with_part_mutated(rng, data, tokens)
    return _changed(rng, data, tokens)


def _with_part_mutated(rng: random.Random, data: bytes, tokens: list[bytes]) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new,
    ):
        names = old.namelist()
        chosen = rng.choice(names)
        for name in names:
            content = old.read(name)
            if name == chosen and rng.random() < 0.05:
                continue  # a part is missing
            new.writestr(name, _changed(rng, content, tokens) if name == chosen else content)
    return target.getvalue()


def _changed(rng: random.Random, data: bytes, tokens: list[bytes]) -> bytes:
    content = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randint(0, len(content))
        until = min(len(content), at + rng.choice([0, 1, 1, 3, 12, 200]))
        match rng.randrange(6):
            case 0:
                content[at:until] = rng.choice(_BYTES)
            case 1 | 2:
                content[at:until] = rng.choice(tokens)
            case 3:
                content[at:at] = content[at:until] * rng.choice([1, 2, 9])
            case 4:
                other = rng.randint(0, len(content))
                content[other:other] = content[at:until]
            case 5 if rng.random() < 0.2:
                del content[at:]
    return bytes(content)
