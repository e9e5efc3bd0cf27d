"""The Official Account: connecting, disconnecting, and a good access token when one is needed."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from core import audit
from outreach.enums import OutreachAct
from outreach.errors import ZaloRefused
from outreach.models import ZaloAccount
from outreach.zalo.client import (
    ArticleApi,
    HttpArticleApi,
    NotSent,
    OutcomeUnknown,
    Refused,
    ZaloError,
)
from outreach.zalo.secrets import locked, opened
from people.models import User

log = structlog.get_logger(__name__)

# A token that ends sooner is renewed first.
MARGIN = timedelta(minutes=5)
# Whoever renews has long finished, or died, after this.
RENEWAL_LEASE = timedelta(minutes=2)


def zalo_api() -> ArticleApi:
    return HttpArticleApi(api_url=settings.ZALO_API_URL, oauth_url=settings.ZALO_OAUTH_URL)


def zalo_account() -> ZaloAccount:
    return ZaloAccount.objects.first() or ZaloAccount()


def connect(
    *, name: str, app_id: str, app_secret: str, refresh_token: str, by: User, at: datetime
) -> ZaloAccount:
    """Put in what the Official Account's administrator has from Zalo; "" keeps what is there."""
    account = zalo_account()
    account.name, account.app_id = name, app_id
    if app_secret:
        account.app_secret = locked(app_secret)
    if refresh_token:
        account.refresh_token = locked(refresh_token)
        account.access_token, account.access_expires_at = "", None
    account.connected_by, account.connected_at = by, at
    account.renewing_since, account.last_error = None, ""
    account.save()
    audit.record(
        OutreachAct.ZALO_CONNECTED,
        account,
        by=by,
        at=at,
        summary=_("Nối Zalo Official Account %s") % name,
    )
    return account


def disconnect(*, by: User, at: datetime) -> None:
    """Forget every secret; what waits in the outbox stays there."""
    account = zalo_account()
    account.app_secret = account.access_token = account.refresh_token = ""
    account.access_expires_at = account.renewing_since = None
    account.save()
    audit.record(
        OutreachAct.ZALO_DISCONNECTED,
        account,
        by=by,
        at=at,
        summary=_("Ngắt Zalo Official Account"),
    )


def access_token(api: ArticleApi, *, at: datetime) -> str:
    """A token that is good for a while. Raises ZaloError: nothing has been posted then."""
    account = zalo_account()
    try:
        if _is_good(account, at=at):
            return opened(account.access_token)
        return _renewed(account, api, at=at)
    except ZaloRefused as refusal:  # the server's key is another one
        ZaloAccount.objects.filter(pk=account.pk).update(
            renewing_since=None, last_error=str(refusal)[:300]
        )
        log.warning("zalo_secrets_unreadable")
        raise NotSent from None


def _is_good(account: ZaloAccount, *, at: datetime) -> bool:
    expires_at = account.access_expires_at
    return bool(account.access_token) and expires_at is not None and expires_at > at + MARGIN


def forget_access_token() -> None:
    """Zalo says it is no longer good, whatever its date."""
    ZaloAccount.objects.update(access_token="", access_expires_at=None)


def _renewed(account: ZaloAccount, api: ArticleApi, *, at: datetime) -> str:
    """One at a time: the refresh token works once, two renewals at a time would lose it."""
    free = Q(renewing_since__isnull=True) | Q(renewing_since__lt=at - RENEWAL_LEASE)
    if not ZaloAccount.objects.filter(free, pk=account.pk).update(renewing_since=at):
        raise NotSent
    # Somebody may have renewed between our reading and our claim.
    account.refresh_from_db()
    if _is_good(account, at=at):
        ZaloAccount.objects.filter(pk=account.pk).update(renewing_since=None)
        return opened(account.access_token)
    try:
        tokens = api.renew(
            app_id=account.app_id,
            app_secret=opened(account.app_secret),
            refresh_token=opened(account.refresh_token),
        )
    except ZaloError as error:
        ZaloAccount.objects.filter(pk=account.pk).update(
            renewing_since=None, last_error=_renewal_fault(error)
        )
        log.warning("zalo_token_not_renewed", code=error.code, outcome=type(error).__name__)
        raise NotSent(error.code) from None
    ZaloAccount.objects.filter(pk=account.pk).update(
        access_token=locked(tokens.access),
        refresh_token=locked(tokens.refresh),
        access_expires_at=at + timedelta(seconds=tokens.lifetime_seconds),
        renewing_since=None,
        last_error="",
    )
    return tokens.access


def _renewal_fault(error: ZaloError) -> str:
    if isinstance(error, Refused):
        return _(
            "Zalo không cấp mã truy cập mới. Người quản trị Official Account cần lấy lại mã làm "
            "mới (refresh token) rồi nhập vào đây."
        )
    if isinstance(error, OutcomeUnknown):
        return _(
            "Không rõ Zalo đã cấp mã truy cập mới hay chưa. Hệ thống sẽ thử lại; nếu vẫn lỗi, cần "
            "nhập lại mã làm mới (refresh token)."
        )
    return _("Chưa kết nối được máy chủ của Zalo. Hệ thống sẽ tự thử lại.")
