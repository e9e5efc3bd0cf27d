"""Setting up a contest: from a template, then by hand. Every change is in the audit log."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.audit import record
from core.errors import Conflict, DomainError
from people.models import User
from quizzes.enums import (
    AttemptCounting,
    ContestAct,
    PredictionTarget,
    ResultVisibility,
    RoundState,
    TieCriterion,
)
from quizzes.models import Award, Contest, Round


class ContestError(DomainError):
    """A refused change of a contest's set-up."""


@dataclass(frozen=True, slots=True)
class Preset:
    """How contests of one kind are run (contest-rules.md). ``round_fields`` go on each round."""

    code: str
    label: Any
    description: Any
    round_names: tuple[Any, ...]
    round_fields: dict[str, Any]
    contest_fields: dict[str, Any] = field(default_factory=dict)
    awards: tuple[tuple[Any, int, int], ...] = ()


_AWARDS = (
    (gettext_lazy("Giải Nhất"), 1, 1),
    (gettext_lazy("Giải Nhì"), 2, 3),
    (gettext_lazy("Giải Ba"), 4, 6),
    (gettext_lazy("Giải Khuyến khích"), 7, 11),
)
_TIES = [
    TieCriterion.POINTS.value,
    TieCriterion.ELAPSED_MS.value,
    TieCriterion.PREDICTION_DISTANCE.value,
    TieCriterion.MANUAL_DRAW.value,
]

PRESETS: Final = (
    Preset(
        code="ward",
        label=gettext_lazy("Hội thi cấp xã, một vòng trực tuyến"),
        description=gettext_lazy(
            "40 phút, mỗi người một lượt, xếp theo điểm, thời gian rồi câu dự đoán; "
            "đơn vị được xếp hạng khi có từ 70% người dự thi."
        ),
        round_names=(gettext_lazy("Vòng thi trực tuyến"),),
        round_fields={
            "duration_seconds": 40 * 60,
            "tie_order": _TIES,
            "has_prediction": True,
            "prediction_target": PredictionTarget.PARTICIPANTS,
        },
        awards=_AWARDS,
    ),
    Preset(
        code="weekly",
        label=gettext_lazy("Cuộc thi tuần, bốn đợt trực tuyến"),
        description=gettext_lazy(
            "Bốn đợt, mỗi đợt một tuần, 15 phút một lượt, "
            "mỗi người một lượt mỗi đợt, có câu dự đoán."
        ),
        round_names=(
            gettext_lazy("Tuần 1"),
            gettext_lazy("Tuần 2"),
            gettext_lazy("Tuần 3"),
            gettext_lazy("Tuần 4"),
        ),
        round_fields={
            "duration_seconds": 15 * 60,
            "tie_order": _TIES,
            "has_prediction": True,
        },
        awards=_AWARDS,
    ),
    Preset(
        code="practice",
        label=gettext_lazy("Đợt tự kiểm tra, làm nhiều lượt"),
        description=gettext_lazy(
            "Không hạn chế số lượt, tính lượt tốt nhất, người làm thấy điểm ngay khi nộp."
        ),
        round_names=(gettext_lazy("Tự kiểm tra"),),
        round_fields={
            "duration_seconds": 20 * 60,
            "attempts_allowed": None,
            "attempt_counting": AttemptCounting.BEST,
            "result_visibility": ResultVisibility.AT_ONCE,
            "tie_order": [TieCriterion.POINTS.value, TieCriterion.ELAPSED_MS.value],
        },
    ),
)
_WEEK = timedelta(days=7)


def preset(code: str) -> Preset:
    return next(item for item in PRESETS if item.code == code)


def create_contest(
    contest: Contest,
    *,
    preset_code: str,
    opens_at: datetime,
    closes_at: datetime,
    by: User,
    at: datetime,
) -> Contest:
    """Save a new contest with the rounds and awards of the template; its maker organises it.

    Several rounds follow one another, each a week after the one before.
    """
    chosen = preset(preset_code)
    with transaction.atomic():
        for name, value in chosen.contest_fields.items():
            setattr(contest, name, value)
        contest.save()
        contest.organisers.add(by)
        for index, name in enumerate(chosen.round_names):
            quiz_round = Round.objects.create(
                contest=contest,
                number=index + 1,
                name=str(name),
                opens_at=opens_at + index * _WEEK,
                closes_at=closes_at + index * _WEEK,
                **chosen.round_fields,
            )
            Award.objects.bulk_create(
                Award(round=quiz_round, name=str(label), rank_from=first, rank_to=last)
                for label, first, last in chosen.awards
            )
        _record(ContestAct.CONTEST_SAVED, contest, contest, by, at, "lập cuộc thi")
    return contest


def save_contest(contest: Contest, *, changed: Sequence[str], by: User, at: datetime) -> Contest:
    """Write ``changed`` fields of a contest whose values are already set and checked."""
    with transaction.atomic():
        data = _changes(contest, [name for name in changed if name != "organisers"])
        contest.save()
        _record(ContestAct.CONTEST_SAVED, contest, contest, by, at, "sửa cuộc thi", data)
    return contest


def set_board(contest: Contest, people: Collection[User], *, by: User, at: datetime) -> None:
    """Who organises the contest. Nobody can take themselves off: a contest would be left alone."""
    if by.pk not in {person.pk for person in people} and contest.organisers.filter(pk=by.pk):
        raise ContestError(_("Anh/chị không tự bỏ mình khỏi Ban Tổ chức được."))
    listed = contest.entries.filter(user__in=people, invalid_at=None).values_list(
        "full_name", flat=True
    )
    if listed:
        raise ContestError(
            _("Người đang có trong danh sách thí sinh: %(names)s. Hãy đánh dấu không hợp lệ trước.")
            % {"names": ", ".join(listed)}
        )
    with transaction.atomic():
        before = sorted(contest.organisers.values_list("pk", flat=True))
        contest.organisers.set(people)
        after = sorted(person.pk for person in people)
        if before != after:
            data = {"before": before, "after": after}
            _record(ContestAct.BOARD_SET, contest, contest, by, at, "sửa Ban Tổ chức", data)


def set_jury(contest: Contest, people: Collection[User], *, by: User, at: datetime) -> None:
    """Who marks the essays of the contest, beside its organisers."""
    with transaction.atomic():
        before = sorted(contest.jury.values_list("pk", flat=True))
        contest.jury.set(people)
        after = sorted(person.pk for person in people)
        if before != after:
            data = {"before": before, "after": after}
            _record(ContestAct.JURY_SET, contest, contest, by, at, "sửa Ban Giám khảo", data)


# What may still change once papers can be drawn: nothing that decides a result.
EDITABLE_ONCE_READY: Final = ("name", "result_visibility", "shows_answers")


def save_round(quiz_round: Round, *, changed: Sequence[str], by: User, at: datetime) -> Round:
    """Write a new round, or ``changed`` fields of one. After the draft only what decides nothing
    may change. Raises Conflict otherwise."""
    with transaction.atomic():
        stored = Round.objects.select_for_update().filter(pk=quiz_round.pk).first()
        if stored and stored.state != RoundState.DRAFT and set(changed) - set(EDITABLE_ONCE_READY):
            raise Conflict(
                _("Vòng thi không còn ở tình trạng chuẩn bị nên không sửa thể thức được.")
            )
        if stored is None:
            act, data = "thêm vòng thi", {}
            quiz_round.save()
        else:
            act, data = "sửa vòng thi", _changes(quiz_round, changed)
            quiz_round.save(update_fields=list(changed) or None)
        _record(
            ContestAct.ROUND_SAVED,
            quiz_round,
            quiz_round.contest,
            by,
            at,
            f"{act} “{quiz_round.name}”",
            data,
        )
    return quiz_round


def delete_round(quiz_round: Round, *, by: User, at: datetime) -> None:
    """Remove a draft in which nothing ever happened."""
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=quiz_round.pk)
        if held.state != RoundState.DRAFT or held.attempts.exists() or held.pool.exists():
            raise Conflict(_("Chỉ xóa được vòng thi đang chuẩn bị và chưa có ai vào thi."))
        _record(
            ContestAct.ROUND_DELETED,
            held,
            quiz_round.contest,
            by,
            at,
            f"xóa vòng thi “{held.name}”",
        )
        held.delete()


def save_awards(quiz_round: Round, awards: Sequence[Award], *, by: User, at: datetime) -> None:
    """Replace the awards of a round by ``awards`` (unsaved). Ranges of ranks may not overlap."""
    ordered = sorted(awards, key=lambda award: award.rank_from)
    for earlier, later in pairwise(ordered):
        if later.rank_from <= earlier.rank_to:
            raise ContestError(
                _("“%(one)s” và “%(two)s” cùng trao cho một hạng. Hãy sửa lại khoảng hạng.")
                % {"one": earlier.name, "two": later.name}
            )
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=quiz_round.pk)
        before = [
            f"{award.name}: {award.rank_from}–{award.rank_to}" for award in quiz_round.awards.all()
        ]
        quiz_round.awards.all().delete()
        for award in ordered:
            award.pk, award.round = None, quiz_round
        Award.objects.bulk_create(ordered)
        _record(
            ContestAct.AWARDS_SAVED,
            quiz_round,
            quiz_round.contest,
            by,
            at,
            f"{quiz_round.name}: sửa giải thưởng",
            {"before": before},
        )


def _changes(instance: models.Model, names: Sequence[str]) -> dict[str, Any]:
    """{field: [old, new]} beside what is stored."""
    stored = type(instance)._default_manager.filter(pk=instance.pk).values(*names).first() or {}
    return {name: [_plain(stored.get(name)), _plain(getattr(instance, name))] for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _record(
    action: str,
    subject: models.Model,
    contest: Contest,
    by: User,
    at: datetime,
    summary: str,
    data: dict[str, Any] | None = None,
) -> None:
    record(action, subject, by=by, at=at, contest_id=contest.pk, summary=summary, data=data)
