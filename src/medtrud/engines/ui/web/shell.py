"""What stands around every page. Modules above declare it, so nothing here names them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import NoReverseMatch, reverse

from medtrud.kernel.actor import Actor, MenuItem

from ..types import Found

_shell: dict[str, Callable[[Any], object]] = {}
_search: list[Callable[[Actor, str], Iterable[Found]]] = []
PHONE = 4  # sections of the phone bar; the fifth opens the rest


def shell_add(name: str, provider: Callable[[Any], object]) -> None:
    """Declare a value of the shell (desk, menu, seats, bell, account, sign_out); asked once per page."""
    _shell[name] = provider


def search_add(provider: Callable[[Actor, str], Iterable[Found]]) -> None:
    """Declare what the palette may find; the provider asks only for rows the actor may see."""
    _search.append(provider)


def search(actor: Actor, text: str) -> Iterable[Found]:
    """Ask every provider."""
    for provider in _search:
        yield from provider(actor, text)


class Shell:
    """Values of the shell, each asked for when a template first needs it."""

    def __init__(self, request: Any) -> None:
        self._request = request
        self._known: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        """Return a value, or None when nobody declared it."""
        if name not in self._known:
            provider = getattr(self, f"_{name}", None) or _shell.get(name)
            self._known[name] = provider(self._request) if provider else None
        return self._known[name]

    def _links(self, request: Any) -> list[dict[str, Any]]:
        """Return the menu with addresses; the longest one that begins the current address is current."""
        items: tuple[MenuItem, ...] = self["menu"] or ()  # type: ignore[assignment]
        links = [
            {
                "title": item.title,
                "icon": item.icon,
                "key": item.key,
                "url": address,
                "group": item.group,
            }
            for item in items
            if (address := _address(item.url_name))
        ]
        fits = [link["url"] for link in links if request.path.startswith(link["url"])]
        current = max(fits, key=len, default="")
        return [link | {"current": link["url"] == current} for link in links]

    def _phone(self, request: Any) -> list[dict[str, Any]]:
        return self["links"][:PHONE]  # type: ignore[index,no-any-return]

    def _sections(self, request: Any) -> list[dict[str, Any]]:
        """Return the menu under its headings; the one with the current line is open."""
        return _grouped(self["links"])  # type: ignore[arg-type]

    def _rest(self, request: Any) -> list[dict[str, Any]]:
        """Return under their headings what the phone bar has no room for."""
        return _grouped(self["links"][PHONE:])  # type: ignore[index]

    def _density(self, request: Any) -> str:
        return _choice(request, "density", ("compact", "normal", "touch"))

    def _vision(self, request: Any) -> str:
        return _choice(request, "vision", ("normal", "high"))


def _grouped(links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for link in links:
        found.setdefault(link["group"], []).append(link)
    return [
        {"title": title, "links": inside, "open": any(link["current"] for link in inside)}
        for title, inside in found.items()
    ]


def _choice(request: Any, name: str, known: tuple[str, ...]) -> str:
    chosen = request.COOKIES.get(f"ui_{name}", "")
    return chosen if chosen in known else "normal"


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""  # the screen is not built yet; tests/architecture names such lines
