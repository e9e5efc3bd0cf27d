"""Changing what the papers of a draft are drawn from: its cells, the questions that every paper
must hold and those that are kept apart. After the draft all of it is frozen."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import record
from core.errors import Conflict, DomainError
from core.vietnamese import fold, nfc
from people.models import User
from quizzes.enums import ContestAct, RoundState
from quizzes.holding import hold_questions
from quizzes.models import BlueprintCell, MustInclude, Question, Round, SeparatedQuestion

MAX_CONSTRAINED = 200


class BlueprintError(DomainError):
    """A refused change of what papers are drawn from."""


def save_blueprint(
    quiz_round: Round,
    cells: Sequence[BlueprintCell],
    *,
    total_centipoints: int | None = None,
    by: User,
    at: datetime,
) -> None:
    """Replace the blueprint of a draft by ``cells`` (unsaved, in the order of the paper).
    ``total_centipoints``: what a paper must be worth, or None."""
    with _draft(quiz_round) as held:
        held.cells.all().delete()
        for cell in cells:
            cell.pk, cell.round = None, held
        BlueprintCell.objects.bulk_create(cells)
        held.total_centipoints = total_centipoints
        held.save(update_fields=["total_centipoints"])
        count = sum(cell.question_count for cell in cells)
        points = sum(cell.question_count * cell.centipoints for cell in cells)
        _record(
            ContestAct.BLUEPRINT_SAVED,
            held,
            f"ma trận đề {len(cells)} ô, {count} câu",
            {"questions": count, "centipoints": points},
            by,
            at,
        )


def require_questions(
    quiz_round: Round, questions: Collection[Question], *, by: User, at: datetime
) -> int:
    """Let every paper of the round hold ``questions``; returns how many are new."""
    with _draft(quiz_round) as held:
        known = set(held.must_includes.values_list("question_id", flat=True))
        new = [question for question in questions if question.pk not in known]
        _check_number(len(known) + len(new))
        hold_questions([question.pk for question in new])
        MustInclude.objects.bulk_create(
            MustInclude(round=held, question=question) for question in new
        )
        if new:
            _record_questions(held, "bắt buộc có", new, by, at)
    return len(new)


def stop_requiring(quiz_round: Round, question_id: int, *, by: User, at: datetime) -> None:
    with _draft(quiz_round) as held:
        rows = list(held.must_includes.filter(question=question_id).select_related("question"))
        for row in rows:
            row.delete()
            _record_questions(held, "bỏ bắt buộc", [row.question], by, at)


def separate_questions(
    quiz_round: Round, questions: Collection[Question], *, group: str, by: User, at: datetime
) -> str:
    """Put ``questions`` into ``group`` (empty: a new one), of which a paper holds at most one;
    returns its name. Raises BlueprintError for a question of another group, or a group of one."""
    name = " ".join(nfc(group).split())[:80]
    with _draft(quiz_round) as held:
        rows = list(held.separated_questions.all())
        names = {fold(row.group): row.group for row in rows}
        name = names.get(fold(name), name) or _new_name(names)
        group_of = {row.question_id: row.group for row in rows}
        elsewhere = {q.pk: group_of[q.pk] for q in questions if group_of.get(q.pk, name) != name}
        if elsewhere:
            number, other = next(iter(elsewhere.items()))
            raise BlueprintError(
                _(
                    "Câu #%(number)d đã ở nhóm “%(group)s”. Mỗi câu chỉ ở một nhóm: hãy bỏ câu "
                    "khỏi nhóm đó, hoặc thêm các câu mới vào chính nhóm đó."
                )
                % {"number": number, "group": other}
            )
        new = [question for question in questions if question.pk not in group_of]
        if sum(row.group == name for row in rows) + len(new) < 2:
            raise BlueprintError(_("Một nhóm cần ít nhất hai câu. Hãy chọn thêm câu."))
        _check_number(len(rows) + len(new))
        hold_questions([question.pk for question in new])
        SeparatedQuestion.objects.bulk_create(
            SeparatedQuestion(round=held, group=name, question=question) for question in new
        )
        if new:
            _record_questions(held, f"không ra cùng đề (nhóm “{name}”)", new, by, at)
    return name


def rejoin_question(quiz_round: Round, question_id: int, *, by: User, at: datetime) -> None:
    """Take a question out of its group. A group of one says nothing, so the last one goes too."""
    with _draft(quiz_round) as held:
        row = held.separated_questions.filter(question=question_id).first()
        if row is None:
            return
        group = held.separated_questions.filter(group=row.group).select_related("question")
        leaving = [item for item in group if item.pk == row.pk or len(group) == 2]
        held.separated_questions.filter(pk__in=[item.pk for item in leaving]).delete()
        act = f"bỏ khỏi nhóm “{row.group}”"
        _record_questions(held, act, [item.question for item in leaving], by, at)


@contextmanager
def _draft(quiz_round: Round) -> Iterator[Round]:
    """The round, held, as long as it is a draft. Raises Conflict."""
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=quiz_round.pk)
        if held.state != RoundState.DRAFT:
            raise Conflict(
                _(
                    "Ma trận đề và ràng buộc chỉ sửa được khi vòng thi đang chuẩn bị. Nếu chưa có "
                    "ai vào thi, hãy đưa vòng thi về chuẩn bị trước."
                )
            )
        yield held


def _check_number(count: int) -> None:
    if count > MAX_CONSTRAINED:
        raise BlueprintError(
            _("Nhiều nhất %d câu có ràng buộc. Hãy bỏ bớt câu không cần.") % MAX_CONSTRAINED
        )


def _new_name(names: Collection[str]) -> str:
    number = 1
    while fold(name := _("Nhóm %d") % number) in names:
        number += 1
    return name


def _record_questions(
    held: Round, act: str, questions: Collection[Question], by: User, at: datetime
) -> None:
    numbers = sorted(question.pk for question in questions)
    shown = ", ".join(f"#{number}" for number in numbers[:10])
    more = f" và {len(numbers) - 10} câu khác" if len(numbers) > 10 else ""
    summary = f"{act}: câu {shown}{more}"
    _record(ContestAct.CONSTRAINTS_SAVED, held, summary, {"questions": numbers}, by, at)


def _record(
    action: str, held: Round, summary: str, data: dict[str, Any], by: User, at: datetime
) -> None:
    record(
        action,
        held,
        by=by,
        at=at,
        contest_id=held.contest_id,
        summary=f"{held.name}: {summary}",
        data=data,
    )
