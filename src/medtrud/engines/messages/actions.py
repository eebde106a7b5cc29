"""Sending and reading notices."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from medtrud.engines.access.public import Account, accounts
from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find, keep, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from .models import Notice, Wish, Wording
from .queries import kinds, wording_of
from .types import NewNotice, NoticeSent, fields_of

SAID = "\0"  # no wording of the operator: every letter keeps its own text


@action
def message_send(
    actor: Actor,
    *,
    kind: str,
    text: str = "",
    person: int | None = None,
    account: int | None = None,
    link: str = "",
    about: UUID | None = None,
    params: Mapping[str, str] | None = None,
) -> Notice:
    """Put a notice into the inbox of a person or of an account.

    The operator's wording wins; else the text of the call, else the kind's own, with the parameters
    put in. It is kept as it was sent: a later wording changes nothing.
    Not journaled: the notice is the trace.
    """
    at = now()
    title, template = wording_of(kind, at.date(), said=text)
    if not template:
        raise LookupError(f"no text for notices of the kind {kind!r}: give text= or declare the kind")
    values = dict(params or {})
    notice = Notice(
        kind=kind,
        title=title or "Сообщение",
        text=template.format_map(values) if values else template,
        params=values,
        person=person,
        account_id=account,
        link=link,
        about=about,
        created_at=at,
    )
    keep(notice)
    publish(NoticeSent(notice.uid, kind, person, account))
    return notice


@action
def message_send_many(actor: Actor, *, kind: str, letters: Iterable[NewNotice]) -> int:
    """Put a notice of one kind into many inboxes at once; return how many.

    Not journaled: the notices are the trace.
    """
    at = now()
    title, own = wording_of(kind, at.date(), said=SAID)
    rows = [
        Notice(
            kind=kind,
            title=title or "Сообщение",
            text=letter.text if own == SAID else own,
            person=letter.person,
            link=letter.link,
            about=letter.about,
            created_at=at,
        )
        for letter in letters
    ]
    Notice.objects.unscoped("new rows are written").bulk_create(rows, batch_size=2000)
    publish(*(NoticeSent(row.uid, kind, row.person, None) for row in rows))
    return len(rows)


@action
def notice_read(actor: Actor, *, uid: UUID) -> Notice:
    """Mark one notice as read. Not journaled: the row says when."""
    row = find(Notice, actor, uid)
    if row.read_at is None:
        row.read_at = now()
        row.save(update_fields=["read_at"])
    return row


@action
def notices_read_all(actor: Actor) -> int:
    """Mark all notices as read; return how many waited. Not journaled: the rows say when."""
    return int(Notice.objects.visible_to(actor).filter(read_at__isnull=True).update(read_at=now()))


@action
def wish_set(actor: Actor, *, mail: bool) -> Wish:
    """Say whether letters are wanted. Not journaled: a wish, no deed."""
    me: Account = accounts(actor).get(pk=actor.account or 0)
    row = Wish.objects.visible_to(actor).first() or Wish(account=me)
    row.person, row.mail = me.person, mail
    row.save()
    return row


@action
def wording_set(actor: Actor, *, kind: str, title: str, text: str, since: dt.date) -> Wording:
    """Word a kind of notice anew from a day on; the wording before stays with its last day."""
    declared = kinds().get(kind)
    if declared is None:
        raise Refused(f"Сообщений вида «{kind}» нет. Выберите вид из списка.")
    try:
        unknown = fields_of(text) - declared.fields
    except ValueError as error:
        raise Refused("В тексте не сходятся фигурные скобки. Поставьте их парами.") from error
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in sorted(declared.fields)) or "нет"
        raise Refused(f"Подстановки {{{min(unknown)}}} у этого вида нет. Возможны: {known}.")
    rows = Wording.objects.visible_to(actor).filter(kind=kind)
    if rows.filter(since__gt=since).exists():
        raise Refused("На более поздний день текст уже задан. Выберите день после него.")
    rows.filter(since=since).delete()  # the words of one day are written once; what was sent keeps its own
    rows.filter(Q(until__isnull=True) | Q(until__gt=since)).update(until=since)
    row = Wording(kind=kind, title=title, text=text, since=since)
    row.full_clean()
    row.save()
    record(actor, "messages.wording_set", row, kind=kind, since=since.isoformat())
    return row


@action
def wording_reset(actor: Actor, *, kind: str, since: dt.date) -> int:
    """Go back to the shipped words from a day on; return how many own wordings ended on it."""
    rows = Wording.objects.visible_to(actor).filter(kind=kind)
    ended: int = rows.filter(Q(until__isnull=True) | Q(until__gt=since)).count()
    if not ended:
        raise Refused("У этого вида и так действует текст поставки. Ничего возвращать не нужно.")
    rows.filter(since__gte=since).delete()
    rows.filter(Q(until__isnull=True) | Q(until__gt=since)).update(until=since)
    record(actor, "messages.wording_reset", None, kind=kind, since=since.isoformat())
    return ended
