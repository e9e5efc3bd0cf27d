"""Issuing certificates: who has earned one, its number, its row in the register; revoking.

Repeating an issue gives nobody a second number. A certificate once issued is never changed: when
the results have changed since, it is reported, and a person revokes it.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import record
from core.errors import Conflict, DomainError, NotAllowed
from core.vietnamese import fold, nfc
from people.models import User
from printing import rules
from printing.documents import day_line
from printing.enums import CertificateAct
from printing.models import Certificate, Register
from quizzes.enums import RoundState
from quizzes.models import Award, ResultRun, Round, Standing
from quizzes.results import award_for, is_stale

BATCH_SIZE = 1000
TITLE = "GIẤY CHỨNG NHẬN"
AUTHORITY = "TM. BAN TỔ CHỨC"
FINISHED = "Đã hoàn thành bài thi"
Kind = Certificate.Kind


class IssuingError(DomainError):
    """A refused act on the register."""


@dataclass(frozen=True, slots=True)
class Merit:
    """What one person has earned in a round, in the words that are printed."""

    entry_id: int
    full_name: str
    unit_name: str
    achievement: str
    award_id: int | None = None


@dataclass(frozen=True, slots=True)
class IssueReport:
    """What an issue did. `certificate_ids` are all that now stand for what was asked, in the order
    of the register; `outdated` are valid ones whose result has changed since, left as they are."""

    certificate_ids: list[int]
    created_count: int
    kept_count: int
    outdated: list[str] = field(default_factory=list)


def merits(
    quiz_round: Round, *, kind: str, award: Award | None = None, first: int | None = None
) -> list[Merit]:
    """Who has earned a certificate by the current results, best first; at most the `first`.

    Invalid entries have earned nothing. Awards are read from the ranks they reach.
    """
    standings = (
        Standing.objects.filter(
            run__round=quiz_round, run__is_current=True, entry__invalid_at__isnull=True
        )
        .order_by("position")
        .values_list("entry_id", "entry__full_name", "entry__contest_unit__unit_name", "rank")
    )
    if kind == Kind.PARTICIPATION:
        return [
            Merit(entry, name, unit, FINISHED) for entry, name, unit, _rank in standings[:first]
        ]
    awards = list(quiz_round.awards.all())
    if not awards:
        return []
    found = []
    for entry, name, unit, rank in standings.filter(rank__lte=max(a.rank_to for a in awards)):
        reached = award_for(awards, rank)
        if reached and (award is None or reached.pk == award.pk):
            found.append(Merit(entry, name, unit, achievement_of(reached), reached.pk))
    return found[:first]


def achievement_of(award: Award) -> str:
    """ "Giải Nhất" → "Đạt giải Nhất"."""
    return f"Đạt {award.name[:1].lower()}{award.name[1:]}"


def wording(quiz_round: Round, *, on: date | None) -> dict[str, str]:
    """The fields of printing.certificates.Shared for certificates of this round issued `on`."""
    contest = quiz_round.contest
    return {
        "title": TITLE,
        "superior_agency": contest.superior_agency,
        "issuing_agency": contest.issuing_agency,
        "occasion": f"{contest.name}, {quiz_round.name}",
        "day_line": day_line(contest.place, on),
        "authority": AUTHORITY,
        "position": contest.signer_title,
        "signer_name": contest.signer_name,
    }


def issue(
    quiz_round: Round, *, kind: str, by: User, at: datetime, award: Award | None = None
) -> IssueReport:
    """Give a number and a row in the register to each who has earned one and has none.

    A constant number of statements per thousand. Raises NotAllowed, IssuingError.
    """
    if not rules.can_issue(by, quiz_round):
        raise NotAllowed(_("Chỉ Ban Tổ chức của cuộc thi cấp giấy chứng nhận."))
    today = timezone.localdate(at)
    with transaction.atomic():
        register = _locked_register(today.year)
        # A result run or the publication may have changed while we waited.
        quiz_round.refresh_from_db(fields=["state"])
        if quiz_round.state != RoundState.PUBLISHED:
            raise IssuingError(_("Chỉ cấp giấy chứng nhận khi kết quả của vòng thi đã công bố."))
        run = ResultRun.objects.filter(round=quiz_round, is_current=True).first()
        if run is None or is_stale(quiz_round, run):
            raise IssuingError(
                _("Kết quả có thay đổi sau lần tính gần nhất. Hãy tính lại kết quả rồi cấp.")
            )
        earned = merits(quiz_round, kind=kind)
        chosen = [merit for merit in earned if award is None or merit.award_id == award.pk]
        if not chosen:
            raise IssuingError(_("Chưa có ai đạt điều kiện được cấp giấy chứng nhận này."))
        standing = {c.entry_id: c for c in _valid_certificates(quiz_round, kind)}
        new = _rows(
            quiz_round,
            (merit for merit in chosen if merit.entry_id not in standing),
            kind=kind,
            by=by,
            today=today,
            after=register.last_number,
        )
        Certificate.objects.bulk_create(new, batch_size=BATCH_SIZE)
        if new:
            Register.objects.filter(pk=register.pk).update(
                last_number=register.last_number + len(new)
            )
            _record_issue(quiz_round, new, kind=kind, by=by, at=at)
    return _report(earned, chosen, standing, new)


def _locked_register(year: int) -> Register:
    Register.objects.get_or_create(year=year)
    return Register.objects.select_for_update().get(year=year)


def _valid_certificates(quiz_round: Round, kind: str) -> Iterable[Certificate]:
    return Certificate.objects.filter(round=quiz_round, kind=kind, revoked_at__isnull=True).only(
        "pk", "entry_id", "achievement", "full_name", "register_number", "register_year"
    )


def _rows(
    quiz_round: Round, earned: Iterable[Merit], *, kind: str, by: User, today: date, after: int
) -> list[Certificate]:
    words = wording(quiz_round, on=today)
    return [
        Certificate(
            round=quiz_round,
            entry_id=merit.entry_id,
            kind=kind,
            register_year=today.year,
            register_number=number,
            code=secrets.token_urlsafe(16),
            full_name=merit.full_name,
            unit_name=merit.unit_name,
            achievement=merit.achievement,
            wording=words,
            search_key=fold(f"{merit.full_name} {merit.unit_name} {merit.achievement}"),
            issued_on=today,
            issued_by=by,
        )
        for number, merit in enumerate(earned, after + 1)
    ]


def _record_issue(
    quiz_round: Round, new: list[Certificate], *, kind: str, by: User, at: datetime
) -> None:
    first, last = new[0], new[-1]
    record(
        CertificateAct.ISSUED,
        quiz_round,
        by=by,
        at=at,
        contest_id=quiz_round.contest_id,
        summary=_("Cấp %(count)d giấy chứng nhận, số %(first)s đến %(last)s")
        % {"count": len(new), "first": first, "last": last},
        data={"kind": str(kind), "numbers": [first.register_number, last.register_number]},
    )


def _report(
    earned: list[Merit],
    chosen: list[Merit],
    standing: dict[int, Certificate],
    new: list[Certificate],
) -> IssueReport:
    now = {merit.entry_id: merit.achievement for merit in earned}
    outdated = [c for c in standing.values() if now.get(c.entry_id) != c.achievement]
    stale = {c.pk for c in outdated}
    kept = [
        standing[merit.entry_id]
        for merit in chosen
        if merit.entry_id in standing and standing[merit.entry_id].pk not in stale
    ]
    both = sorted([*kept, *new], key=lambda c: (c.register_year, c.register_number))
    return IssueReport(
        [c.pk for c in both],
        len(new),
        len(kept),
        [f"{c} {c.full_name}" for c in outdated],
    )


def revoke(certificate: Certificate, *, reason: str, by: User, at: datetime) -> None:
    """Withdraw one; it keeps its number and its page says so. Repeating it changes nothing."""
    reason = nfc(reason)
    if not reason:
        raise IssuingError(_("Ghi lý do thu hồi."))
    _insist_on_right(certificate, by)
    with transaction.atomic():
        changed = Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=True).update(
            revoked_at=at, revoked_reason=reason[:300]
        )
        if changed:
            _record_act(CertificateAct.REVOKED, certificate, by, at, _("Thu hồi"), reason)
    certificate.refresh_from_db()


def restore(certificate: Certificate, *, by: User, at: datetime) -> None:
    """Undo a revocation. Raises Conflict when another one has been issued for the same merit."""
    _insist_on_right(certificate, by)
    try:
        with transaction.atomic():
            reason = certificate.revoked_reason
            changed = Certificate.objects.filter(
                pk=certificate.pk, revoked_at__isnull=False
            ).update(revoked_at=None, revoked_reason="")
            if changed:
                _record_act(CertificateAct.RESTORED, certificate, by, at, _("Khôi phục"), reason)
    except IntegrityError as error:
        raise Conflict(
            _("Người này đã được cấp giấy khác thay thế. Thu hồi giấy đó trước.")
        ) from error
    certificate.refresh_from_db()


def _insist_on_right(certificate: Certificate, by: User) -> None:
    if not rules.can_revoke(by, certificate):
        raise NotAllowed(_("Chỉ Ban Tổ chức của cuộc thi thu hồi hoặc khôi phục giấy chứng nhận."))


def _record_act(
    action: str, certificate: Certificate, by: User, at: datetime, act: str, reason: str
) -> None:
    record(
        action,
        certificate,
        by=by,
        at=at,
        contest_id=certificate.round.contest_id,
        summary=_("%(act)s giấy chứng nhận số %(number)s của %(name)s")
        % {"act": act, "number": certificate, "name": certificate.full_name},
        reason=reason,
    )
