"""What waits for one person at the editors' desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy
from wagtail.models import Comment, Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from legal.citing import citing_counts
from legal.queries import published
from legal.rules import can_edit_instruments
from legal.standing import Standing

_ = gettext_lazy
SHOWN: Final = 5
AGED_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    note: Any = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Heap:
    """``items``: the first SHOWN of ``count``."""

    title: Any
    count: int
    items: list[Item]
    all_url: str = ""


def waiting_for(user: Any, *, at: datetime) -> list[Heap]:
    """Only what there is, the most pressing first. The number of statements does not grow with the
    number of pages."""
    heaps = [
        _to_review(user),
        _comments(user),
        _drafts(user),
        _scheduled(user, at),
        _expired_law(user, at),
        _aged(user, at),
    ]
    return [heap for heap in heaps if heap is not None and heap.count]


def _heap(title: Any, found: list[Any], make: Any, all_url: str = "") -> Heap:
    return Heap(title, len(found), [make(one) for one in found[:SHOWN]], all_url)


def _edit(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def _to_review(user: Any) -> Heap:
    states = list(
        TaskState.objects.reviewable_by(user)
        .select_related("task", "revision", "workflow_state__requested_by")
        .filter(revision__base_content_type__model="page")
        .order_by("started_at", "pk")
    )

    def make(state: Any) -> Item:
        asked = state.workflow_state.requested_by
        return Item(
            label=state.revision.object_str,
            url=_edit(int(state.revision.object_id)),
            note=f"{state.task.name} · {asked}" if asked else state.task.name,
            at=state.started_at,
        )

    return _heap(_("Chờ tôi duyệt"), states, make)


def _comments(user: Any) -> Heap:
    """Threads of others, still open, on my pages or that I took part in."""
    mine = Q(page__owner=user) | Q(user=user) | Q(replies__user=user)
    threads = Comment.objects.filter(mine, resolved_at__isnull=True).select_related("page", "user")
    found = []
    for thread in threads.prefetch_related("replies__user").distinct().order_by("-updated_at"):
        last = max(thread.replies.all(), key=lambda reply: reply.created_at, default=thread)
        if last.user_id != user.pk:
            found.append((thread, last))

    def make(pair: Any) -> Item:
        thread, last = pair
        words = last.text if len(last.text) <= 80 else f"{last.text[:79]}…"
        return Item(
            label=thread.page.draft_title or thread.page.title,
            url=f"{_edit(thread.page_id)}?comment={thread.pk}",
            note=f"{last.user}: {words}",
            at=last.created_at,
        )

    return _heap(_("Góp ý cho tôi"), found, make)


def _drafts(user: Any) -> Heap:
    """Pages whose latest version is mine and that were not sent to anybody."""
    sent = WorkflowState.objects.active().filter(base_content_type__model="page")
    pages = list(
        Page.objects.filter(
            has_unpublished_changes=True,
            latest_revision__user=user,
            latest_revision__approved_go_live_at__isnull=True,
        )
        .exclude(pk__in=sent.values(key=Cast("object_id", models.BigIntegerField())))
        .order_by("-latest_revision_created_at", "pk")
    )
    return _heap(_("Bản nháp của tôi"), pages, _page_item)


def _page_item(page: Page) -> Item:
    return Item(page.draft_title or page.title, _edit(page.pk), at=page.latest_revision_created_at)


def _scheduled(user: Any, at: datetime) -> Heap:
    pages = list(
        _own(user)
        .filter(latest_revision__approved_go_live_at__gt=at)
        .select_related("latest_revision")
        .order_by("latest_revision__approved_go_live_at", "pk")
    )
    calendar = reverse("cms_calendar")

    def make(page: Page) -> Item:
        moment = page.latest_revision.approved_go_live_at
        return Item(page.draft_title or page.title, _edit(page.pk), _("Sẽ đăng"), moment)

    return _heap(_("Đã hẹn giờ đăng"), pages, make, calendar)


def _expired_law(user: Any, at: datetime) -> Heap | None:
    if not can_edit_instruments(user):
        return None
    expired = published(timezone.localdate(at)).filter(standing=Standing.EXPIRED)
    cited = citing_counts(list(expired.values_list("pk", flat=True)))
    instruments = list(expired.filter(pk__in=cited).order_by("number")) if cited else []
    edit = "wagtailsnippets_legal_instrument:edit"

    def make(instrument: Any) -> Item:
        title = Truncator(instrument.title).chars(80)
        return Item(instrument.number, reverse(edit, args=[instrument.pk]), title)

    everything = reverse("expired_in_use")
    return _heap(_("Văn bản hết hiệu lực vẫn được viện dẫn"), instruments, make, everything)


def _aged(user: Any, at: datetime) -> Heap:
    old = at - timedelta(days=AGED_DAYS)
    pages = list(
        _own(user)
        .filter(live=True, depth__gt=2, numchild=0, last_published_at__lt=old)
        .order_by("last_published_at", "pk")
    )

    def make(page: Page) -> Item:
        return Item(page.title, _edit(page.pk), _("Đăng lần cuối"), page.last_published_at)

    url = (
        f"{reverse('wagtailadmin_reports:aging_pages')}?live=true&last_published_at={old:%Y-%m-%d}"
    )
    return _heap(_("Trang đã một năm không cập nhật"), pages, make, url)


def _own(user: Any) -> Any:
    """All pages for those who publish, one's own pages for those who write."""
    policy = policy_registry.get_by_type(Page)
    if policy.user_has_permission(user, "publish"):
        return Page.objects.all()
    return Page.objects.filter(owner=user)
