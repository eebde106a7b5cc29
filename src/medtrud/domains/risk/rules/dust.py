"""Dust: the load of a working life against the control load, permitted seniority."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..types import Book, Facts, Outcome
from .rounding import classed, clean, comma, shown


def dust_load(facts: Facts, book: Book) -> Outcome:
    """Return the load, the control load, their ratio with its class, and the years that are permitted."""
    limit, periods = facts["pdk"], facts["periods"]
    load = sum(p["k"] * p["n"] * p["t"] * p["q"] for p in periods)
    control = sum(limit * p["n"] * p["t"] * p["q"] for p in periods)
    last, years = periods[-1], float(book["dose_norms"]["dust_years"]["value"])
    whole = limit * last["n"] * years * last["q"]
    yearly = last["k"] * last["n"] * last["q"]
    ratio = load / control
    found = classed(ratio, _steps(facts, book))
    value = {
        "PN": load,
        "KPN": control,
        "ratio": ratio,
        "cls": found,
        "KPN25": whole,
        "T1": whole / yearly,
        "remaining": max((whole - load) / yearly, 0.0),
        "share": load / whole,
    }
    steps = tuple(
        f"{shown(p['k'], 2)} мг/м³ · {shown(p['n'], 0)} смен · {shown(p['t'], 2)} лет · {shown(p['q'], 0)} м³"
        for p in periods
    )
    words = {"p": shown(100 * load / whole, 0), "t": shown(value["remaining"], 1)}
    return Outcome(value, found, tuple(_flags(facts, book)), None, steps, words)


def _steps(facts: Facts, book: Book) -> Iterable[Mapping[str, Any]]:
    """Return the steps of the group of the aerosol; asbestos has a row of its own."""
    group = facts["aerosol"]
    own: Iterable[Mapping[str, Any]] = (
        book["dust"].get(group) or book["sout_ratios"][f"apfd_{group}"]["steps"]
    )
    return own


def _flags(facts: Facts, book: Book) -> list[str]:
    aerosol, border = facts["aerosol"], book["sout_numbers"]["apfd_split"]["value"]
    flags = ["остаток стажа («remaining») – наше расширение формулы"]
    weak = clean(facts["pdk"]) > border
    if (aerosol == "high" and weak) or (aerosol == "low" and not weak):
        flags.append(f"группа аэрозоля не сходится с ПДК: выше {comma(border)} мг/м³ – слабофиброгенные")
    if aerosol == "asbestos":
        flags.append("ряд для асбеста – по отменённому руководству; класс СОУТ берёт первый ряд")
    known = {row["value"] for row in book["sout_dust_volume"].values()}
    if strange := [p["q"] for p in facts["periods"] if p["q"] not in known]:
        row = ", ".join(map(comma, sorted(known)))
        flags.append(f"объём дыхания {comma(strange[0])} м³ не из ряда {row}")
    return flags
