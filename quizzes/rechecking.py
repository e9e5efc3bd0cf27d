"""What a person does about a flagged question: the answer still holds, it cites another instrument,
or it is used no more. Rewriting it is an edit like any other: the flag follows the version."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import Conflict, DomainError, NotAllowed
from core.vietnamese import nfc
from legal.models import Instrument
from people.models import User
from quizzes import flag_queries, reviewing, rules
from quizzes.editing import QuestionDraft, edit_question
from quizzes.enums import BankAct, FlagResolution, ReviewStep
from quizzes.flagging import recheck_flags
from quizzes.models import LegalFlag, Question, QuestionBank, QuestionVersion
from quizzes.reviewing import Refusal, StepOutcome


class CitingError(DomainError):
    """A refused change of a question's basis; nothing was changed."""


def confirm_flags(flag_ids: Collection[int], *, note: str, by: User, at: datetime) -> StepOutcome:
    """The answers still hold under the new law: the questions may be drawn again.

    It holds for this version and this reason. Whoever wrote a version does not confirm it. Flags of
    banks that the person may not read are not there. Raises ReasonMissing.
    """
    note = audit.required_reason(note)
    with transaction.atomic():
        flags = _lock(flag_ids, by, at)
        reviewers: dict[int, bool] = {}
        reasons = {flag.pk: _no_confirming(flag, by, reviewers, at) for flag in flags}
        refused = {pk: reason for pk, reason in reasons.items() if reason}
        good = [flag for flag in flags if flag.pk not in refused]
        _resolve(good, FlagResolution.CONFIRMED, note=note, by=by, at=at)
        for bank, of_bank in _by_bank(good):
            numbers = sorted({flag.question_id for flag in of_bank})
            audit.record(
                BankAct.LAW_CONFIRMED,
                bank,
                by=by,
                at=at,
                summary=_("Xác nhận căn cứ của %(count)d câu hỏi trong “%(bank)s” vẫn đúng.")
                % {"count": len(numbers), "bank": bank.name},
                reason=note,
                data={"questions": numbers, "flags": [flag.pk for flag in of_bank]},
            )
    return _outcome(flags, refused)


def retire_flagged(flag_ids: Collection[int], *, by: User, at: datetime) -> StepOutcome:
    """Use the questions no more."""
    with transaction.atomic():
        flags = _lock(flag_ids, by, at)
        outcome = reviewing.take_step(
            ReviewStep.RETIRE, {flag.question_id for flag in flags}, by=by, at=at
        )
        moved = [flag for flag in flags if flag.question_id in outcome.moved]
        _resolve(moved, FlagResolution.RETIRED, note="", by=by, at=at)
    return outcome


def cite_instead(
    question: Question,
    *,
    instrument: Instrument,
    article: str,
    valid_until: date | None,
    by: User,
    at: datetime,
) -> QuestionVersion:
    """Let the question rest on another instrument, or on another article of the same.

    A version that has been drawn or reviewed is followed by a new one with the same words and key;
    another is changed in place. The question then waits for somebody else's review; what was the
    matter with the old basis is settled. Returns the current version. Raises NotAllowed,
    CitingError, Conflict.
    """
    if not rules.can_author(by, question.bank, at):
        raise NotAllowed(_("Bạn không phụ trách ngân hàng câu hỏi này."))
    _check_in_force(instrument, timezone.localdate(at))
    with transaction.atomic():
        question = (
            Question.objects.select_for_update(of=("self",))
            .select_related("bank", "topic", "current_version__instrument")
            .get(pk=question.pk)
        )
        before = question.current_version
        if before is None:
            raise Conflict(_("Câu hỏi chưa có nội dung."))
        flags = list(question.legal_flags.filter(resolved_at__isnull=True))
        draft = _cited_otherwise(question, before, instrument, article, valid_until)
        question = edit_question(question, draft, revision=question.revision, by=by, at=at)
        version = question.current_version or before
        _resolve(flags, FlagResolution.REWRITTEN, note="", by=by, at=at)
        reviewing.take_step(ReviewStep.SUBMIT, [question.pk], by=by, at=at)
        audit.record(
            BankAct.RECITED,
            question,
            by=by,
            at=at,
            summary=_("Câu #%(number)d đổi căn cứ từ %(old)s sang %(new)s.")
            % {"number": question.pk, "old": before.instrument or "–", "new": instrument},
            data={"version": version.pk, "before": before.instrument_id, "after": instrument.pk},
        )
        # The new basis may have troubles of its own; what was just settled does not come back.
        recheck_flags(at=at, bank=question.bank)
    return version


def _cited_otherwise(
    question: Question,
    version: QuestionVersion,
    instrument: Instrument,
    article: str,
    valid_until: date | None,
) -> QuestionDraft:
    article = nfc(article)[:120]
    return QuestionDraft(
        kind=version.kind,
        stem=version.stem,
        content=version.content,
        key=version.key,
        topic=question.topic,
        difficulty=question.difficulty,
        explanation=version.explanation,
        instrument=instrument,
        article=article,
        legal_basis=f"{article} {instrument.number}".strip()[:300],
        valid_until=valid_until,
    )


def _no_confirming(flag: LegalFlag, by: User, reviewers: dict[int, bool], at: datetime) -> str:
    """Why the person may not confirm this flag, or "". ``reviewers`` remembers each bank."""
    bank = flag.question.bank
    if bank.pk not in reviewers:
        reviewers[bank.pk] = rules.can_review(by, bank, at)
    if not reviewers[bank.pk]:
        return _("Bạn không duyệt câu hỏi của ngân hàng này.")
    if rules.wrote(by, flag.version):
        return _("Bạn là người soạn hoặc vừa sửa câu này nên cần người khác xác nhận.")
    return ""


def _lock(flag_ids: Collection[int], by: User, at: datetime) -> list[LegalFlag]:
    chosen = flag_queries.flags_to_look_at(by, at=at).filter(pk__in=flag_ids)
    return list(chosen.select_for_update(of=("self",)))


def _outcome(flags: list[LegalFlag], refused: dict[int, str]) -> StepOutcome:
    done = {flag.question_id: None for flag in flags if flag.pk not in refused}
    named = {flag.question_id: refused[flag.pk] for flag in flags if flag.pk in refused}
    return StepOutcome(tuple(done), tuple(Refusal(pk, why) for pk, why in named.items()))


def _by_bank(flags: Iterable[LegalFlag]) -> Iterable[tuple[QuestionBank, list[LegalFlag]]]:
    banks: dict[QuestionBank, list[LegalFlag]] = {}
    for flag in flags:
        banks.setdefault(flag.question.bank, []).append(flag)
    return banks.items()


def _resolve(
    flags: Collection[LegalFlag],
    resolution: FlagResolution,
    *,
    note: str,
    by: User,
    at: datetime,
) -> None:
    LegalFlag.objects.filter(pk__in=[flag.pk for flag in flags], resolved_at__isnull=True).update(
        resolved_at=at, resolved_by=by, resolution=resolution, note=note
    )


def _check_in_force(instrument: Instrument, today: date) -> None:
    if instrument.status == Instrument.Status.EXPIRED or (
        instrument.expires_on is not None and instrument.expires_on <= today
    ):
        raise CitingError(
            _("%(number)s đã hết hiệu lực. Hãy chọn văn bản đang có hiệu lực.")
            % {"number": instrument.number}
        )
