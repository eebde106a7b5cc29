"""Protective equipment: entered, certified, normed, issued, returned."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from medtrud.domains.hazards.public import factor_parse, protection_set
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import employment_of, organization_of, workplace_of

from ..models import PpeCertificate, PpeIssue, PpeItem, PpeMove, PpeNorm, PpeSizes
from ..queries.ppe import certificate_on, certificates_of, norms_on, ppe_issue_of, ppe_item_of
from ..rules.ppe import amount, due_on, left
from ..types.ppe import NewIssue, NewPpe, PpeMoveKind
from .places import own, works_here


@action
def ppe_item_add(actor: Actor, *, item: NewPpe, on: dt.date) -> PpeItem:
    """Enter a kind of equipment and what it protects from."""
    codes = [factor_parse(code, on).code for code in item.codes]
    if item.reduction is not None and not codes:
        raise Refused("Снижение уровня указано, а фактор нет. Укажите, от какого фактора защищает СИЗ.")
    row = PpeItem(
        employer=organization_of(actor),
        title=item.title.strip(),
        title_key=sort_key(item.title),
        unit=item.unit.strip() or "шт.",
        point=item.point,
        protection_class=item.protection_class,
        codes=codes,
        reduction=item.reduction,
        price_kopecks=item.price_kopecks,
    )
    keep(row)
    record(actor, "safety.ppe_item_add", row)
    return row


@action
def ppe_item_close(actor: Actor, *, item: UUID, on: dt.date) -> PpeItem:
    """Take a kind of equipment out of use; what was issued stays on the cards."""
    row = ppe_item_of(actor, item)
    if row.closed_on:
        raise Refused(f"СИЗ уже не применяется с {row.closed_on:%d.%m.%Y}.")
    row.closed_on = on
    keep(row, "closed_on")
    record(actor, "safety.ppe_item_close", row, on=on)
    return row


@action
def ppe_certificate_add(
    actor: Actor, *, item: UUID, number: str, issuer: str = "", since: dt.date, until: dt.date
) -> PpeCertificate:
    """Record a certificate of a kind of equipment: without one in force nothing is issued."""
    known = ppe_item_of(actor, item)
    row = PpeCertificate(
        item=known,
        employer_id=known.employer_id,
        number=number.strip(),
        issuer=issuer.strip(),
        since=since,
        until=until,
    )
    keep(row)
    record(actor, "safety.ppe_certificate_add", known, number=row.number, until=until)
    return row


@action
def ppe_norm_set(
    actor: Actor,
    *,
    workplace: UUID,
    item: UUID,
    quantity: Decimal,
    months: int | None,
    basis: str,
    since: dt.date,
) -> PpeNorm:
    """Say what a workplace is entitled to from a day on; what protects from a factor lessens exposure to it.

    The norm is the employer's own (766н): its basis is named with it.
    """
    place, known = workplace_of(actor, workplace), ppe_item_of(actor, item)
    own(actor, place.employer_id)
    if not basis.strip():
        raise Refused("Укажите основание нормы: пункт типовых норм или локальный акт.")
    going = PpeNorm.objects.visible_to(actor).filter(workplace=place, item=known, until__isnull=True)
    for row in going.select_for_update(of=("self",)):
        if row.since > since:
            raise Refused(f"Норма уже записана с {row.since:%d.%m.%Y}. Укажите дату не раньше.")
        row.until = since
        keep(row, "until")
    norm = PpeNorm(
        employer_id=place.employer_id,
        workplace=place,
        item=known,
        quantity=quantity,
        months=months or None,
        basis=basis.strip(),
        since=since,
    )
    keep(norm)
    if known.reduction is not None:
        for code in known.codes:
            protection_set(
                actor,
                workplace=place.uid,
                code=code,
                reduction=known.reduction,
                since=since,
                basis=f"{known.title}: {basis.strip()}",
            )
    record(actor, "safety.ppe_norm_set", place, item=known.uid, since=since)
    return norm


@action
def ppe_sizes_set(actor: Actor, *, employment: UUID, on: dt.date, sizes: dict[str, str]) -> PpeSizes:
    """Record the sizes of a worker; the earlier ones stay."""
    job = employment_of(actor, employment)
    own(actor, job.employer_id)
    row = PpeSizes(employer_id=job.employer_id, person_id=job.person_id, on=on, **sizes)
    keep(row)
    record(actor, "safety.ppe_sizes_set", job)
    return row


@action
def ppe_issue(actor: Actor, *, issue: NewIssue) -> PpeIssue:
    """Issue equipment to a worker; one whose certificate is not in force on the day is not issued."""
    job, item = employment_of(actor, issue.employment), ppe_item_of(actor, issue.item)
    own(actor, job.employer_id)
    works_here(actor, employer=job.employer_id, person=job.person_id, on=issue.on)
    if item.closed_on and issue.on >= item.closed_on:
        raise Refused(f"«{item.title}» не применяется с {item.closed_on:%d.%m.%Y}. Выберите другое СИЗ.")
    certificate = certificate_on(actor, item, issue.on)
    if certificate is None:
        last = certificates_of(actor, item).first()
        said = f"сертификат {last.number} действовал до {last.until:%d.%m.%Y}" if last else "сертификата нет"
        raise Refused(
            f"«{item.title}» не выдано: на {issue.on:%d.%m.%Y} {said}. "
            "Запишите действующий сертификат или выдайте другое СИЗ.",
            basis="ТР ТС 019/2011",
        )
    norm = next((row for row in norms_on(actor, job, issue.on) if row.item_id == item.pk), None)
    row = PpeIssue(
        employer_id=job.employer_id,
        person_id=job.person_id,
        employment=job,
        item=item,
        certificate=certificate,
        norm=norm,
        model=issue.model,
        size=issue.size,
        quantity=issue.quantity,
        on=issue.on,
        due=due_on(issue.on, norm.months) if norm else None,
        source_import=issue.file,
        source_sheet=issue.sheet,
        source_row=issue.row,
    )
    keep(row)
    record(actor, "safety.ppe_issue", row, item=item.uid, quantity=str(issue.quantity), on=issue.on)
    return row


@action
def ppe_move(
    actor: Actor, *, issue: UUID, kind: PpeMoveKind, quantity: Decimal, on: dt.date, note: str = ""
) -> PpeMove:
    """Record what became of an issue; no more is returned or written off than the worker has."""
    known = ppe_issue_of(actor, issue)
    row = PpeIssue.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=known.pk)
    own(actor, row.employer_id)
    if on < row.on:
        raise Refused(
            f"Выдано {row.on:%d.%m.%Y}: раньше этого дня ничего случиться не могло. Исправьте дату."
        )
    has = left(row.quantity, row.gone)
    if quantity > has:
        raise Refused(f"У работника осталось {amount(has)}, а не {amount(quantity)}. Исправьте количество.")
    move = PpeMove(
        issue=row, employer_id=row.employer_id, kind=kind, quantity=quantity, on=on, note=note.strip()
    )
    keep(move)
    if kind.ends:
        row.gone += quantity
        keep(row, "gone")
    record(actor, "safety.ppe_move", row, kind=str(kind), on=on)
    return move
