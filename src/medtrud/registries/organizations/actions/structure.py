"""Divisions, the staff schedule, workplaces: one by hand."""

import datetime as dt
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find, keep
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key

from ..models import Division, Employment, Post, Workplace
from .organizations import own

M = TypeVar("M", Division, Post)


@action
def division_open(
    actor: Actor,
    *,
    employer: int,
    title: str,
    parent: UUID | None = None,
    code: str = "",
    since: dt.date | None = None,
) -> Division:
    """Add a division under another one or at the top."""
    own(actor, employer)
    above = _within(Division, actor, parent, employer)
    title = " ".join(title.split())
    path = f"{above.path} / {title}" if above else title
    row = Division(
        employer_id=employer,
        parent=above,
        title=title,
        title_key=sort_key(title),
        path=path,
        code=code,
        since=since,
    )
    keep(row)
    record(actor, "organizations.division_open", row)
    return row


@action
def division_close(actor: Actor, *, division: UUID, until: dt.date) -> Division:
    """Close a division that nobody works in."""
    row = find(Division, actor, division)
    own(actor, row.employer_id)
    if Division.objects.visible_to(actor).filter(parent=row, until__isnull=True).exists():
        raise Refused(f"В подразделении «{row.title}» есть действующие части. Сначала закройте их.")
    _empty(actor, row.title, until, division=row)
    row.until = until
    keep(row, "until")
    record(actor, "organizations.division_close", row)
    return row


@action
def post_open(
    actor: Actor,
    *,
    employer: int,
    title: str,
    division: UUID | None = None,
    code: str = "",
    headcount: Decimal | None = None,
    since: dt.date | None = None,
) -> Post:
    """Add a line of the staff schedule."""
    own(actor, employer)
    title = " ".join(title.split())
    row = Post(
        employer_id=employer,
        division=_within(Division, actor, division, employer),
        title=title,
        title_key=sort_key(title),
        code=code,
        headcount=headcount,
        since=since,
    )
    keep(row)
    record(actor, "organizations.post_open", row)
    return row


@action
def post_close(actor: Actor, *, post: UUID, until: dt.date) -> Post:
    """Take a post that nobody holds off the staff schedule."""
    row = find(Post, actor, post)
    own(actor, row.employer_id)
    _empty(actor, row.title, until, post=row)
    row.until = until
    keep(row, "until")
    record(actor, "organizations.post_close", row)
    return row


@action
def workplace_open(
    actor: Actor,
    *,
    employer: int,
    title: str,
    division: UUID | None = None,
    post: UUID | None = None,
    number: str = "",
    since: dt.date | None = None,
) -> Workplace:
    """Add a workplace."""
    own(actor, employer)
    title = " ".join(title.split())
    row = Workplace(
        employer_id=employer,
        division=_within(Division, actor, division, employer),
        post=_within(Post, actor, post, employer),
        number=number.strip(),
        title=title,
        title_key=sort_key(title),
        since=since,
    )
    keep(row)
    record(actor, "organizations.workplace_open", row)
    return row


@action
def workplace_close(actor: Actor, *, workplace: UUID, until: dt.date) -> Workplace:
    """Close a workplace that nobody works at."""
    row = find(Workplace, actor, workplace)
    own(actor, row.employer_id)
    _empty(actor, row.title, until, workplace=row)
    row.until = until
    keep(row, "until")
    record(actor, "organizations.workplace_close", row)
    return row


def _empty(actor: Actor, title: str, until: dt.date, **where: object) -> None:
    jobs = Employment.objects.visible_to(actor).filter(**where).exclude(until__lte=until).count()
    if jobs:
        raise Refused(
            f"«{title}»: после {until:%d.%m.%Y} здесь числятся работники ({jobs}). "
            "Сначала переведите или увольте их."
        )


def _within(model: type[M], actor: Actor, uid: UUID | None, employer: int) -> M | None:
    if uid is None:
        return None
    row = find(model, actor, uid)
    if row.employer_id != employer:
        raise Refused(f"«{row}» относится к другой организации. Выберите запись своей организации.")
    return row
