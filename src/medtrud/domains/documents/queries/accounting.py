"""The register of accounting documents: the screen, the paper, the workbook and REST read the same lines."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.registries.reference.public import calendar_on

from ..models import Document, Handover, MediumLine, MonthPackage, Version
from ..types import DocumentState, Flow, kinds_on
from ..types.accounting import ANNUAL, AccountingLine, Drawn, HandoverState, accounting_rules
from ..types.storage import MediumState
from ..types.strength import Judged, SignatureKind, weakest
from .signing import requests_waiting
from .strength import version_strengths

GOING = (DocumentState.DRAFT, DocumentState.SIGNING, DocumentState.SIGNED, DocumentState.KEPT)
GONE = (MediumState.LOST, MediumState.DESTROYED)


def accounting_documents(actor: Actor, on: dt.date) -> QuerySet[Document]:
    """Return the accounting documents the seat sees, each with how its own house handed it over."""
    rows: QuerySet[Document] = Document.objects.visible_to(actor)
    own = Handover.objects.visible_to(actor).select_related("version")
    return (
        rows.filter(kind__in=list(accounting_rules(on)), state__in=GOING)
        .select_related("party", "organization")
        .prefetch_related(Prefetch("handovers", own, to_attr="handed"), "versions")
    )


def papers_drawn(
    actor: Actor, *, abouts: Iterable[UUID], kinds: Iterable[str]
) -> dict[tuple[UUID, str], Drawn]:
    """Return the living papers about rows of another module, by row and kind."""
    rows = Document.objects.visible_to(actor).filter(about__in=list(abouts), kind__in=list(kinds))
    return {
        (row.about, row.kind): Drawn(
            row.uid, row.index, row.on, _latest(row).amount, DocumentState(row.state)
        )
        for row in rows.exclude(state=DocumentState.ANNULLED).prefetch_related("versions")
    }


def handover_of(actor: Actor, document: Document) -> Handover | None:
    """Return how one's own house was handed a document, if it was."""
    rows: QuerySet[Handover] = Handover.objects.visible_to(actor)
    return rows.filter(document=document).first()


def handed_where(actor: Actor) -> Q:
    """Return the condition «handed over by one's own house»."""
    return Q(pk__in=Handover.objects.visible_to(actor).values("document"))


def overdue_where(actor: Actor, on: dt.date) -> Q:
    """Return the condition «not handed over, and its day has passed»."""
    working = calendar_on(actor, on)
    passed = Q(pk__in=[])
    for kind, rule in accounting_rules(on).items():
        passed |= Q(kind=kind, on__lte=rule.overdue_on(on, working))
    return passed & ~handed_where(actor)


def accounting_pending(actor: Actor, on: dt.date) -> tuple[int, int]:
    """Return how many documents are late for accounting, and how many wait for the signature of the seat."""
    late = accounting_documents(actor, on).filter(overdue_where(actor, on)).count()
    kinds = list(accounting_rules(on))
    return late, requests_waiting(actor).filter(version__document__kind__in=kinds).count()


def late_where(actor: Actor) -> Q:
    """Return the condition «handed over after its day»."""
    rows = Handover.objects.visible_to(actor).filter(handed_on__gt=F("due"))
    return Q(pk__in=rows.values("document"))


def accounting_lines(actor: Actor, rows: Iterable[Document], on: dt.date) -> dict[int, AccountingLine]:
    """Return documents as the lines of the register, by key."""
    rules, working, kinds = accounting_rules(on), calendar_on(actor, on), kinds_on(on)
    found = {}
    shown = list(rows)
    strengths = version_strengths(_latest(row) for row in shown)
    for row in shown:
        rule = rules[row.kind]
        handed: Handover | None = next(iter(getattr(row, "handed", ())), None)
        due = handed.due if handed else rule.due(row.on, working)
        if handed:
            state = HandoverState.LATE if handed.late else HandoverState.HANDED
        else:
            state = HandoverState.OVERDUE if due < on else HandoverState.WAITS
        found[row.pk] = AccountingLine(
            index=row.index,
            on=row.on,
            kind=kinds[row.kind].title,
            title=row.title,
            party=_other(actor, row),
            amount=handed.amount if handed else _latest(row).amount,
            signature=_signature(row, rule.signature, strengths.get(_latest(row).uid, [])),
            fact_on=handed.fact_on if handed else row.on,
            due=due,
            handed_on=handed.handed_on if handed else None,
            handed_by=handed.author_name if handed else "",
            state=state,
            version=_version(row, handed),
        )
    return found


def _other(actor: Actor, row: Document) -> str:
    if row.organization_id != actor.organization:
        return str(row.organization)
    return str(row.party) if row.party else row.party_name


def _signature(row: Document, asked: SignatureKind, put: list[Judged]) -> str:
    """Tell what the document has, and what it lacks."""
    if put:
        return weakest(put).kind.title_ru
    if row.flow == Flow.INCOMING:
        return "отправителя, не проверялась"
    return asked.title_ru if asked is SignatureKind.SIMPLE else f"нет, нужна {asked.title_ru}"


def _latest(row: Document) -> Version:
    return max(row.versions.all(), key=lambda version: version.number)


def _version(row: Document, handed: Handover | None) -> str:
    latest = _latest(row).number
    if handed is None or handed.version.number == latest:
        return str(latest)
    return f"передана {handed.version.number}, исправлена: {latest}"


def month_packages(actor: Actor) -> QuerySet[MonthPackage]:
    """Return the packages of months, the latest first."""
    rows: QuerySet[MonthPackage] = MonthPackage.objects.visible_to(actor)
    return rows.select_related("vessel").order_by("-since")


def month_package_of(actor: Actor, uid: UUID) -> MonthPackage:
    """Return one package."""
    return find(MonthPackage, actor, uid)


def months_due(on: dt.date, organization: int | None = None) -> list[tuple[int, int, int]]:
    """Return the ended months that have no whole package yet: organisation, year, month."""
    rows = Handover.objects.unscoped("the schedule looks at every house").filter(
        handed_on__lt=on.replace(day=1)
    )
    made = MonthPackage.objects.unscoped("the schedule looks at every house").filter(vessel__isnull=False)
    if organization is not None:
        rows, made = rows.filter(organization=organization), made.filter(organization=organization)
    handed = {(house, day.year, day.month) for house, day in rows.values_list("organization", "handed_on")}
    packed = {(house, day.year, day.month) for house, day in made.values_list("organization", "since")}
    return sorted(handed - packed)


def backed_up(actor: Actor) -> dict[int, str]:
    """Return on which living medium the accounting documents of a year lie, by year."""
    rows = MediumLine.objects.visible_to(actor).filter(facts__has_key=ANNUAL).select_related("medium")
    return {
        int(row.facts[ANNUAL]): row.medium.number
        for row in rows.exclude(medium__state__in=GONE).order_by("made_at", "pk")
    }


def years_without_backup(actor: Actor, on: dt.date) -> list[int]:
    """Return the ended years whose packages lie on no medium."""
    years = set(month_packages(actor).filter(year__lt=on.year).values_list("year", flat=True))
    return sorted(years - set(backed_up(actor)))
