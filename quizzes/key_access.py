"""The one door to the keys of a bank: who opens it is checked and, while a bank is watched, written
down. Every view, export or print that shows keys goes through ``open_keys``; where something else
than the bank gives the right, as to who marks essays, through ``record_key_read``."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.errors import NotAllowed
from core.models import AuditEvent
from core.spreadsheets import Column, write_workbook
from people.models import User
from quizzes import rules
from quizzes.enums import BankAct, KeyView, RoundState
from quizzes.models import BankSeal, QuestionBank, Round

# An export of thousands is told by its count: the log is for reading.
_LISTED = 50


def open_keys(
    user: Any,
    bank: QuestionBank,
    *,
    view: KeyView,
    at: datetime,
    questions: Collection[int] = (),
    about: str = "",
) -> None:
    """Call it once a request, before keys of ``questions`` (empty: of the whole bank) are shown, or
    what ``about`` says in a few words of our own.

    While the bank is sealed, or a round that draws from it is ready and not closed, one line goes
    to the log: who, when, where and which questions by number; never a word of theirs. Raises
    NotAllowed for who may not read the keys now.
    """
    watched = _is_watched(
        QuestionBank.objects.filter(rules.readable_banks(user, at), pk=bank.pk), at
    )
    if watched is None:
        raise NotAllowed(_("Bạn không được xem đáp án của ngân hàng câu hỏi này."))
    if watched:
        _write_down(user, bank, view, at, questions, about)


def record_key_read(
    user: Any, bank: QuestionBank, *, view: KeyView, questions: Collection[int], at: datetime
) -> None:
    """The line of ``open_keys`` alone: the caller has checked that ``user`` may see these keys."""
    if _is_watched(QuestionBank.objects.filter(pk=bank.pk), at):
        _write_down(user, bank, view, at, questions, "")


def _is_watched(banks: QuerySet[QuestionBank], at: datetime) -> bool | None:
    """None when there is no such bank."""
    return (
        banks.annotate(is_watched=Exists(_seals(at)) | Exists(_running_rounds()))
        .values_list("is_watched", flat=True)
        .first()
    )


def _write_down(
    user: Any,
    bank: QuestionBank,
    view: KeyView,
    at: datetime,
    questions: Collection[int],
    about: str,
) -> None:
    numbers = sorted(questions)
    audit.record(
        BankAct.KEY_READ,
        bank,
        by=user,
        at=at,
        summary=_summary(view, numbers, about),
        data={"view": view.value, "count": len(numbers), "questions": numbers[:_LISTED]},
    )


def watched_banks(at: datetime) -> QuerySet[QuestionBank]:
    """Banks whose every reading of keys is written down now."""
    return QuestionBank.objects.filter(Exists(_seals(at)) | Exists(_running_rounds()))


def key_reads(
    bank: QuestionBank,
    *,
    person: int | None = None,
    view: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEvent]:
    """The newest first, with the person. ``since`` and ``until`` are whole days, both included."""
    found = rules.key_reads(QuestionBank.objects.filter(pk=bank.pk)).select_related("actor__unit")
    if person:
        found = found.filter(actor=person)
    if view:
        found = found.filter(data__view=view)
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until) + timedelta(days=1))
    return found.order_by("-at", "-pk")


def key_readers(bank: QuestionBank) -> QuerySet[User]:
    """Everyone in the bank's log of keys, by name."""
    read = rules.key_reads(QuestionBank.objects.filter(pk=bank.pk))
    return User.objects.filter(pk__in=read.order_by().values("actor")).order_by("sort_key", "pk")


def write_key_reads(target: IO[bytes], bank: QuestionBank, reads: QuerySet[AuditEvent]) -> int:
    """As a sheet; returns the number of rows."""
    return write_workbook(
        target,
        sheet_name=_("Ai đã xem đáp án"),
        title=_("Ai đã xem đáp án – %(bank)s") % {"bank": bank.name},
        columns=[
            Column(_("Lúc"), 20, "dd/mm/yyyy hh:mm:ss"),
            Column(_("Họ và tên"), 30),
            Column(_("Đơn vị"), 36),
            Column(_("Ở đâu"), 28),
            Column(_("Nội dung"), 60),
        ],
        rows=(
            (
                event.at,
                event.actor.full_name if event.actor else _("Hệ thống"),
                event.actor.unit.name if event.actor and event.actor.unit else "",
                view_label(event),
                event.summary,
            )
            for event in reads.iterator(chunk_size=2000)
        ),
    )


def view_label(event: AuditEvent) -> str:
    view = event.data.get("view", "")
    return str(KeyView(view).label) if view in KeyView else str(view)


def _summary(view: KeyView, numbers: list[int], about: str) -> str:
    if about:
        return f"{view.label}: {about}"
    if view == KeyView.IMPORT and not numbers:
        return str(view.label)
    if not numbers:
        return _("%(view)s: cả ngân hàng") % {"view": view.label}
    shown = ", ".join(f"#{number}" for number in numbers[:5])
    if len(numbers) > 5:
        return _("%(view)s: %(count)d câu, gồm %(numbers)s…") % {
            "view": view.label,
            "count": len(numbers),
            "numbers": shown,
        }
    return _("%(view)s: câu %(numbers)s") % {"view": view.label, "numbers": shown}


def _seals(at: datetime) -> QuerySet[BankSeal]:
    return BankSeal.objects.filter(rules.seal_holds(at), bank=OuterRef("pk"))


def _running_rounds() -> QuerySet[Round]:
    return Round.objects.filter(Q(cells__topic__bank=OuterRef("pk")), state=RoundState.READY)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
