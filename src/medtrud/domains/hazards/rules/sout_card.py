"""The card: class of each factor, the total and what protection may change."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused

from ..types.sout import CardClass, ClassedFactor, FactorMeasured, Level, Lowering, Measured
from .sout_acoustic import infrasound, noise, ultrasound, vibration_local, vibration_whole
from .sout_air import microclimate
from .sout_check import told
from .sout_chemistry import chemical
from .sout_dust import biological, dust
from .sout_labour import heaviness, tension
from .sout_law import Edition, because, edition_of, harmful, named, ranked, step_up, worst
from .sout_light import light
from .sout_rays import ionizing, nonionizing


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
                f"Итоговый класс: у фактора «{factor}» класс «{told(found)}», такого нет. "
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
    found = {factor: RULES[factor](edition, own).outcome for factor, own in levels.items() if factor in RULES}
    if AIR in levels:
        found[AIR] = microclimate(edition, levels[AIR], measured.shift_hours).outcome
    if LOCAL in levels:
        cooling = found[AIR].cooling if AIR in found else ""
        found[LOCAL] = vibration_local(edition, levels[LOCAL], cooling).outcome
    return _card(edition, tuple(found[factor] for factor in levels), measured.lowered)


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


def _card(
    edition: Edition, classed: tuple[ClassedFactor, ...], lowered: tuple[Lowering, ...]
) -> Decision[CardClass]:
    known = {each.title: each.sout_class or each.at_least for each in classed}
    titles = tuple(each.title for each in classed if each.factor in _joined(classed))
    floor = _total_of(edition, known, titles)
    whole = floor.outcome if all(each.sout_class for each in classed) else ""
    classed, why = protected(edition, classed, lowered) if lowered else (classed, ())
    reasons = [reason for each in classed for reason in each.reasons]
    flags = [f"{each.title}: {flag}" for each in classed for flag in each.flags]
    flags += sorted(_cautions(edition, [*reasons, *floor.reasons, *why]))
    total_ppe = ""
    if why and whole:
        kept = {each.title: each.ppe_class or each.sout_class for each in classed}
        total_ppe = _total_of(edition, kept, titles).outcome
    card = CardClass(whole, floor.outcome, classed, edition.act, edition.name, tuple(flags), total_ppe)
    return Decision(card, (*floor.reasons, *why))


def _joined(classed: tuple[ClassedFactor, ...]) -> set[str]:
    return {code for each in classed for code in each.joined}


def _total_of(edition: Edition, classes: Mapping[str, str], joined: tuple[str, ...]) -> Decision[str]:
    known = {title: found for title, found in classes.items() if found}
    return total(edition, known, joined) if known else Decision("", ())


def protected(
    edition: Edition, classed: tuple[ClassedFactor, ...], lowered: tuple[Lowering, ...]
) -> tuple[tuple[ClassedFactor, ...], tuple[Reason, ...]]:
    """Класс с учётом эффективных СИЗ.

    П. 94, ст. 14 ч. 6–8 № 426-ФЗ: комиссия снижает класс по заключению эксперта на одну степень,
    более чем на одну — по согласованию с Роспотребнадзором. Решает комиссия: здесь её решение.
    """
    rule, found, reasons = edition.row("sout_combine", "ppe"), {each.factor: each for each in classed}, []
    for each in lowered:
        factor = found.get(each.factor)
        if factor is None:
            raise Refused(f"СИЗ: фактора «{each.factor}» среди измеренных нет. Укажите измеренный фактор.")
        _allowed(factor, each, str(rule.ref))
        order = ranked()
        with_ppe = order[max(order.index(factor.sout_class) - each.steps, order.index(BEST))]
        found[each.factor] = replace(factor, ppe_class=with_ppe)
        text = (
            f"{factor.title}: с эффективными СИЗ комиссия снизила класс с {factor.sout_class} до {with_ppe}"
        )
        reasons.append(because(rule, text))
    return tuple(found.values()), tuple(reasons)


def _allowed(factor: ClassedFactor, lowering: Lowering, basis: str) -> None:
    """Refuse what the commission may not do."""
    if lowering.steps < 1:
        raise Refused(f"СИЗ, {factor.title}: класс снижают не меньше чем на одну степень. Исправьте steps.")
    if not factor.sout_class or not harmful(factor.sout_class) or factor.sout_class == ranked()[-1]:
        told = f"класс {factor.sout_class}" if factor.sout_class else "класс не вычислен"
        raise Refused(
            f"СИЗ, {factor.title}: {told}, а снижать можно только вредные подклассы. Уберите фактор.",
            basis=basis,
        )
    if not lowering.conclusion:
        raise Refused(
            f"СИЗ, {factor.title}: нет заключения эксперта об эффективности. Без него класс не снижают.",
            basis=basis,
        )
    if lowering.steps > 1 and not lowering.agreed:
        raise Refused(
            f"СИЗ, {factor.title}: больше чем на одну степень снижают только по согласованию с "
            "Роспотребнадзором. Укажите agreed или одну степень.",
            basis=basis,
        )


def _cautions(edition: Edition, reasons: list[Reason]) -> set[str]:
    """Return what is said of rows nobody has compared with the act."""
    return {edition.row(r.ref.table, r.ref.row).caution for r in reasons} - {""}


AIR, LOCAL, BEST = "microclimate", "vibration_local", "2"
RULES: dict[str, Callable[[Edition, tuple[Level, ...]], Decision[ClassedFactor]]] = {
    "chemical": chemical,
    "biological": biological,
    "dust": dust,
    "noise": noise,
    "infrasound": infrasound,
    "ultrasound": ultrasound,
    "vibration_whole": vibration_whole,
    "nonionizing": nonionizing,
    "ionizing": ionizing,
    "light": light,
    "heaviness": heaviness,
    "tension": tension,
}
