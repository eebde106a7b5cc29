"""Keys of other systems."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from medtrud.engines.access import drivers
from medtrud.engines.access.models import Account, Seat, Token
from medtrud.engines.access.queries import PERSONAL, limit_of
from medtrud.engines.access.types import Rule
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Forbidden, Refused


@action
def token_give(
    actor: Actor, *, title: str, scopes: Sequence[str], expires_at: dt.datetime, at: dt.datetime
) -> tuple[Token, str]:
    """Give a program a key to the own seat, with no more than the seat may; the secret is shown once."""
    if actor.seat is None:
        raise Refused("Ключ выдаётся для рабочего места. Выберите рабочее место и повторите.")
    if not scopes:
        raise Refused("У ключа нет ни одного права. Отметьте хотя бы одно.")
    if set(scopes) & PERSONAL:
        raise Refused(
            "Пароль, второй фактор, сеансы и выдачу ключей программам не доверяют. Уберите эти права."
        )
    if beyond := sorted(set(scopes) - actor.permissions):
        raise Forbidden(
            f"Ключ не может больше, чем ваше рабочее место: {', '.join(beyond)}. Уберите эти права."
        )
    longest = limit_of(Rule.TOKEN_DAYS, at.date(), role=actor.role)
    if expires_at > at + dt.timedelta(days=longest):
        raise Refused(f"Срок ключа больше {longest} дней. Укажите более ранний день.")
    secret = drivers.token_secret()
    token = Token(
        account=Account.objects.visible_to(actor).get(pk=actor.account),
        seat=Seat.objects.visible_to(actor).get(pk=actor.seat),
        title=title.strip(),
        secret_hash=drivers.plain_hash(secret),
        hint=secret[:8],
        scopes=sorted(set(scopes)),
        given_at=at,
        expires_at=expires_at,
    )
    token.full_clean()
    token.save()
    record(actor, "access.token_give", token, title=token.title, scopes=token.scopes)
    return token, secret


@action
def token_revoke(actor: Actor, *, token: UUID, at: dt.datetime) -> Token:
    """Take a key back: own ones, or any of them for security administrators."""
    row = find(Token, actor, token)
    if row.revoked_at:
        raise Refused(f"Ключ «{row.title}» уже отозван.")
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    record(actor, "access.token_revoke", row, title=row.title)
    return row
