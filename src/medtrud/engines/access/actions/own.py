"""What an account does with itself."""

import datetime as dt
from uuid import UUID

from medtrud.engines.access import drivers
from medtrud.engines.access.models import Account, RecoveryCode, Session, Totp
from medtrud.engines.access.queries import limit_of
from medtrud.engines.access.types import Rule
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ._passwords import password_check

CODES = 10  # on one sheet of paper


@action
def password_change(actor: Actor, *, old: str, new: str, at: dt.datetime, on: dt.date) -> Account:
    """Choose a new password; all other sessions end because their proof no longer fits."""
    row = _me(actor, old)
    if row.check_password(new):
        raise Refused("Новый пароль совпадает с прежним. Придумайте другой.")
    password_check(new, row, on=on)
    row.set_password(new)
    row.must_change, row.password_at = False, at
    row.save(update_fields=["password", "must_change", "password_at"])
    record(actor, "access.password_change", row)
    return row


@action
def totp_begin(actor: Actor, *, issuer: str) -> tuple[str, str]:
    """Make a secret for the telephone; return it and what the QR code says. It works once confirmed."""
    row = Account.objects.visible_to(actor).get(pk=actor.account)
    factor = Totp.objects.visible_to(actor).filter(account=row).first() or Totp(account=row)
    if factor.confirmed_at:
        raise Refused("Второй фактор уже подключён. Сначала отключите прежний.")
    secret = drivers.unseal(factor.secret, str(row.uid)) if factor.pk else drivers.totp_secret()
    if factor.pk is None:
        factor.secret = drivers.seal(secret, str(row.uid))
        factor.save()
        record(actor, "access.totp_begin", row)
    return secret, drivers.totp_uri(secret, row.login, issuer)


@action
def totp_confirm(actor: Actor, *, code: str, at: dt.datetime) -> list[str]:
    """Switch the second factor on with a first right code; return the recovery codes, shown once."""
    row = Account.objects.visible_to(actor).get(pk=actor.account)
    rows = Totp.objects.visible_to(actor).filter(account=row, confirmed_at__isnull=True)
    factor: Totp | None = rows.select_for_update(of=("self",)).first()
    if factor is None:
        raise Refused("Подключение не начато. Откройте «Второй фактор» в профиле и отсканируйте код.")
    secret = drivers.unseal(factor.secret, str(row.uid))
    step = drivers.totp_step(secret, drivers.typed(code), at, after=factor.last_step)
    if step is None:
        raise Refused("Код не подошёл. Проверьте часы телефона и введите код, который показан сейчас.")
    factor.confirmed_at, factor.last_step = at, step
    factor.save(update_fields=["confirmed_at", "last_step"])
    record(actor, "access.totp_confirm", row)
    return _codes_new(actor, row)


@action
def totp_remove(actor: Actor, *, password: str, on: dt.date) -> None:
    """Switch the second factor off, unless the operator demands it."""
    row = _me(actor, password)
    if limit_of(Rule.TOTP_REQUIRED, on, role=actor.role):
        raise Refused(
            "Для вашего рабочего места второй фактор обязателен. Если телефон утрачен, "
            "попросите администратора безопасности сбросить его: вы подключите новый."
        )
    RecoveryCode.objects.visible_to(actor).filter(account=row).delete()
    removed, _ = Totp.objects.visible_to(actor).filter(account=row).delete()
    if not removed:
        raise Refused("Второй фактор не подключён.")
    record(actor, "access.totp_remove", row)


@action
def recovery_renew(actor: Actor, *, password: str) -> list[str]:
    """Replace the recovery codes; the old sheet stops working."""
    row = _me(actor, password)
    if not Totp.objects.visible_to(actor).filter(account=row, confirmed_at__isnull=False).exists():
        raise Refused("Второй фактор не подключён: запасные коды не нужны. Сначала подключите его.")
    record(actor, "access.recovery_renew", row)
    return _codes_new(actor, row)


@action
def session_end(actor: Actor, *, session: UUID) -> None:
    """End one session: the own one, or any of them for security administrators."""
    row = find(Session, actor, session)
    record(actor, "access.session_end", row, account=row.account, address=row.address)
    row.delete()


@action
def sessions_end_others(actor: Actor, *, key: str) -> int:
    """End the own sessions except the one with the key; return how many ended."""
    row = Account.objects.visible_to(actor).get(pk=actor.account)
    others = Session.objects.visible_to(actor).filter(account=row.pk)
    ended, _ = others.exclude(key_hash=drivers.plain_hash(key)).delete()
    record(actor, "access.sessions_end_others", row, ended=ended)
    return int(ended)


def _me(actor: Actor, password: str) -> Account:
    row: Account = Account.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=actor.account)
    if not row.check_password(password):
        raise Refused("Прежний пароль не подошёл. Проверьте раскладку и клавишу Caps Lock.")
    return row


def _codes_new(actor: Actor, account: Account) -> list[str]:
    RecoveryCode.objects.visible_to(actor).filter(account=account).delete()
    codes = [drivers.recovery_code() for _ in range(CODES)]
    RecoveryCode.objects.unscoped("own new codes").bulk_create(
        [RecoveryCode(account=account, code_hash=drivers.keyed_hash(drivers.typed(code))) for code in codes]
    )
    return codes
