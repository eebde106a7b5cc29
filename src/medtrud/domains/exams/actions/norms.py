"""The clinic's own bounds of norm: set, ended, loaded from a file and taken back."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from medtrud.engines.exchange.types import Outcome, Source, Taken
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import ClinicNorm
from ..queries.norms import norm_of
from ..queries.norms_file import norms_read
from ..rules.norms import indicators
from ..types.norms import Indicator, NewNorm

MADE, ENDED = "made", "ended"
ROWS = "exams.ClinicNorm"


@action
def norm_set(actor: Actor, *, norm: NewNorm) -> ClinicNorm:
    """Set bounds from a day on; those before stay in the table with their last day."""
    row, _ = _set(actor, _clinic(actor), norm)
    journal.record(actor, "exams.norm_set", row, test=norm.test, field=norm.field, since=norm.since)
    return row


@action
def norm_end(actor: Actor, *, norm: UUID, until: dt.date) -> ClinicNorm:
    """End bounds: from that day the draft of the product is shown again, with its mark."""
    row = norm_of(actor, norm)
    if row.until is not None:
        raise Refused(f"Эта норма уже действует только до {row.until:%d.%m.%Y}. Задайте новую.")
    row.until = until
    row.full_clean()
    row.save()
    journal.record(actor, "exams.norm_end", row, until=until)
    return row


@action
def norms_import(actor: Actor, *, source: Source) -> Outcome:
    """Write the good rows of a file."""
    read = norms_read(actor, source)
    clinic = _clinic(actor)
    made: list[tuple[int, int]] = []
    ended: list[tuple[int, int]] = []
    for number, norm in read.changes:
        row, before = _set(actor, clinic, norm)
        made.append((row.pk, number))
        ended.extend((earlier, number) for earlier in before)
    source.linked(ROWS, MADE, *_columns(made))
    source.linked(ROWS, ENDED, *_columns(ended))
    journal.record(actor, "exams.norms_import", source.uid, rows=len(made))
    return read.outcome


@action
def norms_undo(actor: Actor, *, taken: Taken) -> None:
    """Take a file back: its bounds are marked, those before serve again."""
    rows = ClinicNorm.objects.visible_to(actor)
    made, ended = list(taken.links(ROWS, MADE)), list(taken.links(ROWS, ENDED))
    if rows.filter(pk__in=made, until__isnull=False).exists():
        raise Refused(
            "После загрузки часть норм изменена: отменить весь файл нельзя. Исправьте оставшиеся по одной."
        )
    rows.filter(pk__in=made).update(cancelled=True)
    rows.filter(pk__in=ended).update(until=None)
    journal.record(actor, "exams.norms_undo", taken.uid, rows=len(made))


def _set(actor: Actor, clinic: int, norm: NewNorm) -> tuple[ClinicNorm, list[int]]:
    shown = _indicator(norm)
    same = ClinicNorm.objects.visible_to(actor).filter(
        cancelled=False, laboratory=norm.laboratory, test=norm.test, field=norm.field
    )
    known = same.filter(Q(until__isnull=True) | Q(until__gt=norm.since))
    crossing = [row for row in known if _cross(row, norm)]
    exact = [row for row in crossing if _band(row) == (norm.sex, norm.age_from, norm.age_to)]
    if others := [row for row in crossing if row not in exact]:
        raise Refused(
            f"«{shown.label}»: пол и возраст пересекаются с нормой «{_words(others[0])}» "
            f"от {others[0].since:%d.%m.%Y}. Завершите её или исправьте пол и возраст."
        )
    if late := [row for row in exact if row.since >= norm.since]:
        raise Refused(
            f"«{shown.label}»: норма на {late[0].since:%d.%m.%Y} уже задана. Выберите день после неё."
        )
    for row in exact:
        row.until = norm.since
        row.save(update_fields=["until"])
    row = ClinicNorm(
        clinic_id=clinic, laboratory=norm.laboratory, test=norm.test, field=norm.field, label=shown.label,
        unit=shown.unit, sex=norm.sex, age_from=norm.age_from, age_to=norm.age_to, low=norm.low,
        high=norm.high, since=norm.since, basis=norm.basis.strip(),
    )  # fmt: skip
    row.full_clean()
    row.save()
    return row, [earlier.pk for earlier in exact]


def _indicator(norm: NewNorm) -> Indicator:
    known = {(item.test, item.field): item for item in indicators(norm.since)}
    found = known.get((norm.test, norm.field))
    if found is None:
        raise Refused(f"Числового показателя «{norm.field}» у «{norm.test}» нет. Выберите его из списка.")
    if norm.unit.strip() not in ("", found.unit):
        raise Refused(
            f"«{found.label}»: результаты вносят в единицах «{found.unit}», а норма дана в «{norm.unit}». "
            "Пересчитайте границы."
        )
    return found


def _cross(row: ClinicNorm, norm: NewNorm) -> bool:
    sexes = not row.sex or not norm.sex or row.sex == norm.sex
    return sexes and row.age_from <= norm.age_to and norm.age_from <= row.age_to


def _band(row: ClinicNorm) -> tuple[str, int, int]:
    return row.sex, row.age_from, row.age_to


def _words(row: ClinicNorm) -> str:
    sex = {"male": "мужчины", "female": "женщины"}.get(row.sex, "оба пола")
    return f"{sex}, {row.age_from}–{row.age_to} лет"


def _clinic(actor: Actor) -> int:
    if actor.organization is None:
        raise Refused("Нормы задаёт медицинская организация. Выберите её рабочее место.")
    return actor.organization


def _columns(pairs: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [record for record, _ in pairs], [row for _, row in pairs]
