"""The book of key carriers: receive, issue, return, lose."""

from uuid import UUID

from medtrud.engines.access.public import Account
from medtrud.engines.journal.public import record
from medtrud.engines.signing.models import Carrier, CarrierMove, Certificate
from medtrud.engines.signing.queries.owners import houses_of
from medtrud.engines.signing.rules import move_check
from medtrud.engines.store.public import action, find, keep, now, numbers_take, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ._register import change
from .authority import lists_issue


@action
def carrier_add(actor: Actor, *, number: str, title: str, maker: str = "") -> Carrier:
    """Receive a carrier into the stock."""
    row = Carrier(number=number.strip(), title=title.strip(), maker=maker.strip(), added_at=now())
    keep(row)
    _moved(actor, row, "stock", "Принят на учёт")
    record(actor, "signing.carrier_add", row, number=row.number)
    return row


@action
def carrier_issue(
    actor: Actor, *, uid: UUID, account: UUID, organization: int | None = None, note: str = ""
) -> Carrier:
    """Hand a carrier over to the owner of an account."""
    row, holder = find(Carrier, actor, uid), find(Account, actor, account)
    move_check(row.number, row.state, "issued")
    house = organization if organization is not None else _house_of(holder)
    row.account, row.person, row.organization = holder, holder.person, house
    _moved(actor, row, "issued", note)
    record(actor, "signing.carrier_issue", row, account=holder.pk)
    return row


def _house_of(holder: Account) -> int | None:
    """Return the only organisation the holder works for: when he leaves it, the carrier is called back."""
    houses = houses_of(holder, today())
    if len(houses) > 1:
        raise Refused(
            "Этот человек работает в нескольких организациях. Назовите ту, для которой выдаётся носитель."
        )
    return next(iter(houses), None)


@action
def carrier_return(actor: Actor, *, uid: UUID, note: str = "") -> Carrier:
    """Take a carrier back into the stock."""
    row = find(Carrier, actor, uid)
    move_check(row.number, row.state, "stock")
    _moved(actor, row, "stock", note)
    record(actor, "signing.carrier_return", row)
    return row


@action
def carrier_lose(actor: Actor, *, uid: UUID, note: str = "") -> Carrier:
    """Write a carrier off as lost; every certificate of a key on it is revoked at once."""
    row = find(Carrier, actor, uid)
    move_check(row.number, row.state, "lost")
    _moved(actor, row, "lost", note)
    ended = _keys_end(actor, row, "key_compromise", f"утрачен носитель {row.number}")
    record(actor, "signing.carrier_lose", row, revoked=ended)
    return row


@action
def carrier_destroy(actor: Actor, *, uid: UUID, note: str) -> Carrier:
    """Write a carrier off as destroyed, by an act; the certificates of its keys end with it."""
    row = find(Carrier, actor, uid)
    move_check(row.number, row.state, "destroyed")
    if not note.strip():
        raise Refused("Уничтожение носителя записывают по акту: назовите его номер и дату.")
    row.account, row.person, row.organization = None, None, None
    _moved(actor, row, "destroyed", note.strip())
    ended = _keys_end(actor, row, "cessation_of_operation", f"уничтожен носитель {row.number}")
    record(actor, "signing.carrier_destroy", row, revoked=ended)
    return row


def _keys_end(actor: Actor, row: Carrier, reason: str, note: str) -> int:
    mine = Certificate.objects.unscoped("the keys on a carrier").filter(carrier=row, own=True)
    ended = list(mine.exclude(state="revoked"))
    for each in ended:
        change(actor, each, "revoked", reason, note[:300])
    for issuer in {each.issuer for each in ended}:
        lists_issue(actor, only=issuer)
    return len(ended)


def _moved(actor: Actor, row: Carrier, state: str, note: str) -> None:
    at = now()
    holder = {"account_id": row.account_id, "person": row.person}
    number = numbers_take("signing carriers", at.year)[0]
    CarrierMove(carrier=row, state=state, number=number, note=note, at=at, by=actor.account, **holder).save()
    row.state = state
    if state == "stock":
        row.account, row.person, row.organization = None, None, None
    keep(row)
