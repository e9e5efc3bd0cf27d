"""The outbox: what people do with it. What the worker does is in outreach.zalo.sending."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.vietnamese import nfc
from outreach.enums import OutreachAct
from outreach.errors import ZaloRefused
from outreach.models import ZaloPost
from outreach.zalo.client import AUTHOR_CHARS, DESCRIPTION_CHARS, TITLE_CHARS
from people.models import User

log = structlog.get_logger(__name__)

State = ZaloPost.State
# Whoever sends a post has long heard from Zalo, or died, after this.
LEASE = timedelta(minutes=5)


def queue_article(
    *,
    page_id: int,
    page_url: str,
    title: str,
    author: str,
    description: str,
    cover_url: str,
    paragraphs: Sequence[str],
    is_shown: bool,
    by: User,
    at: datetime,
) -> ZaloPost:
    """Put a public page in the outbox. Raises ZaloRefused when it is there already."""
    texts = [text for text in map(nfc, paragraphs) if text]
    if not nfc(title) or not texts:
        raise ZaloRefused(_("Bài cần có tiêu đề và nội dung mới đăng được lên Zalo."))
    try:
        with transaction.atomic():
            post = ZaloPost.objects.create(
                page_id=page_id,
                page_url=page_url,
                title=nfc(title)[:TITLE_CHARS],
                author=nfc(author)[:AUTHOR_CHARS],
                description=(nfc(description) or texts[0])[:DESCRIPTION_CHARS],
                cover_url=cover_url,
                paragraphs=texts,
                is_shown=is_shown,
                next_at=at,
                created_by=by,
                created_at=at,
                changed_at=at,
            )
            _note(OutreachAct.ZALO_QUEUED, post, by=by, at=at, summary=_("Gửi Zalo: %s"))
    except IntegrityError as error:
        raise ZaloRefused(
            _("Bài này đã có trong danh sách gửi Zalo. Hãy xem tình trạng ở đó.")
        ) from error
    return post


def retry(post: ZaloPost, *, by: User, at: datetime) -> None:
    """Send once more. Of a post with an unknown outcome a person has looked: it is not there.
    That cannot be known while the last request may still be on its way."""
    if post.state == State.UNKNOWN and post.attempts.filter(started_at__gt=at - LEASE).exists():
        raise ZaloRefused(
            _("Bài vừa được gửi, có thể Zalo còn đang nhận. Hãy xem Official Account sau 5 phút.")
        )
    try:
        _move(post, ZaloPost.RETRIABLE, State.WAITING, at=at, next_at=at, last_error="", token="")
    except IntegrityError as error:
        raise ZaloRefused(_("Bài này đang được gửi ở một dòng khác.")) from error
    _note(OutreachAct.ZALO_RETRIED, post, by=by, at=at, summary=_("Gửi lại Zalo: %s"))


def cancel(post: ZaloPost, *, by: User, at: datetime) -> None:
    _move(post, ZaloPost.CANCELLABLE, State.CANCELLED, at=at, next_at=None)
    _note(OutreachAct.ZALO_CANCELLED, post, by=by, at=at, summary=_("Hủy gửi Zalo: %s"))


def withdraw_pages(page_ids: Iterable[int], *, at: datetime) -> None:
    """These pages are no longer for everybody: nothing of them that waits is sent."""
    waiting = ZaloPost.objects.filter(page_id__in=page_ids, state=State.WAITING)
    withdrawn = waiting.update(
        state=State.CANCELLED, next_at=None, changed_at=at, last_error=not_public()
    )
    if withdrawn:
        log.info("zalo_posts_withdrawn", count=withdrawn)


def not_public() -> str:
    return _("Trang không còn công khai nên không gửi nữa.")


def mark_posted(post: ZaloPost, *, by: User, at: datetime) -> None:
    """A person has seen the article on the Official Account."""
    _move(post, (State.UNKNOWN,), State.POSTED, at=at, next_at=None, last_error="")
    _note(OutreachAct.ZALO_SEEN, post, by=by, at=at, summary=_("Xác nhận đã có trên Zalo: %s"))


def _move(
    post: ZaloPost, states: Sequence[str], state: str, *, at: datetime, **fields: object
) -> None:
    with transaction.atomic():
        moved = ZaloPost.objects.filter(pk=post.pk, state__in=states).update(
            state=state, changed_at=at, **fields
        )
    if not moved:
        raise ZaloRefused(_("Tình trạng của bài vừa thay đổi. Hãy tải lại trang rồi xem lại."))


def _note(action: str, post: ZaloPost, *, by: User, at: datetime, summary: str) -> None:
    audit.record(action, post, by=by, at=at, summary=summary % post.title)
