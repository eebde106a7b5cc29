"""Reading the archive."""

import datetime as dt
from collections.abc import Collection, Iterable
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from medtrud.engines.access.public import colleagues
from medtrud.engines.store.public import find, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.text import sort_key
from medtrud.registries.people.public import names_of

from ..models import (
    Case,
    CaseCheck,
    CaseItem,
    Destruction,
    DestructionLine,
    Heading,
    Hold,
    Inventory,
    Issue,
    Medium,
    Transfer,
    Vessel,
)
from ..types.storage import CaseState, DestructionState


def author(actor: Actor) -> str:
    """Return the name under which the seat signs what it draws up; a job has its own."""
    return colleagues(actor, today()).get(actor.account or 0, actor.name)


def headings(actor: Actor, year: int) -> QuerySet[Heading]:
    """Return the list of cases of a year."""
    rows: QuerySet[Heading] = Heading.objects.visible_to(actor)
    return rows.filter(year=year).order_by("index")


def heading_of(actor: Actor, uid: UUID) -> Heading:
    """Return one line of the list of cases."""
    return find(Heading, actor, uid)


def inventories(actor: Actor) -> QuerySet[Inventory]:
    """Return the inventories of the house, the latest first."""
    rows: QuerySet[Inventory] = Inventory.objects.visible_to(actor)
    return rows.order_by("-year", "-number")


def inventory_of(actor: Actor, uid: UUID) -> Inventory:
    """Return one inventory."""
    return find(Inventory, actor, uid)


def cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases of the house with what forbids to destroy them, the latest year first."""
    rows: QuerySet[Case] = Case.objects.visible_to(actor)
    held = Hold.objects.unscoped("of a case the seat sees").filter(case=OuterRef("pk"), ended_on__isnull=True)
    return rows.annotate(held=Exists(held)).order_by("-year", "index", "pk")


def cases_in(actor: Actor, inventory: Inventory) -> QuerySet[Case]:
    """Return the lines of an inventory."""
    return cases(actor).filter(inventory=inventory).select_related("vessel").order_by("number")


def case_of(actor: Actor, uid: UUID) -> Case:
    """Return one case."""
    return find(Case, actor, uid)


def cases_due(actor: Actor, on: dt.date) -> QuerySet[Case]:
    """Return the cases whose term has ended and that nothing keeps: neither a hold nor an act under way."""
    going = DestructionLine.objects.unscoped("of a case the seat sees").filter(
        case=OuterRef("pk"),
        destruction__state__in=(DestructionState.SIGNING, DestructionState.APPROVED),
    )
    held = Hold.objects.unscoped("of a case the seat sees").filter(case=OuterRef("pk"), ended_on__isnull=True)
    rows = cases(actor).filter(state=CaseState.KEPT, keep_until__lte=on)
    return rows.exclude(Exists(going) | Exists(held))


def items(actor: Actor) -> QuerySet[CaseItem]:
    """Return the documents of the archive, the latest first."""
    rows: QuerySet[CaseItem] = CaseItem.objects.visible_to(actor)
    return rows.select_related("case").order_by("-on", "-pk")


def items_found(rows: QuerySet[CaseItem], text: str) -> QuerySet[CaseItem]:
    """Keep the documents with these words in any form, this number, or this index of a case."""
    words = SearchQuery(sort_key(text), config="russian", search_type="websearch")
    number = Q(index__iexact=text.strip()) | Q(case__index=text.strip())
    found = rows.annotate(words=SearchVector("title_key", config="russian"))
    return found.filter(Q(words=words) | number)


def items_about(actor: Actor, people: Collection[int]) -> QuerySet[CaseItem]:
    """Return the documents of the archive about these people, whichever of their merged cards is named."""
    rows: QuerySet[CaseItem] = CaseItem.objects.visible_to(actor)
    return rows.filter(Q(person__in=people) | Q(person__root__in=people))


def named(actor: Actor, rows: Iterable[CaseItem]) -> dict[int, str]:
    """Return whom documents are about, by the keys on their lines."""
    names = names_of(actor, [row.person_id for row in rows if row.person_id])
    return {key: name.full for key, name in names.items()}


def item_of(actor: Actor, uid: UUID) -> CaseItem:
    """Return one document of the archive."""
    return find(CaseItem, actor, uid)


def transfers(actor: Actor) -> QuerySet[Transfer]:
    """Return the transfers of the house, the latest first."""
    rows: QuerySet[Transfer] = Transfer.objects.visible_to(actor)
    return rows.select_related("inventory").order_by("-started_at", "-pk")


def transfer_of(actor: Actor, uid: UUID) -> Transfer:
    """Return one transfer."""
    return find(Transfer, actor, uid)


def checks_of(actor: Actor, case: Case) -> QuerySet[CaseCheck]:
    """Return the checks of a case, the latest first."""
    rows: QuerySet[CaseCheck] = CaseCheck.objects.visible_to(actor).filter(case=case)
    return rows.order_by("-at", "-pk")


def faults_of(actor: Actor, transfer: Transfer) -> QuerySet[CaseCheck]:
    """Return what stopped cases of a transfer."""
    rows: QuerySet[CaseCheck] = CaseCheck.objects.visible_to(actor).filter(transfer=transfer, ok=False)
    return rows.select_related("case").order_by("case__number", "pk")


def media(actor: Actor) -> QuerySet[Medium]:
    """Return the media of the archive."""
    rows: QuerySet[Medium] = Medium.objects.visible_to(actor)
    return rows.order_by("number", "pk")


def medium_of(actor: Actor, uid: UUID) -> Medium:
    """Return one medium with its book and its copies."""
    lines = Prefetch("lines"), Prefetch("cases")
    row = find(Medium, actor, uid)
    return media(actor).prefetch_related(*lines).get(pk=row.pk)


def cases_on(actor: Actor, medium: Medium) -> QuerySet[Case]:
    """Return the cases whose copies lie on a medium."""
    lying = medium.cases.filter(ended_on__isnull=True)
    return cases(actor).filter(copies__in=lying).order_by("year", "index")


def holds_of(actor: Actor, case: Case) -> QuerySet[Hold]:
    """Return the holds of a case, the latest first."""
    rows: QuerySet[Hold] = Hold.objects.visible_to(actor).filter(case=case)
    return rows.order_by("-since", "-pk")


def issues(actor: Actor) -> QuerySet[Issue]:
    """Return the book of issues, the latest first."""
    rows: QuerySet[Issue] = Issue.objects.visible_to(actor)
    return rows.select_related("item__case", "file").order_by("-year", "-number")


def issue_of(actor: Actor, uid: UUID) -> Issue:
    """Return one issue."""
    return find(Issue, actor, uid)


def destructions(actor: Actor) -> QuerySet[Destruction]:
    """Return the acts of destruction, the latest first."""
    rows: QuerySet[Destruction] = Destruction.objects.visible_to(actor)
    return rows.order_by("-on", "-pk")


def destruction_of(actor: Actor, uid: UUID) -> Destruction:
    """Return one act of destruction."""
    return find(Destruction, actor, uid)


def vessels_before(checked: dt.datetime) -> QuerySet[Vessel]:
    """Return the containers nobody has proved since the moment, those of destroyed cases left out."""
    rows = Vessel.objects.unscoped("the schedule looks at everything")
    rows = rows.filter(
        Q(checked_at__lt=checked) | Q(checked_at__isnull=True), file__destroyed_at__isnull=True
    )
    return rows.filter(case__isnull=False).select_related("file", "case").order_by("checked_at", "pk")


def vessels_stamped_before(moment: dt.datetime) -> QuerySet[Vessel]:
    """Return the containers whose last time stamp is older."""
    rows = Vessel.objects.unscoped("the schedule looks at everything")
    rows = rows.filter(stamped_at__lt=moment, file__destroyed_at__isnull=True)
    return rows.select_related("file").order_by("stamped_at", "pk")
