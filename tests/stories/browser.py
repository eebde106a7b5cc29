"""Eyes and hands of the stories: sign in, look at a screen at both sizes, press a key as in the Russian layout."""

import os
import tempfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from medtrud.engines.access.public import Account

SIZES = {"1600x900": (1600, 900), "390x844": (390, 844)}
SHOTS = Path(os.environ.get("MEDTRUD_SHOTS") or tempfile.gettempdir()) / "medtrud-shots"


def sign_in(page: Page, login: str) -> None:
    """Take a session of an account of the demo data (login = role)."""
    client = Client()
    client.force_login(Account.objects.unscoped("story").get(login=login))
    page.context.clear_cookies()
    page.goto("/health")  # any page: cookies need an address
    page.context.add_cookies(
        [{"name": name, "value": kept.value, "url": page.url} for name, kept in client.cookies.items()]
    )


def look(page: Page, name: str, *, full: bool = False) -> None:
    """Demand of the open page at both sizes: no sideways scroll, no violation of axe; keep its picture."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    problems = []
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("document.fonts.ready.then(() => window.scrollTo(0, 0))")
        page.wait_for_timeout(150)
        page.screenshot(path=SHOTS / f"{name}-{size}.png", full_page=full)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            problems.append(f"{size}: {wide} px beyond the window: {_widest(page)}")
        problems += [f"{size}: {line}" for line in violations(page)]
    if before:
        page.set_viewport_size(before)
    assert problems == [], "\n".join(problems)


def violations(page: Page) -> list[str]:
    """Return what axe objects to, with the elements."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]


def press(page: Page, code: str, key: str, **modifiers: bool) -> None:
    """Press a physical key as the Russian layout does: press(page, "KeyJ", "о")."""
    page.evaluate(
        """([code, key, more]) => (document.activeElement ?? document.body).dispatchEvent(
            new KeyboardEvent("keydown", { code, key, bubbles: true, cancelable: true, ...more }))""",
        [code, key, modifiers],
    )


def _widest(page: Page) -> str:
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map(e => e.tagName + "." + e.className).join(", ")"""
    )
