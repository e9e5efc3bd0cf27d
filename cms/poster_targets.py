"""Pages as what a short link leads to: told to posters/, which knows no pages."""

from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation
from wagtail.models import Page

from cms.models import ProcedureIndexPage, ProcedurePage
from cms.translations import page_at
from posters.linking import Target

_PAGE_KEY = "page:"


def target_of(page: Page) -> Target:
    """The page as it is called today; its key finds it after it has been moved."""
    specific: Any = page.specific
    is_procedure = isinstance(specific, ProcedurePage)
    return Target(
        path=page.get_url_parts()[2],
        title=specific.short_name if is_procedure else page.title,
        key=f"{_PAGE_KEY}{page.pk}",
        detail=detail_of(specific) if is_procedure else "",
    )


def detail_of(page: ProcedurePage) -> str:
    """Time and fee in one line for a wall, which is Vietnamese whoever makes the poster. A term
    that takes a sentence is left to the page."""
    with translation.override("vi"):
        time = [page.time_label] if page.time_limit_days is not None else []
        fee = "không thu phí" if page.fee_amount_vnd == 0 else f"phí {_lower(page.fee_label)}"
    line = " · ".join([*time, fee])
    return line[:1].upper() + line[1:]


def find_path(target_key: str, target_path: str) -> str | None:
    """Today's path of the target; None when it is not open to everyone any more."""
    if target_key.startswith(_PAGE_KEY) and target_key.removeprefix(_PAGE_KEY).isdecimal():
        page = Page.objects.live().public().filter(pk=target_key.removeprefix(_PAGE_KEY)).first()
        parts = page.get_url_parts() if page else None
        return parts[2] if parts else None
    try:
        match = resolve(unquote(target_path.partition("?")[0]))
    except Resolver404:
        return None
    if match.url_name != "wagtail_serve":
        return target_path
    return target_path if _page_at(target_path) is not None else None


def _page_at(path: str) -> Page | None:
    at = page_at(unquote(path.partition("?")[0]))
    if at is None or at[1]:
        return None
    return Page.objects.live().public().filter(pk=at[0].pk).first()


def choosable_pages() -> Any:
    """Published procedures in Vietnamese, the language of a wall, by field and title."""
    return (
        ProcedurePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        .live()
        .public()
        .select_related("field")
        .order_by("field__order", "field__name", "title")
    )


def list_page() -> ProcedureIndexPage | None:
    """The page with all procedures, for a poster with one code."""
    found: ProcedureIndexPage | None = (
        ProcedureIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        .live()
        .public()
        .order_by("path")
        .first()
    )
    return found


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
