"""The questions of a plan as rows of the bank: new ones, new versions, versions put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Max

from core import vietnamese
from core.bulk import update_rows
from people.models import User
from quizzes.editing import read_versions
from quizzes.enums import Difficulty, QuestionAct, QuestionState
from quizzes.importing.bank_index import KnownQuestion
from quizzes.importing.plain import stem_key
from quizzes.importing.planning import BATCH, Outcome, PlannedQuestion
from quizzes.importing.undoing import snapshot
from quizzes.importing.version_content import content_of, key_of, texts_of
from quizzes.models import Question, QuestionBank, QuestionVersion, Topic
from quizzes.reviewing import record_events

DEFAULT_TOPIC = "Chưa phân loại"


@dataclass(slots=True)
class BankWriter:
    """Writes one batch after another. ``before``: every question that the last batch has written,
    its key → how it was (`undoing.snapshot`), None for a new one; ``new_topics`` are keys."""

    bank: QuestionBank
    by: User | None
    at: datetime
    state: str
    topic: str
    difficulty: str
    files: dict[str, int] = field(default_factory=dict)
    before: dict[int, str | None] = field(default_factory=dict)
    new_topics: list[int] = field(default_factory=list)
    _topics: dict[str, Topic] = field(default_factory=dict)

    def write(self, plan: Sequence[PlannedQuestion]) -> None:
        self.before = {}
        self.create([p for p in plan if p.outcome is Outcome.CREATED])
        self.update([p for p in plan if p.outcome is Outcome.UPDATED])

    def create(self, plan: Sequence[PlannedQuestion]) -> None:
        topics = self.topics(planned.question.topic for planned in plan)
        questions = Question.objects.bulk_create(
            [
                Question(
                    bank=self.bank,
                    topic=topics[vietnamese.fold(self.topic_of(planned.question.topic))],
                    difficulty=planned.question.difficulty or self.difficulty or Difficulty.EASY,
                    state=self.state,
                    stem_key=stem_key(planned.question.stem),
                    created_by=self.by,
                )
                for planned in plan
            ],
            batch_size=BATCH,
        )
        versions = [
            self.version(planned, question, 1)
            for planned, question in zip(plan, questions, strict=True)
        ]
        self.add_versions(versions)
        self.before.update(dict.fromkeys((question.pk for question in questions), None))
        self.note_review(questions)

    def note_review(self, questions: Sequence[Question]) -> None:
        """The history of questions that are sent to review, or approved, with the import."""
        acts = {
            QuestionState.IN_REVIEW: QuestionAct.SUBMITTED,
            QuestionState.APPROVED: QuestionAct.APPROVED,
        }
        act = acts.get(QuestionState(self.state))
        if act is not None:
            record_events(questions, act=act, by=self.by, at=self.at)

    def topic_of(self, given: str) -> str:
        """A name of invisible characters is none: nothing of it is left to know the topic by."""
        return next(filter(vietnamese.fold, (given, self.topic)), DEFAULT_TOPIC)

    def topics(self, names: Iterable[str]) -> dict[str, Topic]:
        """Topics by folded name; those the bank lacks are created."""
        wanted: dict[str, str] = {}
        for name in map(self.topic_of, names):
            wanted.setdefault(vietnamese.fold(name), name)
        known = self._topics
        if not known:
            known.update({topic.search_key: topic for topic in self.bank.topics.all()})
        for search_key, name in wanted.items():
            if search_key not in known:
                known[search_key] = Topic.objects.create(bank=self.bank, name=name)
                self.new_topics.append(known[search_key].pk)
        return known

    def update(self, plan: Sequence[PlannedQuestion]) -> None:
        for known in map(_known, plan):
            self.before[known.question.pk] = snapshot(known.question, known.version)
        changing = [p for p in plan if p.changes_content]
        read = read_versions(_known(p).version.pk for p in changing)
        kept = [p for p in changing if _known(p).version.pk in read or not self.rewrite(p)]
        for planned in plan:
            if not planned.changes_content:
                self.explain(planned)
        numbers = dict(
            QuestionVersion.objects.filter(question__in=[_known(p).question for p in kept])
            .values_list("question")
            .annotate(last=Max("number"))
        )
        self.add_versions(
            [
                self.version(_inheriting(p), question, numbers[question.pk] + 1)
                for p in kept
                for question in [_known(p).question]
            ]
        )
        changed = []
        for planned in changing:
            question = _known(planned).question
            question.revision += 1
            question.stem_key = stem_key(planned.question.stem)
            changed.append(question)
            if question.state != QuestionState.RETIRED:
                question.state = self.state
        Question.objects.bulk_update(changed, ["state", "stem_key", "revision"], batch_size=BATCH)
        self.note_review([q for q in changed if q.state != QuestionState.RETIRED])

    def rewrite(self, planned: PlannedQuestion) -> bool:
        """Change the current version in place, unless it has been drawn, perhaps a moment ago."""
        values = self.values(_inheriting(planned))
        current = QuestionVersion.objects.filter(
            pk=_known(planned).version.pk, drawn_at__isnull=True
        )
        return bool(current.update(**values, changed_by=self.by, changed_at=self.at))

    def explain(self, planned: PlannedQuestion) -> None:
        """Explanation and legal basis are not what a contestant answered: they may change later."""
        values = self.values(_inheriting(planned))
        names = ("explanation", "legal_basis", "instrument", "article", "valid_until")
        QuestionVersion.objects.filter(pk=_known(planned).version.pk).update(
            **{name: values[name] for name in names}, changed_by=self.by, changed_at=self.at
        )

    def version(self, planned: PlannedQuestion, question: Question, number: int) -> QuestionVersion:
        return QuestionVersion(
            question=question,
            number=number,
            created_by=self.by,
            created_at=self.at,
            **self.values(planned),
        )

    def values(self, planned: PlannedQuestion) -> dict[str, Any]:
        question = planned.question
        return {
            "kind": question.kind,
            "stem": question.stem,
            "content": self.content(planned),
            "key": key_of(question),
            "explanation": question.explanation,
            "legal_basis": question.legal_basis,
            "instrument": planned.instrument,
            "article": planned.article,
            "valid_until": question.valid_until,
        }

    def content(self, planned: PlannedQuestion) -> dict[str, Any]:
        """What a kind of file cannot carry, pictures and stressed words, stays as the bank has it
        while the words it belongs to are the same."""
        content = content_of(planned.question, self.files)
        if planned.known is None:
            return content
        old = planned.known.version.content
        for name in ("pictures", "media"):
            if name in old and planned.question.kind == planned.known.version.kind:
                content.setdefault(name, old[name])
        same_words = texts_of(old) == texts_of(content)
        if "marks" in old and same_words and planned.known.version.stem == planned.question.stem:
            content.setdefault("marks", old["marks"])
        return content

    def add_versions(self, versions: list[QuestionVersion]) -> None:
        QuestionVersion.objects.bulk_create(versions, batch_size=BATCH)
        for version in versions:
            version.question.current_version = version
        update_rows(
            Question,
            ["current_version"],
            [(version.question_id, version.pk) for version in versions],
        )


def _known(planned: PlannedQuestion) -> KnownQuestion:
    if planned.known is None:
        raise ValueError("an update has a known question")
    return planned.known


def _inheriting(planned: PlannedQuestion) -> PlannedQuestion:
    """What the file leaves empty stays as the bank has it."""
    version = _known(planned).version
    question = planned.question
    if not question.legal_basis:
        planned = replace(planned, instrument=version.instrument, article=version.article)
    question = replace(
        question,
        explanation=question.explanation or version.explanation,
        legal_basis=question.legal_basis or version.legal_basis,
        valid_until=question.valid_until or version.valid_until,
        rule=question.rule or ("" if question.key else version.key.get("rule", "")),
    )
    return replace(planned, question=question)
