"""Judging a draft: a question that can be asked, or the reasons why not. Nothing is guessed."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from core.vietnamese import LegacyEncoding, convert_legacy, detect_legacy_encoding
from quizzes.importing.emphasis import tells_key, without_emphasis
from quizzes.importing.limits import MAX_QUESTIONS
from quizzes.importing.parsed import (
    LETTERS,
    MAX_OPTIONS,
    MEDIA,
    MIN_OPTIONS,
    OPTION_KINDS,
    WRITTEN_SOURCES,
    BrokenQuestion,
    Difficulty,
    Draft,
    Field,
    Format,
    Kind,
    ParsedQuestion,
    ParseResult,
    Remark,
    Severity,
    UnreadableFile,
)
from quizzes.importing.plain import clean, day_in, folded, sameness, stem_key
from quizzes.importing.spool import Chosen, Spool
from quizzes.kinds import KINDS

MAX_STEM_CHARS = 4_000
MAX_OPTION_CHARS = 1_000
MAX_EXPLANATION_CHARS = 8_000
MAX_LEGAL_BASIS_CHARS = 300  # as QuestionVersion.legal_basis
MAX_TOPIC_CHARS = 160  # as Topic.name

_DIFFICULTIES = {
    Difficulty.EASY: {"de", "co ban", "nhan biet", "nb", "easy", "muc 1", "1", "thap", "biet"},
    Difficulty.MEDIUM: {
        "trung binh", "tb", "thong hieu", "th", "medium", "muc 2", "2", "vua", "hieu",
    },
    Difficulty.HARD: {
        "kho", "van dung", "vd", "van dung cao", "vdc", "nang cao", "hard", "muc 3", "3", "cao",
    },
}  # fmt: skip

_MANY = re.compile(
    r"\b(?:chon|co) (?:nhieu|cac|nhung|[2-8]|hai|ba|bon) (?:phuong an|dap an|y|cau tra "
    r"loi|lua chon)\b"
    r"|\bnhieu (?:phuong an|dap an|lua chon|cau tra loi) (?:dung|chinh xac)\b"
    r"|\((?:co the )?(?:chon )?nhieu (?:phuong an|dap an|lua chon)[^)]*\)"
    r"|\b(?:phuong an|dap an) nao (?:sau day )?(?:la )?dung \(nhieu\b"
)


@dataclass(slots=True)
class Settled:
    """Collects the outcome of a file, in its order: questions outside of memory."""

    questions: Spool[ParsedQuestion] = field(default_factory=Spool)
    broken: Spool[BrokenQuestion] = field(default_factory=Spool)
    remarks: list[Remark] = field(default_factory=list)

    def add(self, draft: Draft) -> None:
        question = settle(draft)
        self.remarks += draft.remarks
        if question is None:
            self.broken.append(_broken(draft))
        else:
            self.questions.append(question)

    def result(self, file_format: Format) -> ParseResult:
        """Raises UnreadableFile when there was nothing that looks like a question."""
        if not self.questions and not self.broken:
            raise UnreadableFile("no_questions")
        if len(self.questions) + len(self.broken) > MAX_QUESTIONS:
            raise UnreadableFile("too_many_questions", limit=MAX_QUESTIONS)
        questions = self._without_repeats()
        remarks = sorted(self.remarks, key=lambda remark: remark.row)
        return ParseResult(file_format, questions, self.broken, tuple(remarks))

    def _without_repeats(self) -> Sequence[ParsedQuestion]:
        """The bank knows a question by its stem, so one file may not say a stem twice."""
        first: dict[int, int] = {}  # hashes of stems, to be short
        kept = array("L")
        for place, question in enumerate(self.questions):
            key = stem_key(question.stem)
            known = first.setdefault(hash(key), place)
            if known == place or stem_key((earlier := self.questions[known]).stem) != key:
                kept.append(place)
                continue
            same = same_content(earlier, question)
            code = "repeated_question" if same else "repeated_stem"
            params = {"first": earlier.number or str(earlier.row)}
            self.remarks.append(
                Remark(question.row, Field.STEM, code, params, label=question.number)
            )
            self.broken.append(_repeated(question))
        return Chosen(self.questions, kept)


def _broken(draft: Draft) -> BrokenQuestion:
    options = tuple(clean(option) for option in draft.options)
    said = {tuple(sorted(set(claim.indices))) for claim in draft.claims}
    correct = said.pop() if len(said) == 1 else ()
    return BrokenQuestion(
        number=draft.number,
        row=draft.row,
        stem=clean(draft.stem),
        options=options,
        kind=draft.declared,
        correct=tuple(index for index in correct if index < len(options)),
        explanation=clean(draft.explanation),
        legal_basis=clean(draft.legal_basis),
        topic=" ".join(clean(draft.topic).split()),
        difficulty=clean(draft.difficulty),
        valid_until=clean(draft.valid_until),
        content=draft.content,
        key=draft.key,
        rule=draft.rule,
        marks=draft.marks,
        pictures=draft.pictures,
    )


def _repeated(question: ParsedQuestion) -> BrokenQuestion:
    return BrokenQuestion(
        number=question.number,
        row=question.row,
        stem=question.stem,
        options=question.options,
        kind=question.kind,
        correct=question.correct,
        explanation=question.explanation,
        legal_basis=question.legal_basis,
        topic=question.topic,
        difficulty=question.difficulty or "",
        valid_until=question.valid_until.isoformat() if question.valid_until else "",
        content=question.content,
        key=question.key,
        rule=question.rule,
        marks=question.marks,
        pictures=question.pictures,
    )


def same_content(one: ParsedQuestion, other: ParsedQuestion) -> bool:
    """The same texts, whatever their order and ids, and the same of them right."""
    return one.kind == other.kind and _meaning(one) == _meaning(other)


def _meaning(question: ParsedQuestion) -> object:
    """What the content and key say, by texts instead of ids."""
    content, key = question.content, question.key
    if content is None or key is None:
        return {(sameness(o), i in question.correct) for i, o in enumerate(question.options)}
    texts = {
        line["id"]: sameness(line["text"])
        for name in ("statements", "items", "left", "right")
        for line in content.get(name, ())
    }
    match question.kind:
        case Kind.STATEMENTS:
            return {text: i in key.get("true", ()) for i, text in texts.items()}
        case Kind.ORDERING:
            return [texts.get(i) for i in key.get("order", ())]
        case Kind.MATCHING:
            pairs = {texts.get(one): texts.get(two) for one, two in key.get("pairs", {}).items()}
            return pairs, set(texts.values())
        case _:
            return content, key


def settle(draft: Draft) -> ParsedQuestion | None:
    """The question, or None with at least one error among ``draft.remarks``."""
    if draft.is_refused:
        return None  # the reader's own reason is enough: the rest may follow from it
    stem, options = clean(draft.stem), [clean(option) for option in draft.options]
    _refuse_legacy_font(draft)
    if not stem:
        draft.remark(Field.STEM, "stem_missing")
    _check_lengths(draft, stem, options)
    difficulty, valid_until = _difficulty(draft), _valid_until(draft)
    if draft.content is not None and draft.key is not None and draft.declared is not None:
        if draft.is_refused or _is_refused_by_kind(draft, draft.declared):
            return None
        return _question(draft, draft.declared, stem, difficulty, valid_until)
    if draft.declared not in {None, *OPTION_KINDS}:
        draft.remark(Field.KIND, "kind_refused")  # an edit of what no reader could shape
        return None
    options_are_good = _check_options(draft, options)
    key = _key(draft, stem, len(options)) if options_are_good else None
    if key is None or draft.is_refused:
        return None
    kind, correct = key
    if kind is Kind.SITUATION and not draft.pictures.get(MEDIA):
        draft.remark(Field.KIND, "situation_without_media")
        return None
    _hide_telling_marks(draft, correct)
    question = _question(draft, kind, stem, difficulty, valid_until)
    return replace(question, options=tuple(options), correct=correct, content=None, key=None)


def _question(
    draft: Draft, kind: Kind, stem: str, difficulty: Difficulty | None, valid_until: date | None
) -> ParsedQuestion:
    return ParsedQuestion(
        number=draft.number,
        row=draft.row,
        kind=kind,
        stem=stem,
        options=(),
        correct=(),
        explanation=clean(draft.explanation),
        legal_basis=clean(draft.legal_basis),
        topic=" ".join(clean(draft.topic).split()),
        difficulty=difficulty,
        content=draft.content,
        key=draft.key,
        marks=dict(draft.marks),
        pictures=dict(draft.pictures),
        rule=draft.rule,
        valid_until=valid_until,
    )


def _is_refused_by_kind(draft: Draft, kind: Kind) -> bool:
    """The kind itself has the last word on what `shaping` made."""
    module = KINDS.get(kind)
    if module is None or not module.problems(draft.content or {}, draft.key or {}):
        return False
    draft.remark(Field.KIND, "kind_refused")
    return True


def _hide_telling_marks(draft: Draft, correct: Sequence[int]) -> None:
    """What contestants see must not tell the key: a bold word in the right option alone does."""
    parts = [letter.lower() for letter in LETTERS[: len(draft.options)]]
    if tells_key(draft.marks, parts, [parts[index] for index in correct]):
        draft.marks = without_emphasis(draft.marks, parts)
        draft.remark(Field.OPTIONS, "emphasis_left_out", severity=Severity.NOTE)


def _refuse_legacy_font(draft: Draft) -> None:
    """Text for TCVN3 or VNI fonts is never converted here: the author sees before and after."""
    for text in ("\n".join([draft.stem, *draft.options]), draft.stem):
        if refuse_legacy_text(draft, text):
            return


def refuse_legacy_text(draft: Draft, text: str) -> bool:
    """For readers that clean a text before `settle` sees it: the soft hyphen that cleaning takes
    away is the letter "ư" of TCVN3. Says it once a question."""
    encoding = detect_legacy_encoding(text)
    if encoding is None:
        return False
    if not any(remark.code == "legacy_font" for remark in draft.remarks):
        before, after = legacy_sample(text, encoding)
        draft.remark(Field.QUESTION, "legacy_font", before=before, after=after)
    return True


def legacy_sample(text: str, encoding: LegacyEncoding) -> tuple[str, str]:
    sample = " ".join(text.split())[:80]
    return sample, convert_legacy(sample, encoding)


def refuse_legacy_file(text: str) -> None:
    """Raises UnreadableFile when a file in which nothing was found is written for old fonts."""
    encoding = detect_legacy_encoding(text[:20_000])
    if encoding is not None:
        before, after = legacy_sample(text, encoding)
        raise UnreadableFile("legacy_font", before=before, after=after)


def _check_lengths(draft: Draft, stem: str, options: Sequence[str]) -> None:
    for on, text, limit in (
        (Field.STEM, stem, MAX_STEM_CHARS),
        (Field.OPTIONS, max(options, key=len, default=""), MAX_OPTION_CHARS),
        (Field.EXPLANATION, clean(draft.explanation), MAX_EXPLANATION_CHARS),
        (Field.LEGAL_BASIS, clean(draft.legal_basis), MAX_LEGAL_BASIS_CHARS),
        (Field.TOPIC, clean(draft.topic), MAX_TOPIC_CHARS),
    ):
        if len(text) > limit:
            draft.remark(on, "too_long", length=len(text), limit=limit)


def _check_options(draft: Draft, options: Sequence[str]) -> bool:
    """What follows from a missing option is not said again."""
    if not options:
        draft.remark(Field.OPTIONS, "options_missing")
    elif len(options) < MIN_OPTIONS:
        draft.remark(Field.OPTIONS, "options_too_few", count=len(options))
    elif len(options) > MAX_OPTIONS:
        draft.remark(Field.OPTIONS, "options_too_many", count=len(options), limit=MAX_OPTIONS)
    elif "" in options:
        draft.remark(Field.OPTIONS, "option_empty", letter=LETTERS[options.index("")])
    else:
        seen: dict[str, int] = {}
        for index, option in enumerate(options):
            earlier = seen.setdefault(sameness(option) or option, index)
            if earlier != index:
                draft.remark(
                    Field.OPTIONS, "options_same", one=LETTERS[earlier], other=LETTERS[index]
                )
                return False
        return True
    return False


def _key(draft: Draft, stem: str, count: int) -> tuple[Kind, tuple[int, ...]] | None:
    claims = [replace(c, indices=tuple(sorted(set(c.indices)))) for c in draft.claims]
    if not claims:
        draft.remark(Field.KEY, "key_partly_marked" if draft.partly_marked else "key_missing")
        return None
    if len({claim.indices for claim in claims}) > 1:
        one = claims[0]
        other = next(claim for claim in claims if claim.indices != one.indices)
        draft.remark(
            Field.KEY,
            "key_conflict",
            one=letters(one.indices),
            one_source=one.source,
            other=letters(other.indices),
            other_source=other.source,
        )
        return None
    indices = claims[0].indices
    outside = [index for index in indices if index >= count]
    if outside:
        draft.remark(
            Field.KEY, "key_outside", letter=letters(outside), last=LETTERS[count - 1], count=count
        )
        return None
    kind = _kind(draft, stem, indices)
    return None if kind is None else (kind, indices)


def _kind(draft: Draft, stem: str, indices: tuple[int, ...]) -> Kind | None:
    declared = draft.declared or (Kind.MULTIPLE if _MANY.search(folded(stem)) else None)
    if len(indices) == 1:
        if declared is Kind.MULTIPLE:
            draft.remark(Field.KEY, "multiple_with_one_key", severity=Severity.WARNING)
        return declared or Kind.SINGLE
    written = any(claim.source in WRITTEN_SOURCES for claim in draft.claims)
    if declared is Kind.MULTIPLE or (declared is None and written):
        return Kind.MULTIPLE
    draft.remark(Field.KEY, "key_twice", letters=letters(indices))
    return None


def _difficulty(draft: Draft) -> Difficulty | None:
    on, code = Field.DIFFICULTY, "difficulty_unknown"
    return _understood(draft, draft.difficulty, difficulty_in, on, code)


def _valid_until(draft: Draft) -> date | None:
    on, code = Field.VALID_UNTIL, "valid_until_unknown"
    return _understood(draft, draft.valid_until, day_in, on, code)


def _understood[T](
    draft: Draft, text: str, read: Callable[[str], T | None], on: Field, code: str
) -> T | None:
    """What is not understood is told and left empty."""
    if not text.strip():
        return None
    found = read(text)
    if found is None:
        draft.remark(on, code, value=clean(text)[:40], severity=Severity.WARNING)
    return found


def difficulty_in(text: str) -> Difficulty | None:
    name = folded(text).strip(" .:;()[]").removesuffix(".0")
    return next((level for level, names in _DIFFICULTIES.items() if name in names), None)


def letters(indices: Sequence[int]) -> str:
    return ", ".join(
        LETTERS[index] if index < len(LETTERS) else str(index + 1) for index in indices
    )
