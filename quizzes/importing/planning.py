"""What an import would do to a bank: new, changed or known, question by question. Only reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Conflict
from legal.models import Instrument
from quizzes import enums
from quizzes.enums import QuestionState
from quizzes.importing.checking import same_content
from quizzes.importing.citing import cite, known_instruments, names_an_instrument
from quizzes.importing.parsed import (
    Difficulty,
    Field,
    Kind,
    ParsedQuestion,
    Remark,
    Severity,
)
from quizzes.importing.plain import clean, folded, stem_key
from quizzes.importing.similarity import NearTexts
from quizzes.models import Question, QuestionBank, QuestionVersion

_TRUE_FALSE_IDS = ("true", "false")
_IDS = "abcdefgh"


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question of the bank with its current version."""

    question: Question
    version: QuestionVersion

    @property
    def is_retired(self) -> bool:
        return self.question.state == QuestionState.RETIRED


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """``known`` is the question of the bank with the same stem, or the one that is to be updated,
    None for a new one; ``twin`` one with nearly the same stem. ``changes_content``: its version
    must change, not only what explains it."""

    question: ParsedQuestion
    outcome: Outcome
    known: KnownQuestion | None
    changes_content: bool
    instrument: Instrument | None
    article: str
    remarks: tuple[Remark, ...]
    twin: KnownQuestion | None = None


def plan_import(
    bank: QuestionBank,
    questions: Sequence[ParsedQuestion],
    *,
    updates: Mapping[int, int] | None = None,
) -> list[PlannedQuestion]:
    """In the order given. Two statements, three with pictures, whatever the number of questions.

    ``updates``: position → key of the question of the bank that this one is to update though its
    stem is another. Raises Conflict when it is not in the bank any more.

    A question is known by its folded stem. The same text, options and key: unchanged, unless the
    file brings an explanation or a legal basis that differs; an empty one takes nothing away.
    """
    existing: dict[str, KnownQuestion] = {}
    by_id: dict[int, KnownQuestion] = {}
    for known in _questions_of(bank):
        by_id[known.question.pk] = known
        earlier = existing.setdefault(known.question.stem_key, known)
        if earlier.is_retired:
            existing[known.question.stem_key] = known
    near = NearTexts({key: key for key in existing})
    instruments = known_instruments()
    files = known_files(bank, questions)
    asked = updates or {}
    if any(target not in by_id for target in asked.values()):
        raise Conflict(_("Câu định cập nhật không còn trong ngân hàng. Hãy chọn lại cho câu đó."))
    plan = [
        _plan(question, existing, near, instruments, files, by_id.get(asked.get(index, 0)))
        for index, question in enumerate(questions)
    ]
    if asked:
        _refuse_two_for_one(plan)
    return plan


def _refuse_two_for_one(plan: Sequence[PlannedQuestion]) -> None:
    first: dict[int, ParsedQuestion] = {}
    for planned in plan:
        if planned.known is None:
            continue
        number = planned.known.question.pk
        other = first.setdefault(number, planned.question)
        if other is not planned.question:
            raise Conflict(
                _(
                    "Câu %(one)s và câu %(other)s trong tệp cùng cập nhật câu #%(number)s. "
                    "Hãy chọn lại cho một trong hai câu."
                )
                % {"one": other.number, "other": planned.question.number, "number": number}
            )


def near_repeats(questions: Sequence[ParsedQuestion]) -> dict[int, int]:
    """Position → position of an earlier question with nearly the same stem."""
    keys = [stem_key(question.stem) for question in questions]
    near: NearTexts[int] = NearTexts({}, expected=keys)
    found: dict[int, int] = {}
    for index, key in enumerate(keys):
        twin = near.nearest(key)
        if twin is not None:
            found[index] = twin
        near.add(index, key)
    return found


def known_files(bank: QuestionBank, questions: Iterable[ParsedQuestion]) -> dict[str, int]:
    """Ids of the bank's files by sha256. No statement when no question shows a picture."""
    if not any(question.pictures for question in questions):
        return {}
    return dict(bank.files.values_list("sha256", "pk"))


def _questions_of(bank: QuestionBank) -> Iterator[KnownQuestion]:
    questions = Question.objects.filter(bank=bank).select_related("current_version", "topic")
    for question in questions.order_by("pk"):
        if question.current_version is not None:
            yield KnownQuestion(question, question.current_version)


def _plan(
    question: ParsedQuestion,
    existing: dict[str, KnownQuestion],
    near: NearTexts[str],
    instruments: dict[str, Instrument],
    files: Mapping[str, int],
    target: KnownQuestion | None,
) -> PlannedQuestion:
    key = stem_key(question.stem)
    known = target or existing.get(key)
    instrument, article = cite(question.legal_basis, instruments)
    remarks = _legal_remarks(question, instrument, has_catalogue=bool(instruments))
    if known is None:
        nearest = near.nearest(key)
        twin = existing[nearest] if nearest is not None else None
        if twin is not None:
            remarks.append(_near_duplicate(question, twin))
        return PlannedQuestion(
            question, Outcome.CREATED, None, True, instrument, article, tuple(remarks), twin
        )
    remarks += _kept_remarks(question, known)
    changes_content = _differs(question, known, files)
    explains = _explains_otherwise(question, known)
    outcome = Outcome.UPDATED if changes_content or explains else Outcome.UNCHANGED
    return PlannedQuestion(
        question, outcome, known, changes_content, instrument, article, tuple(remarks)
    )


def _differs(question: ParsedQuestion, known: KnownQuestion, files: Mapping[str, int]) -> bool:
    current = parsed_of(known.version)
    if question.rule and question.rule != current.rule:
        return True
    if clean(current.stem) != question.stem or not same_content(current, question):
        return True
    return not _shows_alike(question, known.version.content, files)


def _shows_alike(
    question: ParsedQuestion, content: Mapping[str, Any], files: Mapping[str, int]
) -> bool:
    """Marks and pictures that the file has are those of the bank; a kind of file that carries none
    takes none away."""
    shown = shown_of(question, files)
    return all(content.get(name, {}) == found for name, found in shown.items())


def _explains_otherwise(question: ParsedQuestion, known: KnownQuestion) -> bool:
    return any(
        new and clean(old) != new
        for old, new in (
            (known.version.explanation, question.explanation),
            (known.version.legal_basis, question.legal_basis),
        )
    )


def parsed_of(version: QuestionVersion) -> ParsedQuestion:
    """A version in the form of a file's question, to compare with one."""
    options = version.content.get("options", [])
    correct = set(version.key.get("correct", []))
    has_options = "options" in version.content
    return ParsedQuestion(
        number=str(version.number),
        row=0,
        kind=Kind(version.kind),
        stem=version.stem,
        options=tuple(option["text"] for option in options),
        correct=tuple(i for i, option in enumerate(options) if option["id"] in correct),
        content=None if has_options else _without_shown(version.content),
        key=None if has_options else version.key,
        rule=str(version.key.get("rule", "")) if has_options else "",
    )


def _without_shown(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in {"marks", "pictures"}}


def content_of(question: ParsedQuestion, files: Mapping[str, int] | None = None) -> dict[str, Any]:
    """As the kind's module in ``quizzes.kinds`` wants it. ``files``: ids of the bank's files by
    sha256, of the question's pictures at least."""
    shown = shown_of(question, files or {})
    if question.content is not None:
        return {**question.content, **shown}
    ids = option_ids_of(question)
    texts = zip(ids, question.options, strict=True)
    return {"options": [{"id": option_id, "text": text} for option_id, text in texts], **shown}


def shown_of(question: ParsedQuestion, files: Mapping[str, int]) -> dict[str, Any]:
    """ "marks" and "pictures" of a version's content, each only when there are some. The size of a
    picture stands beside it so that a page keeps its place while it loads."""
    shown: dict[str, Any] = {}
    if question.marks:
        shown["marks"] = {part: [list(m) for m in marks] for part, marks in question.marks.items()}
    if question.pictures:
        shown["pictures"] = {
            part: [
                {
                    "file": files.get(picture.sha256),
                    "alt": picture.alt,
                    "width": picture.width,
                    "height": picture.height,
                }
                for picture in pictures
            ]
            for part, pictures in question.pictures.items()
        }
    return shown


def texts_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The text of each option, statement or item, by id."""
    return {
        part["id"]: part["text"]
        for parts in content.values()
        if isinstance(parts, list)
        for part in parts
        if isinstance(part, Mapping) and "id" in part and "text" in part
    }


def key_of(question: ParsedQuestion) -> dict[str, Any]:
    if question.key is not None:
        return dict(question.key)
    ids = option_ids_of(question)
    key: dict[str, Any] = {"correct": [ids[index] for index in question.correct]}
    return key | {"rule": question.rule} if question.rule else key


def option_ids_of(question: ParsedQuestion) -> Sequence[str]:
    if question.kind is Kind.TRUE_FALSE:
        return _TRUE_FALSE_IDS
    return _IDS[: len(question.options)]


def _legal_remarks(
    question: ParsedQuestion, instrument: Instrument | None, *, has_catalogue: bool
) -> list[Remark]:
    if instrument is not None and instrument.status == Instrument.Status.EXPIRED:
        return [_warning(question, Field.LEGAL_BASIS, "legal_expired", number=instrument.number)]
    if instrument is None and has_catalogue and names_an_instrument(question.legal_basis):
        text = question.legal_basis[:80]
        return [_warning(question, Field.LEGAL_BASIS, "legal_unknown", text=text)]
    return []


def _kept_remarks(question: ParsedQuestion, known: KnownQuestion) -> list[Remark]:
    """An import never moves a question to another topic or difficulty: papers are drawn by them."""
    remarks = []
    kept = known.question
    if known.is_retired:
        remarks.append(_warning(question, Field.QUESTION, "question_retired"))
    if question.topic and folded(question.topic) != kept.topic.search_key:
        remarks.append(
            _warning(
                question, Field.TOPIC, "topic_kept", kept=kept.topic.name, given=question.topic
            )
        )
    if question.difficulty and question.difficulty != kept.difficulty:
        remarks.append(
            _warning(
                question,
                Field.DIFFICULTY,
                "difficulty_kept",
                kept=kept.get_difficulty_display(),
                given=difficulty_label(question.difficulty),
            )
        )
    return remarks


def difficulty_label(difficulty: Difficulty) -> str:
    return str(enums.Difficulty(difficulty).label)


def _near_duplicate(question: ParsedQuestion, twin: KnownQuestion) -> Remark:
    stem = " ".join(twin.version.stem.split())[:100]
    return _warning(question, Field.STEM, "near_duplicate", twin=twin.question.pk, stem=stem)


def _warning(question: ParsedQuestion, on: Field, code: str, **params: str | int) -> Remark:
    return Remark(question.row, on, code, params, Severity.WARNING, question.number)
