"""What an import would do to a bank: new, changed or known, question by question. Only reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _

from core.errors import Conflict
from legal.models import Instrument
from quizzes import enums
from quizzes.importing.bank_index import BankIndex, KnownQuestion
from quizzes.importing.checking import same_content
from quizzes.importing.citing import cite, known_instruments, names_an_instrument
from quizzes.importing.parsed import Difficulty, Field, ParsedQuestion, Remark, Severity
from quizzes.importing.plain import clean, folded, stem_key
from quizzes.importing.similarity import NearTexts
from quizzes.importing.version_content import parsed_of, shown_of
from quizzes.models import QuestionBank

# So many questions are compared and written at once.
BATCH = 500


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"  # it shows a file by name that this bank does not have


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
    questions: Iterable[ParsedQuestion],
    *,
    updates: Mapping[int, int] | None = None,
) -> Iterator[PlannedQuestion]:
    """In the order given, one by one: what is known of the bank meanwhile is numbers, and the
    questions of its that a batch is compared with. Two statements, three with pictures, and one
    more for every 500 questions of which the bank has any.

    ``updates``: position → key of the question of the bank that this one is to update though its
    stem is another. Raises Conflict when it is not in the bank any more.

    A question is known by its folded stem. The same text, options and key: unchanged, unless the
    file brings an explanation, a legal basis or a last day that differs; an empty one takes nothing
    away.
    """
    asked = updates or {}
    planner = _Planner(bank, BankIndex(bank), known_instruments())
    taken: dict[int, str] = {}
    for batch in batched(enumerate(questions), BATCH):
        for planned in planner.plan(batch, asked):
            if asked and planned.known is not None:
                _refuse_two_for_one(planned, planned.known, taken)
            yield planned


def _refuse_two_for_one(
    planned: PlannedQuestion, known: KnownQuestion, taken: dict[int, str]
) -> None:
    """``taken``: key of a question of the bank → number of that of the file that updates it."""
    pk, number = known.question.pk, planned.question.number
    if pk in taken:
        raise Conflict(
            _(
                "Câu %(one)s và câu %(other)s trong tệp cùng cập nhật câu #%(number)s. "
                "Hãy chọn lại cho một trong hai câu."
            )
            % {"one": taken[pk], "other": number, "number": pk}
        )
    taken[pk] = number


@dataclass(slots=True)
class _Planner:
    bank: QuestionBank
    index: BankIndex
    instruments: dict[str, Instrument]
    files: dict[str, int] | None = None  # looked up once there is a picture

    def plan(
        self, batch: Sequence[tuple[int, ParsedQuestion]], asked: Mapping[int, int]
    ) -> Iterator[PlannedQuestion]:
        questions = [question for _place, question in batch]
        found: list[tuple[int | None, int | None]] = []
        for place, question in batch:
            key = stem_key(question.stem)
            known = asked.get(place) or self.index.find(key)
            found.append((known, None if known else self.index.nearest(key)))
        in_bank = self.index.fetch({pk for pair in found for pk in pair if pk})
        if any(asked[place] not in in_bank for place, _question in batch if place in asked):
            raise Conflict(
                _("Câu định cập nhật không còn trong ngân hàng. Hãy chọn lại cho câu đó.")
            )
        if self.files is None and any(question.pictures for question in questions):
            self.files = known_files(self.bank, questions)
        for question, (known, twin) in zip(questions, found, strict=True):
            yield _plan(
                question,
                in_bank.get(known or 0),
                in_bank.get(twin or 0),
                self.instruments,
                self.files or {},
            )


def near_repeats(questions: Iterable[ParsedQuestion]) -> dict[int, int]:
    """Position → position of an earlier question with nearly the same stem. Goes through the
    questions twice."""
    near: NearTexts[int] = NearTexts({}, expected=(stem_key(q.stem) for q in questions))
    found: dict[int, int] = {}
    for index, question in enumerate(questions):
        key = stem_key(question.stem)
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


def _plan(
    question: ParsedQuestion,
    known: KnownQuestion | None,
    twin: KnownQuestion | None,
    instruments: dict[str, Instrument],
    files: Mapping[str, int],
) -> PlannedQuestion:
    instrument, article = cite(question.legal_basis, instruments)
    remarks = _legal_remarks(question, instrument, has_catalogue=bool(instruments))
    if _lacks_file(question, files):
        remarks.append(Remark(question.row, Field.KIND, "media_not_in_bank", label=question.number))
        return PlannedQuestion(
            question, Outcome.REFUSED, None, False, instrument, article, tuple(remarks)
        )
    if known is None:
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


def _lacks_file(question: ParsedQuestion, files: Mapping[str, int]) -> bool:
    return any(
        picture.in_bank and picture.sha256 not in files
        for pictures in question.pictures.values()
        for picture in pictures
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
    if question.valid_until and question.valid_until != known.version.valid_until:
        return True
    return any(
        new and clean(old) != new
        for old, new in (
            (known.version.explanation, question.explanation),
            (known.version.legal_basis, question.legal_basis),
        )
    )


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
