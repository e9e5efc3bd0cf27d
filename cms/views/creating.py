"""A new page, once: however often and at whatever moment its form is sent."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.models import Page

from core.locking import hold_rows


class CreatePageView(CreateView):
    """Wagtail saves what is being written by itself while its author may press a button: both ask
    to create the page. Here the form brings the key that the page will have (``translation_key``),
    and pages of one place are made one after the other, so the second request finds the first."""

    def post(self, request: HttpRequest) -> HttpResponse:
        key = _key_of(request)
        with transaction.atomic():
            hold_rows(Page, [self.parent_page.pk])
            if key is not None:
                found = Page.objects.filter(translation_key=key, locale=self.page.locale).first()
                if found is not None and not self._gives_way(found):
                    return self._answer_repeat(found)
                # What the person sends now holds all of what was kept a moment ago.
                if found is not None:
                    found.specific.delete()
                    self.parent_page.refresh_from_db()
                self.page.translation_key = key
            response: HttpResponse = super().post(request)
        return response

    def _gives_way(self, found: Page) -> bool:
        """A draft that was kept by itself, before its author pressed a button."""
        is_kept_draft = not found.live and not found.workflow_in_progress
        is_own = found.owner_id == self.request.user.pk and found.is_child_of(self.parent_page)
        return (
            not self.expects_json_response
            and is_kept_draft
            and is_own
            and found.revisions.count() == 1
        )

    def _answer_repeat(self, found: Page) -> HttpResponse:
        if self.expects_json_response:
            answer: HttpResponse = self.json_error_response(
                "validation_error", _("Trang này đã được lưu. Hãy mở lại trang để sửa tiếp.")
            )
            return answer
        if not found.permissions_for_user(self.request.user).can_edit():
            return redirect("wagtailadmin_explore", self.parent_page.pk)
        messages.warning(
            self.request, _("Trang này vừa được tạo rồi; dưới đây là bản đã lưu của trang.")
        )
        return redirect("wagtailadmin_pages:edit", found.pk)


def _key_of(request: Any) -> UUID | None:
    try:
        return UUID(request.POST.get("creation_key", ""))
    except ValueError:
        return None
