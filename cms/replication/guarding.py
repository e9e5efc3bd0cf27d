"""Pages that hold what units reported are not deleted: unpublish them instead."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms.models.adoptions import Adoption


def keep_pages_with_adoptions(request: HttpRequest, pages: Iterable[Any]) -> HttpResponse | None:
    """An answer that refuses, when one of the pages or a page under it has been adopted."""
    for page in pages:
        if Adoption.objects.filter(model__path__startswith=page.path).exists():
            messages.error(
                request,
                _(
                    "Không xóa được “%s”: đã có đơn vị đăng ký áp dụng và báo cáo số liệu. Hãy gỡ "
                    "trang xuống thay vì xóa."
                )
                % page.title,
            )
            return redirect("wagtailadmin_explore", page.pk)
    return None
