"""A round that people have taken, made by plain functions. The key is always option "a"."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from people.models import Unit, User
from quizzes.enums import AttemptState, FinishKind, QuestionState, RoundState
from quizzes.models import (
    Attempt,
    BlueprintCell,
    Contest,
    ContestUnit,
    Entry,
    Paper,
    Question,
    QuestionBank,
    QuestionVersion,
    Response,
    Round,
    RoundQuestion,
    Topic,
)

OPENS_AT = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
CONTENT = {
    "options": [
        {"id": "a", "text": "Phương án đúng"},
        {"id": "b", "text": "Phương án sai"},
        {"id": "c", "text": "Phương án sai khác"},
    ]
}
_number = count(1)


def make_unit(name: str, *, parent: Unit | None = None) -> Unit:
    if parent:
        return Unit.objects.get(pk=parent.pk).add_child(name=name)
    return Unit.add_root(name=name)


def make_person(name: str = "Lê Thị Ước", *roles: str, unit: Unit | None = None) -> User:
    user = User.objects.create_user(
        full_name=name, staff_code=f"TR{next(_number):05}", unit=unit, password="mat-khau-tot"
    )
    user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    return user


def make_round(
    topics: Mapping[str, int], *, contest: Contest | None = None, **fields: Any
) -> Round:
    """A published round; ``topics`` maps the name of a topic to its number of questions."""
    number = next(_number)
    contest = contest or Contest.objects.create(
        code=f"on-lai-{number}", name=f"Hội thi {number}", issuing_agency="UBND phường Thanh Khê"
    )
    quiz_round = Round.objects.create(
        **{
            "contest": contest,
            "number": number,
            "name": f"Vòng {number}",
            "state": RoundState.PUBLISHED,
            "opens_at": OPENS_AT,
            "closes_at": OPENS_AT + timedelta(hours=2),
            "duration_seconds": 1200,
            "ready_at": OPENS_AT - timedelta(days=1),
            "published_at": OPENS_AT + timedelta(days=1),
            **fields,
        }
    )
    bank = QuestionBank.objects.create(code=f"on-lai-{number}", name="Ngân hàng")
    for name, question_count in topics.items():
        topic = Topic.objects.create(bank=bank, name=name)
        cell = BlueprintCell.objects.create(
            round=quiz_round, topic=topic, question_count=question_count
        )
        for place in range(1, question_count + 1):
            version = make_version(topic, f"{name}, câu {place}")
            RoundQuestion.objects.create(round=quiz_round, cell=cell, version=version)
    return quiz_round


def make_version(topic: Topic, stem: str, **fields: Any) -> QuestionVersion:
    question = Question.objects.create(
        bank=topic.bank, topic=topic, state=QuestionState.APPROVED, stem_key=stem
    )
    return QuestionVersion.objects.create(
        **{
            "question": question,
            "stem": stem,
            "content": CONTENT,
            "key": {"correct": ["a"]},
            "explanation": f"Giải thích của {stem}",
            "created_at": OPENS_AT - timedelta(days=3),
            **fields,
        }
    )


def versions_of(quiz_round: Round) -> list[QuestionVersion]:
    return [row.version for row in quiz_round.pool.select_related("version").order_by("pk")]


def make_contest_unit(contest: Contest, unit: Unit, **fields: Any) -> ContestUnit:
    found = ContestUnit.objects.filter(contest=contest, unit=unit).first()
    return found or ContestUnit.objects.create(
        **{"contest": contest, "unit": unit, "unit_name": unit.name, "headcount": 10, **fields}
    )


def make_entry(quiz_round: Round, user: User, **fields: Any) -> Entry:
    unit = user.unit or make_unit(f"Đơn vị {next(_number)}")
    return Entry.objects.create(
        **{
            "contest": quiz_round.contest,
            "user": user,
            "contest_unit": make_contest_unit(quiz_round.contest, unit),
            "full_name": user.full_name,
            "sort_key": user.sort_key,
            "search_key": user.search_key,
            "entered_at": OPENS_AT - timedelta(days=1),
            **fields,
        }
    )


def take(entry: Entry, quiz_round: Round, choices: str, *, number: int = 1) -> Attempt:
    """A finished attempt; ``choices`` has a letter a question of the pool, "-" for no answer."""
    paper = Paper.objects.create(
        round=quiz_round,
        seed=1,
        slots=[
            {"version": version.pk, "centipoints": 100, "options": ["c", "a", "b"]}
            for version in versions_of(quiz_round)
        ],
    )
    started_at = OPENS_AT + timedelta(minutes=10 * number)
    attempt = Attempt.objects.create(
        round=quiz_round,
        entry=entry,
        number=number,
        paper=paper,
        state=AttemptState.FINISHED,
        started_at=started_at,
        deadline_at=started_at + timedelta(minutes=20),
        accepts_until=started_at + timedelta(minutes=20),
        finished_at=started_at + timedelta(minutes=5),
        finish_kind=FinishKind.HANDED_IN,
        elapsed_ms=300_000,
    )
    for slot, letter in enumerate(choices):
        if letter != "-":
            Response.objects.create(
                attempt=attempt, slot=slot, choice=[letter], sequence=1, received_at=started_at
            )
    return attempt
