"""Pictures of the editors' guide, taken from the running demo: ``make demo`` in one terminal,
``make guide`` in another (BASE_URL, CHROMIUM to change).

The pictures lie in docs/img/editor/ under the names that docs/editor-guide.md uses.
"""

import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

BASE = os.environ.get("BASE_URL", "http://localhost:8000")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
TARGET = Path(__file__).resolve().parent.parent / "docs/img/editor"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PASSWORD = "motcua-demo-2026"  # noqa: S105 - printed by the demo
EDITOR, ADMINISTRATOR = "BT001", "QT001"
WIDTH, HEIGHT = 1280, 800


def _sign_in(page: Page, staff_code: str) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(staff_code)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button:not([type=button])").first.click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def _first_article(page: Page) -> str:
    """Address of the editor of the newest article."""
    page.goto("/admin/pages/")
    found: str = page.evaluate(
        """async () => {
            const answer = await fetch("/admin/reports/links/");
            const html = new DOMParser().parseFromString(await answer.text(), "text/html");
            const links = [...html.querySelectorAll(".desk-hint a")];
            return links.length ? links[0].getAttribute("href") : "";
        }"""
    )
    return found


def _open_actions(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target='toggle']").last.click()


STEPS: dict[str, tuple[str, Callable[[Page], None] | None]] = {
    "dashboard": ("/admin/", None),
    "editor": ("{article}", None),
    "actions": ("{article}", _open_actions),
    "history": ("{article_root}history/", None),
    "drafts": ("{article_root}drafts/", None),
    "images": ("/admin/images/", None),
    "calendar": ("/admin/reports/calendar/", None),
    "links": ("/admin/reports/links/", None),
}


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(
            base_url=BASE, viewport={"width": WIDTH, "height": HEIGHT}, locale="vi-VN"
        )
        page = context.new_page()
        _sign_in(page, EDITOR)
        article = _first_article(page)
        root = article.removesuffix("edit/")
        for name, (address, prepare) in STEPS.items():
            page.goto(address.format(article=article, article_root=root))
            page.wait_for_load_state("load")
            page.wait_for_timeout(1500)  # the editor builds itself by script
            if prepare:
                prepare(page)
                page.wait_for_timeout(500)
            page.screenshot(path=TARGET / f"{name}.jpg", type="jpeg", quality=70)
        browser.close()


if __name__ == "__main__":
    main()
