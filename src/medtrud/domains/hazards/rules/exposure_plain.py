"""What an exposure means, in words a worker understands."""

from collections.abc import Callable

from ..types.dose import TOTAL, FactorExposure, Figure, Measure, dose_norms
from .exposure_figures import years_of
from .exposure_words import lived, number


def plain_words(told: FactorExposure) -> str:
    """Say what was met, for how long, and how it stands to what is allowed."""
    if told.code == TOTAL:
        return f"Во вредных условиях отработано {lived(years_of(told.sums.harmful))}."
    if not told.sums.measured:
        return f"Под фактором {lived(years_of(told.sums.days))}; уровень не измеряли."
    make = WORDS.get(told.kind.measure)
    years = lived(years_of(told.sums.measured))
    return make(told, years) if make else f"Под фактором {lived(years_of(told.sums.days))}."


def _value(told: FactorExposure, code: str) -> float:
    found: Figure | None = next((each for each in told.figures if each.code == code), None)
    return found.value or 0.0 if found else 0.0


def _noise(told: FactorExposure, years: str) -> str:
    level, limit = _value(told, "level"), dose_norms()["noise_limit"].value
    verdict = "выше допустимого" if level > limit else "не выше допустимого"
    return (
        f"За {years} с измерениями шум в среднем был {number(level, 0)} дБА за смену: "
        f"это {verdict} уровня {limit:g} дБА."
    )


def _vibration(told: FactorExposure, years: str) -> str:
    name = "local" if told.kind.measure is Measure.LOCAL else "whole"
    level, norms = _value(told, "level"), dose_norms()
    action, limit = norms[f"{name}_action"].value, norms[f"{name}_limit"].value
    verdict = f"ниже уровня действия {number(action, 1)}"
    if level > limit:
        verdict = f"выше предела {number(limit, 2)}"
    elif level > action:
        verdict = f"выше {number(action, 1)} – нужны меры"
    return f"За {years} вибрация в среднем была {number(level, 2)} м/с² за смену: {verdict}."


def _dust(told: FactorExposure, years: str) -> str:
    share = 100 * _value(told, "load") / _value(told, "control25")
    left = _value(told, "years_left")
    end = f"при нынешних условиях она будет исчерпана через {lived(left)}" if left > 0 else "она исчерпана"
    return f"За {years} получено {number(share, 0)} % допустимой за 25 лет пылевой нагрузки; {end}."


WORDS: dict[Measure, Callable[[FactorExposure, str], str]] = {
    Measure.NOISE: _noise,
    Measure.LOCAL: _vibration,
    Measure.WHOLE: _vibration,
    Measure.DUST: _dust,
}
