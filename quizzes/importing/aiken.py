"""Question files in Aiken: a question, its options ``A.`` or ``A)``, and ``ANSWER: B``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quizzes.importing.checking import Settled
from quizzes.importing.limits import MAX_LINES
from quizzes.importing.parsed import (
    Draft,
    Field,
    Format,
    KeyClaim,
    KeySource,
    ParseResult,
    UnreadableFile,
)
from quizzes.importing.plain import clean, letters_in
from quizzes.importing.text_files import decode_text

_OPTION = re.compile(r"\s*(?P<letter>[A-Z])[.)]\s+(?P<text>\S.*)")
_ANSWER = re.compile(r"\s*ANSWER\s*:\s*(?P<answer>.*)", re.IGNORECASE)


def read_aiken(data: bytes) -> ParseResult:
    """Raises UnreadableFile."""
    lines = decode_text(data).split("\n")
    if len(lines) > MAX_LINES:
        raise UnreadableFile("too_many_lines", limit=MAX_LINES)
    reader = _Reader()
    for row, line in enumerate(lines, 1):
        reader.line(row, line)
    reader.end()
    return reader.settled.result(Format.AIKEN)


@dataclass(slots=True)
class _Reader:
    settled: Settled = field(default_factory=Settled)
    draft: Draft | None = None
    count: int = 0
    after_blank: bool = False

    def line(self, row: int, line: str) -> None:
        if not line.strip():
            self.after_blank = True
            return
        answer = _ANSWER.fullmatch(line)
        option = _OPTION.fullmatch(line)
        if answer is not None:
            self.answer(row, answer["answer"])
        elif option is not None and self.is_next(option["letter"]):
            self.current(row).options.append(option["text"])
        elif self.draft is not None and self.draft.options and self.after_blank:
            self.end()
            self.stem(row, line)
        else:
            self.stem(row, line)
        self.after_blank = False

    def current(self, row: int) -> Draft:
        if self.draft is None:
            self.count += 1
            self.draft = Draft(number=str(self.count), row=row)
        return self.draft

    def is_next(self, letter: str) -> bool:
        options = self.draft.options if self.draft is not None else []
        return ord(letter) - ord("A") == len(options)

    def stem(self, row: int, line: str) -> None:
        draft = self.current(row)
        if not draft.options:
            draft.stem = f"{draft.stem}\n{line}"
        elif not draft.is_refused:
            draft.remark(Field.OPTIONS, "line_unplaced", text=clean(line)[:80])

    def answer(self, row: int, text: str) -> None:
        draft = self.current(row)
        self.draft = None
        indices = letters_in(text)
        if indices is None and not draft.is_refused:
            code = "key_unreadable" if text.strip() else "aiken_answer"
            draft.remark(Field.KEY, code, value=clean(text)[:60])
        elif indices is not None:
            draft.claims.append(KeyClaim(KeySource.LINE, indices))
        self.settled.add(draft)

    def end(self) -> None:
        """A question without its last line."""
        if self.draft is not None:
            if not self.draft.is_refused:
                self.draft.remark(Field.KEY, "aiken_answer")
            self.settled.add(self.draft)
        self.draft = None
