"""Taking a register of substances in from a table, and taking it back."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from medtrud.engines.exchange.types import Cell, Column, Outcome, Source, Taken, plain
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep, keep_many
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key

from ..models import Chemical, ChemicalStep, ChemicalTraining, ChemicalUse
from ..queries.chemicals import chemicals, passport_of
from ..rules.chemicals import chemical_parse, features_of
from ..types.chemicals import ChemicalIn, ChemicalSource, ChemicalState
from .chemicals import PASSPORT, new_chemical, said

RECORDS = "hazards.Chemical"
NEW, CHANGED = "new", "changed"
YES = {"да", "разрешено", "разрешен", "разрешена", "+", "1", "yes"}
NO = {"нет", "не разрешено", "-", "0", "no"}
COLUMNS = (
    Column(
        "name",
        "Название",
        ("Вещество", "Наименование", "Наименование вещества", "Химическое вещество"),
        required=True,
        example="Ацетон",
    ),
    Column("cas", "Номер CAS", ("CAS", "КАС", "CAS номер"), example="67-64-1", looks=r"\d{2,7}-\d{2}-\d"),
    Column("pdk_max", "ПДК максимальная, мг/м³", ("ПДК м.р.", "ПДК мр", "ПДКмр", "ПДК максимальная", "ПДК")),
    Column("pdk_ss", "ПДК среднесменная, мг/м³", ("ПДК с.с.", "ПДКсс", "ПДК сс", "ПДК среднесменная")),
    Column("pdk_basis", "Откуда ПДК", ("Норматив", "Нормативный документ")),
    Column("hazard", "Класс опасности", ("Класс", "Кл. опасности"), example="4"),
    Column("letters", "Особенности А К Р Ф О", ("Особенности действия", "Буквы")),
    Column("supplier", "Поставщик", ("Изготовитель", "Производитель")),
    Column("training", "Обучение до работы", ("Обучение", "Программа обучения")),
    Column("training_months", "Обучение действует, мес.", ("Срок обучения", "Периодичность обучения")),
    Column("approved", "Разрешено", ("Допущено", "Разрешение", "Применение разрешено"), example="да"),
)


def chemicals_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a table would change."""
    return _counted(*_plan(actor, source))


@action
def chemicals_import(actor: Actor, *, source: Source) -> Outcome:
    """Write the good rows of a table: new substances and changed passports."""
    fresh, changed, same = _plan(actor, source)
    keep_many([row for row, _ in fresh])
    keys = [row.name_key for row, _ in fresh]
    ids = dict(
        chemicals(actor, employer=_employer(source)).filter(name_key__in=keys).values_list("name_key", "pk")
    )
    source.linked(RECORDS, NEW, [ids[key] for key in keys], [number for _, number in fresh])
    for row, _ in changed:
        keep(row)
    source.linked(RECORDS, CHANGED, [row.pk for row, _ in changed], [number for _, number in changed])
    record(actor, "hazards.chemicals_import", source.uid, new=len(fresh), changed=len(changed))
    return _counted(fresh, changed, same)


@action
def chemicals_undo(actor: Actor, *, taken: Taken) -> None:
    """Take the new substances of a table back, unless something leans on them."""
    if any(taken.links(RECORDS, CHANGED)):
        raise Refused("Загрузка исправила паспорта веществ. Верните их прежний вид в карточках веществ.")
    rows = Chemical.objects.visible_to(actor).filter(source_import=taken.uid)
    ids = list(rows.values_list("pk", flat=True))
    for model in (ChemicalStep, ChemicalUse, ChemicalTraining):
        if model.objects.visible_to(actor).filter(chemical__in=ids).exists():
            raise Refused(
                "О веществах из этой загрузки уже есть решения, работы или обучение. "
                "Отменить её нельзя: снимите разрешения по одному."
            )
    rows.delete()
    record(actor, "hazards.chemicals_undo", taken.uid, count=len(ids))


Rows = list[tuple[Chemical, int]]


def _plan(actor: Actor, source: Source) -> tuple[Rows, Rows, int]:
    known = {row.name_key: row for row in chemicals(actor, employer=_employer(source))}
    fresh, changed, same, seen = list[Any](), list[Any](), 0, dict[str, int]()
    for number, facts, state in _read(source):
        key = sort_key(facts.name)
        if key in seen:
            text = f"«{facts.name}» уже есть в строке {seen[key]}. Уберите повтор."
            source.problem(number, text, column="name")
            continue
        seen[key] = number
        row = known.get(key)
        if row is None:
            made = new_chemical(actor, facts, source.on, ChemicalSource(source.uid, source.sheet, number))
            made.state = state
            fresh.append((made, number))
        elif said(passport_of(row)) == said(facts):
            same += 1
        else:
            for name in PASSPORT:
                setattr(row, name, getattr(facts, name))
            row.features = list(features_of(row.name, source.on))
            changed.append((row, number))
    return fresh, changed, same


def _read(source: Source) -> Iterator[tuple[int, ChemicalIn, ChemicalState]]:
    places = {code: found[0].index for code, found in source.layout.items()}
    for number, cells in source.rows():
        try:
            yield number, _facts(cells, places), _state(_cell(cells, places, "approved"))
        except Refused as refusal:
            source.problem(number, refusal.text, column="name")


def _facts(cells: list[Cell], places: dict[str, int]) -> ChemicalIn:
    text = {code: _cell(cells, places, code) for code in (*PASSPORT, "approved")}
    return chemical_parse(
        ChemicalIn(
            text["name"],
            text["cas"],
            _decimal(text["pdk_max"], "ПДК максимальная"),
            _decimal(text["pdk_ss"], "ПДК среднесменная"),
            text["pdk_basis"],
            _whole(text["hazard"], "Класс опасности"),
            text["letters"],
            text["supplier"],
            text["training"],
            _whole(text["training_months"], "Срок обучения, мес."),
        )
    )


def _cell(cells: list[Cell], places: dict[str, int], code: str) -> str:
    return plain(cells[places[code]]) if code in places else ""


def _decimal(text: str, title: str) -> Decimal | None:
    if not text or text == "-":
        return None
    try:
        return Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation as error:
        raise Refused(f"{title}: «{text}» — не число. Оставьте одно число, мг/м³.") from error


def _whole(text: str, title: str) -> int | None:
    number = _decimal(text, title)
    if number is not None and number != int(number):
        raise Refused(f"{title}: «{text}» — не целое число. Исправьте его.")
    return None if number is None else int(number)


def _state(text: str) -> ChemicalState:
    word = text.casefold().strip(" .")
    if not word:
        return ChemicalState.REQUESTED
    if word not in YES | NO:
        raise Refused(f"Разрешено: «{text}» не понято. Напишите «да» или «нет».")
    return ChemicalState.APPROVED if word in YES else ChemicalState.REFUSED


def _employer(source: Source) -> int:
    if source.organization is None:
        raise Refused("Реестр веществ загружают на рабочем месте работодателя. Выберите его и повторите.")
    return source.organization


def _counted(fresh: Rows, changed: Rows, same: int) -> Outcome:
    listed = sum(bool(row.features) for row, _ in fresh)
    waiting = sum(row.state == ChemicalState.REQUESTED for row, _ in fresh)
    return Outcome(
        new=len(fresh),
        changed=len(changed),
        unchanged=same,
        figures=(("Стоят в перечнях методики СОУТ", listed), ("Ждут решения", waiting)),
        notes=(
            "Вещества без слова «да» в столбце «Разрешено» ждут решения: работа с ними попадёт в список.",
        ),
    )
