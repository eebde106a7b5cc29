"""Biological age: three formulas that do not agree; a guide, never a diagnosis."""

import math

from ..types import Book, Facts, Missing, Outcome, OutOfRange
from .rounding import clean, comma, shown, under

SAID = "Это ориентир, не диагноз"


def phenotypic(facts: Facts, book: Book) -> Outcome:
    """Return the phenotypic age; the variant names the term of the protein and the last constant."""
    table = book["phenoage"]
    variant = table["variants"][book.variant]
    protein = facts["crp_mgdL"]
    term = math.log(protein) if variant["crp"] == "ln" else math.log1p(protein)
    total = table["intercept"] + table["crp"] * term
    total += sum(table["linear"][name] * facts[name] for name in table["linear"])
    hazard = table["gompertz"] * math.exp(total) / table["gamma"]
    value = table["shift"] + math.log(table["scale"] * hazard) / variant["d"]
    low, high = table["ages"]
    flags = () if low <= facts["age"] <= high else (f"возраст вне {low}–{high} лет обследованных людей",)
    steps = (f"xb = {shown(total, 4)}", f"риск смерти за 10 лет m = {shown(1 - math.exp(-hazard), 5)}")
    return Outcome(value, "", flags, None, steps, {"a": shown(value, 0), "variant": book.variant})


def voitenko(facts: Facts, book: Book) -> Outcome:
    """Return the biological age of Войтенко, the age due, and the class of their difference."""
    table = book["voitenko"]
    terms = table["BV"][facts["sex"]]
    if absent := [name for name in terms["k"] if facts.get(name) is None]:
        raise Missing(*absent)
    found = terms["free"] + sum(k * facts[name] for name, k in terms["k"].items())
    due = table["DBV"][facts["sex"]]
    expected = due["k"] * facts["age"] + due["free"]
    difference = found - expected
    value = {"BV": found, "DBV": expected, "diff": difference}
    flags = (
        ("отличие больше 15 лет: вне напечатанных классов",)
        if abs(clean(difference)) > table["widest"]
        else ()
    )
    return Outcome(
        value,
        under(difference, table["classes"]),
        flags,
        None,
        (),
        {"a": shown(found, 0), "variant": "Войтенко, вариант 4"},
    )


def gorelkin(facts: Facts, book: Book) -> Outcome:
    """Return the coefficient of the speed of ageing and the biological age."""
    table = book["gorelkin"][facts["sex"]]
    passed = facts["age"] - table["start"]
    if passed < 0:
        raise OutOfRange("age", facts["age"], f"от {table['start']} лет")
    due = table["g"][0] + table["g"][1] * passed + table["g"][2] * passed**2
    speed = facts["waist"] * facts["weight"] / (facts["hip"] * facts["height_m"] ** 2 * due)
    found = speed * passed + table["start"]
    low, high = book["gorelkin"]["bands"]
    compared = clean(speed)
    category = "slow" if compared < low else "usual" if compared <= high else "fast"
    value = {"KSS": speed, "BV": found}
    return Outcome(value, category, (), None, (), {"a": shown(found, 0), "variant": "Горелкин, Пинхасов"})


def dipping(facts: Facts, book: Book) -> Outcome:
    """Return the daily index of pressure and its type."""
    table = book["abpm"]
    index = (facts["day"] - facts["night"]) / facts["day"] * 100
    compared = clean(index)
    kind = next(
        name for name, until, whole in table["types"]
        if until is None or compared < until or (whole and compared == until)
    )  # fmt: skip
    flags = tuple(
        f"{title}: среднее систолическое {comma(facts[name])} выше {limit} мм рт. ст."
        for name, title, limit in (
            ("day", "днём", table["limits"]["day"][0]),
            ("night", "ночью", table["limits"]["night"][0]),
        )
        if facts[name] > limit
    )
    return Outcome({"index": index, "type": kind}, kind, flags, None, (), {"i": shown(index, 0)})
