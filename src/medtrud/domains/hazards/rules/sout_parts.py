"""Pieces of a factor as the exchange file holds them: a value to compare, or what is not there to compare."""

from dataclasses import dataclass

from ..types.sout import Level
from ..types.sout_file import Tree, text_of


@dataclass(frozen=True, slots=True)
class Gap:
    """What a part lacks for its class: then the class an expert gave the part is all that is known of it.

    bars: the class of the whole factor does not follow either; otherwise it is a remark.
    """

    text: str
    stated: str = ""
    bars: bool = True


Piece = Level | Gap


def number(value: object) -> float | None:
    """Return the number of an element, or None."""
    text = text_of(value).strip()
    try:
        return float(text) if text else None
    except ValueError:
        return None


def unit(value: object, default: str = "") -> str:
    """Return the unit an element names."""
    return str(value.get("@Unit", "")) or default if isinstance(value, dict) else default


def subject_of(agent: Tree) -> str:
    """Return the name of a substance or a micro-organism, or its code."""
    kod = agent.get("Kod", "")
    return str(kod.get("@Name") or kod.get("", "")) if isinstance(kod, dict) else str(kod)


def compared(
    indicator: str, value: object, norm: object, *, subject: str = "", place: str = "", stated: str = ""
) -> Piece:
    """Return a value with its limit in the same unit, or say which of them is not there."""
    what = ", ".join(filter(None, (subject, place)))
    mine, limit = unit(value), unit(norm)
    if number(value) is None:
        return Gap(f"{what}: в выгрузке нет измеренного значения.", stated)
    if number(norm) is None:
        return Gap(f"{what}: в выгрузке нет норматива, с которым сравнить {text_of(value)} {mine}.", stated)
    if mine and limit and mine.casefold() != limit.casefold():
        text = f"{what}: значение в «{mine}», норматив в «{limit}». Запросите выгрузку в одних единицах."
        return Gap(text, stated)
    return Level(
        indicator=indicator, value=number(value), unit=mine or limit, norm=number(norm), subject=subject,
        place=place,
    )  # fmt: skip
