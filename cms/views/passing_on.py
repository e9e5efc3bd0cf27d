"""From a page to the loudspeaker and to Zalo. outreach/ is told plain text and addresses."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from cms.frame import read_frame
from cms.plain_text import page_paragraphs
from cms.publicity import is_public
from core.addresses import absolute
from core.clock import read_clock
from core.errors import DomainError
from outreach import rules
from outreach.forms import ScriptForm
from outreach.queries import units_in_reach
from outreach.reading import MAX_TEXT_CHARS
from outreach.scripting import Source, create_script
from outreach.zalo.outbox import queue_article
from people.access import SignedInRequest, allowed


class ZaloForm(forms.Form):
    is_shown = forms.BooleanField(
        label=gettext_lazy("Hiện ngay trên Official Account"),
        required=False,
        help_text=gettext_lazy(
            "Không chọn thì bài ở dạng ẩn; người quản trị Official Account xem rồi cho hiện."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rules.can_write_scripts)
@never_cache
def script_from_page(request: SignedInRequest, page_id: int) -> HttpResponse:
    """A loudspeaker script that begins with the page's own words."""
    page = _page(request, page_id)
    form = ScriptForm(
        request.POST or None,
        units=units_in_reach(request.user, on=timezone.localdate()),
        initial={
            "title": page.title[:200],
            "unit": request.user.unit_id,
            "text": "\n\n".join([f"{page.title}.", *page_paragraphs(page)]),
        },
    )
    if form.is_valid():
        url = page.get_url(request) if page.live else None
        source = Source(page.title, absolute(url) if url else "", page.pk)
        try:
            script = create_script(
                **form.cleaned_data, source=source, by=request.user, at=read_clock()
            )
        except DomainError as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect("outreach:script", script.pk)
    context = {
        "form": form,
        "page_title": _("Tạo bài truyền thanh"),
        "page_lead": _(
            "Lời của bài viết “%s”. Bỏ bớt những gì không cần đọc; bài viết không thay đổi."
        )
        % page.title,
        "limit": MAX_TEXT_CHARS,
    }
    return _form_page(request, "outreach/script_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rules.can_post_to_zalo)
@never_cache
def page_to_zalo(request: SignedInRequest, page_id: int) -> HttpResponse:
    """What is going to be posted, and the word to post it. Only what everybody may read already."""
    page = _page(request, page_id)
    url = page.get_url(request)
    if not is_public(page) or not url:
        messages.error(request, _("Chỉ đăng lên Zalo được những trang đã đăng công khai."))
        return redirect("outreach:zalo")
    frame = read_frame(request)
    draft: dict[str, Any] = {
        "page_url": absolute(url),
        "title": page.title,
        "author": frame.get("owner") or frame.get("name") or "",
        "description": _description(page),
        "cover_url": _cover(page, request),
        "paragraphs": page_paragraphs(page),
    }
    form = ZaloForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            queue_article(
                **draft,
                page_id=page.pk,
                is_shown=form.cleaned_data["is_shown"],
                by=request.user,
                at=read_clock(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã đưa vào danh sách gửi Zalo."))
            return redirect("outreach:zalo")
    return _form_page(request, "cms/page_to_zalo.html", {"form": form, "draft": draft})


def _page(request: SignedInRequest, page_id: int) -> Page:
    """As it is on the site; as last saved where it is not there yet. Only for its editors."""
    page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    found: Page = page if page.live else page.get_latest_revision_as_object()
    return found


def _description(page: Page) -> str:
    shared = getattr(page, "share_description", None)
    return str(shared() if shared else page.search_description)


def _cover(page: Page, request: SignedInRequest) -> str:
    picture = getattr(page, "get_share_image_url", None)
    return str(picture(request) if picture else absolute(static("img/og.png")))


def _form_page(request: SignedInRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)
