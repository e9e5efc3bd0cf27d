"""Which account each row of a roster is about. Reported, never guessed, when the signs disagree."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched

from django.db.models import Q

from core.vietnamese import fold
from people.importing.problems import Field, Problem, ProblemCode, Severity
from people.importing.records import RosterRecord
from people.models import User
from people.queries import people_whose_accounts_are_kept_by

_BATCH = 500


@dataclass(slots=True)
class Match:
    """`user` is None for a new person. A row with an error in `problems` is not taken."""

    record: RosterRecord
    user: User | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_rejected(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def report(
        self, on: Field, code: ProblemCode, severity: Severity = Severity.ERROR, **params: str | int
    ) -> None:
        self.problems.append(Problem(self.record.row, on, code, params, severity))


@dataclass(frozen=True, slots=True)
class _Accounts:
    by_code: dict[str, User]
    by_phone: dict[str, User]
    by_email: dict[str, User]


def match_records(records: Sequence[RosterRecord], *, by: User | None) -> list[Match]:
    """One match per record, in order. One query per 500 records, two when `by` is someone.

    Staff code decides, else phone, else e-mail. A later row for an account that an earlier row
    already speaks of is rejected, and so is a row for an account that `by` may not keep. `by` is
    None for the command line, which may keep every account.
    """
    accounts = _find_accounts(records)
    matches = [_match(record, accounts) for record in records]
    if by is not None:
        _reject_protected(matches, by)
    first_rows: dict[int, int] = {}
    for match in matches:
        if match.user and not match.is_rejected:
            first = first_rows.setdefault(match.user.pk, match.record.row)
            if first != match.record.row:
                match.report(
                    Field.FULL_NAME,
                    ProblemCode.SAME_PERSON,
                    first_row=first,
                    person=_named(match.user),
                )
    return matches


def _find_accounts(records: Iterable[RosterRecord]) -> _Accounts:
    found = _Accounts({}, {}, {})
    for batch in batched(records, _BATCH):
        for user in _accounts_of(batch):
            if user.staff_code:
                found.by_code[user.staff_code] = user
            if user.phone:
                found.by_phone[user.phone] = user
            if user.email:
                found.by_email[user.email] = user
    return _one_object_each(found)


def _accounts_of(batch: Sequence[RosterRecord]) -> Iterator[User]:
    mentioned = (
        Q(staff_code__in=[r.staff_code for r in batch if r.staff_code])
        | Q(phone__in=[r.phone for r in batch if r.phone])
        | Q(email__in=[r.email for r in batch if r.email])
    )
    return User.objects.filter(mentioned).order_by("pk").iterator()


def _one_object_each(found: _Accounts) -> _Accounts:
    """An account may come in two batches: one Python object per account."""
    indexes = (found.by_code, found.by_phone, found.by_email)
    single = {user.pk: user for index in indexes for user in index.values()}
    return _Accounts(*({key: single[u.pk] for key, u in index.items()} for index in indexes))


def _match(record: RosterRecord, accounts: _Accounts) -> Match:
    match = Match(record)
    by_code = accounts.by_code.get(record.staff_code)
    by_phone = accounts.by_phone.get(record.phone)
    by_email = accounts.by_email.get(record.email)
    match.user = user = by_code or by_phone or by_email
    if user is None:
        return match
    for key, other, value in (
        (Field.PHONE, by_phone, record.phone),
        (Field.EMAIL, by_email, record.email),
    ):
        if other and other.pk != user.pk:
            match.report(key, ProblemCode.BELONGS_TO_ANOTHER, value=value, person=_named(other))
    if record.staff_code and user.staff_code and record.staff_code != user.staff_code:
        match.report(
            Field.STAFF_CODE, ProblemCode.CODE_DIFFERS, value=record.staff_code, person=_named(user)
        )
    elif not match.problems:
        _compare_names(match, user, signs=sum(o is not None for o in (by_code, by_phone, by_email)))
    if not user.is_active:
        match.report(
            Field.FULL_NAME,
            ProblemCode.ACCOUNT_CLOSED,
            Severity.WARNING,
            person=_named(user),
        )
    return match


def _compare_names(match: Match, user: User, *, signs: int) -> None:
    """A code alone with another given name is more likely a wrong code than a new name."""
    old, new = user.full_name, match.record.full_name
    if old == new:
        return
    same_given_name = fold(old).split()[-1:] == fold(new).split()[-1:]
    if not same_given_name and signs < 2:
        match.report(Field.FULL_NAME, ProblemCode.NAME_DIFFERS, value=new[:60], person=_named(user))
    else:
        match.report(
            Field.FULL_NAME,
            ProblemCode.NAME_CHANGED,
            Severity.WARNING,
            before=old,
            value=new,
        )


def _reject_protected(matches: Iterable[Match], by: User) -> None:
    """A new e-mail address or phone on an account is a way into it."""
    found = [(match, match.user) for match in matches if match.user]
    kept: set[int] = set()
    for batch in batched({user.pk for _, user in found}, _BATCH):
        kept |= set(
            people_whose_accounts_are_kept_by(by).filter(pk__in=batch).values_list("pk", flat=True)
        )
    for match, user in found:
        if user.pk not in kept:
            match.report(_sign(match), ProblemCode.ACCOUNT_PROTECTED, person=_named(user))


def _sign(match: Match) -> Field:
    """The column by which the account was found."""
    record, user = match.record, match.user
    if user and record.staff_code and record.staff_code == user.staff_code:
        return Field.STAFF_CODE
    return Field.PHONE if user and record.phone and record.phone == user.phone else Field.EMAIL


def _named(user: User) -> str:
    return f"{user.full_name} ({user.staff_code})" if user.staff_code else user.full_name
