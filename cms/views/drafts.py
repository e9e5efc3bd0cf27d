"""Drafts under a signed address, and the desk where such addresses are made."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Page

from cms.editors import draft_sharing, rules
from cms.models import DraftLink
from core.addresses import absolute
from core.clock import read_clock
from core.errors import DomainError

_ = gettext_lazy


class ShareDraftForm(forms.Form):
    note = forms.CharField(
        label=_("Gửi cho ai"),
        max_length=120,
        required=False,
        help_text=_("Ghi để sau này biết mà thu hồi. Ví dụ: Tổ trưởng tổ dân phố số 4."),
    )
    days = forms.IntegerField(
        label=_("Mở được trong bao nhiêu ngày"),
        min_value=1,
        max_value=draft_sharing.MAX_DAYS,
        initial=draft_sharing.DEFAULT_DAYS,
    )
    fixed = forms.TypedChoiceField(
        label=_("Cho xem bản nào"),
        choices=[("", _("Bản nháp mới nhất mỗi lần mở")), ("1", _("Đúng bản nháp lúc này"))],
        coerce=bool,
        required=False,
        empty_value=False,  # type: ignore[arg-type]
        widget=forms.RadioSelect,
        initial="",
    )


@require_GET
def read_draft(request: HttpRequest, token: str) -> HttpResponse:
    """For anyone who holds the address, and nothing but this one draft."""
    at = read_clock()
    try:
        link = draft_sharing.open_link(token, at=at)
        draft = draft_sharing.draft_of(link)
        response = draft.make_preview_request(
            request, draft.default_preview_mode, {"draft_link": link}
        )
        draft_sharing.open_files(link, request, response, at)
    except draft_sharing.LinkUnknown as error:
        response = render(request, "cms/editors/draft_closed.html", {"reason": error}, status=404)
    except draft_sharing.LinkClosed as error:
        response = render(request, "cms/editors/draft_closed.html", {"reason": error}, status=410)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Frame-Options"] = "DENY"
    del response["Cache-Control"]
    patch_cache_control(response, private=True, no_store=True, max_age=0)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def draft_links(request: HttpRequest, page_id: int) -> HttpResponse:
    """In the back office: the links of one page, and a new one."""
    page = _page_to_share(request, page_id)
    form = ShareDraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft_sharing.share_draft(page, by=request.user, at=read_clock(), **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, gettext("Đã tạo liên kết. Chép địa chỉ bên dưới để gửi."))
            return redirect("cms_draft_links", page.pk)
    at = read_clock()
    links = list(draft_sharing.links_of(page))
    for link in links:
        link.is_open = link.revoked_at is None and link.expires_at > at
        token = draft_sharing.token_of(link)
        link.address = absolute(reverse("cms:draft", args=[token])) if link.is_open else ""
    context = {"page": page, "form": form, "links": links}
    return render(request, "cms/editors/draft_links.html", context)


@require_POST
def revoke_draft_link(request: HttpRequest, page_id: int, pk: int) -> HttpResponse:
    page = _page_to_share(request, page_id)
    link = get_object_or_404(DraftLink, pk=pk, page_id=page.pk)
    draft_sharing.revoke(link, at=read_clock())
    messages.success(request, gettext("Đã thu hồi liên kết: địa chỉ ấy không mở được nữa."))
    return redirect("cms_draft_links", page.pk)


def _page_to_share(request: HttpRequest, page_id: int) -> Any:
    page = Page.objects.filter(pk=page_id, depth__gt=1).first()
    if page is None:
        raise Http404
    if not rules.can_share_draft(request.user, page):
        raise PermissionDenied
    return page.specific
