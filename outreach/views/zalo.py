"""The outbox to the Official Account, and its connection."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.clock import read_clock
from core.errors import DomainError
from outreach import rules
from outreach.forms import ZaloAccountForm
from outreach.models import ZaloPost
from outreach.zalo import connecting, outbox
from people.access import SignedInRequest, allowed

POSTS_PER_PAGE = 25
_ACTS: dict[str, Callable[..., None]] = {
    "retry": outbox.retry,
    "cancel": outbox.cancel,
    "posted": outbox.mark_posted,
}


@require_safe
@allowed(rules.can_see_zalo)
@never_cache
def posts(request: SignedInRequest) -> HttpResponse:
    found = ZaloPost.objects.select_related("created_by").prefetch_related("attempts")
    page = Paginator(found, POSTS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "outreach/zalo.html",
        {
            "page": page,
            "account": connecting.zalo_account(),
            "can_act": rules.can_post_to_zalo(request.user),
            "can_connect": rules.can_connect_zalo(request.user),
        },
    )


@require_POST
@allowed(rules.can_post_to_zalo)
@never_cache
def act(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    if name not in _ACTS:
        raise Http404
    post = get_object_or_404(ZaloPost, pk=pk)
    try:
        _ACTS[name](post, by=request.user, at=read_clock())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã ghi nhận."))
    return redirect("outreach:zalo")


@sensitive_post_parameters("app_secret", "refresh_token")
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rules.can_connect_zalo)
@never_cache
def account(request: SignedInRequest) -> HttpResponse:
    current = connecting.zalo_account()
    form = ZaloAccountForm(
        request.POST or None,
        is_on=current.is_on,
        initial={"name": current.name, "app_id": current.app_id},
    )
    if form.is_valid():
        connecting.connect(**form.cleaned_data, by=request.user, at=read_clock())
        messages.success(request, _("Đã lưu kết nối Zalo Official Account."))
        return redirect("outreach:zalo")
    return render(
        request,
        "outreach/zalo_account.html",
        {"form": form, "account": current},
        status=422 if request.method == "POST" else 200,
    )


@require_POST
@allowed(rules.can_connect_zalo)
@never_cache
def disconnect(request: SignedInRequest) -> HttpResponse:
    connecting.disconnect(by=request.user, at=read_clock())
    messages.success(request, _("Đã ngắt kết nối và xóa các mã của Zalo."))
    return redirect("outreach:zalo")
