"""Notices about the own account."""

from django.utils import timezone

from medtrud.engines.access.types import SignInPaused
from medtrud.engines.background.public import on
from medtrud.engines.journal.public import titles_declare
from medtrud.kernel.actor import Actor

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
