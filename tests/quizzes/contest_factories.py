"""A contest with its board, its units and a blueprint, made by plain functions."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group

from people import roles
from people.models import Block, Unit, User
from quizzes import answering, attempts, entries, pools, starting
from quizzes.models import (
    Attempt,
    BlueprintCell,
    Contest,
    Entry,
    QuestionBank,
    Round,
    RoundQuestion,
    Topic,
)
from tests.quizzes.play_factories import OPENS_AT, _number, after, make_user, make_version

NEXT_DAY = after(minutes=24 * 60)


def give_role(user: User, *names: str) -> User:
    user.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in names))
    return user


def make_organiser(*contests: Contest, name: str = "Trần Thị Thư Ký") -> User:
    user = give_role(make_user(name), roles.ORGANISER)
    for contest in contests:
        contest.organisers.add(user)
    return user


def make_contest(**fields: Any) -> Contest:
    number = next(_number)
    return Contest.objects.create(
        **{
            "code": f"cuoc-thi-{number}",
            "name": f"Cuộc thi tìm hiểu cải cách hành chính {number}",
            "issuing_agency": "UBND phường Thanh Khê",
            "min_unit_headcount": 1,
            "is_public": True,
            **fields,
        }
    )


def make_unit(name: str = "", *, people: int = 0, block: str = "") -> Unit:
    number = next(_number)
    fields: dict[str, Any] = {"name": name or f"Phòng chuyên môn {number}", "code": f"DV{number}"}
    if block:
        fields["block"] = Block.objects.get_or_create(code=f"k-{block}", defaults={"name": block})[
            0
        ]
    unit = Unit.add_root(**fields)
    for index in range(people):
        make_user(f"Nguyễn Văn {chr(65 + index % 26)}{index}", unit=unit)
    return unit


def make_draft_round(
    contest: Contest, *, questions: int = 4, pool: int = 6, **fields: Any
) -> Round:
    """A draft with one cell of 2,5 points a question over approved questions whose key is "a"."""
    round = Round.objects.create(
        **{
            "contest": contest,
            "number": contest.rounds.count() + 1,
            "name": f"Vòng {contest.rounds.count() + 1}",
            "opens_at": OPENS_AT,
            "closes_at": OPENS_AT + timedelta(hours=2),
            "duration_seconds": 20 * 60,
            **fields,
        }
    )
    bank = QuestionBank.objects.create(code=f"nh-{next(_number)}", name="Ngân hàng câu hỏi")
    topic = Topic.objects.create(bank=bank, name="Thủ tục hành chính")
    BlueprintCell.objects.create(
        round=round, topic=topic, question_count=questions, centipoints=250
    )
    for index in range(pool):
        make_version(topic, index + 1)
    return round


def make_open_round(
    contest: Contest | None = None, *, units: int = 1, people: int = 3, **fields: Any
) -> Round:
    """A ready round of a contest whose roster was taken from ``units`` units of ``people`` each."""
    contest = contest or make_contest()
    for index in range(units):
        unit = make_unit(people=people, block="Khối cấp xã" if index % 2 else "Khối hành chính")
        entries.take_roster(contest, [unit], by=None, at=OPENS_AT - timedelta(days=2))
    round = make_draft_round(contest, **fields)
    round.state = "ready"
    round.ready_at = OPENS_AT - timedelta(days=1)
    round.save()
    cell = round.cells.get()
    for question in cell.topic.questions.all():
        RoundQuestion.objects.create(round=round, cell=cell, version=question.current_version)
    return round


def take(
    entry: Entry,
    round: Round,
    *,
    right: int = 0,
    at: datetime = OPENS_AT,
    minutes: float = 5,
    prediction: int | None = None,
    hand_in: bool = True,
) -> Attempt:
    """Start ``at``, answer ``right`` questions rightly and the others wrongly, hand in."""
    attempt = starting.start_attempt(entry, round, at=at)
    sheet = pools.sheet_of_attempt(attempt.pk)
    moment = at + timedelta(seconds=1)
    answering.save_answers(
        attempt.pk,
        [
            answering.Answer(slot, ["a" if slot < right else "b"], answering.to_sequence(moment))
            for slot in range(len(sheet))
        ],
        at=moment,
    )
    if hand_in:
        finished_at = at + timedelta(minutes=minutes)
        attempt = attempts.hand_in(attempt, at=finished_at, prediction=prediction)
    return attempt
