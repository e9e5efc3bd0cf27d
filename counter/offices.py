"""Setting offices up: their facts, hours, closures, and how long personal data is kept."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import DomainError
from core.vietnamese import nfc
from counter.enums import CounterAct
from counter.hours import format_intervals, local_day
from counter.models import Closure, CounterSettings, Office, OpeningHours
from counter.words import day_words, weekday_label
from people.models import User

MAX_EXTRA_HOURS = 60
MAX_CLOSURES = 60


class TooMany(DomainError):
    pass


@transaction.atomic
def save_office(office: Office, *, by: User, at: datetime) -> Office:
    """Save a validated office, new or changed."""
    office.save()
    audit.record(
        CounterAct.OFFICE_SAVED,
        office,
        by=by,
        at=at,
        summary=_("Sửa thông tin %s") % office.name,
    )
    return office


@transaction.atomic
def replace_weekly_hours(
    office: Office, weekly: Mapping[int, Sequence[tuple[time, time]]], *, by: User, at: datetime
) -> None:
    """The ordinary hours of each weekday (Monday is 0), in place of those before."""
    Office.objects.select_for_update().get(pk=office.pk)
    office.hours.filter(on_date__isnull=True, slot_minutes=0).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(office=office, weekday=weekday, starts=starts, ends=ends)
        for weekday, intervals in sorted(weekly.items())
        for starts, ends in intervals
    )
    said = "; ".join(
        f"{weekday_label(weekday)} {format_intervals(intervals)}"
        for weekday, intervals in sorted(weekly.items())
        if intervals
    )
    _record_hours(office, said or _("không có giờ hằng tuần"), by=by, at=at)


@transaction.atomic
def add_extra_hours(office: Office, hours: OpeningHours, *, by: User, at: datetime) -> None:
    """Bookable hours, of a weekday or a date. Raises DomainError for a day gone by or too many."""
    Office.objects.select_for_update().get(pk=office.pk)
    today = local_day(at)
    if hours.on_date and hours.on_date < today:
        raise DomainError(_("Ngày này đã qua. Hãy chọn từ hôm nay trở đi."))
    office.hours.filter(on_date__lt=today).delete()
    if office.hours.filter(slot_minutes__gt=0).count() >= MAX_EXTRA_HOURS:
        raise TooMany(
            _("Đã có %s khung giờ ngoài giờ. Hãy bỏ bớt trước khi thêm.") % MAX_EXTRA_HOURS
        )
    hours.office = office
    hours.save()
    _record_hours(office, _("thêm %s") % _hours_words(hours), by=by, at=at)


@transaction.atomic
def remove_extra_hours(office: Office, hours_id: int, *, by: User, at: datetime) -> None:
    """Nothing more is booked in them; bookings that are there stay on the day list."""
    hours = office.hours.filter(pk=hours_id, slot_minutes__gt=0).first()
    if hours is None:
        raise DomainError(_("Khung giờ này không còn. Hãy tải lại trang."))
    said = _("bỏ %s") % _hours_words(hours)
    hours.delete()
    _record_hours(office, said, by=by, at=at)


@transaction.atomic
def add_closure(office: Office, closure: Closure, *, by: User, at: datetime) -> None:
    """Raises DomainError for days gone by or too many."""
    today = local_day(at)
    if closure.last_day < today:
        raise DomainError(_("Những ngày này đã qua. Hãy chọn từ hôm nay trở đi."))
    if office.closures.filter(last_day__gte=today).count() >= MAX_CLOSURES:
        raise TooMany(_("Đã có %s đợt nghỉ. Hãy bỏ bớt trước khi thêm.") % MAX_CLOSURES)
    closure.office = office
    closure.reason = nfc(closure.reason)
    closure.save()
    _record_closures(office, _("thêm %s") % _closure_words(closure), by=by, at=at)


@transaction.atomic
def remove_closure(office: Office, closure_id: int, *, by: User, at: datetime) -> None:
    closure = office.closures.filter(pk=closure_id).first()
    if closure is None:
        raise DomainError(_("Đợt nghỉ này không còn. Hãy tải lại trang."))
    said = _("bỏ %s") % _closure_words(closure)
    closure.delete()
    _record_closures(office, said, by=by, at=at)


@transaction.atomic
def set_retention(days: int, *, by: User, at: datetime) -> None:
    """For all offices; what is older is erased at the next run of the task."""
    kept, _created = CounterSettings.objects.update_or_create(
        pk=1, defaults={"retention_days": days}
    )
    audit.record(
        CounterAct.RETENTION_CHANGED,
        kept,
        by=by,
        at=at,
        summary=_("Giữ dữ liệu cá nhân của lịch hẹn %s ngày") % days,
        data={"retention_days": days},
    )


def _record_hours(office: Office, said: str, *, by: User, at: datetime) -> None:
    audit.record(CounterAct.HOURS_CHANGED, office, by=by, at=at, summary=f"{office.name}: {said}")


def _record_closures(office: Office, said: str, *, by: User, at: datetime) -> None:
    audit.record(
        CounterAct.CLOSURES_CHANGED, office, by=by, at=at, summary=f"{office.name}: {said}"
    )


def _hours_words(hours: OpeningHours) -> str:
    day: date | None = hours.on_date
    when = day_words(day) if day else weekday_label(hours.weekday or 0)
    return f"{when} {hours.starts:%H:%M}–{hours.ends:%H:%M}"


def _closure_words(closure: Closure) -> str:
    return f"{closure.first_day:%d/%m/%Y}–{closure.last_day:%d/%m/%Y} {closure.reason}"
