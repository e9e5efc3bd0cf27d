"""What a browser finds at one page: weight over the air, shifts of the layout, accessibility, facts
of the document. It only measures; scripts.pages.judging says what is too much."""

import gzip
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, Request, Response

HEIGHT = 740
# An ordinary 4G of the country: slow enough for what loads late to move what was there before.
SLOW_NETWORK = {
    "offline": False,
    "latency": 100,
    "downloadThroughput": 400_000,
    "uploadThroughput": 100_000,
}
# Chromium announces every shift it drew, however early; the observer is told of those before it.
_OBSERVER = """
window.__shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    window.__shifts.push([entry.value, (entry.sources || []).map(
      (source) => source.node && source.node.nodeType === 1
        ? source.node.outerHTML.slice(0, 90) : "").join(" | ")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
_FACTS = """() => {
  const visible = (element) => element.checkVisibility({ checkOpacity: true })
    && element.getClientRects().length > 0
    && !element.closest(".visually-hidden, .skip-link, [aria-hidden=true], input[tabindex='-1']");
  const box = (element) => {
    const held = element.closest("label");
    const label = held || element.labels?.[0];
    const own = element.getBoundingClientRect();
    if (!/^(checkbox|radio)$/.test(element.type || "") || !label) return own;
    const around = label.getBoundingClientRect();
    return { width: Math.max(own.width, around.width),
      height: Math.max(own.height, around.height) };
  };
  const name = (element, size) => `${Math.round(size.width)}×${Math.round(size.height)} `
    + element.outerHTML.replace(/\\s+/g, " ").slice(0, 110);
  const small = [];
  const controls = "button, input:not([type=hidden]), select, textarea, summary, [role=button], "
    + "a.button, a.tool";
  for (const element of document.querySelectorAll(controls)) {
    if (!visible(element)) continue;
    const size = box(element);
    if (size.width < 43.5 || size.height < 43.5) small.push(name(element, size));
  }
  for (const element of document.querySelectorAll("a[href]:not(.button, .tool)")) {
    // A link within a line of text has the line's height (WCAG 2.2, 2.5.8: inline).
    if (!visible(element) || getComputedStyle(element).display === "inline") continue;
    const size = element.getBoundingClientRect();
    if (size.width < 24 || size.height < 24) small.push(name(element, size));
  }
  const content = (selector) => document.querySelector(selector)?.getAttribute("content") || "";
  return {
    width: document.documentElement.scrollWidth,
    headings: document.querySelectorAll("h1").length,
    title: document.title.replace(/^[\\s·]+/, ""),
    description: content("meta[name=description]"),
    language: document.documentElement.lang,
    canonical: document.querySelector("link[rel=canonical]")?.href || "",
    robots: content("meta[name=robots]"),
    unsized: [...document.images].filter((image) => !image.getAttribute("width")
      || !image.getAttribute("height")).map((image) => image.outerHTML.slice(0, 110)),
    small,
  };
}"""
_NEXT_FRAMES = (
    "new Promise(r => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(r), 100)))"
)
# The reader's own colours take every background away: what is known as a button by its background
# alone is lost. (axe-core compares colours that such a page no longer has.)
_BORDERLESS = """() => {
  const fields = "button, .button, select, textarea, "
    + "input:not([type=hidden], [type=checkbox], [type=radio], [type=file])";
  return [...document.querySelectorAll(fields)].filter((element) => {
    const style = getComputedStyle(element);
    return element.checkVisibility()
      && (parseFloat(style.borderTopWidth) === 0 || style.borderTopStyle === "none");
  }).map((element) => element.outerHTML.replace(/\\s+/g, " ").slice(0, 110));
}"""
_axe = Axe()


@dataclass(frozen=True, slots=True)
class Part:
    """One answer that came over the air; ``bytes`` with its headers."""

    address: str
    kind: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Violation:
    rule: str
    impact: str
    look: str
    nodes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}, {self.look}): {' | '.join(self.nodes[:3])}"


@dataclass(slots=True)
class PageFacts:
    address: str
    width: int
    status: int = 0
    parts: list[Part] = field(default_factory=list)
    shifts: list[tuple[float, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    document: dict[str, Any] = field(default_factory=dict)
    # Letters of the machine beside ours in one line: "tag: our letters + the machine's".
    mixed_letters: list[str] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.parts)

    @property
    def bytes_without_pictures(self) -> int:
        return sum(part.bytes for part in self.parts if part.kind != "image")

    @property
    def shift(self) -> float:
        return sum(value for value, _what in self.shifts)


def measure(
    browser: Browser, base: str, address: str, *, width: int, packs_static: bool = False
) -> PageFacts:
    """A first visit of one page. ``packs_static``: count style sheets, modules and drawings as a
    server that compresses them sends them (the live server of the tests does not)."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": HEIGHT},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        # Colours that are still on their way from day to night would be measured half-way.
        reduced_motion="reduce",
    )
    facts = PageFacts(address, width)
    try:
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.add_init_script(_OBSERVER)
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))
        page.on("pageerror", lambda error: facts.faults.append(str(error)))
        page.on("console", lambda message: _hear(message, facts))
        page.on("requestfailed", lambda request: _failed(request, facts))
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_NETWORK)
        answer = page.goto(address, wait_until="networkidle")
        page.evaluate("document.fonts.ready.then(() => 0)")
        facts.status = answer.status if answer else 0
        facts.shifts = [(value, what) for value, what in page.evaluate("window.__shifts")]
        facts.parts = [_part(answer, packs_static) for answer in answers]
        facts.faults += [
            f"{answer.status} {answer.url}"
            for answer in answers
            if answer.status >= 400 and answer.request.resource_type != "document"
        ]
        facts.document = page.evaluate(_FACTS)
        facts.mixed_letters = _mixed_letters(session)
        facts.violations = _looked_at(page)
    finally:
        context.close()
    return facts


def _mixed_letters(session: CDPSession) -> list[str]:
    """Of the first hundred texts: a range of weights or of characters that is a little off in
    static/css/fonts.css lets the browser take a few letters of each word from elsewhere."""
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    texts = session.send(
        "DOM.querySelectorAll", {"nodeId": root, "selector": "h1, h2, h3, p, li, a, dd, label"}
    )
    mixed = []
    for node in texts["nodeIds"][:100]:
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if len({font["isCustomFont"] for font in fonts}) > 1:
            mixed.append(" + ".join(font["familyName"] for font in fonts))
    return sorted(set(mixed))


def _hear(message: ConsoleMessage, facts: PageFacts) -> None:
    # What cannot be loaded is told by its status.
    if message.type == "error" and "Failed to load resource" not in message.text:
        facts.faults.append(message.text)


def _failed(request: Request, facts: PageFacts) -> None:
    facts.faults.append(f"{request.failure} {request.url}")


def _part(answer: Response, packs_static: bool) -> Part:
    kind = answer.request.resource_type
    if answer.url.split("#")[0].endswith(".svg"):
        kind = "drawing"  # the site's own icons are no pictures to leave out
    sizes = answer.request.sizes()
    size = sizes["responseBodySize"]
    if packs_static and kind in {"stylesheet", "script", "drawing"}:
        size = len(gzip.compress(answer.body(), 6))
    return Part(answer.url, kind, size + sizes["responseHeadersSize"])


def _looked_at(page: Page) -> list[Violation]:
    """By day in full; by night and in the reader's own colours what colours can break."""
    found = _violations(page, "light", None)
    contrast = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(100)  # the page is drawn in its new colours
    found += _violations(page, "dark", contrast)
    page.emulate_media(color_scheme="light", forced_colors="active")
    page.wait_for_timeout(100)  # the page is drawn in its new colours
    if lost := page.evaluate(_BORDERLESS):
        found.append(
            Violation("a button without a border", "serious", "forced colours", tuple(lost))
        )
    return found


def _violations(page: Page, look: str, options: dict[str, Any] | None) -> list[Violation]:
    return [
        Violation(
            rule=violation["id"],
            impact=violation["impact"] or "minor",
            look=look,
            nodes=tuple(_told(node) for node in violation["nodes"]),
        )
        for violation in _axe.run(page, options=options).response["violations"]
    ]


def _told(node: dict[str, Any]) -> str:
    reason = " ".join(check["message"] for check in node["any"][:1])
    return f"{node['html'][:160]} {reason[:150]}".strip()
