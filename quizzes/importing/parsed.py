"""What the readers hand over: questions understood, questions refused, and remarks about both."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from quizzes.marked_text import TextMark

MAX_OPTIONS = 8
MIN_OPTIONS = 2
LETTERS = "ABCDEFGH"
MEDIA = "media"  # the part of a situation that is its picture or video

type Params = Mapping[str, str | int]


class Format(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"  # and CSV
    GIFT = "gift"
    MOODLE_XML = "moodle_xml"
    AIKEN = "aiken"
    QTI = "qti"
    TEXT = "text"  # pasted, or a plain text file


class Kind(StrEnum):
    """Codes are those of ``quizzes.kinds``."""

    SINGLE = "single_choice"
    MULTIPLE = "multiple_choice"
    TRUE_FALSE = "true_false"
    STATEMENTS = "statements"
    ORDERING = "ordering"
    MATCHING = "matching"
    NUMBER = "number"
    SHORT_TEXT = "short_text"
    SITUATION = "situation"
    ESSAY = "essay"


OPTION_KINDS = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.SITUATION})


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Severity(StrEnum):
    ERROR = "error"  # the question is not taken
    WARNING = "warning"  # the question is taken, the author should look at it
    NOTE = "note"  # something of the file that is no question was left out, or rewritten


class Field(StrEnum):
    """The part of a question that a remark is about."""

    FILE = "file"
    QUESTION = "question"
    NUMBER = "number"
    KIND = "kind"
    STEM = "stem"
    OPTIONS = "options"
    KEY = "key"
    EXPLANATION = "explanation"
    LEGAL_BASIS = "legal_basis"
    VALID_UNTIL = "valid_until"
    TOPIC = "topic"
    DIFFICULTY = "difficulty"


class KeySource(StrEnum):
    """Where the file says which option is right."""

    UNDERLINE = "underline"
    BOLD = "bold"
    RED = "red"
    COLOUR = "colour"
    HIGHLIGHT = "highlight"
    STAR = "star"
    LINE = "line"
    TABLE = "table"
    COLUMN = "column"
    GIFT = "gift"
    FILE = "file"  # the key's own element in Moodle XML and QTI


# A list of letters in writing says "these, together"; formatting may be a slip of the mouse.
WRITTEN_SOURCES = frozenset(
    {KeySource.LINE, KeySource.TABLE, KeySource.COLUMN, KeySource.GIFT, KeySource.FILE}
)


@dataclass(frozen=True, slots=True)
class Remark:
    """``row``: Word and pasted text: the question's number; Moodle XML and QTI: its place in the
    file, 1-based; Excel, GIFT and Aiken: line of the file, 1-based. 0 when about the file.

    ``label`` is the question's number or name as written in the file, empty when about no question.
    ``code`` and ``params`` become a sentence in `messages.py`.
    """

    row: int
    field: Field
    code: str
    params: Params = dataclasses.field(default_factory=dict)
    severity: Severity = Severity.ERROR
    label: str = ""


@dataclass(frozen=True, slots=True)
class ParsedPicture:
    """A picture of a question's part, decoded and written anew by `quizzes.pictures`; also the
    video of a situation, whose size is 0 × 0.

    ``source_sha256`` is that of the file it was made of, when it is known: a bank has the picture
    already when it has that. ``in_bank``: the file only names it, the bank has to have its bytes.
    """

    data: bytes = dataclasses.field(repr=False)
    sha256: str
    media_type: str
    width: int
    height: int
    alt: str = ""
    source_sha256: str = ""
    in_bank: bool = False


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """``correct`` holds sorted indices into ``options``; its length is 1 unless ``kind`` is
    MULTIPLE. A kind that has no options brings ``content`` and ``key`` instead, in the shapes of
    its module in ``quizzes.kinds``; they are None for a kind with options.

    True/false questions have the options "Đúng", "Sai" in this order. Text is plain, NFC, lines
    split by a newline. ``number`` is the label in the file. ``marks`` (as in
    `quizzes.marked_text`) and ``pictures`` are by part: "stem" or the id that the option, the
    statement or the item will have ("a", "b", …), and MEDIA for what a situation shows. ``rule`` is
    how a kind with options is scored when the file says so; other kinds have it in ``key``.
    ``valid_until``: the last day on which the key is right.
    """

    number: str
    row: int
    kind: Kind
    stem: str
    options: tuple[str, ...]
    correct: tuple[int, ...]
    explanation: str = ""
    legal_basis: str = ""
    topic: str = ""
    difficulty: Difficulty | None = None
    content: Mapping[str, Any] | None = None
    key: Mapping[str, Any] | None = None
    marks: Mapping[str, tuple[TextMark, ...]] = dataclasses.field(default_factory=dict)
    pictures: Mapping[str, tuple[ParsedPicture, ...]] = dataclasses.field(default_factory=dict)
    rule: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class BrokenQuestion:
    """What could be read of a refused question, so that the author can find it and put it right.

    ``kind`` and ``correct`` are what the file says, if it says it once; ``difficulty`` and
    ``valid_until`` are as written.
    """

    number: str
    row: int
    stem: str
    options: tuple[str, ...]
    kind: Kind | None = None
    correct: tuple[int, ...] = ()
    explanation: str = ""
    legal_basis: str = ""
    topic: str = ""
    difficulty: str = ""
    valid_until: str = ""
    content: Mapping[str, Any] | None = None
    key: Mapping[str, Any] | None = None
    rule: str = ""
    marks: Mapping[str, tuple[TextMark, ...]] = dataclasses.field(default_factory=dict)
    pictures: Mapping[str, tuple[ParsedPicture, ...]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParseResult:
    """``remarks`` are in the order of their rows, those about the file (row 0) first. Questions may
    be outside of memory (`spool`): go through them one by one."""

    format: Format
    questions: Sequence[ParsedQuestion]
    broken: Sequence[BrokenQuestion] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def rejected(self) -> tuple[Remark, ...]:
        return tuple(r for r in self.remarks if r.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class KeyClaim:
    """One statement of the file about the key of one question: indices into its options."""

    source: KeySource
    indices: tuple[int, ...]


@dataclass(slots=True)
class Draft:
    """A question being read, before it is judged by `checking.settle`.

    ``declared`` is the kind the file states in words, None when it states none. ``partly_marked``:
    some words inside an option stand out, which is emphasis more often than a key. A kind without
    options has its ``content`` and ``key`` instead of claims, and its texts in ``options`` only to
    be shown when it is refused.
    """

    number: str
    row: int
    stem: str = ""
    options: list[str] = dataclasses.field(default_factory=list)
    claims: list[KeyClaim] = dataclasses.field(default_factory=list)
    declared: Kind | None = None
    explanation: str = ""
    legal_basis: str = ""
    topic: str = ""
    difficulty: str = ""
    valid_until: str = ""
    partly_marked: bool = False
    content: dict[str, Any] | None = None
    key: dict[str, Any] | None = None
    marks: dict[str, tuple[TextMark, ...]] = dataclasses.field(default_factory=dict)
    pictures: dict[str, tuple[ParsedPicture, ...]] = dataclasses.field(default_factory=dict)
    rule: str = ""
    remarks: list[Remark] = dataclasses.field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return any(remark.severity is Severity.ERROR for remark in self.remarks)

    def remark(
        self,
        on: Field,
        code: str,
        /,
        *,
        severity: Severity = Severity.ERROR,
        **params: str | int,
    ) -> None:
        self.remarks.append(Remark(self.row, on, code, params, severity, self.number))


class UnreadableFile(Exception):
    """The file as a whole cannot be read; nothing was taken. ``code`` gets its words in
    `messages.py`."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Params = params
