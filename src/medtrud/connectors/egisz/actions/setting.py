"""How a clinic speaks to the registry."""

import secrets
from urllib.parse import urlsplit

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused
from medtrud.kernel.identifiers import oid_parse
from medtrud.registries.reference.public import code_get

from ..models import Exchange, PostCode
from ..queries.exchange import exchange_of


@action
def exchange_set(actor: Actor, *, oid: str, address: str, system: str, on: bool) -> Exchange:
    """Set the OID, the address and the number of the system; switch the exchange on or off."""
    if actor.organization is None:
        raise Refused("Обмен настраивает медицинская организация. Выберите её рабочее место.")
    try:
        known = oid_parse(oid)
    except ValueError as error:
        raise Refused(str(error)) from error
    _address(address)
    if on and not (address and system.strip()):
        raise Refused("Чтобы включить обмен, укажите адрес сервиса и идентификатор системы.")
    row = exchange_of(actor) or Exchange(organization_id=actor.organization, token=secrets.token_urlsafe(32))
    row.oid, row.address, row.system, row.on = known, address.strip(), system.strip(), on
    keep(row)
    record(actor, "egisz.exchange_set", row, oid=known, address=row.address, system=row.system, on=on)
    return row


@action
def post_code_set(actor: Actor, *, position: str, code: str) -> PostCode:
    """Say which row of the book of posts a position of the clinic is."""
    if actor.organization is None:
        raise Refused("Коды должностей задаёт медицинская организация. Выберите её рабочее место.")
    try:
        item = code_get(actor, "posts", code, today())
    except NotFound as error:
        raise Refused(str(error)) from error
    own = PostCode.objects.visible_to(actor).filter(
        organization=actor.organization, position=position.strip()
    )
    row = own.first() or PostCode(organization_id=actor.organization, position=position.strip())
    row.code = item.code
    keep(row)
    record(actor, "egisz.post_code_set", row, position=row.position, code=item.code)
    return row


def _address(url: str) -> None:
    if not url:
        return
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    strange = any(sign.isspace() or ord(sign) < ord("!") for sign in url)
    if strange or parts.scheme not in ("https", "http") or not parts.hostname or port == 0 or parts.username:
        raise Refused(
            "Адрес сервиса не читается. Введите его полностью, например https://ips.example.ru/emdr, "
            "без имени и пароля."
        )
