"""Sending what is in the outbox, never twice.

An attempt is written and committed before the request leaves. If the process dies between sending
and noting, the attempt stays open: after LEASE the post's outcome is unknown and a person looks.
The same holds for an answer that cannot be read. Only what Zalo has certainly not acted on is sent
again by itself.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.vietnamese import nfc
from outreach.models import ZaloAttempt, ZaloPost
from outreach.zalo.client import (
    Article,
    ArticleApi,
    NotSent,
    OutcomeUnknown,
    Refused,
    TokenExpired,
    ZaloError,
)
from outreach.zalo.connecting import access_token, forget_access_token, zalo_account
from outreach.zalo.outbox import LEASE, withdraw_pages
from outreach.zalo.publicity import is_still_public

log = structlog.get_logger(__name__)

State = ZaloPost.State
Outcome = ZaloAttempt.Outcome
# Waits after the first, second … attempt that did not get through; then a person must look.
BACKOFF_MINUTES = (1, 5, 15, 60, 240)
# How often Zalo is asked for the id of an article it has accepted.
CHECK_MINUTES = (1, 2, 5, 15, 60)
_BATCH = 20


def send_due(api: ArticleApi, *, at: datetime, clock: Callable[[], datetime] | None = None) -> int:
    """Do what is due in the outbox; returns the number of posts that were looked at.

    ``clock``: a batch of slow posts outlasts LEASE, so each post is claimed at its own time;
    without it all are claimed at ``at``.
    """
    now = clock or (lambda: at)
    give_up_lost_attempts(at=at)
    if not zalo_account().is_on:
        return 0
    due = ZaloPost.objects.filter(state__in=[State.WAITING, State.ACCEPTED], next_at__lte=at)
    posts = list(due.order_by("next_at", "pk")[:_BATCH])
    for post in posts:
        if post.state == State.WAITING:
            send_post(post, api, at=now(), clock=now)
        else:
            check_post(post, api, at=now())
    return len(posts)


def give_up_lost_attempts(*, at: datetime) -> None:
    """What was being sent when its process died: nobody here knows whether Zalo has it."""
    for post in ZaloPost.objects.filter(state=State.SENDING, changed_at__lt=at - LEASE):
        _note_outcome(post, State.UNKNOWN, Outcome.UNKNOWN, at=at, message=_lost())


def send_post(
    post: ZaloPost, api: ArticleApi, *, at: datetime, clock: Callable[[], datetime] | None = None
) -> None:
    """One attempt. Whoever else has claimed the post has it. A page that is no longer for
    everybody is not posted."""
    if not is_still_public(post.page_id):
        withdraw_pages([post.page_id], at=at)
        return
    try:
        token = access_token(api, at=at)
    except ZaloError:
        _postpone(post, at=at)
        return
    if clock:  # the renewal of a token takes its time
        at = clock()
    if not _claim(post, at=at):
        return
    try:
        accepted = api.create_article(_article(post), access_token=token)
    except TokenExpired as error:
        forget_access_token()
        _not_sent(post, error, at=at)
    except NotSent as error:
        _not_sent(post, error, at=at)
    except Refused as error:
        _note_outcome(post, State.FAILED, Outcome.REFUSED, at=at, error=error, message=fault(error))
    except OutcomeUnknown as error:
        _note_outcome(post, State.UNKNOWN, Outcome.UNKNOWN, at=at, error=error, message=_lost())
    else:
        _note_outcome(
            post,
            State.ACCEPTED,
            Outcome.ACCEPTED,
            at=at,
            token=accepted[:500],
            next_at=at + timedelta(minutes=CHECK_MINUTES[0]),
        )


def check_post(post: ZaloPost, api: ArticleApi, *, at: datetime) -> None:
    """Ask for the id of an accepted article. Asking is harmless, so it is simply repeated."""
    try:
        article_id = api.find_article(post.token, access_token=access_token(api, at=at))
    except TokenExpired:
        forget_access_token()
        _check_later(post, at=at)
    except (NotSent, OutcomeUnknown):
        _check_later(post, at=at)
    except Refused as error:
        ZaloPost.objects.filter(pk=post.pk, state=State.ACCEPTED).update(
            state=State.UNKNOWN, next_at=None, changed_at=at, last_error=fault(error)[:300]
        )
    else:
        if article_id is None:
            _check_later(post, at=at)
            return
        ZaloPost.objects.filter(pk=post.pk, state=State.ACCEPTED).update(
            state=State.POSTED,
            article_id=article_id[:100],
            next_at=None,
            changed_at=at,
            last_error="",
        )


def fault(error: ZaloError) -> str:
    """Why Zalo refused, for the editor."""
    known = {
        "-224": _("Gói dịch vụ của Official Account chưa cho đăng bài qua kết nối này."),
        "-216": _("Mã truy cập Zalo không còn hiệu lực."),
    }
    if error.code in known:
        return known[error.code]
    return _("Zalo từ chối (mã %(code)s): %(message)s") % {
        "code": error.code or "?",
        "message": nfc(error.message)[:200] or _("không nêu lý do"),
    }


def _lost() -> str:
    return _(
        "Đã gửi nhưng không nhận được trả lời của Zalo. Hãy mở Official Account xem bài đã có "
        "chưa, rồi chọn “Đã có trên Zalo” hoặc “Gửi lại”."
    )


@transaction.atomic
def _claim(post: ZaloPost, *, at: datetime) -> bool:
    claimed = ZaloPost.objects.filter(pk=post.pk, state=State.WAITING).update(
        state=State.SENDING, attempt_count=F("attempt_count") + 1, changed_at=at, next_at=None
    )
    if claimed:
        post.refresh_from_db()
        ZaloAttempt.objects.create(post=post, number=post.attempt_count, started_at=at)
    return bool(claimed)


def _not_sent(post: ZaloPost, error: ZaloError, *, at: datetime) -> None:
    if post.attempt_count > len(BACKOFF_MINUTES):
        message = _("Đã thử %d lần mà chưa gửi được. Hãy kiểm tra mạng rồi bấm “Gửi lại”.")
        _note_outcome(
            post,
            State.FAILED,
            Outcome.NOT_SENT,
            at=at,
            error=error,
            message=message % post.attempt_count,
        )
        return
    wait = timedelta(minutes=BACKOFF_MINUTES[post.attempt_count - 1])
    _note_outcome(
        post,
        State.WAITING,
        Outcome.NOT_SENT,
        at=at,
        error=error,
        message=_("Chưa đến được Zalo. Hệ thống sẽ tự gửi lại."),
        next_at=at + wait,
    )


@transaction.atomic
def _note_outcome(
    post: ZaloPost,
    state: str,
    outcome: str,
    *,
    at: datetime,
    error: ZaloError | None = None,
    message: str = "",
    token: str = "",
    next_at: datetime | None = None,
) -> None:
    """Close the open attempt. A late answer is better than none: it also settles a post that was
    given up meanwhile."""
    attempt = ZaloAttempt.objects.filter(
        post=post,
        number=post.attempt_count,
        outcome__in=[Outcome.OPEN, Outcome.UNKNOWN],
    )
    attempt.update(
        outcome=outcome,
        finished_at=at,
        code=(error.code if error else "")[:40],
        message=message[:300],
    )
    ZaloPost.objects.filter(
        pk=post.pk,
        attempt_count=post.attempt_count,
        state__in=[State.SENDING, State.UNKNOWN],
    ).update(state=state, changed_at=at, last_error=message[:300], token=token, next_at=next_at)
    log.info("zalo_attempt", post=post.pk, number=post.attempt_count, outcome=outcome)


def _postpone(post: ZaloPost, *, at: datetime) -> None:
    """No attempt was made: there is no token to make one with."""
    ZaloPost.objects.filter(pk=post.pk, state=State.WAITING).update(
        next_at=at + timedelta(minutes=BACKOFF_MINUTES[1]),
        last_error=zalo_account().last_error,
    )


def _check_later(post: ZaloPost, *, at: datetime) -> None:
    """Ever more rarely; a day after Zalo took it a person is asked to look."""
    started = post.attempts.filter(outcome=Outcome.ACCEPTED).order_by("-number").first()
    age = at - (started.started_at if started else post.changed_at)
    posts = ZaloPost.objects.filter(pk=post.pk, state=State.ACCEPTED)
    if age > timedelta(days=1):
        posts.update(state=State.UNKNOWN, next_at=None, changed_at=at, last_error=_lost())
        return
    waits = [minutes for minutes in CHECK_MINUTES if timedelta(minutes=minutes) >= age / 2]
    posts.update(next_at=at + timedelta(minutes=(waits or [CHECK_MINUTES[-1]])[0]))


def _article(post: ZaloPost) -> Article:
    return Article(
        title=post.title,
        author=post.author,
        description=post.description,
        cover_url=post.cover_url,
        paragraphs=(*post.paragraphs, _("Đọc đầy đủ: %s") % post.page_url),
        is_shown=post.is_shown,
    )
