"""What runs by itself: lists before they end, checks of old signatures, what ends with an account."""

import datetime as dt

from medtrud.engines.access.public import entrance_declare, everyone_may
from medtrud.engines.access.types import AccountBlocked
from medtrud.engines.background.public import every, job, on, position, position_save, progress, publish
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.store.public import together
from medtrud.kernel.actor import Actor

from .actions import certificates_end, lists_issue, signature_recheck, signatures_restamp
from .models import Signature
from .queries.due import OLD, account_behind, certificates_soon, signatures_before
from .types import CertificateEnding

everyone_may(
    "signing.certificates_own",
    "signing.content_sign",
    "signing.request_add",
    "signing.signature_attach",
    "signing.signature_recheck",
)
entrance_declare("Войти по сертификату", "signing:enter")
PORTION = 200


@every("01:20")
def lists_renew(at: dt.datetime) -> None:
    """Issue the lists of the day before the old ones end."""
    lists_issue(Actor.job("ежедневный список отзыва"))


@every("02:10")
def certificates_ending(at: dt.datetime) -> None:
    """Tell of certificates that end in thirty days and were not renewed."""
    with together():
        for row in certificates_soon(at):
            publish(CertificateEnding(row.uid, row.account_id, row.person, row.organization, row.until))


@every("03:10")
def signatures_old(at: dt.datetime) -> None:
    """Check again the signatures nobody has checked for half a year."""
    actor, rows = Actor.job("повторная проверка подписей"), list(signatures_before(at - OLD)[:PORTION])
    if rows:
        with together():
            _renewed(actor, rows)


@job("signing.signatures_recheck")
def signatures_recheck(actor: Actor, before: str) -> dict[str, object]:
    """Check everything that was checked before the moment, portion by portion, and renew the proof."""
    moment, done = dt.datetime.fromisoformat(before), int(position().get("done", 0))
    total = done + signatures_before(moment).count()
    while rows := list(signatures_before(moment)[:PORTION]):
        with together():
            _renewed(actor, rows)
            done += len(rows)
            position_save({"done": done})
        progress(done, total, "Проверяю подписи и обновляю отметки времени")
    return {"text": f"Проверено подписей: {done}."}


def _renewed(actor: Actor, rows: list[Signature]) -> None:
    for row in rows:
        signature_recheck(actor, signature=row)
    signatures_restamp(actor, signatures=rows)


@on(AccountBlocked)
def account_ended(event: AccountBlocked) -> None:
    """A blocked account signs nothing; a closed one never again."""
    if account := account_behind(event.account):
        hold = account.closed_at is None
        certificates_end(Actor.job("учётная запись закрыта"), account=account.pk, hold=hold)


titles_declare(
    {
        "signing.anchor_add": "Загружен сертификат удостоверяющего центра",
        "signing.anchor_drop": "Снято доверие к удостоверяющему центру",
        "signing.authority_open": "Создан удостоверяющий центр",
        "signing.carrier_add": "Принят на учёт ключевой носитель",
        "signing.carrier_destroy": "Уничтожен ключевой носитель",
        "signing.carrier_issue": "Выдан ключевой носитель",
        "signing.carrier_lose": "Утрачен ключевой носитель",
        "signing.carrier_return": "Возвращён ключевой носитель",
        "signing.certificate_hold": "Приостановлен сертификат",
        "signing.certificate_issue": "Выпущен сертификат",
        "signing.certificate_release": "Возобновлён сертификат",
        "signing.certificate_renew": "Продлён сертификат",
        "signing.certificate_revoke": "Отозван сертификат",
        "signing.carrier_list": "Смотреть ключевые носители",
        "signing.certificate_list": "Смотреть сертификаты",
        "signing.certificates_own": "Видеть свои сертификаты",
        "signing.certificates_end": "Отозваны сертификаты ушедшего",
        "signing.content_sign": "Подписан документ",
        "signing.hashes_stamp": "Поставлена отметка времени на многие объекты",
        "signing.lists_issue": "Выпущены списки отзыва",
        "signing.request_add": "Подан запрос сертификата",
        "signing.request_issue": "Выдан сертификат по запросу",
        "signing.request_refuse": "Отказано в сертификате",
        "signing.revocation_list_add": "Загружен список отзыва",
        "signing.sign_with_seal": "Поставлена электронная печать",
        "signing.signature_attach": "Приложена подпись",
        "signing.signature_recheck": "Подпись проверена повторно",
        "signing.signatures_recheck": "Повторная проверка подписей",
        "signing.signatures_restamp": "Обновлены отметки времени подписей",
    }
)
