"""Bringing an upload into the bank as its author has settled it: once, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from quizzes.importing.storing import question_from_json, remark_from_json
from quizzes.importing.undoing import keep_changes
from quizzes.importing.uploads import let_file_go, open_picture
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
        rows = list(locked.rows.order_by("position"))
        taken = [row for row in rows if _is_taken(row)]
        report = apply_import(
            locked.bank,
            [_question_of(locked, row) for row in taken],
            by=by,
            at=at,
            rejected=[r for row in rows for r in _remarks_of(row) if r.severity is Severity.ERROR],
            topic=decision.topic,
            difficulty=decision.difficulty,
            approve=decision.approve,
            updates=_updates_of(taken),
        )
        keep_changes(locked, report.before)
        locked.result = _as_result(locked, rows, report)
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


def _updates_of(taken: Sequence[ImportedQuestion]) -> dict[int, int]:
    """Raises Conflict for a choice that cannot be followed any more."""
    updates = {}
    for index, row in enumerate(taken):
        if row.decision != ImportDecision.UPDATE:
            continue
        if row.known_id is None:
            raise Conflict(
                _(
                    "Câu %(number)s được chọn để cập nhật một câu không còn trong ngân hàng. "
                    "Hãy chọn lại cho câu đó."
                )
                % {"number": row.draft["number"] or row.draft["row"]}
            )
        updates[index] = row.known_id
    return updates


def _remarks_of(row: ImportedQuestion) -> list[Remark]:
    return [remark_from_json(remark) for remark in row.remarks]


def _as_result(
    upload: QuestionImport, rows: Sequence[ImportedQuestion], report: ImportReport
) -> dict[str, Any]:
    remarks = [remark_from_json(remark) for remark in upload.remarks]
    remarks += [remark for row in rows for remark in _remarks_of(row)]
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": sum(row.decision == ImportDecision.SKIP for row in rows),
        "rejected": sum(row.outcome == ImportOutcome.REFUSED for row in rows),
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
