"""One question to a model: check, compute, say what is missing or refused."""

import json
import math
from collections.abc import Mapping
from typing import Any

from ..types import Book, Declaration, Input, Interval, Missing, Outcome, OutOfRange, Result
from .checks import checked, unused
from .model import Model

UNDEFINED = "значения, при которых формула определена"
NO_INTERVAL = "интервал источником не дан"
NO_DATA = "Нет данных: {}"
WORDLESS = {"nan": "не число", "inf": "бесконечность", "-inf": "минус бесконечность"}
LONG = 60  # letters of a wrong value that are repeated


def ask(model: Model, given: Any) -> Result:
    """Answer one set of inputs; the answer of a refusal is a result too, with its status."""
    declared = model.declared
    edition = _asked(given, "edition") or declared.edition.code
    variant = _asked(given, "variant") or declared.variant
    head: dict[str, Any] = {
        "model": model.code,
        "edition": edition,
        "variant": variant,
        "fingerprint": model.fingerprint,
    }
    if not isinstance(given, Mapping):
        keys = ", ".join(wanted.code for wanted in declared.inputs)
        wrong = OutOfRange("", given, f"объект с ключами {keys}", shape=True)
        return _refused(head, wrong, declared)
    if refusal := _unknown(declared, edition, variant, loaded=model.rule is not None):
        return _refused(head, refusal, declared)
    values, missing, refused = checked(declared, given)
    flags = [f"вход «{key}» модели не нужен и не использован" for key in unused(declared, given)]
    head["inputs"] = values
    if missing or refused:
        return _stopped(head, declared, missing, refused)
    try:
        found = _computed(model, values, Book(model.tables, edition, variant))
    except Missing as absent:
        return _stopped(head, declared, list(absent.names), [])
    except OutOfRange as refusal:
        return _stopped(head, declared, [], [refusal])
    return _made(head, declared, found, flags)


def _computed(model: Model, values: Mapping[str, Any], book: Book) -> Outcome:
    assert model.rule is not None  # noqa: S101 - a model without a rule was refused before
    try:
        found = model.rule(values, book)
    except ArithmeticError as error:
        raise OutOfRange("", "", UNDEFINED) from error
    if not _finite(found.value):
        raise OutOfRange("", "", UNDEFINED)
    return found


def answer(model: Model, given: Any) -> dict[str, Any]:
    """Return the answer as other programs read it."""
    return as_json(model.declared, ask(model, given))


def as_json(declared: Declaration, result: Result) -> dict[str, Any]:
    """Return a result as other programs read it; a refusal has the key error."""
    head = {
        "model": result.model,
        "title": declared.title,
        "edition": result.edition,
        "variant": result.variant,
        "status": result.status,
        "inputs": dict(result.inputs),
    }
    if not result.computed:
        said: dict[str, Any] = {"error": result.error}
        if result.refused:
            said["refused"] = dict(result.refused)
        if result.missing:
            said["missing"] = list(result.missing)
        return {**said, **head}
    return {
        **head,
        "value": result.value,
        "unit": declared.output.unit,
        "interval": _limits(result.interval),
        "interval_note": result.interval.meaning if result.interval else declared.interval or NO_INTERVAL,
        "category": result.category or None,
        "category_title": title_of(declared, result.category),
        "formula": declared.formula,
        "missing": [],
        "flags": list(result.flags),
        "steps": list(result.steps),
        "references": [{"text": source.text, "mark": source.mark} for source in declared.references],
        "plain": result.plain,
        "kind": declared.status,
        "fingerprint": result.fingerprint,
    }


def title_of(declared: Declaration, category: str) -> str | None:
    """Return the category in words."""
    return next((band.title for band in declared.bands if band.code == category), category or None)


def _asked(given: Any, key: str) -> str:
    found = given.get(key) if isinstance(given, Mapping) else None
    return found if isinstance(found, str) else "" if found is None else str(found)


def _unknown(declared: Declaration, edition: str, variant: str, *, loaded: bool) -> OutOfRange | None:
    editions = {known.code: known for known in declared.editions}
    if edition not in editions:
        return OutOfRange("edition", edition, ", ".join(editions))
    if editions[edition].waits or not loaded:
        return OutOfRange("edition", edition, NO_DATA.format(editions[edition].waits))
    if variant and variant not in declared.variants:
        return OutOfRange("variant", variant, ", ".join(declared.variants) or "у модели нет вариантов")
    return None


def _made(head: dict[str, Any], declared: Declaration, found: Outcome, flags: list[str]) -> Result:
    flags = [*found.flags, *flags]
    said = bool(found.value is None and found.category)
    status = "not_applicable" if said else "computed_with_flags" if flags else "computed"
    return Result(
        **head,
        status=status,
        value=found.value,
        category=found.category,
        interval=found.interval,
        flags=(*flags, *declared.cautions),
        steps=found.steps,
        plain=plain(declared, found),
    )


def plain(declared: Declaration, found: Outcome) -> str:
    """Return the result in words for the worker; a group figure says nothing to a person."""
    if "plain" in found.words:
        return str(found.words["plain"])
    return declared.plain.format(**found.words).strip() if found.words else ""


def _refused(head: dict[str, Any], refusal: OutOfRange, declared: Declaration) -> Result:
    return _stopped({**head, "inputs": {}}, declared, [], [refusal])


def _stopped(
    head: dict[str, Any], declared: Declaration, missing: list[str], refused: list[OutOfRange]
) -> Result:
    known = {wanted.code: wanted for wanted in declared.inputs}
    parts = []
    refusal: dict[str, Any] = {}
    if refused:
        parts.append(_sentence(refused[0], known))
        refusal = {**_repeated(refused[0]), "text": parts[-1]}
        if refused[1:]:
            refusal["more"] = [_repeated(each) for each in refused[1:]]
    if missing:
        titles = [_wanted(known.get(_owner(code)), code) for code in missing]
        parts.append(f"Не хватает: {'; '.join(titles)}.")
    status = "out_of_range" if refused else "missing_inputs"
    return Result(
        **head,
        status=status,
        missing=tuple(missing),
        refused=refusal,
        error=" ".join(parts),
        plain=" ".join(parts),
    )


def _sentence(refusal: OutOfRange, known: Mapping[str, Input]) -> str:
    allowed = refusal.allowed
    if allowed.startswith(NO_DATA[:10]):
        return f"{allowed}."
    if allowed == UNDEFINED:
        return f"Расчёт не сделан: формула при таких входах не определена. Нужны {UNDEFINED}."
    title, given = _title(known.get(_owner(refusal.name)), refusal.name), _brief(refusal.value)
    if refusal.shape:
        kind = "строка " if isinstance(refusal.value, str) else ""
        asked = f"Расчёт не сделан: {title} – нужно" if title else "Расчёт не сделан. Нужно"
        return f"{asked}: {allowed}; дано: {kind}{given}."
    return f"Расчёт не сделан: {title} = {given}, метод проверен только для: {allowed}."


def _repeated(refusal: OutOfRange) -> dict[str, Any]:
    """Return the refusal as data; a value that JSON cannot carry, or a long one, is repeated in words."""
    value = refusal.value
    plain = value is None or isinstance(value, bool | int | float | str)
    kept = plain and _finite(value) and len(str(value)) <= LONG
    return {"input": refusal.name, "value": value if kept else _brief(value), "range": refusal.allowed}


def _owner(code: str) -> str:
    return code.split("[", maxsplit=1)[0].split(".", maxsplit=1)[0]


def _title(known: Input | None, code: str) -> str:
    if known is None:
        return code
    return known.title if known.code == code else f"{known.title} ({code})"


def _wanted(known: Input | None, code: str) -> str:
    title = _title(known, code)
    return f"{title} – {known.where}" if known and known.where else title


def _finite(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_finite, value.values()))
    if isinstance(value, list):
        return all(map(_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def _brief(value: Any) -> str:
    if isinstance(value, str):
        return f"«{value[:LONG]}{'…' if len(value) > LONG else ''}»"
    if isinstance(value, float):
        return WORDLESS.get(str(value)) or str(value).replace(".", ",")
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _limits(interval: Interval | None) -> dict[str, Any] | None:
    return {"lo": interval.lo, "hi": interval.hi, "meaning": interval.meaning} if interval else None
