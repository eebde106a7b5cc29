"""A notice becomes a letter."""

from medtrud.engines.background.public import on
from medtrud.engines.messages.public import address_of, letter_of
from medtrud.engines.messages.types import NoticeSent

from .drivers import letter_send

BODY = (
    "Здравствуйте!\n\n{title}.\nОткройте сообщение: {link}\n\n"
    "Письмо отправлено автоматически, отвечать на него не нужно. "
    "Отключить письма можно в разделе «Сообщения»."
)


@on(NoticeSent)
def notice_mail(event: NoticeSent) -> None:
    """Send a letter to whoever has an address and wants letters."""
    letter = letter_of(event.notice)
    if letter is None:
        return
    for person in letter.persons:
        if to := address_of(person):
            body = BODY.format(title=letter.title, link=letter.link)
            letter_send(to=to, subject=letter.title, body=body, key=letter.notice)
