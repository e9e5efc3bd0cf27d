"""Links of published pages: which lead nowhere within the site, and which lead outside.

Nothing is ever fetched: links inside are looked up in the database, links outside are listed for a
person to open.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, Site

from cms.visibility import open_to_all

_HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"', re.IGNORECASE)
_INSIDE = re.compile(r'<a\b[^>]*?\blinktype="(page|document)"[^>]*>', re.IGNORECASE)
_ID = re.compile(r'\bid="(\d{1,18})"')
_NO_PLACES = ("mailto:", "tel:", "#")


@dataclass(frozen=True, slots=True)
class BrokenLink:
    page: Page
    target: str  # what it leads to, in words
    problem: str


@dataclass(slots=True)
class OutsideHost:
    host: str
    links: dict[str, list[Page]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class LinkReport:
    broken: list[BrokenLink]
    outside: list[OutsideHost]
    page_count: int


def report_links(pages: Any = None) -> LinkReport:
    """Of published pages (``pages``: of these only), by title. The number of statements does not
    grow with the number of pages; each address of ours that was typed by hand costs some."""
    shown = Page.objects.live() if pages is None else pages.live()
    by_pk = {page.pk: page for page in shown.filter(depth__gt=1).order_by("title", "pk")}
    written = list(_written_links(by_pk))
    broken = [*_broken_choices(by_pk), *_broken_text_links(written, by_pk)]
    broken += _broken_addresses(written, by_pk)
    unique = {(found.page.pk, found.target): found for found in broken}
    ordered = sorted(unique.values(), key=lambda found: (found.page.title, found.page.pk))
    return LinkReport(ordered, _outside(written, by_pk), len(by_pk))


# What pages hold ---------------------------------------------------------------------------------


def _written_links(by_pk: dict[int, Page]) -> Iterator[tuple[int, str]]:
    """(page id, address) of every link in texts and fields; links to pages and documents chosen in
    the editor as "page:12", "document:3"."""
    for model in apps.get_models():
        if not issubclass(model, Page) or model is Page:
            continue
        names = [
            found.name
            for found in model._meta.local_fields
            if isinstance(found, StreamField | RichTextField | models.URLField)
        ]
        if not names:
            continue
        for pk, *values in model._default_manager.order_by("pk").values_list("pk", *names):
            if pk in by_pk:
                for value in values:
                    yield from ((pk, address) for address in _addresses(value))


def _addresses(value: Any) -> Iterator[str]:
    for text in _strings(getattr(value, "raw_data", value)):
        if "<a" in text:
            yield from (unescape(found) for found in _HREF.findall(text))
            for tag in _INSIDE.finditer(text):
                if found := _ID.search(tag[0]):
                    yield f"{tag[1]}:{found[1]}"
        elif text.startswith(("http://", "https://")) and " " not in text:
            yield text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _strings(inner)


# What leads nowhere ------------------------------------------------------------------------------


def _broken_text_links(written: list[tuple[int, str]], by_pk: dict[int, Page]) -> list[BrokenLink]:
    pairs = []
    for pk, address in written:
        if _is_choice(address):
            kind, _colon, target = address.partition(":")
            pairs.append((pk, kind, int(target)))
    return _judge(pairs, by_pk)


def _is_choice(address: str) -> bool:
    return address.startswith(("page:", "document:"))


def _broken_choices(by_pk: dict[int, Page]) -> list[BrokenLink]:
    """What was chosen in fields and blocks, as Wagtail keeps it in its index of references."""
    kinds = {
        ContentType.objects.get_for_model(Page).pk: "page",
        ContentType.objects.get_for_model(get_document_model()).pk: "document",
        ContentType.objects.get_for_model(get_image_model()).pk: "image",
    }
    references = ReferenceIndex.objects.filter(
        base_content_type=ReferenceIndex._get_base_content_type(Page),
        to_content_type__in=kinds,
    ).values_list("object_id", "to_content_type", "to_object_id")
    pairs = [
        (int(pk), kinds[kind], int(target)) for pk, kind, target in references if int(pk) in by_pk
    ]
    return _judge(pairs, by_pk)


def _judge(pairs: list[tuple[int, str, int]], by_pk: dict[int, Page]) -> list[BrokenLink]:
    ids: dict[str, set[int]] = defaultdict(set)
    for _pk, kind, target in pairs:
        ids[kind].add(target)
    pages = Page.objects.in_bulk(ids["page"]) if ids["page"] else {}
    opened = set(open_to_all(Page.objects.filter(pk__in=pages)).values_list("pk", flat=True))
    files: dict[str, set[int]] = {
        "document": _existing(get_document_model(), ids["document"]),
        "image": _existing(get_image_model(), ids["image"]),
    }
    found = []
    for pk, kind, target in pairs:
        if kind != "page":
            if target not in files[kind]:
                found.append(BrokenLink(by_pk[pk], _name(kind, target), gettext("Không còn nữa")))
        elif target not in pages:
            found.append(BrokenLink(by_pk[pk], _name(kind, target), gettext("Trang đã bị xóa")))
        elif target not in opened:
            problem = (
                gettext("Trang giới hạn người xem")
                if pages[target].live
                else (gettext("Trang chưa đăng hoặc đã gỡ xuống"))
            )
            found.append(BrokenLink(by_pk[pk], pages[target].title, problem))
    return found


def _existing(model: Any, ids: set[int]) -> set[int]:
    return set(model.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _name(kind: str, pk: int) -> str:
    names = {"page": gettext("Trang"), "document": gettext("Tài liệu"), "image": gettext("Ảnh")}
    return f"{names[kind]} #{pk}"


def _broken_addresses(written: list[tuple[int, str]], by_pk: dict[int, Page]) -> list[BrokenLink]:
    """Addresses of this site that were typed by hand."""
    pages_at: dict[str, list[int]] = defaultdict(list)
    for pk, address in written:
        if (path := _own_path(address)) is not None and pk not in pages_at[path]:
            pages_at[path].append(pk)
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    return [
        BrokenLink(by_pk[pk], path, gettext("Trên cổng không có địa chỉ này"))
        for path, pks in pages_at.items()
        if not _leads_somewhere(path, site)
        for pk in pks
    ]


def _own_path(address: str) -> str | None:
    if _is_choice(address) or address.startswith(_NO_PLACES):
        return None
    try:
        parts = urlsplit(address)
        own = urlsplit(settings.PUBLIC_URL).netloc
    except ValueError:
        return None
    if parts.netloc not in {"", own} or (parts.scheme and parts.scheme not in {"http", "https"}):
        return None
    return unquote(parts.path) or "/"


def _leads_somewhere(path: str, site: Site | None) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.url_name != "wagtail_serve" or site is None:
        return True  # a view of the product, which answers for itself
    request = HttpRequest()
    request.method, request.path = "GET", path
    request.META = {"SERVER_NAME": site.hostname, "SERVER_PORT": str(site.port)}
    components = [component for component in path.split("/") if component]
    try:
        site.root_page.specific.route(request, components)
    except Http404:
        return False
    return True


# What leads outside ------------------------------------------------------------------------------


def _outside(written: list[tuple[int, str]], by_pk: dict[int, Page]) -> list[OutsideHost]:
    """By host, the most used first."""
    hosts: dict[str, OutsideHost] = {}
    for pk, address in written:
        try:
            host = urlsplit(address).hostname
        except ValueError:
            host = None
        if not host or _own_path(address) is not None:
            continue
        pages = hosts.setdefault(host, OutsideHost(host)).links[address]
        if by_pk[pk] not in pages:
            pages.append(by_pk[pk])
    for found in hosts.values():
        found.links = dict(sorted(found.links.items()))
    return sorted(hosts.values(), key=lambda found: (-len(found.links), found.host))
