"""Notices about the own account."""

from django.utils import timezone

from medtrud.engines.access.public import accounts_seated
from medtrud.engines.access.types import SignInPaused
from medtrud.engines.background.public import on
from medtrud.engines.journal.public import titles_declare, watches
from medtrud.engines.journal.types import SuspicionRaised
from medtrud.engines.signing.types import CarrierDue, CertificateEnding, CertificateRevoked
from medtrud.kernel.actor import Actor, Role

from .actions import message_send
from .queries import kind_declare
from .types import Kind

PAUSED = Kind(
    code="access.sign_in_paused",
    title="Неудачные попытки входа",
    text=(
        "Под вашим именем {failures} раз подряд ввели неверный пароль или код. Вход закрыт до {until}. "
        "Если это были не вы, смените пароль и сообщите администратору безопасности."
    ),
)
kind_declare(PAUSED)


@on(SignInPaused)
def paused_tell(event: SignInPaused) -> None:
    """Tell the owner that somebody guesses his password."""
    message_send(
        Actor.job("о неудачных попытках входа"),
        account=event.account,
        kind=PAUSED.code,
        link="/access/me/",
        params={
            "failures": str(event.failures),
            "until": f"{timezone.localtime(event.until):%d.%m.%Y %H:%M}",
        },
    )


SUSPICION = Kind(
    code="journal.suspicion_raised",
    title="Подозрительные действия",
    text="Сработало правило «{rule}», {at}. Откройте подозрение, разберите его и закройте с пояснением.",
)
kind_declare(SUSPICION)


@on(SuspicionRaised)
def suspicion_tell(event: SuspicionRaised) -> None:
    """Tell every security administrator that somebody should look."""
    job, at = Actor.job("о подозрении"), timezone.localtime(event.at)
    title = {watch.code: watch.title for watch in watches(job)}.get(event.rule, event.rule)
    for account in accounts_seated(Role.SECURITY, at.date()):
        message_send(
            job,
            account=account,
            kind=SUSPICION.code,
            link="/journal/suspicions/",
            about=event.suspicion,
            params={"rule": title, "at": f"{at:%d.%m.%Y %H:%M}"},
        )


ENDING = Kind(
    code="signing.certificate_ending",
    title="Заканчивается сертификат подписи",
    text="Ваш сертификат действует до {until}. Получите новый заранее: после этого дня подписать им нельзя.",
)
REVOKED = Kind(
    code="signing.certificate_revoked",
    title="Сертификат подписи не действует",
    text="Ваш сертификат {state} {at}. Подписать им нельзя. Неожиданно? Спросите администратора.",
)
DUE = Kind(
    code="signing.carrier_due",
    title="Ключевой носитель ждёт возврата",
    text="Владелец носителя ушёл. Заберите носитель и запишите возврат.",
)
for kind in (ENDING, REVOKED, DUE):
    kind_declare(kind)
OWN = "/signing/mine/"


@on(CertificateEnding)
def ending_tell(event: CertificateEnding) -> None:
    """Tell the owner a month before; seals are the business of the security desk."""
    job, until = Actor.job("о сроке сертификата"), f"{timezone.localtime(event.until):%d.%m.%Y}"
    told = [event.account] if event.account else accounts_seated(Role.SECURITY, timezone.localdate())
    link = OWN if event.account else f"/signing/certificates/{event.certificate}/"
    for account in told:
        message_send(job, account=account, kind=ENDING.code, link=link, params={"until": until})


@on(CertificateRevoked)
def revoked_tell(event: CertificateRevoked) -> None:
    """Tell the owner that he cannot sign any more."""
    if event.account:
        state = "приостановлен" if event.state == "hold" else "отозван"
        at = f"{timezone.localtime(event.at):%d.%m.%Y %H:%M}"
        job = Actor.job("об отзыве сертификата")
        message_send(
            job, account=event.account, kind=REVOKED.code, link=OWN, params={"state": state, "at": at}
        )


@on(CarrierDue)
def due_tell(event: CarrierDue) -> None:
    """Tell the security desk to take the carrier back."""
    job, link = Actor.job("о возврате носителя"), f"/signing/carriers/{event.carrier}/"
    for account in accounts_seated(Role.SECURITY, timezone.localdate()):
        message_send(job, account=account, kind=DUE.code, link=link)


titles_declare(
    {
        "messages.message_send": "Отправить сообщение",
        "messages.message_send_many": "Отправить сообщение многим",
        "messages.notice_list": "Видеть свои сообщения",
        "messages.notice_read": "Прочитать своё сообщение",
        "messages.notices_read_all": "Отметить свои сообщения прочитанными",
        "messages.wish_set": "Выбрать, приходят ли письма",
        "messages.wording_reset": "Возвращать тексты поставки",
        "messages.wording_set": "Менять тексты сообщений",
    }
)
