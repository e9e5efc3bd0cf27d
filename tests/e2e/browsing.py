"""One person at a browser, and what every page must be whoever looks at it."""

import os
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response

PHONE, DESKTOP = 360, 1280
HEIGHT = 740
# A folder to look at what the journeys saw: SCREENSHOTS=/tmp/seen make test-e2e
SCREENSHOTS = os.environ.get("SCREENSHOTS", "")
_GRAVE = {"serious", "critical"}
_axe = Axe()


class Visitor:
    """A browser context with one page. ``faults`` collects what a person would not see but must
    not happen."""

    def __init__(self, context: BrowserContext, *, width: int, has_javascript: bool) -> None:
        self.context = context
        self.width = width
        self.has_javascript = has_javascript
        self.faults: list[str] = []
        self.is_offline = False
        context.on("page", self._watch)
        self.page: Page = context.new_page()

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", self._hear)
        page.on("response", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        # Refused and missing pages, and a cut network, are reported by what the test asserts.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"{message.location.get('url')}: {message.text}")

    def _see(self, response: Response) -> None:
        is_part = response.request.resource_type in {"script", "stylesheet", "font", "image"}
        if response.status >= 500 or (is_part and response.status >= 400):
            self.faults.append(f"{response.status} {response.url}")

    # moving about ---------------------------------------------------------------------------

    def goto(self, address: str) -> None:
        self.page.goto(address)

    def press(self, name: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """Press the one button or link of this name."""
        place = within or self.page
        target = place.get_by_role("button", name=name, exact=exact).or_(
            place.get_by_role("link", name=name, exact=exact)
        )
        target.first.click()

    def fill(self, **fields: Any) -> None:
        """Fill fields of forms by their ``name``."""
        for name, value in fields.items():
            field = self.page.locator(f"[name='{name}']:visible").first
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(str(value))

    def sign_in(self, identity: str, password: str) -> None:
        self.goto("/accounts/login/")
        self.fill(login=identity, password=password)
        self.page.locator("main form button:not([type=button])").first.click()
        self.page.wait_for_url(lambda url: "/accounts/login/" not in url)

    def sign_out(self) -> None:
        self.press("Thoát")

    def says(self, text: str) -> Locator:
        """Waits until the page shows this text."""
        found = self.page.get_by_text(text).filter(visible=True).first
        found.wait_for()
        return found

    # what every page must be ----------------------------------------------------------------

    def check(self) -> None:
        """On a phone and on a desk: nothing wider than the screen, nothing that axe-core finds
        serious, one h1, a language and a title. What is found joins the faults, so that one run
        tells of every page."""
        for width in (PHONE, DESKTOP):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            if SCREENSHOTS:
                name = urlsplit(self.page.url).path.strip("/").replace("/", "-") or "home"
                self.page.screenshot(path=f"{SCREENSHOTS}/{name}-{width}.png", full_page=True)
            self.faults += self._problems(width)
        self.page.set_viewport_size({"width": self.width, "height": HEIGHT})

    def _problems(self, width: int) -> list[str]:
        path = f"{self.page.url} ({width} px)"
        facts = self.page.evaluate(
            """() => ({
                wide: document.documentElement.scrollWidth,
                headings: document.querySelectorAll("h1").length,
                title: document.title,
                language: document.documentElement.lang,
            })"""
        )
        problems = []
        if facts["wide"] > width:
            problems.append(f"{path}: {facts['wide']} px wide, {self._widest(width)}")
        if facts["headings"] != 1:
            problems.append(f"{path}: {facts['headings']} h1")
        if not facts["title"].strip(" ·") or not facts["language"]:
            problems.append(f"{path}: no title or language")
        if not self.has_javascript:
            return problems  # axe-core waits for timers, which do not run there
        for violation in _axe.run(self.page).response["violations"]:
            if violation["impact"] in _GRAVE:
                nodes = [node["html"][:200] for node in violation["nodes"][:3]]
                problems.append(f"{path}: {violation['id']} ({violation['impact']}): {nodes}")
        return problems

    def _widest(self, width: int) -> str:
        found: str = self.page.evaluate(
            """width => [...document.querySelectorAll("body *")]
                .filter((element) => element.getBoundingClientRect().right > width + 1)
                .slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(" | ")""",
            width,
        )
        return found
