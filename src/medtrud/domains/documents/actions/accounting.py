"""Accounting: a document is handed over in time or late, the month is packed, the year is backed up."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from uuid import UUID

from medtrud.engines.journal import public as journal
from medtrud.engines.messages.public import message_send
from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import action, find, keep, now, today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.dates import add_months
from medtrud.kernel.errors import Forbidden, Refused
from medtrud.registries.organizations.public import organization_of
from medtrud.registries.reference.public import calendar_on

from ..drivers.container import Source
from ..models import Document, Handover, Medium, MonthPackage, Version
from ..queries import versions_of
from ..queries.accounting import months_due
from ..queries.archive import author
from ..queries.packing import Ready, document_files, five_checks, gathered
from ..queries.prints import inventory_form
from ..queries.strength import version_strengths
from ..types import DocumentState, Flow
from ..types.accounting import ANNUAL, AccountingRule, PackageState, accounting_rules, rubles
from ..types.storage import MediumDeed, MediumState, Result, term
from ..types.strength import Judged, SignatureKind, weakest
from .keeping import MONTHS, medium_line, medium_living
from .transfers import case_papers, vessel_put

WHY = "a job speaks to every house"


@action
def document_hand(
    actor: Actor, *, document: UUID, fact_on: dt.date, handed_on: dt.date, amount: Decimal | None = None
) -> Handover:
    """Hand a document to accounting: from now on its requisites stay, and being late is written down."""
    row: Document = find(Document, actor, document)
    rule = accounting_rules(row.on).get(row.kind)
    if rule is None:
        raise Refused(
            f"Документ «{row.title}» — не бухгалтерский: в бухгалтерию передают акты, счета и реестры."
        )
    house = organization_of(actor)
    Document.objects.unscoped("locked after it was found").select_for_update(of=("self",)).get(pk=row.pk)
    if Handover.objects.visible_to(actor).filter(document=row).exists():
        raise Refused(f"Документ «{row.title}» уже передан в бухгалтерию. Исправление — его новая версия.")
    version = _whole(actor, row, rule)
    _days(house.pk, fact_on, handed_on)
    if None not in {amount, version.amount} and amount != version.amount:
        raise Refused(
            f"В документе сумма {rubles(version.amount)} ₽, а указана {rubles(amount)} ₽. "
            "Передайте с суммой документа или исправьте документ новой версией."
        )
    handed = Handover(
        document=row,
        organization=house,
        version=version,
        amount=version.amount if amount is None else amount,
        fact_on=fact_on,
        due=rule.due(fact_on, calendar_on(actor, handed_on)),
        handed_on=handed_on,
        author=actor.account,
        author_name=author(actor),
    )
    keep(handed)
    journal.record(
        actor, "documents.document_hand", row, handed_on=handed_on, due=handed.due, late=handed.late
    )
    return handed


def _whole(actor: Actor, row: Document, rule: AccountingRule) -> Version:
    """Return the version that is handed over; without a number or the signature of its kind it is refused."""
    if row.state not in {DocumentState.SIGNED, DocumentState.KEPT}:
        raise Refused(f"Документ «{row.title}» ещё не подписан. Подпишите его и передайте снова.")
    if not row.index:
        raise Refused(
            f"У документа «{row.title}» нет номера, а после передачи его не дать. Зарегистрируйте его."
        )
    version = versions_of(actor, row)[0]
    if rule.signature is not SignatureKind.SIMPLE and row.flow != Flow.INCOMING:
        _strong(row, weakest(version_strengths([version]).get(version.uid, [])), rule)
    return version


def _strong(row: Document, found: Judged, rule: AccountingRule) -> None:
    """Refuse a signature weaker than the kind of the document asks for."""
    if not found.kind.whole:
        raise Refused(
            f"У документа «{row.title}» нет верной электронной подписи, а его вид её требует. "
            "Отправьте документ на подпись.",
            basis=str(rule.basis),
        )
    if rule.signature is SignatureKind.QUALIFIED and found.kind is not SignatureKind.QUALIFIED:
        raise Refused(
            f"Документ «{row.title}» передают с квалифицированной подписью, а его подпись – "
            f"{found.kind.title_ru}: {found.why}. Подпишите квалифицированным сертификатом.",
            basis=str(rule.basis),
        )


def _days(house: int, fact_on: dt.date, handed_on: dt.date) -> None:
    if handed_on > today():
        raise Refused("День передачи ещё не наступил. Исправьте дату.")
    if fact_on > handed_on:
        raise Refused("Факт позже дня передачи: передают то, что уже произошло. Исправьте даты.")
    packed = MonthPackage.objects.unscoped("of one's own house").filter(
        organization=house, since=handed_on.replace(day=1), vessel__isnull=False
    )
    if packed.exists():
        raise Refused(
            f"Пакет за {handed_on:%m.%Y} уже собран: задним числом в него не добавляют. "
            "Передайте документ сегодняшним днём."
        )


@action
def month_pack(actor: Actor, *, organization: int, year: int, month: int) -> MonthPackage:
    """Seal what a house was handed in an ended month; a package that fails its checks says at what."""
    if actor.role is not Role.SYSTEM and organization != actor.organization:
        raise Forbidden("Пакет месяца собирает организация, которой передавали документы.")
    since = dt.date(year, month, 1)
    rows = list(
        Handover.objects.unscoped("the month of one house")
        .filter(organization=organization, handed_on__year=year, handed_on__month=month)
        .select_related("document__organization", "document__registration", "version")
        .order_by("handed_on", "pk")
    )
    found = MonthPackage.objects.unscoped("the month of one house").select_for_update(of=("self",))
    package = found.filter(organization=organization, since=since).first()
    package = package or MonthPackage(organization_id=organization, year=year, since=since)
    if package.vessel_id or not rows or since >= today().replace(day=1):
        raise Refused(f"{package}: пакет уже собран, месяц не кончился или в нём ничего не передали.")
    at = now().replace(microsecond=0)
    documents = gathered(rows, at)
    results = five_checks(documents, at.date())
    if all(result.ok for result in results):
        results.append(_sealed(actor, package, documents, results, at))
    failed = [result for result in results if not result.ok]
    package.state = PackageState.STOPPED if failed else PackageState.MADE
    package.note = "; ".join(f"{one.title}: {one.text}" for one in failed)[:500]
    package.documents, package.late = len(rows), sum(row.late for row in rows)
    package.tried_at = at
    keep(package)
    journal.record(actor, "documents.month_pack", package, ok=not failed, documents=len(rows))
    return package


def _sealed(
    actor: Actor, package: MonthPackage, documents: list[Ready], results: list[Result], at: dt.datetime
) -> Result:
    sources, lines = [], []
    for number, document in enumerate(documents, 1):
        more, line = document_files(document, number, at)
        sources += more
        lines.append(line)
    reports = [report for row in documents for held in row.held for _, _, report in held.signatures]
    form = inventory_form(package, lines)
    sources += [
        Source("inventory.pdf", "print", form_render("documents/archive/inventory.typ", form, made_at=at)),
        *case_papers(package, lines, [(one, at, str(package)) for one in results]),
    ]
    try:
        package.vessel, result = vessel_put(actor, package, sources, reports, at)
    except Refused as refusal:  # a house without its seal: the reason is shown beside the month
        return Result("media", ok=False, text=str(refusal))
    return result


@action
def accounting_backup(actor: Actor, *, medium: UUID, year: int, on: dt.date) -> Medium:
    """Tell that the packages of an ended year were copied onto a medium: a line of its book says which."""
    row = medium_living(actor, medium)
    if year >= on.year:
        raise Refused(f"{year} год ещё не кончился. Годовую копию записывают с 1 января {year + 1} года.")
    missing = [month for _, of, month in months_due(on, row.organization_id) if of == year]
    if missing:
        said = ", ".join(f"{month:02}.{year}" for month in missing)
        raise Refused(f"Не собраны пакеты за {said}. Соберите их и запишите год снова.")
    packages = list(
        MonthPackage.objects.visible_to(actor)
        .filter(year=year, vessel__isnull=False)
        .select_related("vessel")
    )
    if not packages:
        raise Refused(f"За {year} год в бухгалтерию ничего не передавали: записывать нечего.")
    row.state, row.due_on = MediumState.WRITTEN, add_months(on, MONTHS * term("media_years", on))
    keep(row, "state", "due_on")
    sums = {str(one.uid): one.vessel.sha256 for one in packages if one.vessel}
    text = f"Годовая копия бухгалтерских документов за {year} год, пакетов: {len(sums)}"
    medium_line(actor, row, MediumDeed.WRITTEN, on, text, ok=True, **{ANNUAL: year, "packages": sums})
    journal.record(actor, "documents.accounting_backup", row, year=year, packages=len(sums))
    return row


@action
def accounting_remind(actor: Actor, *, on: dt.date) -> int:
    """Tell the authors of documents that were not handed over by their day; return how many were told."""
    working = calendar_on(actor, on)
    late: Counter[int] = Counter()
    for kind, rule in accounting_rules(on).items():
        rows = Document.objects.unscoped(WHY).filter(
            kind=kind, on__lte=rule.overdue_on(on, working), handovers__isnull=True, author__isnull=False
        )
        late.update(rows.exclude(state=DocumentState.ANNULLED).values_list("author", flat=True))
    for account, count in sorted(late.items()):
        message_send(
            actor,
            account=account,
            kind="documents.accounting_late",
            text=f"Не переданы в бухгалтерию в срок: {count}.",
            link="/documents/accounting/?tab=overdue",
        )
    journal.record(actor, "documents.accounting_remind", None, told=len(late))
    return len(late)
