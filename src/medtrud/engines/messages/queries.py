"""Reading notices; kinds and ways outside declare themselves here."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.engines.access.public import everyone_may
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound

from .models import Notice, Wish, Wording
from .types import Kind, Letter

Provider = Callable[[int], str]
_kinds: dict[str, Kind] = {}
_addresses: list[Provider] = [lambda person: ""]
_site: list[str] = ["http://127.0.0.1:8000"]

everyone_may(
    "messages.message_send",  # no address: modules above send inside their own actions
    "messages.message_send_many",
    "messages.notice_list",
    "messages.notice_read",
    "messages.notices_read_all",
    "messages.wish_set",
)


def kind_declare(kind: Kind) -> None:
    """Take a kind of notice from the module that sends it."""
    _kinds[kind.code] = kind


def kinds() -> dict[str, Kind]:
    """Return every kind by code."""
    return dict(sorted(_kinds.items()))


def address_declare(provider: Provider) -> Provider:
    """Take the function that finds the e-mail of a person; return the one before.

    The module of people stands above and declares itself.
    """
    before = _addresses.pop()
    _addresses.append(provider)
    return before


def address_of(person: int) -> str:
    """Return the e-mail of a person, or nothing."""
    return _addresses[0](person)


def site_address() -> str:
    """Return the address of the product as people outside reach it, without a slash at the end."""
    return _site[0]


def site_set(address: str) -> None:
    """Take the address people open the product at; letters need it."""
    _site[:] = [address.rstrip("/")]


def notices(actor: Actor) -> QuerySet[Notice]:
    """Return the inbox, the latest first."""
    return Notice.objects.visible_to(actor).order_by("-id")


WAITS, READ = Q(read_at__isnull=True), Q(read_at__isnull=False)


def unread(actor: Actor) -> int:
    """Return how many notices wait."""
    if actor.account is None:
        return 0
    return Notice.objects.visible_to(actor).filter(WAITS).count()


def mail_wanted(actor: Actor) -> bool:
    """Tell whether the account wants letters."""
    row: Wish | None = Wish.objects.visible_to(actor).first()
    return row.mail if row else True


def wording_of(kind: str, on: dt.date, *, said: str = "") -> tuple[str, str]:
    """Return title and text in force: the operator's, else what the call says, else the module's."""
    rows = Wording.objects.unscoped("wordings are no secret").filter(kind=kind, since__lte=on)
    row: Wording | None = rows.filter(Q(until__isnull=True) | Q(until__gt=on)).order_by("-since").first()
    if row:
        return row.title, row.text
    declared = _kinds.get(kind)
    return (declared.title, said or declared.text) if declared else ("", said)


@dataclass(frozen=True)
class WordingLine:
    """One kind of notice as the operator reads it."""

    kind: Kind
    title: str
    text: str
    row: Wording | None  # nothing: the shipped words are in force

    @property
    def hint(self) -> str:
        """Name the words the product puts in."""
        known = ", ".join(f"{{{name}}}" for name in sorted(self.kind.fields))
        if known:
            return f"Можно использовать: {known}."
        return "Подстановок нет: номер и даты продукт пишет сам, а ваш текст заменит их целиком."


def wording_lines(on: dt.date) -> list[WordingLine]:
    """Return every declared kind with the words in force on a day."""
    rows = Wording.objects.unscoped("wordings are no secret").filter(since__lte=on)
    own = {row.kind: row for row in rows.filter(Q(until__isnull=True) | Q(until__gt=on)).order_by("since")}
    return [
        WordingLine(kind, row.title if row else kind.title, row.text if row else kind.text, row)
        for code, kind in kinds().items()
        for row in [own.get(code)]
    ]


def wording_line(kind: str, on: dt.date) -> WordingLine:
    """Return one of them."""
    line = next((line for line in wording_lines(on) if line.kind.code == kind), None)
    if line is None:
        raise NotFound(f"Сообщений вида «{kind}» нет. Выберите вид из списка.")
    return line


def letter_of(uid: UUID) -> Letter | None:
    """Return what may leave the product about a notice: its title and the way to it; None when unwanted."""
    row: Notice | None = (
        Notice.objects.unscoped("the way outside serves every receiver")
        .select_related("account")
        .filter(uid=uid)
        .first()
    )
    kind = _kinds.get(row.kind) if row else None
    if row is None or row.read_at or (kind is not None and not kind.mail):
        return None
    person = row.account.person if row.account else row.person
    refused = Wish.objects.unscoped("the way outside serves every receiver").filter(mail=False)
    if person is None or refused.filter(Q(account=row.account_id) | Q(person=person)).exists():
        return None
    return Letter(row.uid, row.title, f"{_site[0]}/messages/{row.uid}/", (person,))
