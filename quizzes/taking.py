"""What a contestant sees of a round: the lobby, the paper with what is saved, the result.

Reads only. Nothing here knows a key except ``review``, which its view calls after publication.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from people.models import User
from quizzes.admission import Admission, admit, barred_reason
from quizzes.attempts import close_if_overdue
from quizzes.enums import AttemptState, RoundState
from quizzes.kinds import Shown
from quizzes.models import Attempt, Entry, QuestionVersion, Response, Round, Standing
from quizzes.pools import SheetSlot, pool_of, sheet_of
from quizzes.scoring import AttemptScore


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question of the paper with what the server holds for it. ``shown`` knows the key only
    after publication; ``gap`` says what a begun answer still lacks."""

    slot: int
    look: str
    has_fields: bool
    note: str
    stem: str
    stem_marks: Sequence[Any]
    stem_pictures: Sequence[Any]
    shown: Shown
    sent: Sequence[Any]
    is_answered: bool
    gap: str
    sequence: int | None
    received_at: datetime | None

    @property
    def number(self) -> int:
        return self.slot + 1

    @property
    def is_typed(self) -> bool:
        return self.shown.limit > 0

    @property
    def play_template(self) -> str:
        return f"quizzes/kinds/{self.look}/play.html"

    @property
    def review_template(self) -> str:
        return f"quizzes/kinds/{self.look}/review.html"

    @property
    def had(self) -> str:
        """What was chosen when the page was made: a form without JavaScript sends it back, so
        that an old page saves only what was changed on it."""
        return fingerprint(self.sent)


@dataclass(frozen=True, slots=True)
class Review:
    """A question after publication: what was chosen, what was right, and why."""

    card: QuestionCard
    is_right: bool
    is_struck_out: bool
    centipoints: int
    max_centipoints: int
    explanation: str
    legal_basis: str
    instrument: Any
    needs_marker: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round and the person before its door. ``entry`` is None for someone not on the list."""

    round: Round
    entry: Entry | None
    admission: Admission
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def paper_code(self) -> str:
        """Of the paper in hand; empty while there is none, or where papers have no code."""
        in_hand = [a.paper.code for a in self.attempts if a.state == AttemptState.IN_PROGRESS]
        return next(iter(in_hand), "")


def attempts_of(entry: Entry | None, round: Round, *, at: datetime) -> list[Attempt]:
    """The person's attempts in the round, in order, those past their time closed."""
    if entry is None:
        return []
    found = Attempt.objects.filter(round=round, entry=entry).order_by("number")
    found = found.select_related("paper").defer("paper__slots")
    return [close_if_overdue(attempt, at=at) for attempt in found]


def rounds_of(user: User, *, at: datetime) -> list[RoundRow]:
    """Every round of the contests in whose list the person is, newest first; drafts are left out.

    Four statements whatever the number of rounds. Who may not enter is told so in the lobby.
    """
    entries = {entry.contest_id: entry for entry in Entry.objects.filter(user=user)}
    rounds = (
        Round.objects.filter(contest__in=entries)
        .exclude(state=RoundState.DRAFT)
        .select_related("contest")
        .order_by("-opens_at", "-id")
    )
    by_round: dict[int, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(entry__in=entries.values()).order_by("number"):
        closed = close_if_overdue(attempt, at=at)
        by_round.setdefault(attempt.round_id, []).append(closed)
    rows = []
    for round in rounds:
        entry, attempts = entries[round.contest_id], by_round.get(round.pk, [])
        admission = admit(entry, round, attempts, barred=None, at=at)
        rows.append(RoundRow(round, entry, admission, attempts))
    return rows


def round_row(user: User, round: Round, *, at: datetime) -> RoundRow:
    """One round as its lobby shows it to this person."""
    listed = Entry.objects.select_related("contest_unit")
    entry = listed.filter(contest=round.contest, user=user).order_by().first()
    attempts = attempts_of(entry, round, at=at)
    barred = barred_reason(user.pk, round.contest)
    return RoundRow(round, entry, admit(entry, round, attempts, barred=barred, at=at), attempts)


def question_count(round: Round) -> int:
    return sum(cell.count for cell in pool_of(round).cells)


def cards_of(attempt: Attempt) -> list[QuestionCard]:
    """The paper with what is saved: one statement, one more when this process is cold."""
    responses = {response.slot: response for response in attempt.responses.all()}
    sheet = sheet_of(attempt.paper, attempt.round)
    return [card(slot, item, responses.get(slot)) for slot, item in enumerate(sheet)]


def card(
    slot: int,
    item: SheetSlot,
    response: Response | None,
    key: Mapping[str, Any] | None = None,
) -> QuestionCard:
    """``key`` is given after publication only."""
    kind, content = item.kind, item.version.content
    choice = response.choice if response else None
    gap = kind.gap(content, choice)
    return QuestionCard(
        slot=slot,
        look=kind.look,
        has_fields=item.field_count > 0,
        note=_(kind.note) if kind.note else "",
        stem=item.version.stem,
        stem_marks=content.get("marks", {}).get("stem", []),
        stem_pictures=content.get("pictures", {}).get("stem", []),
        shown=item.show(choice, key),
        sent=item.positions_of(choice),
        is_answered=kind.is_answered(choice),
        gap=_(gap.message) % gap.values if gap else "",
        sequence=response.sequence if response else None,
        received_at=response.received_at if response else None,
    )


def fingerprint(sent: Sequence[Any]) -> str:
    """A short text that two equal answers share; "" for none. Ticks are written out: "0,2"."""
    if all(isinstance(place, int) for place in sent):
        return ",".join(map(str, sent))
    if not any(sent):
        return ""
    text = json.dumps(list(sent), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def review(attempt: Attempt, score: AttemptScore, struck_out: frozenset[int]) -> list[Review]:
    """Question by question, with keys: only after publication (``rules.can_see_answers``).

    Two statements whatever the length of the paper, one more where it holds an essay.
    """
    responses = {response.slot: response for response in attempt.responses.all()}
    sheet = sheet_of(attempt.paper, attempt.round)
    remarks: dict[int, str] = {}
    if any(item.kind.needs_marker for item in sheet):
        remarks = dict(attempt.essay_marks.values_list("slot", "remark"))
    versions: Mapping[int, QuestionVersion] = QuestionVersion.objects.select_related(
        "instrument"
    ).in_bulk([item.version.version_id for item in sheet])
    reviews = []
    for slot, item in enumerate(sheet):
        version = versions[item.version.version_id]
        points = score.slot_centipoints[slot]
        reviews.append(
            Review(
                card=card(slot, item, responses.get(slot), version.key),
                is_right=points == item.centipoints and points > 0,
                is_struck_out=version.pk in struck_out,
                centipoints=points,
                max_centipoints=item.centipoints,
                explanation=version.explanation,
                legal_basis=version.legal_basis,
                instrument=version.instrument,
                needs_marker=item.kind.needs_marker,
                remark=remarks.get(slot, ""),
            )
        )
    return reviews


def standing_of(attempt: Attempt) -> Standing | None:
    """The person's place in the newest computation of the round; ask only after publication."""
    return (
        Standing.objects.filter(
            run__round=attempt.round_id, run__is_current=True, entry=attempt.entry_id
        )
        .select_related("run")
        .first()
    )


def unanswered(cards: Sequence[QuestionCard]) -> list[QuestionCard]:
    return [item for item in cards if not item.is_answered]
