"""``make screenshots``: the product on a phone, a tablet and a desk, by day and by night.

Writes docs/screenshots/<page>-<width>-<light|dark>.webp and the index README.md beside them, from
the demo of BASE_URL, else from one it starts. Each picture is one screen high: what a person sees
first is what must be right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from scripts.pages.browser import (
    CONTESTANT,
    COUNTER,
    EDITOR,
    ORGANISER,
    ROOT,
    open_browser,
    running_demo,
    sign_in,
)
from scripts.pages.kinds import public_kinds

TARGET = ROOT / "docs" / "screenshots"
SCREENS = {360: 780, 768: 1024, 1440: 900}
LOOKS = ("light", "dark")
PUBLIC = {
    "home": "Front page",
    "news": "News",
    "article": "An article",
    "models": "Reform models",
    "model": "A reform model",
    "procedures": "Procedures by what happens in life",
    "procedure": "A procedure with its papers to tick",
    "regulations": "Library of regulations",
    "instrument": "A regulation",
    "contest": "A contest",
    "standings": "Published standings",
    "search-found": "Search",
    "counter": "A one-stop office with its hours",
    "booking": "Booking a visit out of hours",
    "feedback": "Feedback",
    "sign-in": "Sign-in",
    "missing": "An address that does not exist",
}


@dataclass(frozen=True, slots=True)
class Shot:
    name: str
    title: str
    find: Callable[[Page], str]


def _at(address: str) -> Callable[[Page], str]:
    return lambda _page: address


def _attempt(page: Page) -> str:
    """The practice round of the contestant: the attempt that is open, or a new one."""
    page.goto("/play/3/")
    page.locator(
        'main form[action$="/start/"] button, main a[href*="/play/attempts/"]'
    ).first.click()
    page.wait_for_url("**/play/attempts/**")
    return page.url


def _first_link(address: str, start: str) -> Callable[[Page], str]:
    def find(page: Page) -> str:
        page.goto(address)
        found = page.locator(f'main a[href^="{start}"]').first.get_attribute("href")
        return found or address

    return find


_CONTEST = "/organise/contests/hoi-thi-mot-cua-2026/"
GROUPS: dict[str, tuple[str, list[Shot]]] = {
    CONTESTANT: (
        "A contestant",
        [
            Shot("my-rounds", "Own rounds", _at("/play/")),
            Shot("lobby", "Before a round", _at("/play/2/")),
            Shot("play", "Taking a round", _attempt),
            Shot("training", "What to learn next", _at("/training/")),
        ],
    ),
    ORGANISER: (
        "The organisers",
        [
            Shot("organise-contest", "A contest at work", _at(_CONTEST)),
            Shot("organise-results", "Results of a round", _at(f"{_CONTEST}rounds/1/results/")),
            Shot("organise-watch", "Watching a round", _at(f"{_CONTEST}rounds/2/watch/")),
            Shot(
                "organise-analysis", "How questions behaved", _at(f"{_CONTEST}rounds/1/analysis/")
            ),
        ],
    ),
    EDITOR: (
        "Editors",
        [
            Shot("editors-desk", "The editors' desk", _at("/admin/")),
            Shot("poster", "A poster for a wall", _first_link("/posters/", "/posters/")),
            Shot(
                "loudspeaker",
                "A loudspeaker script",
                _first_link("/outreach/", "/outreach/scripts/"),
            ),
        ],
    ),
    COUNTER: (
        "The one-stop counter",
        [Shot("desk", "Today at the counter", _at("/counter/desk/"))],
    ),
}


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.webp"):
        old.unlink()
    index = ["# What it looks like", "", "Made by `make screenshots`; do not edit.", ""]
    with running_demo() as base, open_browser() as browser:
        kinds = {kind.name: kind.address for kind in public_kinds(browser, base)}
        public = [Shot(name, title, _at(kinds[name])) for name, title in PUBLIC.items()]
        index += _group(browser, base, "For everyone", public, person="")
        for person, (heading, shots) in GROUPS.items():
            index += _group(browser, base, heading, shots, person=person)
    (TARGET / "README.md").write_text("\n".join(index))


def _group(
    browser: Browser, base: str, heading: str, shots: list[Shot], *, person: str
) -> list[str]:
    context = browser.new_context(
        base_url=base, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
    )
    page = context.new_page()
    if person:
        sign_in(page, person)
    lines = [f"## {heading}", "", "| | phone | tablet | desk |", "|---|---|---|---|"]
    for shot in shots:
        address = shot.find(page)
        names = {look: _taken(page, shot.name, address, look) for look in LOOKS}
        for look, pictures in names.items():
            title = shot.title if look == "light" else "by night"
            cells = " | ".join(
                f"[{width}]({name})" for width, name in zip(SCREENS, pictures, strict=True)
            )
            lines.append(f"| {title} | {cells} |")
    context.close()
    return [*lines, ""]


def _taken(page: Page, name: str, address: str, look: str) -> list[str]:
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    page.goto(address, wait_until="load")
    names = []
    for width, height in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("document.fonts.ready.then(() => 0)")
        page.wait_for_timeout(400)  # a picture of another size may come
        names.append(f"{name}-{width}-{look}.webp")
        _keep(page.screenshot(caret="hide", animations="disabled"), TARGET / names[-1])
    return names


def _keep(picture: bytes, path: Path) -> None:
    Image.open(BytesIO(picture)).convert("RGB").save(path, "WEBP", quality=72, method=4)


if __name__ == "__main__":
    main()
