"""`medtrud risk`: the risk models without Django and without a database.

The models are pure, so the command enters their room by name, as `programme` does.
"""

import json
import sys
from importlib import import_module
from typing import Any

from medtrud.kernel.errors import Refusal

from .programme import _print, _read, _write

KINDS, RULES = "medtrud.domains.risk.kinds", "medtrud.domains.risk.rules"
HELP = "Модель риска: объект или массив JSON из стандартного ввода; --list – перечень моделей"
REFUSED = 2


def told() -> str:
    """Return what `--help` says."""
    return (
        f"medtrud risk МОДЕЛЬ [--json] < входы.json\nmedtrud risk --list [--json]\n\n{HELP}.\n\n"
        "  --json   ответить в JSON; без этого слова — текстом для чтения\n"
        "  --list   назвать модели: источник, издание, границы, лицензия\n\n"
        'Пример:\n  echo \'{"weight":70,"height_m":1.75}\' | medtrud risk bmi --json\n'
    )


def run(words: list[str]) -> int:
    """Answer one object or an array; a refusal has the key error and ends with status 2."""
    flags, names = {w for w in words if w.startswith("-")}, [w for w in words if not w.startswith("-")]
    if {"--help", "-h"} & flags:
        _print(told())
        return 0
    if unknown := sorted(flags - {"--json", "--list"}):
        sys.stderr.write(f"Слово «{unknown[0]}» не известно. Есть --json, --list и --help.\n")
        return REFUSED
    if "--list" in flags:
        return _list(as_json="--json" in flags)
    if len(names) != 1:
        sys.stderr.write("Назовите одну модель: medtrud risk МОДЕЛЬ --json. Перечень: medtrud risk --list.\n")
        return REFUSED
    try:
        model = import_module(KINDS).model_of(names[0])
        keys = ",".join(f'"{wanted.code}":…' for wanted in model.declared.inputs)
        raw = _read(sys.stdin.buffer.read(), f"{{{keys}}}")
    except Refusal as refusal:
        _write({"error": str(refusal)})
        return REFUSED
    answer = import_module(RULES).answer
    found = [answer(model, given) for given in (raw if isinstance(raw, list) else [raw])]
    if "--json" in flags:
        _write(found if isinstance(raw, list) else found[0])
    else:
        _print("\n\n".join(map(_text, found)))
    return REFUSED if any("error" in each for each in found) else 0


def _list(*, as_json: bool) -> int:
    lines = [import_module(RULES).listed(model) for model in import_module(KINDS).models().values()]
    if as_json:
        _write(lines)
        return 0
    for line in lines:
        _print(
            f"{line['id']} · {line['title']}\n    издание: {line['edition']}; {line['status_title']}\n"
            f"    источник: {line['source']}\n    границы: {line['range']}\n    лицензия: {line['licence']}"
        )
    return 0


def _text(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return str(answer["error"])
    value = answer["value"]
    figure = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
    lines = [f"{answer['title']}: {figure} {answer['unit']}".strip()]
    limits = answer["interval"]
    lines.append(
        f"Интервал: {limits['lo']}–{limits['hi']}, {limits['meaning']}" if limits else answer["interval_note"]
    )
    if answer["category_title"]:
        lines.append(f"Категория: {answer['category_title']}")
    lines += [f"Формула: {answer['formula']}", f"Издание: {answer['edition']}", answer["plain"]]
    lines += [f"Внимание: {flag}" for flag in answer["flags"]]
    return "\n".join(filter(None, lines))
