"""What one factor of a worker asks for: its own row of the annex and the letters of its substances."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from medtrud.domains.hazards.types import (
    FactorRow,
    annex_on,
    code_key,
    marker_titles,
    nearest_codes,
    substance_markers,
)
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import Row
from medtrud.kernel.text import sort_key

from ..types import Caution, FactorFacts, PolicyChoice, Why
from .law import Tables, at, policy_ref

REVIEW = "перечень веществ с буквами требует проверки специалистом"
READING = "толкование"


class Mention(NamedTuple):
    """One place that names a line; an unconditional one has no condition."""

    code: str
    why: Why
    condition: Row | None = None
    exposed: bool | None = None


@dataclass(frozen=True, eq=False)
class Scope:
    """What one factor adds; compared by identity, one object per factor and policy."""

    code: str
    specialists: tuple[Mention, ...] = ()
    tests: tuple[Mention, ...] = ()
    months: int | None = None
    months_reasons: tuple[Why, ...] = ()
    markers: str = ""
    cautions: tuple[Caution, ...] = ()
    counts: bool = True
    young: bool = False

    @cached_property
    def key(self) -> tuple[int, ...]:
        """Return the place of the code in the annex."""
        return code_key(self.code)

    @cached_property
    def personal(self) -> bool:
        """Tell whether a line depends on the sex or the age."""
        cells = [mention.condition.values for mention in self.tests if mention.condition]
        return any(c["sex"] or c["age_from"] or c["age_to"] or c["later_age"] for c in cells)


class Letter(NamedTuple):
    """A letter in force for a factor and the words why."""

    marker: str
    text: str
    substance: str
    note: str = ""


def factor_scope(tables: Tables, factor: FactorFacts, kind: str, policy: Mapping[str, PolicyChoice]) -> Scope:
    """Собрать назначения одной строки приложения и букв её веществ.

    Приказ № 29н, приложение к Порядку, графы 3-5 и сноска <1>: от вышестоящей строки ничего не берётся.
    """
    local = policy.get(f"local_code:{factor.code}")
    row = _annex_row(tables, local.value if local else factor.code)
    name = _named(row) if not local else f"{_named(row)}, местный код {factor.code}"
    cautions = list(_row_cautions(tables, row))
    if row.limited_to and row.limited_to != kind and policy["preliminary_only_rows"].value != "every_kind":
        cautions.append(
            Caution(
                "ITEM_PRELIMINARY_ONLY",
                f"{name} — только для предварительных осмотров: в этом осмотре строка не учтена.",
                row.code,
            )
        )
        return Scope(row.code, cautions=tuple(cautions), counts=False)
    if row.instead:
        cautions.append(
            Caution(
                "HEADING_CODE",
                f"Код {row} — заголовок без своего объёма. Укажите подпункт: {', '.join(row.instead)}.",
                row.code,
            )
        )
    if row.group:
        return Scope(row.code, cautions=tuple(cautions))
    own = tables["scope"][row.code]
    letters = _letters(tables, row, factor, policy, cautions)
    marked = [_marked(tables, row, letter) for letter in letters]
    months, months_reasons = _months(tables, own, name, policy, cautions)
    young = tables.one("young_workers").values
    return Scope(
        code=row.code,
        specialists=_specialists(own, row, name) + tuple(m for s, _ in marked for m in s),
        tests=_tests(tables, own, row, name, factor) + tuple(m for _, t in marked for m in t),
        months=months,
        months_reasons=months_reasons,
        markers="".join(dict.fromkeys(letter.marker for letter in letters)),
        cautions=tuple(cautions),
        young=row.section in young["sections"] or row.code in young["codes"],
    )


def _annex_row(tables: Tables, code: str) -> FactorRow:
    annex = annex_on(tables.since)
    if code not in annex:
        near = ", ".join(str(annex[other]) for other in nearest_codes(code, tables.since))
        raise Refused(
            f"Фактора или работы с кодом «{code}» нет в перечне на выбранную дату. "
            f"{f'Похожие коды: {near}. ' if near else ''}Проверьте код в контингенте или направлении.",
            basis="приказ Минздрава России от 28.01.2021 № 29н, приложение к Порядку",
        )
    return annex[code]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _named(row: FactorRow) -> str:
    return f"{'Фактор' if row.production else 'Работа'} {row}"


def _row_cautions(tables: Tables, row: FactorRow) -> list[Caution]:
    annex = annex_on(tables.since)
    parent = annex.get(row.parent)
    notes = [row.note, parent.note if parent else ""]
    return [Caution("ROW_NOTE", f"{_named(row)}: {note}.", row.code) for note in notes if note]


def _specialists(own: Row, row: FactorRow, name: str) -> tuple[Mention, ...]:
    why = Why(name, at(own.ref, "4"), factor=row.code, column="4", rule="annex_row")
    return tuple(Mention(code, why) for code in own.values["specialists"])


def _tests(tables: Tables, own: Row, row: FactorRow, name: str, factor: FactorFacts) -> tuple[Mention, ...]:
    ref = at(own.ref, "5")
    why = Why(name, ref, factor=row.code, column="5", rule="annex_row")
    found = [Mention(code, why) for code in own.values["investigations"]]
    known = _exposures(tables, factor)
    for item in own.values["conditional"]:
        condition = tables["conditions"][item["condition"]]
        title = condition.values["title"]
        answers = [known.get(code) for code in condition.values["exposures"]]
        exposed = True if True in answers else None if None in answers else not answers
        text = f"{name}: {title}"
        conditional = Why(text, ref, row.code, "5", rule=f"condition:{condition.code}", note=READING)
        found.append(Mention(item["investigation"], conditional, condition, exposed))
    return tuple(found)


def _exposures(tables: Tables, factor: FactorFacts) -> dict[str, bool]:
    """Return the answers about the work; a named substance answers yes, silence answers nothing."""
    named = [sort_key(name) for name in factor.substances]
    known = {
        code: True
        for code, row in tables["exposures"].items()
        if any(word in name for word in row.values["words"] for name in named)
    }
    return known | dict(factor.exposures)


def _months(
    tables: Tables, own: Row, name: str, policy: Mapping[str, PolicyChoice], cautions: list[Caution]
) -> tuple[int | None, tuple[Why, ...]]:
    months, inherited = own.values["months"], own.values["months_inherited"]
    choice = policy.get(f"periodicity:{own.code}")
    local = int(choice.value) if choice and choice.value.isdigit() else None
    if local and choice and (months is None or local < months):
        text = f"{name}: не реже 1 раза в {local} мес. по местному решению ({choice.basis})"
        return local, (Why(text, policy_ref(tables, choice), own.code, "3", rule="policy", note=READING),)
    if months is None:
        cautions.append(
            Caution(
                "PERIODICITY_NOT_SET",
                f"{name}: приказ не установил периодичность. Задайте её решением организации.",
                own.code,
            )
        )
        return None, ()
    note = ""
    if inherited:
        note = f"ячейка пуста, значение строки {inherited} ({READING})"
        cautions.append(Caution("PERIODICITY_INHERITED", f"{name}: {note}.", own.code))
    text = f"{name}: не реже 1 раза в {months} мес."
    return months, (Why(text, at(own.ref, "3"), own.code, "3", rule="annex_row", note=note),)


def _letters(
    tables: Tables,
    row: FactorRow,
    factor: FactorFacts,
    policy: Mapping[str, PolicyChoice],
    cautions: list[Caution],
) -> list[Letter]:
    """Буква относится к веществу: названное вещество несёт свои буквы, не названное — все буквы строки."""
    if factor.markers is not None:
        letters = [Letter(m, f"По коду {row.code} указана буква {m}", "") for m in factor.markers]
        if extra := [m for m in factor.markers if m not in row.markers]:
            text = f"{_named(row)}: букв {', '.join(extra)} у строки нет, они учтены, как указано."
            cautions.append(Caution("MARKER_NOT_IN_ROW", text, row.code))
    elif factor.substances:
        letters = [x for name in factor.substances for x in _substance(row, name, cautions)]
    else:
        words = f"Вещество по коду {row.code} не названо: учтены все буквы строки ({row.markers})"
        letters = [Letter(m, words, "", "в сторону полноты осмотра") for m in row.markers]
        if letters:
            cautions.append(Caution("MARKERS_UNKNOWN_UNION", f"{words}. Назовите вещество.", row.code))
    choice = policy["inherit_marker_f_3_1"]
    if choice.value == "yes" and row.code.startswith("3.1.") and not any(x.marker == "Ф" for x in letters):
        letters.append(Letter("Ф", f"Буква Ф заголовка 3.1 распространена на код {row.code}", "", READING))
    order = list(tables["marker_scope"])
    return sorted(letters, key=lambda letter: order.index(letter.marker))


def _substance(row: FactorRow, name: str, cautions: list[Caution]) -> list[Letter]:
    found = substance_markers(row, name)
    if found.how != "unknown":
        words = f"Вещество «{name}» по коду {row.code}"
        note = REVIEW if found.how == "listed" else f"отнесено к «{found.mention}»; {REVIEW}"
        return [Letter(m, words, name, note) for m in found.markers]
    words = (
        f"Вещество «{name}» в строке {row.code} не найдено: учтены все буквы строки ({row.markers or 'нет'})"
    )
    cautions.append(Caution("SUBSTANCE_UNKNOWN", f"{words}. Проверьте название вещества и код.", row.code))
    return [Letter(m, words, name, "в сторону полноты осмотра") for m in row.markers]


def _marked(
    tables: Tables, row: FactorRow, letter: Letter
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    own = tables["marker_scope"][letter.marker]
    why = Why(
        f"{letter.text}; буква {letter.marker} — {_lower(marker_titles(tables.since)[letter.marker])}",
        own.ref,
        factor=row.code,
        marker=letter.marker,
        substance=letter.substance,
        rule="marker",
        note=letter.note,
    )
    return (
        tuple(Mention(code, why) for code in own.values["specialists"]),
        tuple(Mention(code, why) for code in own.values["investigations"]),
    )
