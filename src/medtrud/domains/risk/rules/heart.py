"""Heart and vessels: SCORE of 2003 by its chart and by its formula, SCORE2 and SCORE2-OP."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..types import Book, Facts, Outcome, OutOfRange
from .rounding import comma, half_up, people, since, times, under, upto

VERY_HIGH = "очень высокий"
OLDER_ROW = "29n-row65"
STATES = {
    "ascvd": "атеросклеротическое заболевание",
    "diabetes": "сахарный диабет 2 типа",
    "ckd": "хроническая болезнь почек",
}


def excluded(facts: Facts) -> Outcome | None:
    """Шкала не считается, риск очень высокий: болезни, при которых приказ не требует расчёта."""
    found = [title for code, title in STATES.items() if facts.get(code)]
    if not found:
        return None
    step = f"{', '.join(found)}: по шкале SCORE не рассчитывается, риск считается очень высоким"
    return Outcome(
        None, VERY_HIGH, (), None, (step,), {"plain": "Риск от болезней сердца и сосудов очень высокий."}
    )


def cell(facts: Facts, cells: Mapping[str, Any]) -> tuple[int, int, list[str]]:
    """Return the pressure and cholesterol of the cell; outside the chart its edge is taken with a flag."""
    sbp, tchol = facts["sbp"], facts["tchol"]
    flags = []
    for title, value, (low, high) in (
        ("давление", sbp, cells["sbp_span"]),
        ("холестерин", tchol, cells["tchol_span"]),
    ):
        if not low <= value <= high:
            flags.append(f"{title} {comma(value)} вне карты ({low}–{high}): взята крайняя клетка")
    return upto(sbp, cells["sbp"]), under(tchol, cells["tchol"]), flags


def chart(facts: Facts, book: Book) -> Outcome:
    """Return the cell of the chart."""
    if found := excluded(facts):
        return found
    cells, flags = book["cells"], []
    age = facts["age"]
    if age >= cells["age_end"]:
        if book.variant != OLDER_ROW:
            raise OutOfRange("age", age, "от 40 до 65 лет; по варианту 29n-row65 и старше")
        flags.append("шкала до 65 лет: взята строка 65")
    sbp, tchol, more = cell(facts, cells)
    row = f"{facts['region']}/{facts['sex']}/{int(facts['smoker'])}/{under(age, cells['age'])}/{sbp}"
    risks = book["chart"][row]
    value = risks[cells["columns"].index(tchol)]
    quit_row = row.replace("/1/", "/0/", 1)
    quit_value = book["chart"][quit_row][cells["columns"].index(tchol)]
    category = since(value, book["bands"])
    return Outcome(
        value,
        category,
        (*flags, *more),
        None,
        (f"клетка {row}/{tchol}: {value} %",),
        {"plain": _score_words(value, quit_value if facts["smoker"] else None)},
    )


def _score_words(value: int, quit_value: int | None) -> str:
    words = (
        "Из 100 человек вашего возраста и пола с таким же давлением, холестерином и курением "
        f"за 10 лет от болезней сердца и сосудов умирают около {people(value)}"
    ).replace("около меньше", "меньше")
    if quit_value is None or quit_value == value:
        return f"{words}."
    return f"{words}; если бросить курить – около {people(quit_value)}.".replace("около меньше", "меньше")


def relative(facts: Facts, book: Book) -> Outcome:
    """Return how many times the risk exceeds that of a person without the factors."""
    if found := excluded(facts):
        return found
    cells = book["cells"]
    sbp, tchol, flags = cell(facts, cells)
    row = f"{int(facts['smoker'])}/{sbp}"
    value = book["relative"][row][cells["columns"].index(tchol)]
    words = (
        f"Ваш риск в {value} {times(value)} выше, чем у человека того же возраста без этих факторов."
        if value > 1
        else "Ваш риск не выше, чем у человека того же возраста без этих факторов."
    )
    return Outcome(value, "", tuple(flags), None, (f"клетка {row}/{tchol}: {value}",), {"plain": words})


def by_order(facts: Facts, book: Book) -> Outcome:
    """Относительный риск от 18 до 40 лет включительно, абсолютный – старше 40 лет (пп. 12, 31 Порядка)."""
    young = facts["age"] < book["cells"]["absolute_since"]
    older = Book(book.tables, book.edition, OLDER_ROW)
    found = relative(facts, book) if young else chart(facts, older)
    if found.value is None:
        return found
    value = {
        "kind": "relative" if young else "absolute",
        "risk": found.value,
        "unit": "раз" if young else "%",
    }
    return Outcome(value, found.category, found.flags, None, found.steps, found.words)


def conroy(facts: Facts, base: Sequence[float], beta: Sequence[float]) -> float:
    """Return the risk of the formula, per cent: the sum of both causes."""
    tchol, sbp, smoker, age = facts["tchol"] - 6, facts["sbp"] - 120, int(facts["smoker"]), facts["age"]
    total = 0.0
    for (alpha, power), weights in ((base[:2], beta[:3]), (base[2:], beta[3:])):
        weight = math.exp(weights[0] * tchol + weights[1] * sbp + weights[2] * smoker)
        now, later = ((math.exp(-math.exp(alpha) * (a - 20) ** power)) ** weight for a in (age, age + 10))
        total += 1 - later / now
    return 100 * total


def formula(facts: Facts, book: Book) -> Outcome:
    """Return the risk by the printed or the refined coefficients."""
    if found := excluded(facts):
        return found
    coefficients = book["conroy"][book.variant]
    key = f"{facts['region']}/{facts['sex']}"
    value = conroy(facts, coefficients["base"][key], coefficients["beta"])
    _, _, flags = cell(facts, book["cells"])
    flags = [flag.replace(": взята крайняя клетка", "") for flag in flags]
    step = f"w и S(возраст) по коэффициентам {key}, сумма двух причин: {comma(round(value, 3))} %"
    return Outcome(
        value, since(value, book["bands"]), tuple(flags), None, (step,), {"plain": _score_words_real(value)}
    )


def _score_words_real(value: float) -> str:
    return (
        "Из 100 человек вашего возраста и пола с таким же давлением, холестерином и курением за 10 лет "
        f"от болезней сердца и сосудов умирают около {people(value)}."
    ).replace("около меньше", "меньше")


def score2(facts: Facts, table: Mapping[str, Any], *, older: bool) -> float:
    """Return the risk of SCORE2 or SCORE2-OP, per cent."""
    b = table["coef"][facts["sex"]]
    shift, scale = table["centre"], table["scale"]
    x = {
        name: (facts[source] - shift[name]) / scale[name]
        for name, source in (("age", "age"), ("sbp", "sbp"), ("tc", "tchol"), ("hdl", "hdl"))
    } | {"smk": int(facts["smoker"]), "dm": int(facts.get("diabetes", 0))}
    total = b["age"] * x["age"]
    for name in ("smk", "sbp", "dm", "tc", "hdl"):
        total += b[name] * x[name] + x["age"] * b[f"{name}_a"] * x[name]
    if older:
        total -= b["mean"]
    risk = 1 - b["s0"] ** math.exp(total)
    s1, s2 = table["regions"][f"{facts['region']}/{facts['sex']}"]
    return 100 * (1 - math.exp(-math.exp(s1 + s2 * math.log(-math.log(1 - risk)))))


def score2_outcome(facts: Facts, book: Book, *, older: bool) -> Outcome:
    """Return the risk with its category; with diabetes the method was not validated."""
    if facts.get("diabetes"):
        raise OutOfRange("diabetes", 1, "0: при сахарном диабете метод не проверен, нужна SCORE2-Diabetes")
    value = score2(facts, book["score2op" if older else "score2"], older=older)
    limits = [row for row in book["bands"] if facts["age"] >= row["since_age"]][-1]
    category = since(
        value, [(0, "низкий и умеренный"), (limits["high"], "высокий"), (limits["very_high"], VERY_HIGH)]
    )
    step = f"линейная сумма, S0, поправка региона «{facts['region']}»: {comma(round(value, 3))} %"
    return Outcome(value, category, _outside(facts, book["spans"]), None, (step,), {"n": people(value)})


def _outside(facts: Facts, spans: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        f"{about['title']} {comma(facts[name])} вне карты источника "
        f"({comma(about['low'])}–{comma(about['high'])})"
        for name, about in spans.items()
        if not about["low"] <= facts[name] <= about["high"]
    )


def score2_cell(facts: Facts, book: Book) -> Outcome:
    """Return the cell of the SCORE2 chart: the formula at the middle of its bands."""
    first = int(facts["age_band"].split("-")[0])
    older = first >= book["chart"]["older_since"]
    table = book["score2op" if older else "score2"]
    made = {
        **facts,
        "age": first + book["chart"]["into_band"],
        "sbp": facts["sbp_mid"],
        "hdl": book["chart"]["hdl"],
        "tchol": facts["nonhdl_mid"] + book["chart"]["hdl"],
    }
    risk = score2(made, table, older=older)
    value = half_up(risk)
    limits = [row for row in book["bands"] if first >= row["since_age"]][-1]
    category = since(
        risk, [(0, "низкий и умеренный"), (limits["high"], "высокий"), (limits["very_high"], VERY_HIGH)]
    )
    step = f"формула в середине клетки: {comma(round(risk, 3))} %"
    return Outcome(value, category, (), None, (step,), {"n": people(value)})
