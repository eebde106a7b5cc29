"""Lists of access as one actor sees them."""

import datetime as dt

from django.db.models import Q, QuerySet

from medtrud.engines.access.models import Account, RecoveryCode, Seat, Session, Token, Totp
from medtrud.kernel.actor import Actor, Role


def accounts(actor: Actor, *, starts: str = "") -> QuerySet[Account]:
    """Return the accounts in the order of their logins."""
    return Account.objects.visible_to(actor).filter(login__startswith=starts.casefold()).order_by("login")


def seats(actor: Actor, account: Account) -> QuerySet[Seat]:
    """Return the seats of an account, the latest first."""
    return Seat.objects.visible_to(actor).filter(account=account).order_by("-since", "-pk")


def tokens(actor: Actor, account: Account) -> QuerySet[Token]:
    """Return the tokens of an account, the latest first."""
    rows = Token.objects.visible_to(actor).filter(account=account)
    return rows.select_related("seat").order_by("-given_at", "-pk")


def sessions(actor: Actor, account: Account) -> QuerySet[Session]:
    """Return the sessions of an account, the one seen last first."""
    return Session.objects.visible_to(actor).filter(account=account.pk).order_by("-seen_at", "-pk")


def totp_on(account: Account) -> bool:
    """Tell whether the account has a second factor."""
    return (
        Totp.objects.unscoped("the sign-in asks before it knows who")
        .filter(account=account, confirmed_at__isnull=False)
        .exists()
    )


def recovery_left(actor: Actor) -> int:
    """Return how many recovery codes the own account still has."""
    rows = RecoveryCode.objects.visible_to(actor)
    return rows.filter(account=actor.account, used_at__isnull=True).count()


def accounts_seated(role: Role, on: dt.date, *, organization: int | None = None) -> list[int]:
    """Return the open accounts with a seat of this role on a day: whom to tell what concerns the role.

    With an organisation only its seats are meant.
    """
    rows = Seat.objects.unscoped("a notice for everybody of one role").filter(role=role, since__lte=on)
    if organization is not None:
        rows = rows.filter(organization=organization)
    held = rows.filter(Q(until__isnull=True) | Q(until__gt=on), account__is_active=True)
    return list(held.order_by("account").values_list("account", flat=True).distinct())
