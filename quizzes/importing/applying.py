"""Writing a plan to the bank, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import NotAllowed
from legal.deleting import hold_cited
from people.models import User
from quizzes import rules
from quizzes.enums import QuestionState
from quizzes.flagging import recheck_flags
from quizzes.importing.bank_writing import BankWriter
from quizzes.importing.citing import cite, known_instruments
from quizzes.importing.parsed import ParsedPicture, ParsedQuestion, Remark
from quizzes.importing.planning import BATCH, Outcome, PlannedQuestion, known_files, plan_import
from quizzes.models import QuestionBank
from quizzes.question_files import keep_pictures


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts of questions; ``rejected`` the errors of the file, ``remarks`` what was found in the
    bank, ``new_topics`` keys."""

    created: int
    updated: int
    unchanged: int
    rejected: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    new_topics: tuple[int, ...] = ()


@transaction.atomic
def apply_import(
    bank: QuestionBank,
    questions: Iterable[ParsedQuestion],
    *,
    by: User | None,
    at: datetime,
    rejected: Sequence[Remark] = (),
    topic: str = "",
    difficulty: str = "",
    approve: bool = False,
    updates: Mapping[int, int] | None = None,
    note: Callable[[Mapping[int, str | None]], None] | None = None,
) -> ImportReport:
    """Create and update questions, 500 at a time; a repeat changes nothing. ``questions`` are gone
    through twice, one by one.

    ``topic`` and ``difficulty`` are for the new questions that have none of their own. ``by`` None
    is the server's own command. New and changed questions are drafts unless ``approve``: then they
    wait for a review, since nobody approves the own; only what the server imports is approved at
    once. A changed one that was approved must be reviewed again. A version that has been drawn,
    reviewed or commented on is never touched, a new one follows it. ``updates`` as in
    `plan_import`. ``note`` is told after each batch what was written: key of the question → how it
    was (`undoing.snapshot`), None for a new one. Raises NotAllowed, Conflict.
    """
    bank = QuestionBank.objects.select_for_update().get(pk=bank.pk)
    if by is not None and not rules.can_author(by, bank, at):
        raise NotAllowed(
            _("Bạn không phụ trách ngân hàng câu hỏi này nên không nhập câu hỏi được.")
        )
    hold_cited(_cited(questions))  # all at once: locks taken batch by batch might cross
    approved = QuestionState.APPROVED if by is None else QuestionState.IN_REVIEW
    state = approved if approve else QuestionState.DRAFT
    writer = BankWriter(bank, by, at, state, topic, difficulty)

    def written() -> Iterator[PlannedQuestion]:
        for plan in batched(plan_import(bank, questions, updates=updates), BATCH):
            pictures = keep_pictures(bank, _pictures_of(plan), by=by, at=at)
            writer.files |= known_files(bank, (p.question for p in plan)) | pictures
            writer.write(plan)
            if note is not None and writer.before:
                note(writer.before)
            yield from plan

    report = report_of(written(), rejected)
    report = replace(report, new_topics=tuple(writer.new_topics))
    if report.created or report.updated:
        recheck_flags(at=at, bank=bank)
        _record(bank, report, by=by, at=at)
    return report


def preview_import(
    bank: QuestionBank, questions: Iterable[ParsedQuestion], *, rejected: Sequence[Remark] = ()
) -> ImportReport:
    """The report ``apply_import`` would give now; writes nothing."""
    return report_of(plan_import(bank, questions), rejected)


def report_of(plan: Iterable[PlannedQuestion], rejected: Sequence[Remark]) -> ImportReport:
    counts: Counter[Outcome] = Counter()
    remarks: list[Remark] = []
    for planned in plan:
        counts[planned.outcome] += 1
        remarks += planned.remarks
    return ImportReport(
        counts[Outcome.CREATED],
        counts[Outcome.UPDATED],
        counts[Outcome.UNCHANGED],
        tuple(rejected),
        tuple(remarks),
    )


def _cited(questions: Iterable[ParsedQuestion]) -> set[int]:
    """Keys of the instruments that the questions cite."""
    instruments = known_instruments()
    found = (cite(q.legal_basis, instruments)[0] for q in questions if q.legal_basis)
    return {instrument.pk for instrument in found if instrument}


def _pictures_of(plan: Sequence[PlannedQuestion]) -> Iterator[ParsedPicture]:
    for planned in plan:
        if planned.outcome in {Outcome.CREATED, Outcome.UPDATED}:
            for pictures in planned.question.pictures.values():
                yield from (picture for picture in pictures if not picture.in_bank)


def _record(bank: QuestionBank, report: ImportReport, *, by: User | None, at: datetime) -> None:
    counts = {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": len(report.rejected),
    }
    audit.record(
        "questions.imported",
        bank,
        by=by,
        at=at,
        summary=_("Nhập câu hỏi vào ngân hàng “%(bank)s”: %(created)d mới, %(updated)d cập nhật.")
        % {"bank": bank.name, **counts},
        data=counts,
    )
