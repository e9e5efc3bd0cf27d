"""Bringing an upload into the bank as its author has settled it: once, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import Conflict
from core.jobs import Progress, start_job
from people.models import User
from quizzes.enums import ImportDecision, ImportOutcome
from quizzes.importing.applying import ImportReport, apply_import
from quizzes.importing.messages import describe, field_name, place_of
from quizzes.importing.parsed import Difficulty, Format, ParsedQuestion, Remark, Severity
from quizzes.importing.planning import BATCH
from quizzes.importing.storing import question_from_json, remark_from_json
from quizzes.importing.undoing import keep_changes
from quizzes.importing.upload_files import let_file_go, open_picture
from quizzes.models import ImportedQuestion, QuestionImport

APPLY_JOB = "questions.apply"
# More questions than this are applied in the background.
INLINE_QUESTIONS = 200


@dataclass(frozen=True, slots=True)
class Decision:
    """What the author settles for the whole file: for the questions without a topic or difficulty
    of their own, and whether the questions are approved at once."""

    topic: str = ""
    difficulty: str = ""
    approve: bool = False


def start_applying(upload: QuestionImport, decision: Decision, *, by: User, at: datetime) -> None:
    """Apply now, or in the background when there are many questions. Raises DomainError."""
    from quizzes.tasks import apply_question_import

    if upload.rows.count() <= INLINE_QUESTIONS:
        apply_upload(upload, decision, by=by, at=at)
        return
    with transaction.atomic():
        locked = QuestionImport.objects.select_for_update().get(pk=upload.pk)
        is_busy = locked.job is not None and not locked.job.is_finished
        if locked.applied_at is not None or is_busy:
            raise Conflict(_("Tệp này đang được nhập hoặc đã nhập xong."))
        locked.job = start_job(
            apply_question_import,
            kind=APPLY_JOB,
            by=by,
            at=at,
            parameters={
                "import": locked.pk,
                "topic": decision.topic,
                "difficulty": decision.difficulty,
                "approve": decision.approve,
            },
        )
        locked.save(update_fields=["job"])


def apply_upload(
    upload: QuestionImport,
    decision: Decision,
    *,
    by: User,
    at: datetime,
    progress: Progress | None = None,
) -> None:
    """Write what is taken, keep the report and what undoing needs, let file and rows go.

    A repeat does nothing. Raises NotAllowed, Conflict.
    """
    total = upload.rows.count()
    if progress:
        progress(0, total, stage=_("Đang ghi vào ngân hàng"))
    with transaction.atomic():
        locked = QuestionImport.objects.select_for_update().filter(pk=upload.pk).first()
        if locked is None:
            raise Conflict(_("Tệp này đã được nhập hoặc đã bỏ. Hãy tải lên lại."))
        if locked.applied_at is not None:
            return
        if locked.read_at is None:
            raise Conflict(_("Tệp này chưa đọc xong nên chưa nhập được."))
        found = _look_through(locked)
        report = apply_import(
            locked.bank,
            _Taken(locked),
            by=by,
            at=at,
            rejected=found.errors,
            topic=decision.topic,
            difficulty=decision.difficulty,
            approve=decision.approve,
            updates=found.updates,
            note=partial(keep_changes, locked),
        )
        locked.result = _as_result(locked, found, report)
        locked.applied_at = at
        let_file_go(locked)
        locked.file, locked.pictures = "", {}
        locked.save(update_fields=["result", "applied_at", "file", "pictures"])
        locked.rows.all().delete()
    if progress:
        progress(total, total)


def _is_taken(row: ImportedQuestion) -> bool:
    return row.outcome != ImportOutcome.REFUSED and row.decision != ImportDecision.SKIP


def _question_of(upload: QuestionImport, row: ImportedQuestion) -> ParsedQuestion:
    question = question_from_json(row.parsed or {}, open_picture=partial(open_picture, upload))
    return replace(
        question,
        topic=row.topic or question.topic,
        difficulty=Difficulty(row.difficulty) if row.difficulty else question.difficulty,
    )


@dataclass(frozen=True, slots=True)
class _Taken:
    """The questions that are taken, a batch of rows in memory at a time."""

    upload: QuestionImport

    def __iter__(self) -> Iterator[ParsedQuestion]:
        for row in _rows(self.upload):
            if _is_taken(row):
                yield _question_of(self.upload, row)


def _rows(upload: QuestionImport) -> Iterator[ImportedQuestion]:
    last = -1
    rows = upload.rows.order_by("position")
    while batch := list(rows.filter(position__gt=last)[:BATCH]):
        yield from batch
        last = batch[-1].position


@dataclass(slots=True)
class _Found:
    """What the rows say together. ``updates`` as in `planning.plan_import`."""

    skipped: int = 0
    refused: int = 0
    remarks: list[Remark] = field(default_factory=list)
    updates: dict[int, int] = field(default_factory=dict)

    @property
    def errors(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.severity is Severity.ERROR]


def _look_through(upload: QuestionImport) -> _Found:
    """Raises Conflict for a choice that cannot be followed any more."""
    found = _Found()
    taken = 0
    for row in _rows(upload):
        found.remarks += [remark_from_json(remark) for remark in row.remarks]
        found.skipped += row.decision == ImportDecision.SKIP
        found.refused += row.outcome == ImportOutcome.REFUSED
        if not _is_taken(row):
            continue
        if row.decision == ImportDecision.UPDATE:
            if row.known_id is None:
                raise Conflict(
                    _(
                        "Câu %(number)s được chọn để cập nhật một câu không còn trong ngân hàng. "
                        "Hãy chọn lại cho câu đó."
                    )
                    % {"number": row.draft["number"] or row.draft["row"]}
                )
            found.updates[taken] = row.known_id
        taken += 1
    return found


def _as_result(upload: QuestionImport, found: _Found, report: ImportReport) -> dict[str, Any]:
    remarks = [remark_from_json(remark) for remark in upload.remarks]
    remarks += found.remarks
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": found.skipped,
        "rejected": found.refused,
        "new_topics": list(report.new_topics),
        "remarks": [
            describe_row(remark, Format(upload.format)) for remark in (*remarks, *report.remarks)
        ],
    }


def describe_row(remark: Remark, file_format: Format) -> dict[str, str]:
    return {
        "place": place_of(remark, file_format),
        "field": field_name(remark),
        "message": describe(remark),
        "severity": remark.severity.value,
    }
