"""Drafts shown to people who have no account, by an address that expires and can be taken back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from wagtail.models import Page

from cms.models.editing import DraftLink
from core.errors import DomainError

DEFAULT_DAYS: Final = 7
MAX_DAYS: Final = 30
_SALT = "cms.draft-link"
# Where files are: what opens a draft's files is sent there and nowhere else, so it makes no public
# page private.
_FILE_PATHS = {"documents": "/documents/", "pictures": "/media/"}
_COOKIE = "draft-"
_MOST_COOKIES = 5


class LinkClosed(DomainError):
    """The address is genuine and opens no more: expired or taken back."""


class LinkUnknown(DomainError):
    """No address of ours, or not whole."""


def share_draft(
    page: Page,
    *,
    by: Any,
    at: datetime,
    days: int = DEFAULT_DAYS,
    fixed: bool = False,
    note: str = "",
) -> DraftLink:
    """``fixed``: the draft as it is now; else whatever is the latest when the link is opened.

    Raises DomainError where there is no draft to show or ``days`` is not 1 … MAX_DAYS.
    """
    if not 1 <= days <= MAX_DAYS:
        raise DomainError(
            gettext("Thời hạn của liên kết phải từ 1 đến %(days)s ngày.") % {"days": MAX_DAYS}
        )
    if page.latest_revision_id is None:
        raise DomainError(gettext("Trang chưa có bản nháp nào. Hãy lưu bản nháp trước."))
    return DraftLink.objects.create(
        page_id=page.pk,
        revision_id=page.latest_revision_id if fixed else None,
        note=note,
        created_by=by,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )


def revoke(link: DraftLink, *, at: datetime) -> None:
    """Repeating it changes nothing."""
    DraftLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=at)


def token_of(link: DraftLink) -> str:
    return signing.Signer(salt=_SALT).sign(str(link.pk))


def open_link(token: str, *, at: datetime) -> DraftLink:
    """The link of the address, if it is still open. Raises LinkUnknown or LinkClosed."""
    try:
        pk = int(signing.Signer(salt=_SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        raise LinkUnknown(gettext("Liên kết không đúng hoặc bị thiếu ký tự.")) from None
    link = DraftLink.objects.select_related("page", "revision").filter(pk=pk).first()
    if link is None or link.revoked_at:
        raise LinkClosed(gettext("Người gửi đã thu hồi liên kết này."))
    if link.expires_at <= at:
        raise LinkClosed(gettext("Liên kết này đã hết hạn."))
    return link


def draft_of(link: DraftLink) -> Any:
    """The page as the link shows it: an object that is not saved."""
    page = link.page.specific
    revision = link.revision or page.latest_revision
    return revision.as_object() if revision else page


def links_of(page: Page) -> Any:
    """Every link of the page, the newest first."""
    return DraftLink.objects.filter(page_id=page.pk).select_related("created_by", "revision")


def open_files(link: DraftLink, request: HttpRequest, response: HttpResponse, at: datetime) -> None:
    """Lets whoever read this draft open its pictures and files, until the link closes."""
    for name, path in _FILE_PATHS.items():
        response.set_cookie(
            f"{_COOKIE}{name}-{link.pk}",
            token_of(link),
            max_age=link.expires_at - at,
            path=path,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )


def drafts_open_to(request: HttpRequest, *, at: datetime) -> Iterator[Any]:
    """The drafts that this reader has read under links that are still open."""
    tokens = (token for name, token in request.COOKIES.items() if name.startswith(_COOKIE))
    for token in islice(tokens, _MOST_COOKIES):
        try:
            yield draft_of(open_link(token, at=at))
        except (LinkUnknown, LinkClosed):
            continue
