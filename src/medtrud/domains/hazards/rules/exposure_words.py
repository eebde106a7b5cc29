"""Numbers, periods and gaps of an exposure in Russian, as a person checks them on paper."""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence

from medtrud.kernel.text import years_word

from ..types.dose import Measure, Norm, Stretch

DAY = dt.timedelta(days=1)
HUGE, TINY = 1e7, 1e-3
POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
UNKNOWN = "нет сведений об условиях труда"
UNMEASURED = "нет измерений"
INCOMPLETE = "измерение есть, но не указаны ПДК, категория работ или число смен в году"


def number(value: float, digits: int) -> str:
    """Write a number with a comma; very large and small ones as a power of ten."""
    if value and not TINY <= abs(value) < HUGE:
        power = math.floor(math.log10(abs(value)))
        head = f"{value / 10**power:.3f}".replace(".", ",")
        return f"{head}·10{str(power).translate(POWERS)}"
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")


def lived(years: float) -> str:
    """Write a number of years with one digit after the comma and its noun."""
    said = number(years, 1)
    return f"{said} {years_word(said)}"


def days(count: int) -> str:
    """Write a number of days."""
    return f"{number(count, 0)} дн."


def span(since: dt.date, until: dt.date) -> str:
    """Write a half-open period by its first and last day."""
    return f"{since:%d.%m.%Y} – {until - DAY:%d.%m.%Y}"


def basis_of(*norms: Norm) -> str:
    """Say where the numbers of a formula come from."""
    return "; ".join(dict.fromkeys(f"{norm.ref} ({norm.title}: {number_of(norm)})" for norm in norms))


def number_of(norm: Norm) -> str:
    """Write a norm with its unit."""
    text = f"{norm.value:g}".replace(".", ",")
    return text if norm.unit == "1" else f"{text} {norm.unit}"


def gaps(measure: Measure, stretches: Sequence[Stretch], complete: Callable[[Stretch], bool]) -> list[str]:
    """Name the time for which nothing can be counted, joining what follows without a break."""
    found: list[tuple[str, dt.date, dt.date, int]] = []
    for each in sorted(stretches, key=lambda each: (each.since, each.job)):
        why = _why(measure, each, complete)
        if not why or not each.days:
            continue
        if found and found[-1][0] == why and found[-1][2] == each.since:
            _, since, _, count = found.pop()
            found.append((why, since, each.until, count + each.days))
        else:
            found.append((why, each.since, each.until, each.days))
    return [f"{span(since, until)}: {why} ({days(count)})" for why, since, until, count in found]


def _why(measure: Measure, each: Stretch, complete: Callable[[Stretch], bool]) -> str:
    if not each.known:
        return UNKNOWN
    if measure is Measure.CLASSES:
        return "" if each.sout_class or each.place < 0 else "класс не указан"
    if each.value is None:
        return UNMEASURED
    return "" if complete(each) else INCOMPLETE


def parallels(stretches: Iterable[Stretch]) -> list[str]:
    """Name the days of parallel jobs that another job has taken."""
    return [
        f"{span(each.since, each.until)}: {days(each.parallel)} параллельной работы учтены по другому месту "
        "с худшими условиями и второй раз не считаются"
        for each in stretches
        if each.parallel
    ]
