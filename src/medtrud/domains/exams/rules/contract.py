"""The contract of the command line and of other systems: JSON in, JSON out."""

import datetime as dt
import re
from typing import Any

from medtrud.domains.hazards.types import annex_on, class_parse, classes, code_clean, markers_parse
from medtrud.kernel.errors import Refusal, Refused

from ..types import Caution, Earlier, FactorFacts, Facts, Line, Programme, Service, State, Why
from .base import KINDS
from .law import tables_on
from .programme import programme

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
KEYS = ("on", "kind", "sex", "birth_date", "factors", "conditions_class", "harmful_since", "earlier")
FACTOR_KEYS = ("code", "substances", "markers", "exposures")
SEX = {"male": "male", "female": "female", "м": "male", "ж": "female"}
WORDS: dict[type, str] = {
    str: "строка в кавычках",
    list: "список в квадратных скобках",
    dict: "объект в фигурных скобках",
}


def answers(raw: Any) -> Any:
    """Answer one object, or every element of an array; a bad element carries its own error."""
    if isinstance(raw, list):
        return [_answer_or_error(item) for item in raw]
    return answer(raw)


def _answer_or_error(raw: Any) -> dict[str, Any]:
    try:
        return answer(raw)
    except Refusal as refusal:
        return {"error": str(refusal)}


def answer(raw: Any) -> dict[str, Any]:
    """Return the programme of one object, or refuse it with the cause and the next step."""
    item = _typed(raw, dict, "Запрос")
    facts, on = facts_from(item)
    outcome = programme(facts, on).outcome
    unknown = [
        Caution("UNKNOWN_KEY", f"Ключ «{key}» не известен и не учтён.") for key in item if key not in KEYS
    ]
    return programme_json(outcome, tuple(unknown))


def facts_from(raw: dict[str, Any]) -> tuple[Facts, dt.date]:
    """Read the facts of one worker and the day of the examination."""
    on = _date(raw, "on", "Дата осмотра")
    annex_on(on)
    kind = _choice(raw, "kind", "Вид осмотра", {code: code for code in KINDS})
    sex = _choice(raw, "sex", "Пол", SEX)
    sout_class = _sout_class(raw.get("conditions_class"))
    since = (
        _date(raw, "harmful_since", "Начало работы во вредных условиях") if raw.get("harmful_since") else None
    )
    if "factors" not in raw:
        raise Refused('Нет ключа «factors». Перечислите факторы и работы работника: [{"code": "4.4"}].')
    return (
        Facts(
            sex=sex,
            birth_date=_birth(raw, on),
            factors=tuple(_factor(item, on) for item in _typed(raw["factors"], list, "Ключ «factors»")),
            kind=kind,
            sout_class=sout_class,
            service=(Service(since, None, sout_class),) if since else (),
            earlier=tuple(map(_earlier, _typed(raw.get("earlier") or [], list, "Ключ «earlier»"))),
        ),
        on,
    )


def _typed(value: Any, kind: type, where: str) -> Any:
    if not isinstance(value, kind):
        raise Refused(f"{where}: нужен {WORDS[kind]}, получено {_show(value)}. Исправьте запрос.")
    return value


def _show(value: Any) -> str:
    text = "null" if value is None else f"«{value}»"
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…»"


SHOWN = 60


def _date(raw: dict[str, Any], key: str, where: str) -> dt.date:
    value = raw.get(key)
    if value is None:
        raise Refused(f"{where}: нет ключа «{key}». Укажите дату в виде 2026-03-01.")
    if not isinstance(value, str) or not DATE.fullmatch(value):
        raise Refused(f"{where} {_show(value)} не разобрана. Укажите дату в виде 2026-03-01.")
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise Refused(f"{where} {value} не существует. Исправьте год, месяц или день.") from error


def _birth(raw: dict[str, Any], on: dt.date) -> dt.date:
    born = _date(raw, "birth_date", "Дата рождения")
    if born > on:
        raise Refused(
            f"Дата рождения {born:%d.%m.%Y} позже дня осмотра {on:%d.%m.%Y}. Исправьте одну из дат."
        )
    return born


def _choice(raw: dict[str, Any], key: str, where: str, known: dict[str, str]) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or value not in known:
        raise Refused(
            f"{where}: значение {_show(value)} ключа «{key}» не известно. Укажите {' или '.join(known)}."
        )
    return known[value]


def _sout_class(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(
            f"Класс условий труда {_show(value)} должен быть строкой в кавычках: {', '.join(classes())}."
        )
    return class_parse(value)


def _factor(raw: Any, on: dt.date) -> FactorFacts:
    item = {"code": raw} if isinstance(raw, str) else _typed(raw, dict, "Фактор")
    if unknown := [key for key in item if key not in FACTOR_KEYS]:
        raise Refused(f"Фактор: ключ «{unknown[0]}» не известен. Допустимы: {', '.join(FACTOR_KEYS)}.")
    code = item.get("code")
    if not isinstance(code, str):
        raise Refused(
            f'Код фактора {_show(code)} должен быть строкой в кавычках: "1.10" и "1.1" — разные пункты.'
        )
    markers = item.get("markers")
    if isinstance(markers, list) and all(isinstance(letter, str) for letter in markers):
        markers = "".join(markers)
    return FactorFacts(
        code=code_clean(code),
        substances=_substances(item.get("substances")),
        markers=None if markers is None else markers_parse(_typed(markers, str, "Буквы «markers»")),
        exposures=_exposures(item.get("exposures"), on),
    )


def _substances(raw: Any) -> tuple[str, ...]:
    if raw is None:
        return ()
    names = [raw] if isinstance(raw, str) else _typed(raw, list, "Вещества «substances»")
    return tuple(_typed(name, str, "Вещество").strip() for name in names if name != "")


def _exposures(raw: Any, on: dt.date) -> tuple[tuple[str, bool], ...]:
    if raw is None:
        return ()
    known = tables_on(on)["exposures"]
    for code, value in _typed(raw, dict, "Условия «exposures»").items():
        if code not in known or not isinstance(value, bool):
            raise Refused(
                f"Условие работы «{code}»: {_show(value)} не разобрано. "
                f"Допустимы {', '.join(known)} со значением true или false."
            )
    return tuple(sorted(raw.items()))


def _earlier(raw: Any) -> Earlier:
    item = _typed(raw, dict, "Прежний результат")
    name = item.get("test") or item.get("specialist") or item.get("name")
    if not isinstance(name, str):
        raise Refused("Прежний результат: нет названия исследования в ключе «test». Добавьте его.")
    source = item.get("source") or ""
    return Earlier(
        name, _date(item, "date", f"Дата результата «{name}»"), _typed(source, str, "Источник «source»")
    )


def programme_json(outcome: Programme, cautions: tuple[Caution, ...] = ()) -> dict[str, Any]:
    """Return a programme in the shape of the contract; cautions are added to its own."""
    return {
        "edition": outcome.edition,
        "specialists": [_line(line) for line in outcome.specialists if _listed(line)],
        "tests": [_line(line) for line in outcome.tests if _listed(line)],
        "periodicity_months": outcome.months,
        "periodicity_reasons": _reasons(outcome.months_reasons),
        "next_due": outcome.next_due.isoformat() if outcome.next_due else None,
        "center": {
            "required": outcome.center.required,
            "due": outcome.center.due.isoformat() if outcome.center.due else None,
            "reasons": _reasons(outcome.center.reasons),
        },
        "contraindications": [
            {
                "item": item.item,
                "name": item.name,
                "icd10": item.icd10,
                "reasons": _reasons(item.reasons),
            }
            for item in outcome.contraindications
        ],
        "markers": outcome.markers,
        "warnings": [caution._asdict() for caution in (*outcome.cautions, *cautions)],
    }


def _listed(line: Line) -> bool:
    """Leave out what this kind of examination or these conditions of work exclude."""
    return line.state is not State.NOT_DUE or line.because not in ("kind", "exposure")


def _line(line: Line) -> dict[str, Any]:
    reused = line.credited and {"date": line.credited.on.isoformat(), "source": line.credited.source}
    return {
        "name": line.title,
        "reasons": _reasons(line.reasons),
        "reused": reused or None,
        "state": line.state.value,
        "condition": line.condition,
    }


def _reasons(reasons: tuple[Why, ...]) -> list[dict[str, Any]]:
    return [
        {
            "act": why.ref.act,
            "point": why.ref.point,
            "factor": why.factor or None,
            "text": f"{why.text} ({why.note})" if why.note else why.text,
        }
        for why in reasons
    ]
