"""Documents, their versions, and what numbers they get."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor, Role

from ..models import Document, Registration, Scheme, Version
from ..rules import words_key
from ..types import DocumentState, Flow

PLAIN = "{number}"
HOUSES = {Role.EMPLOYER, Role.ARCHIVE, Role.CLINIC, Role.COMMISSION, Role.CENTER}


def documents(actor: Actor) -> QuerySet[Document]:
    """Return the documents of the seat, the latest first."""
    rows: QuerySet[Document] = Document.objects.visible_to(actor)
    return rows.order_by("-on", "-pk")


@dataclass(frozen=True)
class Sides:
    """The documents of a house in two halves that each have their index; together: all that it may see."""

    rows: QuerySet[Document]
    own: Q
    given: Q


def document_sides(actor: Actor) -> Sides:
    """Return the documents of a house for its list, to be narrowed by one of the halves."""
    if actor.role not in HOUSES:
        return Sides(documents(actor), Q(), Q(pk__in=[]))
    open_ = Q(medical=False) if actor.role in {Role.EMPLOYER, Role.ARCHIVE} else Q()
    return Sides(
        Document.objects.unscoped("the list narrows it by a half of Document.visible_rows"),
        Q(organization=actor.organization) & open_,
        Q(party=actor.organization, released_on__isnull=False) & open_,
    )


def document_of(actor: Actor, uid: UUID) -> Document:
    """Return one document; a stranger gets 404."""
    return find(Document, actor, uid)


def document_about(actor: Actor, *, about: UUID, kind: str) -> Document | None:
    """Return the document that prints a row of another module."""
    rows = documents(actor).filter(about=about, kind=kind).exclude(state=DocumentState.ANNULLED)
    return rows.first()


def documents_chosen(actor: Actor, kind: str, since: dt.date, last: dt.date, most: int) -> list[UUID]:
    """Return the uids of living documents of a kind and of some days, the earliest first."""
    rows = documents(actor).filter(on__gte=since, on__lte=last).exclude(state=DocumentState.ANNULLED)
    rows = rows.filter(kind=kind) if kind else rows
    return list(rows.order_by("on", "pk").values_list("uid", flat=True)[:most])


def versions_of(actor: Actor, document: Document) -> QuerySet[Version]:
    """Return the versions of a document with their files, the latest first."""
    rows: QuerySet[Version] = Version.objects.visible_to(actor).filter(document=document)
    return rows.select_related("file").order_by("-number")


def found(rows: QuerySet[Document], text: str, people: Sequence[int] = ()) -> QuerySet[Document]:
    """Keep the documents with these words in any form, a number of ours or of theirs, a day or a person."""
    words = Q(words=SearchQuery(words_key(text), config="russian", search_type="websearch"))
    number = Q(index__iexact=text.strip()) | Q(received_number__iexact=text.strip())
    asked = words | number
    if people:
        asked |= Q(person__in=people)
    if day := day_said(text):
        registered = Registration.objects.unscoped("narrows documents that are shown anyway").filter(on=day)
        asked |= Q(on=day) | Q(received_on=day) | Q(pk__in=registered.values("document"))
    return rows.filter(asked)


def day_said(text: str) -> dt.date | None:
    """Return the day a text is, if it is one."""
    try:
        return dt.datetime.strptime(text.strip(), "%d.%m.%Y").date()  # noqa: DTZ007 - a day
    except ValueError:
        return None


def schemes(actor: Actor) -> QuerySet[Scheme]:
    """Return the schemes of numbers of the house, the latest first."""
    rows: QuerySet[Scheme] = Scheme.objects.visible_to(actor)
    return rows.order_by("flow", "-since")


def scheme_on(actor: Actor, flow: Flow, day: dt.date) -> tuple[str, str]:
    """Return the pattern and the index of a flow on a day; without a scheme the bare number."""
    row = schemes(actor).filter(flow=flow, since__lte=day).order_by("-since").first()
    return (row.pattern, row.index) if row else (PLAIN, "")
