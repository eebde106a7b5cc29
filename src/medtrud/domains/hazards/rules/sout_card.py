"""The card: class of each factor, the total and what protection may change."""

import datetime as dt
from collections.abc import Callable, Mapping

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused

from ..types.sout import CardClass, ClassedFactor, FactorMeasured, Level, Measured
from . import sout_acoustic as acoustic
from .sout_law import Edition, because, edition_of, named, ranked, step_up, worst


def total(edition: Edition, classes: Mapping[str, str], joined: tuple[str, ...] = ()) -> Decision[str]:
    """Итоговый класс карты.

    П. 93: «по наиболее высокому классу одного из факторов; три и более фактора с подклассом 3.1 —
    3.2; два и более фактора с подклассом 3.2, 3.3, 3.4 — на одну степень выше»; п. 46: сочетание
    локальной вибрации с охлаждающим микроклиматом второй раз не считается (joined).
    """
    if not classes:
        raise Refused("Итоговый класс: нет ни одного фактора. Укажите классы факторов.")
    for factor, found in classes.items():
        if found not in ranked():
            raise Refused(
                f"Итоговый класс: у фактора «{factor}» класс «{found}», такого нет. "
                f"Укажите один из: {', '.join(ranked())}."
            )
    top = worst(list(classes.values()))
    most = [factor for factor, found in classes.items() if found == top]
    rules = edition.rows("sout_combine")
    reasons = [because(rules["total harmful"], f"Наиболее высокий — {named(top)}: {', '.join(most)}")]
    counted = {factor: found for factor, found in classes.items() if factor not in joined}
    for code in ("total 3.1", "total harmful"):
        rule = rules[code]
        met = [factor for factor, found in counted.items() if found in rule.values["counted"]]
        if len(met) < rule.values["least"] or (code == "total 3.1" and top != rule.values["counted"][0]):
            continue
        found = step_up(top) if rule.values["raised"] else rule.values["result"]
        if found != top:
            reasons.append(because(rule, f"{rule.values['title']} ({', '.join(met)}): {named(found)}"))
            return Decision(found, tuple(reasons))
    return Decision(top, tuple(reasons))


def sout_class(measured: Measured, *, on: dt.date, act: str = "") -> Decision[CardClass]:
    """Классы факторов и итоговый класс рабочего места с основаниями; on — день утверждения отчёта."""
    edition = edition_of(on, act)
    levels = _merged(measured.factors, edition)
    found: dict[str, ClassedFactor] = {}
    for factor in levels:
        found[factor] = _factor(edition, factor, levels[factor])
    return _card(edition, tuple(found.values()))


def _merged(factors: tuple[FactorMeasured, ...], edition: Edition) -> dict[str, tuple[Level, ...]]:
    """Join the parts of one factor (an upload may hold several) in the order of the card."""
    known = edition.factors()
    levels: dict[str, tuple[Level, ...]] = {}
    for part in factors:
        if part.factor not in known:
            near = ", ".join(f"{code} ({row.title})" for code, row in known.items())
            raise Refused(f"Фактора «{part.factor}» в карте нет. Укажите один из: {near}.")
        levels[part.factor] = (*levels.get(part.factor, ()), *part.levels)
    if not levels:
        raise Refused("Карта: нет ни одного фактора. Укажите измерения хотя бы одного.")
    return {factor: levels[factor] for factor in known if factor in levels}


def _factor(edition: Edition, factor: str, levels: tuple[Level, ...]) -> ClassedFactor:
    rule = RULES.get(factor)
    if rule is None:
        title = edition.factors()[factor].title
        return ClassedFactor(factor, title, "", flags=("правило ещё не написано, класс ставит эксперт",))
    return rule(edition, levels).outcome


def _card(edition: Edition, classed: tuple[ClassedFactor, ...]) -> Decision[CardClass]:
    known = {each.title: each.sout_class for each in classed if each.sout_class}
    joined = {code for each in classed for code in each.joined}
    titles = tuple(each.title for each in classed if each.factor in joined)
    reasons = [reason for each in classed for reason in each.reasons]
    floor = total(edition, known, titles) if known else Decision("", ())
    whole = floor.outcome if len(known) == len(classed) else ""
    flags = [f"{each.title}: {flag}" for each in classed for flag in each.flags]
    flags += sorted(_cautions(edition, [*reasons, *floor.reasons]))
    card = CardClass(whole, floor.outcome, classed, edition.act, edition.name, tuple(flags))
    return Decision(card, floor.reasons)


def _cautions(edition: Edition, reasons: list[Reason]) -> set[str]:
    """Return what is said of rows nobody has compared with the act."""
    return {edition.row(r.ref.table, r.ref.row).caution for r in reasons} - {""}


Rule = Callable[[Edition, tuple[Level, ...]], Decision[ClassedFactor]]
RULES: dict[str, Rule] = {
    "noise": acoustic.noise,
    "infrasound": acoustic.infrasound,
    "ultrasound": acoustic.ultrasound,
    "vibration_whole": acoustic.vibration_whole,
    "vibration_local": acoustic.vibration_local,
}
