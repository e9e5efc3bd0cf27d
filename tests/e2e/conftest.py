"""A real server on a copy of the migrated database, and one Chromium for the whole session.

The journeys share the database as people of one office would: nothing is flushed between them, so
each makes people and a contest of its own.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from scripts.pages.browser import open_browser
from tests.e2e.browsing import Visitor

# Playwright's synchronous face runs an event loop in this thread; Django would refuse its own
# synchronous database calls there. Nothing here is asynchronous but the browser's pipe.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A busy machine is not a fault: as patient as Visitor is.
expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """pytest-django makes no database where no test is marked ``django_db``; such a mark would
    flush it after each test, with what the migrations put in."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, keepdb=django_db_keepdb)
        yield
        if not django_db_keepdb:
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the running product."""
    with django_db_blocker.unblock():
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


USER_AGENT = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 "
    "Mobile Safari/537.36"
)


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[object]:
    """``visit(width=360)`` opens a browser of one more person; what went wrong in any of them
    (a script error, a refused resource, an answer of 500) fails the test at its end."""
    visitors: list[Visitor] = []

    @contextmanager
    def arrive(*, width: int, javascript: bool = True) -> Iterator[Visitor]:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 740},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            # A person's browser: one that calls itself headless counts as a robot (posters).
            user_agent=USER_AGENT,
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        visitor = Visitor(context, width=width, has_javascript=javascript)
        visitors.append(visitor)
        try:
            yield visitor
        finally:
            context.close()

    yield arrive
    assert [fault for visitor in visitors for fault in visitor.faults] == []
