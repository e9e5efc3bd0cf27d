"""Which questions may be drawn, and which must be looked at again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from legal.models import Instrument
from people.models import User
from quizzes.enums import QuestionState, RoundState
from quizzes.models import (
    BankSeal,
    BlueprintCell,
    LegalFlag,
    Question,
    QuestionBank,
    QuestionVersion,
    Round,
)
from quizzes.rules import kept_banks, readable_banks, seal_holds


def usable_questions() -> QuerySet[Question]:
    """What a paper may be drawn from: approved, with content, no open legal flag; by id."""
    return approved_questions().filter(~Exists(_open_flags_of_question())).order_by("pk")


def approved_questions() -> QuerySet[Question]:
    return Question.objects.filter(state=QuestionState.APPROVED, current_version__isnull=False)


def versions_in_use() -> QuerySet[QuestionVersion]:
    """What questions say now, those that are used no more left out; in no order."""
    used = Question.objects.exclude(state=QuestionState.RETIRED)
    return QuestionVersion.objects.filter(pk__in=used.values("current_version"))


def public_citing_count(instrument: Instrument, at: datetime) -> int:
    """How many approved questions cite the instrument, for everyone to see.

    Only of banks that hide nothing any more: not sealed, and drawn from by no round that is still
    to be published. Else the count would tell a contestant what the coming paper is about.
    """
    sealed = BankSeal.objects.filter(seal_holds(at))
    coming = Round.objects.exclude(state=RoundState.PUBLISHED)
    return (
        approved_questions()
        .filter(current_version__instrument=instrument)
        .exclude(bank__in=sealed.values("bank"))
        .exclude(bank__in=coming.filter(cells__isnull=False).values("cells__topic__bank"))
        .count()
    )


def is_flagged() -> Exists:
    """The condition on Question: it has an open flag."""
    return Exists(_open_flags_of_question())


def _open_flags_of_question() -> QuerySet[LegalFlag]:
    return LegalFlag.objects.filter(question=OuterRef("pk"), resolved_at__isnull=True)


def flags_to_look_at(
    user: User,
    *,
    at: datetime,
    bank: int | None = None,
    instrument: int | None = None,
    why: str = "",
) -> QuerySet[LegalFlag]:
    """Open flags in the banks that the person may read, by instrument, then by question, with what
    their page shows."""
    banks = QuestionBank.objects.filter(readable_banks(user, at))
    found = LegalFlag.objects.filter(
        resolved_at__isnull=True, question__bank__in=banks.values("pk")
    )
    if bank:
        found = found.filter(question__bank=bank)
    if instrument:
        found = found.filter(Q(instrument=instrument) | Q(cause=instrument))
    if why:
        found = found.filter(why=why)
    return found.select_related(
        "question__bank", "question__topic", "version__created_by", "instrument", "cause"
    ).order_by("instrument__number", "question__bank", "question", "pk")


def flags_of(question: Question) -> QuerySet[LegalFlag]:
    """The open flags of one question, with the instruments."""
    return question.legal_flags.filter(resolved_at__isnull=True).select_related(
        "instrument", "cause"
    )


def authored_banks(user: User, at: datetime) -> QuerySet[QuestionBank]:
    """Those for which ``rules.can_author`` holds."""
    return QuestionBank.objects.filter(kept_banks(user) & readable_banks(user, at))


def flagged_instruments(user: User, at: datetime) -> QuerySet[Instrument]:
    """Instruments of open flags in the banks that the person may read, by number."""
    flags = flags_to_look_at(user, at=at).order_by().values("instrument")
    return Instrument.objects.filter(pk__in=flags).order_by("number")


@dataclass(frozen=True, slots=True)
class CitingCount:
    """How many questions of a bank cite an instrument now, and how many of them are flagged."""

    bank: QuestionBank
    question_count: int
    flagged_count: int


def citing_counts(instrument: Instrument, user: User, at: datetime) -> list[CitingCount]:
    """By bank, of the banks that the person may read; retired questions are left out."""
    found = (
        Question.objects.filter(
            bank__in=QuestionBank.objects.filter(readable_banks(user, at)).values("pk"),
            current_version__instrument=instrument,
        )
        .exclude(state=QuestionState.RETIRED)
        .values("bank")
        .annotate(count=Count("pk"), flagged=Count("pk", filter=Q(is_flagged())))
        .order_by("bank__name", "bank")
    )
    rows: list[Any] = list(found)
    banks = QuestionBank.objects.in_bulk([row["bank"] for row in rows])
    return [CitingCount(banks[row["bank"]], row["count"], row["flagged"]) for row in rows]


def flagged_counts(cells: Iterable[BlueprintCell]) -> dict[BlueprintCell, int]:
    """Approved questions that each cell cannot draw because of an open flag. One statement."""
    cells = list(cells)
    topics: Collection[int] = {cell.topic_id for cell in cells}
    rows = (
        approved_questions()
        .filter(is_flagged(), topic__in=topics)
        .values("topic", "difficulty")
        .annotate(count=Count("pk"))
        .order_by()
    )
    counts: list[Any] = list(rows)
    return {
        cell: sum(
            row["count"]
            for row in counts
            if row["topic"] == cell.topic_id and cell.difficulty in ("", row["difficulty"])
        )
        for cell in cells
    }
