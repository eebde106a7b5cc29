"""Chemical factor: приложения № 1–8 к методике, п. 22–28."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import Row
from medtrud.kernel.text import sort_key

from ..types.sout import ClassedFactor, Level
from .sout_check import norm_of, number_of, only, told, unit_of, value_of
from .sout_grade import Graded, answer_as, combined, grade_fixed, grade_times
from .sout_law import Edition, because, edition_of, exact, named, shown, upto, worst

KINDS = {"chem_max": "max", "chem_ss": "ss", "chem_obuv": "max"}
WORDS = {"chem_max": "максимальная", "chem_ss": "среднесменная", "chem_obuv": "по ОБУВ"}
INDICATORS = (*KINDS, "chem_none")
GENERAL = {"max": "chem_general_max", "ss": "chem_general_ss"}
BOTH = ("chem_acute", "chem_allergen_high", "chem_allergen_moderate", "chem_carcinogen_repro")
LETTERS = {"О": "chem_acute", "К": "chem_carcinogen_repro"}
UNITS = ("мг/м³", "мг/м3")
STAGE = "chemical"
UNSUMMED = (
    "сумма отношений к ПДК (п. 28) не считалась: группа однонаправленного действия ни у одного вещества "
    "не названа; если такие вещества есть, укажите группу приложения № 8 (sums)"
)


@dataclass
class Item:
    """One substance, or several of one direction of action, counted as one under п. 23."""

    names: set[str]
    graded: list[Graded] = field(default_factory=list)
    summed: list[tuple[str, Reason]] = field(default_factory=list)

    @property
    def sout_class(self) -> str:
        """Return the worst of its comparisons and sums."""
        return worst([*(each.sout_class for each in self.graded), *(found for found, _ in self.summed)])


def chemical(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """Химический фактор.

    П. 22: «для каждого вещества — худший класс из сравнения с ПДКмакс и ПДКсс»; п. 23: вещества
    разнонаправленного действия; п. 24–26: особенности действия; п. 27: ОБУВ; п. 28: сумма отношений.
    """
    only(levels, INDICATORS, "Химический фактор")
    substances: dict[str, list[Level]] = {}
    for level in levels:
        if not level.subject:
            raise Refused("Химический фактор: у значения нет названия вещества. Укажите его в поле subject.")
        substances.setdefault(level.subject, []).append(level)
    items = {name: Item({name}, _substance(edition, name, own)) for name, own in substances.items()}
    counted = _summed(edition, substances, items)
    found = _answer(edition, counted, len(substances))
    if len(substances) == 1 or any(level.sums for level in levels):
        return found
    return Decision(replace(found.outcome, flags=(UNSUMMED,)), found.reasons)


def _answer(edition: Edition, items: list[Item], number: int) -> Decision[ClassedFactor]:
    joined = combined(edition, STAGE, [item.sout_class for item in items])
    graded = [each for item in items for each in item.graded]
    sums = [reason for item in items for _, reason in item.summed]
    if number > 1 and not joined.reasons:
        rule = edition.row("sout_combine", "chemical 3.2")
        sums.append(because(rule, f"Веществ: {number}, класс — по худшему: {named(joined.outcome)}"))
    return answer_as(edition, "chemical", graded, joined.outcome, *sums, *joined.reasons)


def _substance(edition: Edition, name: str, levels: list[Level]) -> list[Graded]:
    """Return every comparison of one substance."""
    features = _features(edition, name, levels)
    fixed = [code for code in features if edition.row("sout_ratios", code).values["fixed"]]
    if fixed:
        rows = [edition.row("sout_ratios", code) for code in fixed]
        return [grade_fixed(row, row.values["fixed"], levels[0], name) for row in rows]
    kinds = {KINDS.get(level.indicator) for level in levels}
    graded = []
    for level in levels:
        if level.indicator == "chem_none":
            raise Refused(
                f"{name}: без измерений класс ставят только противоопухолевым средствам, гормонам и "
                "наркотическим анальгетикам. Укажите концентрацию и ПДК или особенность действия."
            )
        unit_of(level, name, UNITS)
        value, norm, kind = value_of(level, name), norm_of(level, name), KINDS[level.indicator]
        rows = _rows_for(edition, features, kind, kinds) or [edition.row("sout_ratios", GENERAL[kind])]
        graded += [grade_times(row, value, norm, level, _called(name, level)) for row in rows]
    return graded


def _called(name: str, level: Level) -> str:
    return f"{name}, {WORDS[level.indicator]}"


def _rows_for(edition: Edition, features: list[str], kind: str, kinds: set[str | None]) -> list[Row]:
    """Return the rows of special action a concentration is compared in.

    П. 24, 25: острого действия, аллергены, канцерогены — по обеим ПДК; п. 26: если установлена не та
    ПДК, что в строке, — по имеющейся.
    """
    rows = [edition.row("sout_ratios", code) for code in features]
    return [
        row
        for row in rows
        if row.code in BOTH or row.values["limit"] == kind or row.values["limit"] not in kinds
    ]


def _features(edition: Edition, name: str, levels: list[Level]) -> list[str]:
    """Return the special actions: the named ones and those of the lists of appendices 1-7."""
    found: dict[str, None] = {}
    for code in (code for level in levels for code in level.features):
        row = edition.rows("sout_ratios").get(code)
        if row is None or row.values["factor"] != "chemical":
            known = [c for c, r in edition.rows("sout_ratios").items() if r.values["factor"] == "chemical"]
            raise Refused(f"{name}: особенности «{code}» нет. Укажите одну из: {', '.join(known)}.")
        if code not in GENERAL.values():
            found[code] = None
    for code in listed(edition, name):
        found[code] = None
    return list(found)


def listed(edition: Edition, name: str) -> tuple[str, ...]:
    """Return the special actions the act itself names for a substance."""
    known = _listed(edition.act, edition.day)
    return next((known[key] for key in map(folded, (name, *name.split(";"))) if key in known), ())


def folded(name: str) -> str:
    """Return the name without hyphens, brackets and the order of words."""
    return " ".join(sorted(re.sub(r"[()\[\],.;/]", " ", sort_key(name).replace("-", "")).split()))


@cache
def _listed(act: str, day: object) -> Mapping[str, tuple[str, ...]]:
    edition = edition_of(day, act)  # type: ignore[arg-type]
    names: dict[str, dict[str, None]] = {}
    for row in edition.rows("sout_substances").values():
        marks = [row.values["ratio"], *(LETTERS[x] for x in row.values["features"] or "" if x in LETTERS)]
        for name in (row.values["title"], *re.split(r";|/", row.values["title"])):
            if key := folded(name):
                names.setdefault(key, {}).update(dict.fromkeys(marks))
    for row in edition.rows("sout_ratios").values():
        for name in row.values["names"]:
            names.setdefault(folded(name), {})[row.code] = None
    return {name: tuple(found) for name, found in names.items()}


def _summed(edition: Edition, substances: Mapping[str, list[Level]], items: dict[str, Item]) -> list[Item]:
    """Join substances of one direction of action; those that share a group are one item."""
    groups: dict[str, list[str]] = {}
    for name, levels in substances.items():
        for group in dict.fromkeys(group for level in levels for group in level.sums):
            if group not in edition.rows("sout_sums"):
                known = ", ".join(edition.rows("sout_sums"))
                raise Refused(f"{name}: группы «{group}» в приложении № 8 нет. Укажите одну из: {known}.")
            groups.setdefault(group, []).append(name)
    for group, names in groups.items():
        if len(names) > 1:
            _join(edition, group, names, substances, items)
    return list({id(item): item for item in items.values()}.values())


def _join(
    edition: Edition,
    group: str,
    names: list[str],
    substances: Mapping[str, list[Level]],
    items: dict[str, Item],
) -> None:
    whole = Item(set().union(*(items[name].names for name in names)))
    for item in {id(items[name]): items[name] for name in names}.values():
        whole.graded += item.graded
        whole.summed += item.summed
    row, times = _sum_of(edition, group, [substances[name] for name in names])
    who = f"группа {group} ({', '.join(names)})"
    whole.summed.append(sum_class(row, times, who, edition.row("sout_sums", group)))
    for name in whole.names:
        items[name] = whole


def _sum_of(edition: Edition, group: str, members: list[list[Level]]) -> tuple[Row, list[Fraction]]:
    """Choose the row of the common action, and the ratio of each member by the ПДК of that row."""
    ratios = edition.rows("sout_ratios")
    common = set.intersection(*({*_features(edition, each[0].subject, each)} for each in members))
    special = sorted(code for code in common if not ratios[code].values["fixed"])
    code = edition.row("sout_sums", group).values["ratio"] or next(iter(special), "")
    measured = [[level for level in each if level.norm is not None] for each in members]
    if not all(measured):
        raise Refused(f"Группа {group}: у одного из веществ нет концентрации и ПДК. Укажите их.")
    if not code:
        several = all(any(KINDS[level.indicator] == "max" for level in each) for each in measured)
        code = GENERAL["max" if several else "ss"]
    row = ratios[code]
    picked = [min(each, key=lambda level: KINDS[level.indicator] != row.values["limit"]) for each in measured]
    return row, [value_of(level, level.subject) / norm_of(level, level.subject) for level in picked]


def sum_class(row: Row, times: list[Fraction], who: str, where: Row) -> tuple[str, Reason]:
    """Класс по сумме отношений концентраций к ПДК (п. 28); до единицы сумма ничего не добавляет."""
    amount = sum(times, Fraction(0))
    found = upto(row.values["steps"], amount)[0]
    terms = " + ".join(map(shown, times))
    text = f"Однонаправленное действие, {who}: {terms} = {shown(amount)} ({row.values['title']}): "
    return found, because(where, text + named(found))


def chem_class(
    edition: Edition, substances: list[list[tuple[str, float]]], groups: list[tuple[str, list[float]]]
) -> Decision[str]:
    """Класс по готовым кратностям: вещества (строки с кратностями) и группы суммации."""
    met, reasons = [], list[Reason]()
    for number, rows in enumerate(substances, 1):
        own = [ratio_class(edition, code, times, f"вещество {number}") for code, times in rows]
        reasons += [each.reason for each in own]
        met.append(worst([each.sout_class for each in own]))
    for code, times in groups:
        row = ratio_row(edition, code)
        found, why = sum_class(row, [number_of(each, "Кратность") for each in times], "сумма", row)
        met.append(found)
        reasons.append(why)
    if not met:
        raise Refused("Химический фактор: нет ни одного вещества. Укажите строки и кратности.")
    joined = combined(edition, STAGE, met)
    return Decision(joined.outcome, (*reasons, *joined.reasons))


def ratio_row(edition: Edition, code: str) -> Row:
    """Return a row of multiples, or refuse with the list."""
    if code not in edition.rows("sout_ratios"):
        known = ", ".join(edition.rows("sout_ratios"))
        raise Refused(f"Кратность: строки «{told(code)}» нет. Укажите одну из: {known}.")
    return edition.row("sout_ratios", code)


def ratio_class(edition: Edition, code: str, times: float, what: str = "кратность") -> Graded:
    """Класс по кратности превышения в одной строке."""
    row = ratio_row(edition, code)
    level = Level(indicator=code, value=times, norm=1)
    return grade_times(row, value_of(level, what), exact(1), level, what)
