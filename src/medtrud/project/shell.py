"""The shell of every page introduced to whoever asks: the desk, its menu, other seats, the way out."""

from django.urls import reverse

from medtrud.engines.access.public import Account, desks, display_names, seats_of
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import DeskFace, Request, SeatLink, shell_add
from medtrud.kernel.actor import MenuItem, Role


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
    name = display_names(request.actor, [request.user])[request.user.pk]
    return DeskFace(title=role.title if role else "Без рабочего места", person=name)


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
    return tuple(
        SeatLink(
            title=known[Role(row.role)].title if Role(row.role) in known else row.role,
            place="",
            url=url,
            value=str(row.uid),
            current=row.pk == request.actor.seat,
        )
        for row in seats_of(request.user, today())
    )
