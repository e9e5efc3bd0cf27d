"""What appears and disappears on the site in one month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

_ = gettext_lazy
SCHEDULED, EXPIRES, PUBLISHED = "scheduled", "expires", "published"
LABELS = {SCHEDULED: _("Hẹn đăng"), EXPIRES: _("Hẹn gỡ"), PUBLISHED: _("Đã đăng")}
FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, slots=True)
class Entry:
    day: date
    at: datetime | None
    kind: str
    page: Any

    @property
    def label(self) -> Any:
        return LABELS[self.kind]


def read_month(text: str, *, today: date) -> date:
    """The first day of "2026-11"; of this month for anything else."""
    try:
        year, month = (int(part) for part in text.split("-"))
        first = date(year, month, 1)
    except ValueError:
        first = today.replace(day=1)
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else today.replace(day=1)


def neighbours(first: date) -> tuple[date, date]:
    """The first days of the months before and after."""
    before = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
    after = date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    return before, after


def month_of(first: date) -> list[tuple[date, list[Entry]]]:
    """Days of the month on which something happens, with what happens, by the clock; a published
    article stands on the day written on it. Four statements."""
    begin, end = (_midnight(day) for day in (first, neighbours(first)[1]))
    entries = [*_scheduled(begin, end), *_expiring(begin, end), *_published(first, begin, end)]
    days: dict[date, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=_order):
        days[entry.day].append(entry)
    return list(days.items())


def _order(entry: Entry) -> Any:
    return (entry.day, entry.at is not None, entry.at or 0, entry.page.title, entry.page.pk)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _entry(page: Any, kind: str, at: datetime) -> Entry:
    return Entry(timezone.localdate(at), at, kind, page)


def _scheduled(begin: datetime, end: datetime) -> list[Entry]:
    revisions = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        approved_go_live_at__gte=begin,
        approved_go_live_at__lt=end,
    ).values_list("object_id", "approved_go_live_at")
    moments = [(int(pk), at) for pk, at in revisions]
    pages = Page.objects.in_bulk([pk for pk, _at in moments])
    return [_entry(pages[pk], SCHEDULED, at) for pk, at in moments if pk in pages]


def _expiring(begin: datetime, end: datetime) -> list[Entry]:
    pages = Page.objects.filter(expire_at__gte=begin, expire_at__lt=end, expired=False)
    return [_entry(page, EXPIRES, page.expire_at) for page in pages]


def _published(first: date, begin: datetime, end: datetime) -> list[Entry]:
    dated = apps.get_model("cms", "ArticlePage").objects.live()
    of_month = dated.filter(published_on__gte=first, published_on__lt=neighbours(first)[1])
    found = [Entry(article.published_on, None, PUBLISHED, article) for article in of_month]
    others = Page.objects.live().filter(
        first_published_at__gte=begin, first_published_at__lt=end, depth__gt=1
    )
    others = others.exclude(pk__in=dated.values("pk"))
    return found + [_entry(page, PUBLISHED, page.first_published_at) for page in others]
