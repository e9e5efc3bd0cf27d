"""Who may do what in a contest: predicates that only read.

A bank is open to its owners, reviewers and readers alone, while they are authors or organisers: an
organiser who is none of them may count its questions, not read them, and may not put them into a
blueprint (that would hand them out). While a bank is sealed it is open only to the people it is
sealed to; its other owners, and administrators, may see that it is sealed and who reads it.

Whoever could read a bank's keys, now or before, is no contestant where it is drawn from.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.models import AuditEvent
from people import roles
from people.models import User
from people.rules import has_role, is_administrator, is_author, is_jury, is_organiser
from quizzes.enums import AttemptState, BankAct, ResultVisibility, RoundState
from quizzes.models import Attempt, BankSeal, Contest, QuestionBank, QuestionVersion, Round


def can_create_contest(user: Any) -> bool:
    return is_organiser(user)


def can_organise(user: Any, contest: Contest) -> bool:
    """An administrator, or a person of the contest's board who still holds the organiser's role."""
    if is_administrator(user):
        return True
    return is_organiser(user) and contest.organisers.filter(pk=user.pk).exists()


def can_mark_essays(user: Any, contest: Contest) -> bool:
    """The organisers of the contest, and its jury while they hold the jury's role."""
    if can_organise(user, contest):
        return True
    return is_jury(user) and contest.jury.filter(pk=user.pk).exists()


def keeps_bank(user: Any, bank: QuestionBank) -> bool:
    """Whoever is responsible for the bank, sealed or not: sees its seal and who read its keys."""
    return QuestionBank.objects.filter(kept_banks(user), pk=bank.pk).exists()


def can_author(user: Any, bank: QuestionBank, at: datetime) -> bool:
    """Responsible for the bank and not sealed out of it."""
    own = kept_banks(user) & readable_banks(user, at)
    return QuestionBank.objects.filter(own, pk=bank.pk).exists()


def can_lift_seal(user: Any, bank: QuestionBank, at: datetime) -> bool:
    """Owners who are sealed in, and administrators: else a seal could outlive its people."""
    return is_administrator(user) or can_author(user, bank, at)


def can_read_keys(user: Any, bank: QuestionBank, at: datetime) -> bool:
    return QuestionBank.objects.filter(readable_banks(user, at), pk=bank.pk).exists()


def can_review(user: Any, bank: QuestionBank, at: datetime) -> bool:
    """Owners and reviewers; of a question that one wrote oneself see ``wrote``."""
    person = User.objects.filter(pk=user.pk)
    named = Q(pk__in=person.values("owned_banks")) | Q(pk__in=person.values("reviewed_banks"))
    reviewed = (Q() if is_administrator(user) else named) & readable_banks(user, at)
    return QuestionBank.objects.filter(reviewed, pk=bank.pk).exists()


def can_comment(user: Any, bank: QuestionBank, at: datetime) -> bool:
    """Readers only read."""
    return can_review(user, bank, at)


def wrote(user: Any, version: QuestionVersion) -> bool:
    """Whoever wrote or last changed a version does not approve it, administrators included."""
    return user.pk is not None and user.pk in (version.created_by_id, version.changed_by_id)


def _may_hold_keys(user: Any) -> bool:
    """Being named in a bank is not enough: it ends with the role for which one was named."""
    return has_role(user, roles.AUTHOR, roles.ORGANISER)


def can_draw_from(user: Any, bank: QuestionBank, at: datetime) -> bool:
    """Whether the person may put the bank's questions into a blueprint."""
    return can_read_keys(user, bank, at)


def readable_banks(user: Any, at: datetime) -> Q:
    """The condition on QuestionBank that says the same as ``can_read_keys``."""
    sealed_away = BankSeal.objects.filter(seal_holds(at)).exclude(people=user.pk)
    return named_in_banks(user) & ~Q(pk__in=sealed_away.values("bank"))


def named_in_banks(user: Any) -> Q:
    """The condition on QuestionBank: readable to the person but for a seal."""
    if is_administrator(user):
        return Q()
    if not _may_hold_keys(user):
        return Q(pk__in=())
    person = User.objects.filter(pk=user.pk)
    return (
        Q(pk__in=person.values("owned_banks"))
        | Q(pk__in=person.values("reviewed_banks"))
        | Q(pk__in=person.values("readable_banks"))
    )


def kept_banks(user: Any) -> Q:
    """The condition on QuestionBank that says the same as ``keeps_bank``."""
    if is_administrator(user):
        return Q()
    if not is_author(user):
        return Q(pk__in=())
    return Q(pk__in=User.objects.filter(pk=user.pk).values("owned_banks"))


def seal_holds(at: datetime) -> Q:
    """The condition on BankSeal: not lifted, not over, its round not closed."""
    return (
        Q(lifted_at__isnull=True)
        & (Q(until__isnull=True) | Q(until__gt=at))
        & ~Q(round__state__in=[RoundState.CLOSED, RoundState.PUBLISHED])
    )


def may_enter(user: Any, contest: Contest) -> str | None:
    """None, or one sentence that says why this person may not enter the contest at all.

    Being on the roster, the window and the attempts already used are other questions
    (quizzes.starting).
    """
    if not user.is_authenticated:
        return _("Cần đăng nhập để dự thi.")
    return barred_reasons(contest, [user.pk]).get(user.pk)


def barred_reasons(contest: Contest, user_ids: Collection[int] | None = None) -> dict[int, str]:
    """The barred among ``user_ids`` (None: among everyone) and why, in a constant number of
    statements. Whoever can read the keys cannot be a contestant (contest-rules.md)."""
    chosen = Q() if user_ids is None else Q(pk__in=user_ids)
    people = User.objects.filter(chosen).order_by()
    board = people.filter(organised_contests=contest).values_list("pk", flat=True)
    holders = people.filter(groups__name__in=roles.BARRED_FROM_ENTERING | {roles.ADMINISTRATOR})
    drawn_banks = QuestionBank.objects.filter(topics__in=_drawn_topics(contest))
    key_readers = people.filter(
        Q(owned_banks__in=drawn_banks)
        | Q(reviewed_banks__in=drawn_banks)
        | Q(readable_banks__in=drawn_banks)
        | Q(pk__in=key_reads(drawn_banks).values("actor"))
    )
    reasons: dict[int, str] = {}
    for pk in people.filter(Q(is_active=False)).values_list("pk", flat=True):
        reasons[pk] = _("Tài khoản đã ngừng hoạt động.")
    for pk in people.filter(is_superuser=True).values_list("pk", flat=True):
        reasons[pk] = _("Quản trị viên không dự thi.")
    for pk in key_readers.values_list("pk", flat=True):
        reasons[pk] = _("Người được xem đáp án của ngân hàng câu hỏi không dự thi.")
    for pk, role in holders.order_by("groups__name").values_list("pk", "groups__name"):
        reasons[pk] = _("Người giữ vai trò “%(role)s” không dự thi.") % {"role": role}
    for pk in board:
        reasons[pk] = _("Thành viên Ban Tổ chức của cuộc thi không dự thi.")
    return reasons


def key_reads(banks: Any) -> QuerySet[AuditEvent]:
    """What the log holds of keys read in these banks: it stays when a person is no reader now."""
    return AuditEvent.objects.filter(
        action=BankAct.KEY_READ,
        object_type=QuestionBank._meta.label,
        object_id__in=banks.values("pk"),
    )


def _drawn_topics(contest: Contest) -> Any:
    return Round.objects.filter(contest=contest).values("cells__topic")


def can_see_contest(user: Any, contest: Contest) -> bool:
    """A public contest is for everyone; another one for its board and those on its roster."""
    if contest.is_public:
        return True
    if not user.is_authenticated:
        return False
    return contest.entries.filter(user=user.pk).exists() or can_organise(user, contest)


def is_result_shown(quiz_round: Round, at: datetime) -> bool:
    """Whether contestants see their own result of this round at ``at``."""
    if quiz_round.state == RoundState.PUBLISHED:
        return True
    if quiz_round.result_visibility == ResultVisibility.AT_ONCE:
        return True
    if quiz_round.result_visibility == ResultVisibility.AT_CLOSE:
        return quiz_round.state == RoundState.CLOSED or at >= quiz_round.closes_at
    return False


def can_see_result(user: Any, attempt: Attempt, at: datetime) -> bool:
    """The person's own finished attempt once results are shown, or any for the organisers."""
    if attempt.state != AttemptState.FINISHED or not user.is_authenticated:
        return False
    if attempt.entry.user_id == user.pk:
        return is_result_shown(attempt.round, at)
    return can_organise(user, attempt.round.contest)


def can_see_answers(user: Any, attempt: Attempt) -> bool:
    """Which options were right: only of the person's own attempt and only after publication."""
    return (
        user.is_authenticated
        and attempt.entry.user_id == user.pk
        and attempt.state == AttemptState.FINISHED
        and attempt.round.shows_answers
        and attempt.round.state == RoundState.PUBLISHED
    )


def can_see_paper_files(user: Any, attempt: Attempt) -> bool:
    """Pictures and videos of a paper: its own person's, while working on it and once the answers
    may be seen. Before an attempt is started there is no paper to ask for."""
    if not user.is_authenticated or attempt.entry.user_id != user.pk:
        return False
    return attempt.state == AttemptState.IN_PROGRESS or can_see_answers(user, attempt)


def can_see_standings(user: Any, quiz_round: Round) -> bool:
    """Standings are for everyone once published; before, for the organisers."""
    if quiz_round.state == RoundState.PUBLISHED and can_see_contest(user, quiz_round.contest):
        return True
    return user.is_authenticated and can_organise(user, quiz_round.contest)


def can_analyse(user: Any, quiz_round: Round) -> bool:
    """How the questions behaved: for the organisers, once no paper can change any more. The words
    and the keys are another matter (``can_read_keys``)."""
    is_over = quiz_round.state in {RoundState.CLOSED, RoundState.PUBLISHED}
    return is_over and user.is_authenticated and can_organise(user, quiz_round.contest)


def can_see_audit_log(user: Any, contest: Contest) -> bool:
    return can_organise(user, contest)


def holds_any_organising(user: Any) -> bool:
    """Whether the organiser workspace has anything to show to this person."""
    return has_role(user, roles.ORGANISER, roles.ADMINISTRATOR)


def can_create_bank(user: Any) -> bool:
    return is_author(user) or is_administrator(user)


def can_use_banks(user: Any, at: datetime) -> bool:
    """Whether the authors' workspace has anything to show to this person."""
    if can_create_bank(user):
        return True
    return QuestionBank.objects.filter(readable_banks(user, at)).exists()
