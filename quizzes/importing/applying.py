"""Writing a plan to the bank, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import audit, vietnamese
from core.bulk import update_rows
from core.errors import NotAllowed
from people.models import User
from quizzes import rules
from quizzes.editing import read_versions
from quizzes.enums import Difficulty, QuestionAct, QuestionState
from quizzes.flagging import recheck_flags
from quizzes.importing.parsed import ParsedPicture, ParsedQuestion, Remark
from quizzes.importing.plain import stem_key
from quizzes.importing.planning import (
    KnownQuestion,
    Outcome,
    PlannedQuestion,
    content_of,
    key_of,
    plan_import,
    texts_of,
)
from quizzes.importing.undoing import snapshot
from quizzes.models import Question, QuestionBank, QuestionVersion, Topic
from quizzes.question_files import keep_pictures
from quizzes.reviewing import record_events

DEFAULT_TOPIC = "Chưa phân loại"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts of questions; ``rejected`` the errors of the file, ``remarks`` what was found in the
    bank. ``before`` has every question that was written: its key → how it was
    (`undoing.snapshot`), None for a new one; ``new_topics`` are keys."""

    created: int
    updated: int
    unchanged: int
    rejected: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())
    before: Mapping[int, str | None] = field(default_factory=dict)
    new_topics: tuple[int, ...] = ()


@transaction.atomic
def apply_import(
    bank: QuestionBank,
    questions: Sequence[ParsedQuestion],
    *,
    by: User | None,
    at: datetime,
    rejected: Sequence[Remark] = (),
    topic: str = "",
    difficulty: str = "",
    approve: bool = False,
    updates: Mapping[int, int] | None = None,
) -> ImportReport:
    """Create and update questions; a repeat changes nothing.

    ``topic`` and ``difficulty`` are for the new questions that have none of their own. ``by`` None
    is the server's own command. New and changed questions are drafts unless ``approve``: then they
    wait for a review, since nobody approves the own; only what the server imports is approved at
    once. A changed one that was approved must be reviewed again. A version that has been drawn,
    reviewed or commented on is never touched, a new one follows it. ``updates`` as in
    `plan_import`. Raises NotAllowed, Conflict.
    """
    bank = QuestionBank.objects.select_for_update().get(pk=bank.pk)
    if by is not None and not rules.can_author(by, bank):
        raise NotAllowed(
            _("Bạn không phụ trách ngân hàng câu hỏi này nên không nhập câu hỏi được.")
        )
    plan = plan_import(bank, questions, updates=updates)
    approved = QuestionState.APPROVED if by is None else QuestionState.IN_REVIEW
    state = approved if approve else QuestionState.DRAFT
    files = keep_pictures(bank, _pictures_of(plan), by=by, at=at)
    writer = _Writer(bank, by, at, state, topic, difficulty, files)
    writer.create([p for p in plan if p.outcome is Outcome.CREATED])
    writer.update([p for p in plan if p.outcome is Outcome.UPDATED])
    report = replace(
        report_of(plan, rejected), before=writer.before, new_topics=tuple(writer.new_topics)
    )
    if report.created or report.updated:
        recheck_flags(at=at, bank=bank)
        _record(bank, report, by=by, at=at)
    return report


def preview_import(
    bank: QuestionBank, questions: Sequence[ParsedQuestion], *, rejected: Sequence[Remark] = ()
) -> ImportReport:
    """The report ``apply_import`` would give now; writes nothing."""
    return report_of(plan_import(bank, questions), rejected)


def report_of(plan: Sequence[PlannedQuestion], rejected: Sequence[Remark]) -> ImportReport:
    def count(outcome: Outcome) -> int:
        return sum(planned.outcome is outcome for planned in plan)

    return ImportReport(
        count(Outcome.CREATED),
        count(Outcome.UPDATED),
        count(Outcome.UNCHANGED),
        tuple(rejected),
        tuple(remark for planned in plan for remark in planned.remarks),
    )


@dataclass(slots=True)
class _Writer:
    bank: QuestionBank
    by: User | None
    at: datetime
    state: str
    topic: str
    difficulty: str
    files: dict[str, int]
    before: dict[int, str | None] = field(default_factory=dict)
    new_topics: list[int] = field(default_factory=list)

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
            batch_size=_BATCH,
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
        known = {topic.search_key: topic for topic in self.bank.topics.all()}
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
        Question.objects.bulk_update(changed, ["state", "stem_key", "revision"], batch_size=_BATCH)
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
        names = ("explanation", "legal_basis", "instrument", "article")
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
            # No kind of file says until when an answer is right.
            "valid_until": planned.known.version.valid_until if planned.known else None,
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
        QuestionVersion.objects.bulk_create(versions, batch_size=_BATCH)
        for version in versions:
            version.question.current_version = version
        update_rows(
            Question,
            ["current_version"],
            [(version.question_id, version.pk) for version in versions],
        )


def _pictures_of(plan: Sequence[PlannedQuestion]) -> Iterator[ParsedPicture]:
    for planned in plan:
        if planned.outcome is not Outcome.UNCHANGED:
            for pictures in planned.question.pictures.values():
                yield from pictures


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
        rule=question.rule or ("" if question.key else version.key.get("rule", "")),
    )
    return replace(planned, question=question)


def _record(bank: QuestionBank, report: ImportReport, *, by: User | None, at: datetime) -> None:
    counts = {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": len(report.rejected),
    }
    audit.record(
        "questions.imported",
        bank,
        by=by,
        at=at,
        summary=_("Nhập câu hỏi vào ngân hàng “%(bank)s”: %(created)d mới, %(updated)d cập nhật.")
        % {"bank": bank.name, **counts},
        data=counts,
    )
