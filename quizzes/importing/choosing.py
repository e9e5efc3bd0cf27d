"""What the author of an upload wants with its questions: which, into which topic and bank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from core.errors import Conflict, NotAllowed
from people.models import User
from quizzes import rules
from quizzes.enums import ImportDecision, ImportOutcome
from quizzes.importing.planning import plan_import
from quizzes.importing.storing import question_from_json
from quizzes.importing.upload_files import copy_pictures
from quizzes.importing.upload_rows import describe_plan
from quizzes.importing.uploads import lock_open
from quizzes.models import ImportedQuestion, QuestionBank, QuestionImport

type Rows = QuerySet[ImportedQuestion, Any]

PLANNED_FIELDS = (
    "decision",
    "outcome",
    "known",
    "twin",
    "bank_remarks",
    "has_problem",
)
_BATCH = 500


class Show(StrEnum):
    """Which rows of an upload are looked at."""

    ALL = "all"
    PROBLEMS = "problems"
    REFUSED = "refused"
    NEAR = "near"
    NEW = "new"
    CHANGED = "changed"
    SKIPPED = "skipped"
    EDITED = "edited"


_CONDITIONS: dict[Show, Q] = {
    Show.ALL: Q(),
    Show.PROBLEMS: Q(has_problem=True),
    Show.REFUSED: Q(outcome=ImportOutcome.REFUSED),
    Show.NEAR: Q(twin__isnull=False) | Q(twin_position__isnull=False),
    Show.NEW: Q(outcome=ImportOutcome.CREATED),
    Show.CHANGED: Q(outcome=ImportOutcome.UPDATED),
    Show.SKIPPED: Q(decision=ImportDecision.SKIP),
    Show.EDITED: Q(edited__isnull=False),
}


def rows_of(upload: QuestionImport, show: Show = Show.ALL) -> Rows:
    """In the order of the file."""
    return upload.rows.filter(_CONDITIONS[show]).order_by("position")


def count_rows(upload: QuestionImport) -> dict[str, int]:
    """Rows of each `Show`, and by what applying would do now: ``to_create``, ``to_update``,
    ``to_keep``, ``without_topic`` (of those to be created). One statement."""
    taken = ~Q(decision=ImportDecision.SKIP)
    created = taken & _CONDITIONS[Show.NEW]
    counts: dict[str, int] = upload.rows.aggregate(
        **{show.value: Count("pk", filter=condition) for show, condition in _CONDITIONS.items()},
        to_create=Count("pk", filter=created),
        to_update=Count("pk", filter=taken & _CONDITIONS[Show.CHANGED]),
        to_keep=Count("pk", filter=taken & Q(outcome=ImportOutcome.UNCHANGED)),
        without_topic=Count("pk", filter=created & Q(topic="", parsed__topic="")),
    )
    return counts


@transaction.atomic
def decide(upload: QuestionImport, rows: Rows, decision: ImportDecision) -> int:
    """Take, leave out, or let update their near-duplicate of the bank; how many that concerned.

    Refused rows cannot be taken and are passed over, and so are rows without a near-duplicate when
    they are to update one. Raises Conflict.
    """
    locked = lock_open(upload)
    concerned = rows.exclude(outcome=ImportOutcome.REFUSED).exclude(decision=decision)
    if decision == ImportDecision.UPDATE:
        concerned = concerned.filter(twin__isnull=False)
    again = list(
        concerned
        if decision == ImportDecision.UPDATE
        else concerned.filter(decision=ImportDecision.UPDATE)
    )
    count = concerned.update(decision=decision)
    for row in again:
        row.decision = decision
    plan_again(locked.bank, again)
    return count


@transaction.atomic
def set_topic(upload: QuestionImport, rows: Rows, *, topic: str, difficulty: str) -> int:
    """Give questions a topic, a difficulty, or both ("" leaves it); how many that concerned.

    A question that the bank already has keeps its own: papers are drawn by them. Raises Conflict.
    """
    lock_open(upload)
    values = {
        name: value
        for name, value in (("topic", " ".join(topic.split())), ("difficulty", difficulty))
        if value
    }
    if not values:
        return 0
    return rows.filter(outcome=ImportOutcome.CREATED).update(**values)


@transaction.atomic
def move_to_bank(
    upload: QuestionImport, rows: Rows, *, bank: QuestionBank, by: User, at: datetime
) -> QuestionImport:
    """Let rows go into another bank of the author's: the upload itself when it is all of them,
    else a second upload beside it. Raises NotAllowed, Conflict."""
    if not rules.can_author(by, bank, at):
        raise NotAllowed(_("Bạn không phụ trách ngân hàng đó nên không chuyển câu hỏi sang được."))
    locked = lock_open(upload)
    chosen = list(rows.order_by("position"))
    if not chosen or bank.pk == locked.bank_id:
        raise Conflict(_("Hãy chọn câu hỏi và một ngân hàng khác."))
    goal = locked
    if len(chosen) < locked.rows.count():
        goal = QuestionImport.objects.create(
            bank=bank,
            created_by=by,
            created_at=at,
            file_name=locked.file_name,
            format=locked.format,
            read_at=at,
            pictures=copy_pictures(locked, chosen),
        )
        places = {row.position for row in chosen}
        locked.rows.filter(twin_position__in=places).exclude(position__in=places).update(
            twin_position=None
        )
    QuestionImport.objects.filter(pk=goal.pk).update(bank=bank)
    goal.bank = bank
    kept = {row.position for row in chosen}
    for row in chosen:
        row.upload = goal
        row.twin = row.known = None
        if row.twin_position not in kept:
            row.twin_position = None
        if row.decision == ImportDecision.UPDATE:
            row.decision = ImportDecision.TAKE
    plan_again(bank, chosen, also=("upload", "twin_position"))
    return goal


def plan_again(
    bank: QuestionBank, rows: Sequence[ImportedQuestion], *, also: Sequence[str] = ()
) -> None:
    """Compare rows with the bank anew and save what comes of it, and the fields ``also``."""
    if not rows:
        return
    good = [row for row in rows if row.parsed is not None]
    updates = {
        index: row.twin_id
        for index, row in enumerate(good)
        if row.decision == ImportDecision.UPDATE and row.twin_id is not None
    }
    questions = [question_from_json(row.parsed or {}) for row in good]
    for row, planned in zip(good, plan_import(bank, questions, updates=updates), strict=True):
        describe_plan(row, planned)
    refused = ["parsed"] if any(row.parsed is None for row in good) else []
    fields = [*PLANNED_FIELDS, *also, *refused]
    ImportedQuestion.objects.bulk_update(rows, fields, batch_size=_BATCH)
