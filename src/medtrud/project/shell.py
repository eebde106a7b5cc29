"""The shell of every page introduced to whoever asks: the desk, its menu, other seats, the way out."""

from django.urls import reverse

from medtrud.engines.access.public import Account, Seat, desks, display_names, display_places
from medtrud.engines.ui.public import DeskFace, Request, SeatLink, shell_add
from medtrud.kernel.actor import Actor, MenuItem, Role


def introduce() -> None:
    """Declare the values of the shell."""
    shell_add("desk", desk)
    shell_add("menu", menu)
    shell_add("seats", seats)
    shell_add("account", lambda request: reverse("access:account_me"))
    shell_add("sign_out", lambda request: reverse("access:sign_out"))


def desk(request: Request) -> DeskFace | None:
    """Return who sits where; nobody without an account has no shell."""
    if not isinstance(request.user, Account):
        return None
    role = desks().get(request.actor.role)
    own = Actor.job("the own name and place in the header")
    name = display_names(own, [request.user])[request.user.pk]
    place = _places(request).get(request.actor.organization or 0, "")
    return DeskFace(title=role.title if role else "Без рабочего места", place=place, person=name)


def menu(request: Request) -> tuple[MenuItem, ...]:
    """Return the lines of the menu the seat may open."""
    role = desks().get(request.actor.role)
    return tuple(item for item in role.menu if request.actor.may(item.permission)) if role else ()


def seats(request: Request) -> tuple[SeatLink, ...]:
    """Return every seat of the account."""
    if not isinstance(request.user, Account):
        return ()
    url = reverse("access:seat_choose")
    known = desks()
    places = _places(request)
    return tuple(
        SeatLink(
            title=known[Role(row.role)].title if Role(row.role) in known else row.role,
            place=places.get(row.organization or 0, ""),
            url=url,
            value=str(row.uid),
            current=row.pk == request.actor.seat,
        )
        for row in _own_seats(request)
    )


def _own_seats(request: Request) -> list[Seat]:
    """Return what the middleware has already asked."""
    rows: list[Seat] = getattr(request, "own_seats", [])
    return rows


def _places(request: Request) -> dict[int, str]:
    """Ask for the names of all own places once per page."""
    if not hasattr(request, "own_places"):
        places = display_places(row.organization for row in _own_seats(request))
        request.own_places = places  # type: ignore[attr-defined]
    found: dict[int, str] = request.own_places  # type: ignore[attr-defined]
    return found
