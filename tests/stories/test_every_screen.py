"""Every screen a desk can open without a parameter is whole: no sideways scroll, no violation of axe, a silent console."""

import pytest
from playwright.sync_api import Page

from medtrud.engines.access.public import desks
from medtrud.project.snapshots import addresses

from .browser import look, sign_in

PARAMETERS = set("<{")


def screens(permissions: frozenset[str]) -> list[str]:
    """Return the addresses of screens the permissions open."""
    found = (line.split(" ", 2) for line in addresses())
    return [
        address
        for method, address, permission in found
        if method == "SCREEN" and permission in permissions and not PARAMETERS & set(address)
    ]


@pytest.mark.parametrize("role", sorted(desks()))
def test_the_screens_of_a_desk_are_whole(page: Page, role: str):
    sign_in(page, role)
    broken = []
    for address in screens(desks()[role].permissions):
        answer = page.request.get(address, headers={"Accept": "text/html"})
        if answer.status in {404, 405} or not answer.headers.get("content-type", "").startswith("text/html"):
            continue  # it wants a POST, or a thing that the demo data does not have
        page.goto(address)
        try:
            look(page, f"{role}{address.replace('/', '-').rstrip('-')}")
        except AssertionError as error:
            broken.append(f"{address}\n{error}")
    assert broken == [], "\n\n".join(broken)


def test_the_way_in_is_whole(page: Page):
    page.goto("/access/")
    look(page, "sign-in")
    page.goto("/нет-такой-страницы/")
    look(page, "not-found")
    sign_in(page, "analyst")
    page.goto("/ui/kit/")
    look(page, "refusal")
