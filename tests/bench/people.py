"""Fills an installation for the benchmark: ``python -m tests.bench.people COUNT``.

Prints the round's id. Everybody has the same password, so that one hash is computed; checking it
at sign-in costs the same as for any other.
"""

import sys
from datetime import timedelta

import django

PASSWORD = "mat-khau-cua-thi-sinh"
QUESTIONS = 20
POOL = 60


def code_of(number: int) -> str:
    return f"TS{number:06}"


def fill(count: int) -> int:
    from django.contrib.auth.hashers import make_password

    from core.clock import read_clock
    from people.models import Unit, User
    from quizzes.models import ContestUnit, Entry
    from tests.quizzes.play_factories import make_round

    now = read_clock()
    round = make_round(
        questions=QUESTIONS,
        pool=POOL,
        kinds=("single_choice", "single_choice", "multiple_choice", "true_false"),
        opens_at=now - timedelta(minutes=10),
        closes_at=now + timedelta(hours=6),
        duration_seconds=3 * 60 * 60,
    )
    round.contest.is_public = True
    round.contest.save()
    password = make_password(PASSWORD)
    units = [Unit.add_root(name=f"Phường số {number}") for number in range(1, 9)]
    people = [
        User(
            staff_code=code_of(number),
            full_name=f"Nguyễn Thị Thí Sinh {number}",
            unit=units[number % len(units)],
            password=password,
        )
        for number in range(count)
    ]
    for user in people:
        user.normalise()
    User.objects.bulk_create(people, batch_size=1000)
    contest_units = [
        ContestUnit.objects.create(
            contest=round.contest, unit=unit, unit_name=unit.name, headcount=count // len(units) + 1
        )
        for unit in units
    ]
    Entry.objects.bulk_create(
        [
            Entry(
                contest=round.contest,
                user=user,
                contest_unit=contest_units[number % len(units)],
                full_name=user.full_name,
                sort_key=user.sort_key,
                search_key=user.search_key,
                entered_at=now,
            )
            for number, user in enumerate(people)
        ],
        batch_size=1000,
    )
    return int(round.pk)


if __name__ == "__main__":
    django.setup()
    print(fill(int(sys.argv[1])))  # noqa: T201
