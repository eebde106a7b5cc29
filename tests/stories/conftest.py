"""A running product with invented data, in its own copy of the test database, and a browser that looks at it."""

import os
import shutil
from collections.abc import Iterator
from typing import NoReturn

import pytest
from django.db import connection, connections
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from medtrud.kernel.actor import Actor
from medtrud.project.discover import rooms

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--headless=new", "--disable-gpu", "--disable-dev-shm-usage"]
QUIET = ("Failed to load resource", "Failed to fetch")  # an answer of 4xx that a test asked for


@pytest.fixture(scope="package")
def browser(own_database) -> Iterator[Browser]:
    """Start the Chromium of the system; after the database, because its driver runs a loop in our thread."""
    if not CHROMIUM:
        pytest.skip("NO CHROMIUM ON THIS MACHINE: the screens were not looked at; apt-get install chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        yield started
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        started.close()


@pytest.fixture(scope="package")
def own_database(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Copy the empty test database, fill the copy, drop it: other tests keep theirs."""
    with django_db_blocker.unblock():
        source = connection.settings_dict["NAME"]
        copy = f"{source}_stories"
        connection.close()
        _administer(f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{source}"')
        connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = copy
        job = Actor.job("stories")
        for _, room in rooms("demo"):
            room.fill(job)
        yield
        connections.close_all()
        connections.settings["default"]["NAME"] = connection.settings_dict["NAME"] = source
        _administer(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _administer(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:  # noqa: SLF001 - Django keeps the way to the server to itself
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(scope="package")
def site(own_database) -> Iterator[str]:
    """Serve the product on the loopback."""
    thread = LiveServerThread("127.0.0.1", _StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture(autouse=True)
def db(own_database, django_db_blocker) -> Iterator[None]:
    """Stand in for the fixture of pytest-django: what a story writes is committed, the server must see it."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(autouse=True)
def _registry_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo names a simulator that nobody started here: what is signed waits for it, as it would."""

    def refuse(*_: object) -> NoReturn:
        raise ConnectionRefusedError

    monkeypatch.setattr("medtrud.connectors.egisz.drivers.wire._post", refuse)


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=site, viewport={"width": 1600, "height": 900}, locale="ru-RU")
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Open a page on which any error of the console, the policy of content included, fails the test."""
    bad: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: bad.append(str(error)))
    opened.on(
        "console",
        lambda said: (
            bad.append(said.text)
            if said.type == "error" and not any(quiet in said.text for quiet in QUIET)
            else None
        ),
    )
    yield opened
    assert bad == []
