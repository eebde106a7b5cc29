"""Production control: the programme, protocols, and the levels that follow from them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find, keep, keep_many, now
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import workplace_of, workplaces_of

from ..models import ControlLine, FactorLevel, FactorProtection, Protocol, ProtocolInstrument, ProtocolValue
from ..rules.levels import flaw_of, level_of, value_checked
from ..types import annex_since, code_clean, factor_parse
from ..types.control import ControlLineIn, ProtocolIn, ValueIn
from ..types.dose import LevelsChanged

LONGEST = 120  # months: a programme that measures more rarely is a slip


@action
def protocol_record(actor: Actor, *, protocol: ProtocolIn, on: dt.date) -> Protocol:
    """Record a protocol; from the day of measuring its levels are the conditions of the workplaces."""
    row = write_protocols(actor, [protocol], on=on)[0]
    record(actor, "hazards.protocol_record", row, values=len(protocol.values), flawed=bool(row.flaw))
    return row


@action
def protocols_record_many(actor: Actor, *, protocols: Sequence[ProtocolIn], on: dt.date) -> list[Protocol]:
    """Record the protocols of a list, all or none."""
    rows = write_protocols(actor, protocols, on=on)
    file = protocols[0].file if protocols else None
    values = sum(len(each.values) for each in protocols)
    record(actor, "hazards.protocols_record_many", file, count=len(rows), values=values)
    return rows


@action
def protocol_withdraw(actor: Actor, *, protocol: UUID, on: dt.date, why: str) -> Protocol:
    """Withdraw a wrong protocol: it stays, its levels hold no more."""
    row = find(Protocol, actor, protocol)
    own_employer(actor, row.employer_id)
    if row.withdrawn_on is not None:
        raise Refused(f"{row} уже отозван {row.withdrawn_on:%d.%m.%Y}. Обновите страницу.")
    if not why.strip():
        raise Refused("Укажите, почему протокол отзывается: причину увидит проверяющий.")
    row.withdrawn_on, row.withdrawn_why = on, why.strip()
    keep(row, "withdrawn_on", "withdrawn_why")
    withdraw_levels(actor, [row], f"отозван {row}")
    record(actor, "hazards.protocol_withdraw", row, on=on)
    return row


@action
def protocols_undo(actor: Actor, *, file: UUID) -> int:
    """Withdraw the protocols an import has brought."""
    rows = list(Protocol.objects.visible_to(actor).filter(source_import=file, withdrawn_on__isnull=True))
    for row in rows:
        own_employer(actor, row.employer_id)
        row.withdrawn_on, row.withdrawn_why = now().date(), "загрузка отменена"
        keep(row, "withdrawn_on", "withdrawn_why")
    withdraw_levels(actor, rows, "отменена загрузка протоколов")
    record(actor, "hazards.protocols_undo", file, count=len(rows))
    return len(rows)


@action
def control_line_set(
    actor: Actor, *, line: ControlLineIn, since: dt.date, changes: UUID | None = None
) -> ControlLine:
    """Put a factor of a workplace into the programme, or replace a line of it from a day on."""
    place = workplaces_of(actor, [line.workplace]).first()
    if place is None:
        raise NotFound("Рабочее место не найдено. Возможно, оно относится к другой организации.")
    own_employer(actor, place.employer_id)
    months_checked(line.period_months)
    code = factor_parse(line.code, annex_since(since)).code
    if changes is not None:
        end_line(actor, find(ControlLine, actor, changes), since)
    row = line_row(place.employer_id, replace(line, code=code), since)
    keep_many([row])
    record(actor, "hazards.control_line_set", row, code=code, months=line.period_months)
    return row


@action
def control_line_end(actor: Actor, *, line: UUID, until: dt.date) -> None:
    """Take a line out of the programme."""
    row = find(ControlLine, actor, line)
    end_line(actor, row, until)
    record(actor, "hazards.control_line_end", row, until=until)


def end_line(actor: Actor, row: ControlLine, until: dt.date) -> None:
    """End a line; one that began on this very day is taken out whole."""
    own_employer(actor, row.employer_id)
    if row.until is not None:
        raise Refused(
            f"Строка программы «{row}» уже действует только до {row.until:%d.%m.%Y}. Обновите страницу."
        )
    if until > row.since:
        row.until = until
        keep(row, "until")
    else:
        row.delete()


def line_row(employer: int, line: ControlLineIn, since: dt.date) -> ControlLine:
    """Build a line of the programme; its code is one of the list already."""
    return ControlLine(
        employer_id=employer, workplace_id=line.workplace, code=line.code, substance=line.substance.strip(),
        method=line.method.strip(), period_months=line.period_months, basis=line.basis.strip(), since=since,
    )  # fmt: skip


def months_checked(months: int) -> int:
    """Return the period of a line, or refuse one that nobody means."""
    if not 0 < months <= LONGEST:
        raise Refused(f"Период {months} мес. не подходит. Укажите от 1 до {LONGEST} месяцев.")
    return months


@action
def protection_set(
    actor: Actor, *, workplace: UUID, code: str, reduction: float | None, since: dt.date, basis: str
) -> None:
    """Record from a day on what protective equipment takes off a factor at a workplace; None: nothing.

    Noise is lessened by so many dB, the other factors are divided.
    """
    place = workplace_of(actor, workplace)
    own_employer(actor, place.employer_id)
    code = code_clean(code)
    rows = FactorProtection.objects.visible_to(actor).filter(workplace=place, code=code, until__isnull=True)
    for known in rows.select_for_update(of=("self",)):
        if known.since > since:
            raise Refused(
                f"Защита от фактора {code} уже записана с {known.since:%d.%m.%Y}. Укажите дату не раньше."
            )
        known.until = since
        keep(known, "until")
    if reduction is not None:
        keep_many(
            [
                FactorProtection(
                    employer_id=place.employer_id, workplace=place, code=code, reduction=reduction,
                    since=since, basis=basis,
                )
            ]
        )  # fmt: skip
    publish(LevelsChanged(place.employer_id, (place.pk,), since, "защита от вредного фактора"))
    record(actor, "hazards.protection_set", place, code=code, since=since)


def write_protocols(actor: Actor, protocols: Sequence[ProtocolIn], *, on: dt.date) -> list[Protocol]:
    """Write protocols with their values and levels; what contradicts itself is refused."""
    places = {value.workplace for each in protocols for value in each.values}
    owners = dict(workplaces_of(actor, places).values_list("pk", "employer"))
    if places - owners.keys():
        raise NotFound("Рабочее место протокола не найдено. Возможно, оно относится к другой организации.")
    for owner in set(owners.values()):
        own_employer(actor, owner)
    found = []
    changed: dict[int, dict[int, dt.date]] = defaultdict(dict)
    for each in protocols:
        row = _protocol(actor, each, owners, on)
        values = checked_values(actor, each)
        _write_values(row, values)
        if not row.flaw:
            _write_levels(row, values)
            for place in {value.workplace for value in values}:
                held = changed[row.employer_id]
                held[place] = min(held.get(place, each.measured_on), each.measured_on)
        found.append(row)
    cause = str(found[0]) if len(found) == 1 else "протоколы измерений"
    for employer, since in changed.items():
        publish(LevelsChanged(employer, tuple(sorted(since)), min(since.values()), cause))
    return found


def _protocol(actor: Actor, said: ProtocolIn, owners: dict[int, int], on: dt.date) -> Protocol:
    if not said.values:
        raise Refused(f"В протоколе № {said.number} нет ни одного значения. Внесите измерения.")
    if said.measured_on > on:
        raise Refused(
            f"Дата измерений {said.measured_on:%d.%m.%Y} ещё не наступила. Исправьте дату протокола."
        )
    employers = {owners[value.workplace] for value in said.values}
    if len(employers) > 1:
        raise Refused(f"В протоколе № {said.number} рабочие места разных организаций. Разделите его.")
    row = Protocol(
        employer_id=employers.pop(), number=said.number.strip(), measured_on=said.measured_on,
        issued_on=said.issued_on, laboratory=said.laboratory.strip(),
        accreditation=said.accreditation.strip(), flaw=flaw_of(said)[:500], recorded_at=now(),
        recorded_by=actor.account, source_import=said.file,
        source_sheet=said.sheet, source_row=said.row,
    )  # fmt: skip
    keep_many([row])
    keep_many(
        [
            ProtocolInstrument(
                employer_id=row.employer_id, protocol=row, title=each.title.strip(),
                serial=each.serial.strip(),
                certificate=each.certificate.strip(), verified_until=each.verified_until,
            )
            for each in said.instruments
        ]
    )  # fmt: skip
    return row


def checked_values(actor: Actor, said: ProtocolIn) -> list[ValueIn]:
    """Return the values with clean codes in the units of their factors, or refuse the first wrong one."""
    day = said.measured_on
    found = []
    for each in said.values:
        code = code_clean(each.code)
        found.append(value_checked(_coded(each, code), _title(code, day)))
    _units_agree(actor, found)
    return found


def _coded(value: ValueIn, code: str) -> ValueIn:
    return ValueIn(**{**value.__dict__, "code": code})


def _title(code: str, day: dt.date) -> str:
    """Name a factor; a protocol older than the annex is read by its first edition."""
    return str(factor_parse(code, annex_since(day)))


def _units_agree(actor: Actor, values: Iterable[ValueIn]) -> None:
    """Refuse a value in another unit than the factor was measured in at this workplace before."""
    said = list(values)
    rows = FactorLevel.objects.visible_to(actor).filter(
        workplace__in={each.workplace for each in said}, withdrawn_at__isnull=True
    )
    held: dict[tuple[int, str, str], str] = {}
    columns = ("workplace", "code", "substance", "unit")
    for place, code, substance, unit in rows.order_by("since", "pk").values_list(*columns):
        held[place, code, substance] = unit
    for each in said:
        unit = held.setdefault((each.workplace, each.code, each.substance.strip()), each.unit)
        if unit != each.unit:
            raise Refused(
                f"Фактор {each.code} на этом рабочем месте измеряли в «{unit}», а в протоколе «{each.unit}». "
                "Пересчитайте значение или исправьте единицу."
            )


def _write_values(row: Protocol, values: Sequence[ValueIn]) -> None:
    keep_many(
        [
            ProtocolValue(
                employer_id=row.employer_id, protocol=row, workplace_id=each.workplace, code=each.code,
                substance=each.substance.strip(), point=each.point.strip(), value=each.value, unit=each.unit,
                norm_min=each.norm_min, norm_max=each.norm_max, uncertainty=each.uncertainty,
                hours=each.hours, exceeded=level_of([each]).exceeded,
            )
            for each in values
        ]
    )  # fmt: skip


def _write_levels(row: Protocol, values: Sequence[ValueIn]) -> None:
    by_place: dict[tuple[int, str, str], list[ValueIn]] = defaultdict(list)
    for each in values:
        by_place[each.workplace, each.code, each.substance.strip()].append(each)
    rows = []
    for (place, code, substance), mine in by_place.items():
        level = level_of(mine)
        rows.append(
            FactorLevel(
                employer_id=row.employer_id, workplace_id=place, code=code, substance=substance,
                since=row.measured_on, value=level.value, unit=level.unit, norm_min=level.norm_min,
                norm_max=level.norm_max, uncertainty=level.uncertainty, category=level.category,
                shifts=level.shifts, exceeded=level.exceeded, steps=list(level.steps), origin="protocol",
                document=str(row), about=row.uid, recorded_at=row.recorded_at,
                source_import=row.source_import,
                source_sheet=row.source_sheet, source_row=mine[0].row,
            )
        )  # fmt: skip
    keep_many(rows)


def withdraw_levels(actor: Actor, protocols: Sequence[Protocol], cause: str) -> None:
    """Let the levels of protocols hold no more."""
    rows = FactorLevel.objects.visible_to(actor).filter(
        about__in=[row.uid for row in protocols], withdrawn_at__isnull=True
    )
    touched: dict[int, dict[int, dt.date]] = defaultdict(dict)
    for employer, place, since in rows.order_by("-since").values_list("employer", "workplace", "since"):
        touched[employer][place] = since
    rows.update(withdrawn_at=now())
    for employer, since in touched.items():
        publish(LevelsChanged(employer, tuple(sorted(since)), min(since.values()), cause))


def own_employer(actor: Actor, employer: int) -> None:
    """Let only the employer himself write about his workplaces."""
    if actor.role is not Role.SYSTEM and actor.organization != employer:
        raise NotFound("Запись не найдена. Возможно, она относится к другой организации.")
