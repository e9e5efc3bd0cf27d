"""How this place reads: pace, numbers, and the name of the place on the printed log."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from outreach import rules
from outreach.forms import ReadingSettingsForm
from outreach.scripting import reading_settings
from people.access import SignedInRequest, allowed


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rules.can_change_settings)
@never_cache
def manner(request: SignedInRequest) -> HttpResponse:
    form = ReadingSettingsForm(request.POST or None, instance=reading_settings())
    if form.is_valid():
        form.save()
        messages.success(request, _("Đã lưu cách đọc. Bài cũ giữ nguyên đến khi được chuyển lại."))
        return redirect("outreach:manner")
    return render(
        request,
        "outreach/manner.html",
        {"form": form},
        status=422 if request.method == "POST" else 200,
    )
