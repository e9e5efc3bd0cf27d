"""A few hundred plausible attempts, seeded, through the real operations."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from quizzes.answering import Answer, save_answers, to_sequence
from quizzes.attempts import close_if_overdue, hand_in
from quizzes.models import Entry, QuestionVersion, Round
from quizzes.starting import start_attempt

SEED = 2026
_OFFICE_HOURS = (8, 9, 9, 10, 10, 11, 13, 14, 14, 15, 15, 16, 20, 21)
_CHANCE = {"easy": 0.84, "medium": 0.66, "hard": 0.5}


@dataclass(frozen=True, slots=True)
class _Person:
    """How one person goes about a round."""

    ability: float
    seconds_per_question: float
    forgets_to_hand_in: bool


def simulate_round(
    quiz_round: Round, entries: Sequence[Entry], *, until: datetime, skip: frozenset[str]
) -> int:
    """Let most of ``entries`` take the round between its opening and ``until``; how many did.

    Units differ in zeal, people in knowledge and speed; some run out of time. ``skip`` holds the
    staff codes of people who take no part. The same seed gives the same facts.
    """
    chance = random.Random(SEED + quiz_round.number)  # noqa: S311 - plausible, not secret
    versions = {
        version.pk: version
        for version in QuestionVersion.objects.filter(pools__round=quiz_round).select_related(
            "question"
        )
    }
    zeal: dict[int, float] = {}
    taken = 0
    with transaction.atomic():
        for entry in entries:
            unit_zeal = zeal.setdefault(entry.contest_unit_id, chance.uniform(0.62, 1.0))
            person = _Person(
                ability=chance.gauss(0.0, 0.12),
                seconds_per_question=math.exp(chance.gauss(3.1, 0.35)),
                forgets_to_hand_in=chance.random() < 0.03,
            )
            started_at = _moment(quiz_round.opens_at, until, chance)
            if entry.user.staff_code in skip or chance.random() > unit_zeal:
                continue
            _take(entry, quiz_round, person, versions, started_at, chance)
            taken += 1
    return taken


def _moment(opens_at: datetime, until: datetime, chance: random.Random) -> datetime:
    days = max(1, (until - opens_at).days)
    day = timezone.localtime(opens_at + timedelta(days=chance.randrange(days)))
    moment = day.replace(
        hour=chance.choice(_OFFICE_HOURS),
        minute=chance.randrange(60),
        second=chance.randrange(60),
        microsecond=chance.randrange(1_000_000),
    )
    return min(max(moment, opens_at + timedelta(minutes=1)), until - timedelta(hours=1))


def _take(
    entry: Entry,
    quiz_round: Round,
    person: _Person,
    versions: dict[int, QuestionVersion],
    started_at: datetime,
    chance: random.Random,
) -> None:
    attempt = start_attempt(entry, quiz_round, at=started_at)
    at = started_at
    answers = []
    for slot, drawn in enumerate(attempt.paper.slots):
        at += timedelta(seconds=max(4.0, chance.gauss(1.0, 0.4) * person.seconds_per_question))
        if at >= attempt.deadline_at or chance.random() < 0.01:
            continue
        answers.append(
            Answer(slot, _choice(versions[drawn["version"]], person, chance), to_sequence(at))
        )
    save_answers(attempt.pk, answers, at=min(at, attempt.deadline_at))
    if person.forgets_to_hand_in or at >= attempt.deadline_at:
        close_if_overdue(attempt, at=attempt.accepts_until + timedelta(seconds=30))
    else:
        hand_in(attempt, at=at, prediction=max(1, round(chance.gauss(275, 45))))


def _choice(version: QuestionVersion, person: _Person, chance: random.Random) -> list[str]:
    key: Any = version.key["correct"]
    right = _CHANCE[version.question.difficulty] + person.ability
    if chance.random() < right:
        return list(key)
    wrong = [option["id"] for option in version.content["options"] if option["id"] not in key]
    return [chance.choice(wrong)]
