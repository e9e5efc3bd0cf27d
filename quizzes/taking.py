"""What a contestant sees of a round: the lobby, the paper with what is saved, the result.

Reads only. Nothing here knows a key except ``review``, which its view calls after publication.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from people.models import User
from quizzes.admission import Admission, admit, barred_reason
from quizzes.attempts import close_if_overdue
from quizzes.enums import QuestionKind, RoundState
from quizzes.models import Attempt, Entry, QuestionVersion, Response, Round, Standing
from quizzes.pools import SheetSlot, pool_of, sheet_of
from quizzes.scoring import AttemptScore

LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option as shown. ``position`` is all that a page sends back; it tells nothing of the
    author's order. ``mark``: "", and after publication "right" or "wrong"."""

    position: int
    letter: str
    text: str
    is_chosen: bool
    mark: str = ""


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question of the paper with what the server holds for it."""

    slot: int
    stem: str
    is_multiple: bool
    options: tuple[OptionRow, ...]
    positions: tuple[int, ...]
    sequence: int | None
    received_at: datetime | None

    @property
    def number(self) -> int:
        return self.slot + 1

    @property
    def is_answered(self) -> bool:
        return bool(self.positions)

    @property
    def had(self) -> str:
        """What was chosen when the page was made: a form without JavaScript sends it back, so
        that an old page saves only what was changed on it."""
        return ",".join(map(str, self.positions))


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


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round and the person before its door. ``entry`` is None for someone not on the list."""

    round: Round
    entry: Entry | None
    admission: Admission
    attempts: list[Attempt] = field(default_factory=list)


def attempts_of(entry: Entry | None, round: Round, *, at: datetime) -> list[Attempt]:
    """The person's attempts in the round, in order, those past their time closed."""
    if entry is None:
        return []
    found = Attempt.objects.filter(round=round, entry=entry).order_by("number")
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
    marks: Mapping[str, str] | None = None,
) -> QuestionCard:
    """``marks`` (option id → mark) is given after publication only."""
    positions = tuple(item.positions_of(response.choice)) if response else ()
    texts = {option["id"]: option["text"] for option in item.version.content.get("options", [])}
    return QuestionCard(
        slot=slot,
        stem=item.version.stem,
        is_multiple=item.version.kind == QuestionKind.MULTIPLE_CHOICE,
        options=tuple(
            OptionRow(
                place,
                LETTERS[place],
                texts[option],
                place in positions,
                (marks or {}).get(option, ""),
            )
            for place, option in enumerate(item.order)
        ),
        positions=positions,
        sequence=response.sequence if response else None,
        received_at=response.received_at if response else None,
    )


def review(attempt: Attempt, score: AttemptScore, struck_out: frozenset[int]) -> list[Review]:
    """Question by question, with keys: only after publication (``rules.can_see_answers``).

    Two statements whatever the length of the paper.
    """
    responses = {response.slot: response for response in attempt.responses.all()}
    sheet = sheet_of(attempt.paper, attempt.round)
    versions: Mapping[int, QuestionVersion] = QuestionVersion.objects.select_related(
        "instrument"
    ).in_bulk([item.version.version_id for item in sheet])
    reviews = []
    for slot, item in enumerate(sheet):
        version = versions[item.version.version_id]
        correct = version.key.get("correct", [])
        chosen = responses[slot].choice if slot in responses else []
        marks = {option: "wrong" for option in chosen or [] if option not in correct}
        marks.update(dict.fromkeys(correct, "right"))
        points = score.slot_centipoints[slot]
        reviews.append(
            Review(
                card=card(slot, item, responses.get(slot), marks),
                is_right=points == item.centipoints and points > 0,
                is_struck_out=version.pk in struck_out,
                centipoints=points,
                max_centipoints=item.centipoints,
                explanation=version.explanation,
                legal_basis=version.legal_basis,
                instrument=version.instrument,
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
