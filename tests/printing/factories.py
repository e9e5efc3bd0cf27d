"""A published round with results, made by plain functions."""

from datetime import UTC, datetime

from django.contrib.auth.models import Group

from people import roles
from people.models import Unit
from quizzes.enums import RoundState
from quizzes.models import Award, ContestUnit, ResultRun, Standing, UnitStanding
from tests.quizzes.play_factories import make_entry, make_round, make_user

AT = datetime(2026, 11, 5, 3, 0, tzinfo=UTC)


def make_published_round(*, persons=3, awards=True, names=(), **fields):
    """Persons rank 1…n in the order given; Nhất for rank 1, Nhì for 2 to 3."""
    fields = {"state": RoundState.PUBLISHED, "published_at": AT, **fields}
    quiz_round = make_round(questions=1, **fields)
    contest = quiz_round.contest
    contest.superior_agency = "Ủy ban nhân dân phường Tây Tựu"
    contest.issuing_agency = "Ban Tổ chức Hội thi"
    contest.place = "Tây Tựu"
    contest.signer_name = "Nguyễn Văn Bình"
    contest.save()
    run = ResultRun.objects.create(
        round=quiz_round,
        number=1,
        computed_at=AT,
        person_count=persons,
        attempt_count=persons + 1,
        statistics={
            "headcount": 10,
            "exempt": 1,
            "persons": persons,
            "attempts": persons + 1,
            "invalid_persons": 0,
            "units": 2,
            "units_taking_part": 1,
            "bands": [
                {"code": "full", "count": 1, "basis_points": 5000},
                {"code": "zero", "count": 1, "basis_points": 5000},
                {"code": "no_headcount", "count": 0, "basis_points": 0},
            ],
            "points": {"minimum": 250, "maximum": 1000, "mean": 875, "median": 900},
        },
    )
    for position in range(1, persons + 1):
        name = names[position - 1] if position <= len(names) else f"Nguyễn Thị Ẩn {position}"
        add_standing(run, make_entry(quiz_round, make_user(name)), position=position)
    if awards:
        Award.objects.create(round=quiz_round, name="Giải Nhất", rank_from=1, rank_to=1)
        Award.objects.create(round=quiz_round, name="Giải Nhì", rank_from=2, rank_to=3)
    return quiz_round


def add_standing(run, entry, *, position, rank=None, decided_by="elapsed_ms"):
    return Standing.objects.create(
        run=run,
        entry=entry,
        position=position,
        rank=rank or position,
        is_shared=rank is not None,
        decided_by="" if rank else decided_by,
        centipoints=1000 - position,
        correct_count=4,
        elapsed_ms=754_567 + position,
    )


def add_unit_standing(run, name, *, block, position, rank, reason=""):
    unit = ContestUnit.objects.create(
        contest=run.round.contest,
        unit=Unit.add_root(name=name),
        unit_name=name,
        block_name=block,
        headcount=10,
    )
    return UnitStanding.objects.create(
        run=run,
        contest_unit=unit,
        block_name=block,
        position=position,
        rank=rank,
        unranked_reason=reason,
        decided_by="participation" if rank else "",
        headcount=10,
        exempt_count=0,
        finished_count=9,
        attempt_count=9,
        participation_basis_points=9762,
        mean_centipoints=875,
    )


def make_organiser(quiz_round=None, name="Trần Thị Tổ Chức"):
    user = make_user(name)
    user.groups.add(Group.objects.get_or_create(name=roles.ORGANISER)[0])
    if quiz_round is not None:
        quiz_round.contest.organisers.add(user)
    return user
