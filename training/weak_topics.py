"""Where points were lost, by topic: of one person with the questions, of a unit in numbers only.

Everything here reads published rounds and nothing else (``training.rules``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from legal.models import Instrument
from people.models import User
from quizzes.enums import AttemptState, RoundState
from quizzes.kinds import KINDS
from quizzes.models import Attempt, QuestionVersion, Round
from training.marked_answers import MarkedAnswer, marked_answers
from training.rules import attempts_with_answers

# The results of fewer persons than this would say what one of them answered.
MIN_GROUP_SIZE = 5


@dataclass(frozen=True, slots=True)
class TopicShare:
    """How many questions of a topic were asked and answered right, of ``person_count`` persons."""

    topic_id: int
    name: str
    asked_count: int
    right_count: int
    person_count: int

    @property
    def lost_count(self) -> int:
        return self.asked_count - self.right_count

    @property
    def percent(self) -> int:
        """Whole percent answered right, half up; 100 only where everything was right."""
        if self.lost_count == 0:
            return 100
        return min(99, (200 * self.right_count + self.asked_count) // (2 * self.asked_count))


@dataclass(frozen=True, slots=True)
class Replacement:
    number: str
    title: str
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """What the question rests on. ``text`` is as its author wrote it; the rest is of the
    instrument as it stands today and is empty where the question names none."""

    text: str
    number: str = ""
    title: str = ""
    status: str = ""
    status_label: str = ""
    is_in_force: bool = True
    replacement: Replacement | None = None

    @property
    def has_expired(self) -> bool:
        return self.status == Instrument.Status.EXPIRED


@dataclass(frozen=True, slots=True)
class MissedQuestion:
    """``chosen`` (empty: not answered) and ``right`` are in words, as they were shown."""

    stem: str
    chosen: tuple[str, ...]
    right: tuple[str, ...]
    explanation: str
    legal_basis: LegalBasis | None


@dataclass(frozen=True, slots=True)
class WeakTopic:
    share: TopicShare
    missed: tuple[MissedQuestion, ...]


@dataclass(frozen=True, slots=True)
class OwnTraining:
    """What one person may go over again. ``topics`` holds those with a lost question only."""

    asked_count: int
    right_count: int
    topics: tuple[WeakTopic, ...]


@dataclass(frozen=True, slots=True)
class GroupTopics:
    """The topics of a group, weakest first. ``suppressed_names``: topics answered by fewer than
    ``MIN_GROUP_SIZE`` persons, of which nothing else is told."""

    shares: tuple[TopicShare, ...] = ()
    suppressed_names: tuple[str, ...] = field(default=())


def own_training(user: User) -> OwnTraining:
    """Every question the person was asked in published rounds, each counted once by the latest
    answer: what they know now. Four statements whatever the number of rounds and questions."""
    latest = {
        answer.question_id: answer
        for answer in marked_answers(Attempt.objects.filter(attempts_with_answers(user)))
    }
    shares = _shares(latest.values())
    missed_answers = [answer for answer in latest.values() if not answer.is_right]
    missed: dict[int, list[MissedQuestion]] = defaultdict(list)
    versions = _versions({answer.version_id for answer in missed_answers})
    for answer in missed_answers:
        missed[answer.topic_id].append(_missed_question(answer, versions[answer.version_id]))
    return OwnTraining(
        asked_count=len(latest),
        right_count=len(latest) - len(missed_answers),
        topics=tuple(
            WeakTopic(share, tuple(missed[share.topic_id])) for share in shares if share.lost_count
        ),
    )


def group_topics(quiz_round: Round, contest_unit_ids: Collection[int]) -> GroupTopics:
    """The topics of everyone in these units of the contest, together; three statements.

    Empty before publication. Invalid entries are left out, as they are from the standings.
    """
    if quiz_round.state != RoundState.PUBLISHED:
        return GroupTopics()
    shares = _shares(
        marked_answers(
            Attempt.objects.filter(
                round=quiz_round,
                state=AttemptState.FINISHED,
                entry__contest_unit__in=contest_unit_ids,
                entry__invalid_at__isnull=True,
            )
        )
    )
    return GroupTopics(
        tuple(share for share in shares if share.person_count >= MIN_GROUP_SIZE),
        tuple(sorted(share.name for share in shares if share.person_count < MIN_GROUP_SIZE)),
    )


def _shares(answers: Iterable[MarkedAnswer]) -> list[TopicShare]:
    """Weakest first; of equally weak ones the topic that lost more questions."""
    names: dict[int, str] = {}
    asked: dict[int, int] = defaultdict(int)
    right: dict[int, int] = defaultdict(int)
    persons: dict[int, set[int]] = defaultdict(set)
    for answer in answers:
        topic = answer.topic_id
        names[topic] = answer.topic_name
        asked[topic] += 1
        right[topic] += answer.is_right
        persons[topic].add(answer.entry_id)
    shares = [
        TopicShare(topic, name, asked[topic], right[topic], len(persons[topic]))
        for topic, name in names.items()
    ]
    return sorted(shares, key=lambda share: (share.percent, -share.lost_count, share.name))


def _versions(version_ids: Collection[int]) -> dict[int, QuestionVersion]:
    if not version_ids:
        return {}
    return (
        QuestionVersion.objects.select_related("instrument__replaced_by")
        .only(
            "kind",
            "stem",
            "content",
            "key",
            "explanation",
            "legal_basis",
            "article",
            "instrument__number",
            "instrument__title",
            "instrument__status",
            "instrument__replaced_by__number",
            "instrument__replaced_by__title",
            "instrument__replaced_by__status",
        )
        .in_bulk(version_ids)
    )


def _missed_question(answer: MarkedAnswer, version: QuestionVersion) -> MissedQuestion:
    kind, content = KINDS[version.kind], version.content
    order = answer.order or kind.option_ids(content)
    return MissedQuestion(
        stem=version.stem,
        chosen=kind.words(content, order, answer.choice),
        right=kind.key_words(content, order, version.key),
        explanation=version.explanation,
        legal_basis=_legal_basis(version),
    )


def _legal_basis(version: QuestionVersion) -> LegalBasis | None:
    instrument = version.instrument
    text = version.legal_basis or version.article
    if instrument is None:
        return LegalBasis(text) if text else None
    successor = instrument.replaced_by
    return LegalBasis(
        text=text,
        number=instrument.number,
        title=instrument.title,
        status=instrument.status,
        status_label=str(Instrument.Status(instrument.status).label),
        is_in_force=instrument.is_in_force,
        replacement=Replacement(successor.number, successor.title, successor.is_in_force)
        if successor
        else None,
    )
