"""Every kind of public page, one address of each, and what it may weigh.

Budgets are bytes over the air at a first visit on a phone, headers and pictures included: a little
above what the page needs today, so that a kilobyte added without thought is noticed.
"""

import re
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from scripts.pages.browser import EDITOR, sign_in

HOME_BYTES = 100_000
LIGHT_BYTES = 60_000  # pages behind a QR code, without pictures: old phones on 3G
PAGE_BYTES = 95_000
PICTURE_BYTES = 150_000  # an article with its lead picture and a gallery
REQUESTS = 26


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    address: str
    most_bytes: int = PAGE_BYTES
    is_light: bool = False  # for old phones: pictures are not counted, LIGHT_BYTES
    most_requests: int = REQUESTS
    status: int = 200
    # Found by search engines: it names its own address. Others must ask not to be indexed, or
    # answer one person only.
    is_indexed: bool = True


def public_kinds(browser: Browser, base: str) -> list[Kind]:
    """One page of every public kind of the demo; what no address is written down for is found by
    its link, as a reader finds it."""
    context = browser.new_context(base_url=base, locale="vi-VN")
    page = context.new_page()
    links = _Links(page)
    contest = links.first("/contests/", r"^/contests/[^/]+/$")
    procedure = links.first("/procedures/", r"^/procedures/[^/]+/$")
    models = links.every("/models/", r"^/models/(?!compare)[^/]+/$")
    office = links.first("/counter/", r"^/counter/(?!booking|feedback|desk)[^/]+/$")
    standings = links.first(contest, r"/standings/$")
    slugs = [address.split("/")[2] for address in models[:2]]
    instrument = "/regulations/61-2018-nd-cp/"
    kinds = [
        Kind("home", "/", HOME_BYTES),
        Kind("news", "/articles/", PICTURE_BYTES),
        Kind("article", links.first("/articles/", r"^/articles/[^/]+/$"), PICTURE_BYTES),
        Kind("models", "/models/"),
        Kind("model", models[0], PICTURE_BYTES),
        Kind("models-compared", f"/models/compare/?a={slugs[0]}&b={slugs[1]}", is_indexed=False),
        Kind("procedures", "/procedures/", LIGHT_BYTES, is_light=True),
        Kind(
            "procedures-found",
            "/procedures/?q=khai+sinh",
            LIGHT_BYTES,
            is_light=True,
            is_indexed=False,
        ),
        Kind("procedure", procedure, LIGHT_BYTES, is_light=True),
        Kind("qr-nowhere", "/q/ZZZZZ/", LIGHT_BYTES, is_light=True, status=404, is_indexed=False),
        Kind("regulations", "/regulations/"),
        Kind("instrument", instrument),
        Kind("contests", "/contests/"),
        Kind("contest", contest, PICTURE_BYTES),
        Kind("contest-rules", f"{contest}rules/"),
        Kind("standings", standings, PAGE_BYTES + 20_000, is_indexed=False),
        Kind("unit-standings", f"{standings}units/", is_indexed=False),
        Kind("figures", f"{standings}figures/", is_indexed=False),
        Kind("search", "/search/", is_indexed=False),
        Kind("search-found", "/search/?q=dat+dai", is_indexed=False),
        Kind("counters", "/counter/"),
        Kind("counter", office),
        Kind("booking", f"{office}book/", is_indexed=False),
        Kind("booking-lookup", "/counter/booking/", is_indexed=False),
        Kind("feedback", f"/counter/feedback/{office.split('/')[2]}/", is_indexed=False),
        Kind("verify", "/verify/ABCD-EFGH-JKLM/", status=404, is_indexed=False),
        Kind("sign-in", "/accounts/login/", is_indexed=False),
        Kind("first-sign-in", "/people/first-sign-in/", is_indexed=False),
        Kind("missing", "/khong-co-trang-nay/", status=404, is_indexed=False),
    ]
    sign_in(page, EDITOR)
    page.goto("/posters/")
    page.goto(links.first("/posters/", r"^/posters/\d+/$"))
    if code := re.search(r"/q/[0-9A-Z]{5}", page.content()):
        kinds.append(Kind("qr", code.group(), LIGHT_BYTES, is_light=True))
    context.close()
    return kinds


@dataclass(frozen=True, slots=True)
class _Links:
    page: Page

    def every(self, address: str, pattern: str) -> list[str]:
        self.page.goto(address)
        found: list[str] = self.page.eval_on_selector_all(
            "main a[href]", "links => links.map(link => new URL(link.href).pathname)"
        )
        matching = [path for path in dict.fromkeys(found) if re.search(pattern, path)]
        if not matching:
            raise SystemExit(f"{address} has no link like {pattern}: is this the demo?")
        return matching

    def first(self, address: str, pattern: str) -> str:
        return self.every(address, pattern)[0]
