"""One page in several languages: which there are, and the way from one to the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.visibility import open_to_all
from core.addresses import absolute
from core.languages import language_of_path

if TYPE_CHECKING:
    from cms.models.base import PublicPage

ONLY_THERE_SHOWN = 5
MAX_STEPS = 12


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A page as one language has it: the language's code, the page's path."""

    language: str
    path: str


def with_translation(pages: Any) -> Any:
    """Pages that know where they stand in the other language, in the same statement: the product
    has two."""
    others = Page.objects.filter(translation_key=OuterRef("translation_key"))
    others = open_to_all(others.exclude(pk=OuterRef("pk"))).order_by("path")
    return pages.annotate(translated_at=Subquery(others.values("url_path")[:1]))


def translation_of(page: "PublicPage", request: HttpRequest) -> InLanguage | None:
    """The page in the other language, published and open to everyone. No statement for a page of
    ``with_translation``, else one."""
    if not page.pk:
        return None
    if not hasattr(page, "translated_at"):
        known = with_translation(Page.objects.filter(pk=page.pk)).values_list("translated_at")
        page.translated_at = known[0][0]
    if not page.translated_at:
        return None
    path = Page(url_path=page.translated_at).get_url(request)
    return InLanguage(language_of_path(path), path) if path else None


def alternates(paths: Sequence[str]) -> list[dict[str, str]]:
    """{language, url} of a page whose translations have these paths, and "x-default" for readers of
    any other language; empty for a page in one language."""
    if len(paths) < 2:
        return []
    told = [{"language": language_of_path(path), "url": absolute(path)} for path in paths]
    default = next((one for one in told if one["language"] == settings.LANGUAGE_CODE), told[0])
    return [*told, {"language": "x-default", "url": default["url"]}]


def address_in(page: "PublicPage", rest: str, language: str) -> str | None:
    """The path at which that language has the page, or else the nearest page above it. None where
    the reader stays: on a Vietnamese page without a translation. ``rest``: what the address says
    beyond the page."""
    found = _in(page, language)
    if found is not None:
        return found + page.path_in_other_languages(rest)
    if page.language == settings.LANGUAGE_CODE:
        return None
    # Under a prefix the interface speaks as the page does: another language is another page.
    for above in page.get_ancestors().filter(depth__gt=1).order_by("-depth"):
        if found := _in(above, language):
            return found
    return "/"


def _in(page: Page, language: str) -> str | None:
    translations = Page.objects.filter(translation_key=page.translation_key)
    found = open_to_all(translations.filter(locale__language_code=language)).first()
    return found.get_url() if found else None


def page_at(path: str) -> "tuple[PublicPage, str] | None":
    """The page that an address of the page tree means, and what it says beyond the page: a section,
    an instrument. Two statements."""
    language = language_of_path(path)
    roots = [root for root in Site.get_site_root_paths() if root.language_code == language]
    if not roots:
        return None
    steps = [step for step in path.split("/") if step]
    if language != settings.LANGUAGE_CODE:
        steps = steps[1:]
    steps = steps[:MAX_STEPS]
    known = {
        roots[0].root_path + "".join(f"{step}/" for step in steps[:count]): count
        for count in range(len(steps) + 1)
    }
    found = Page.objects.filter(url_path__in=list(known)).order_by("-depth").first()
    if found is None or (steps and not known[found.url_path]):
        return None
    rest = "".join(f"{step}/" for step in steps[known[found.url_path] :])
    return found.specific, rest


def only_in_default_language(index: "PublicPage", model: Any) -> dict[str, Any] | None:
    """What an index in another language does not have: ``pages``, the newest published in
    Vietnamese that have no translation, and ``url`` of the Vietnamese index. None for a Vietnamese
    index, and where nothing is missing. Two statements."""
    if index.language == settings.LANGUAGE_CODE:
        return None
    source = open_to_all(
        Page.objects.filter(
            translation_key=index.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
    ).first()
    if source is None:
        return None
    translated = open_to_all(
        Page.objects.filter(translation_key=OuterRef("translation_key"), locale_id=index.locale_id)
    )
    missing = open_to_all(model.objects.child_of(source)).filter(~Exists(translated))
    newest = missing.order_by("-first_published_at", "-pk")[:ONLY_THERE_SHOWN]
    pages = list(newest)
    return {"pages": pages, "url": source.get_url()} if pages else None
