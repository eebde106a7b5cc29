"""`medtrud sout-class`: classes of conditions of work without Django and without a database."""

import datetime as dt
import sys
from importlib import import_module
from typing import Any

from medtrud.kernel.errors import Refusal

from .programme import REFUSED, _print, _read, _write

RULES = "medtrud.domains.hazards.rules"
HELP = "Классы условий труда по методике СОУТ: объект или массив JSON из стандартного ввода"
EXAMPLE = '{"on":"2026-03-01","factors":{"noise":{"value":88,"unit":"дБА"}}}'
ELEMENT = '{"rule":"noise","args":[80]}'


def told() -> str:
    """Return what `--help` says."""
    return (
        f"medtrud sout-class [--json] < измерения.json\n\n{HELP}.\n\n"
        "  --json   ответить в JSON; без этого слова — текстом для чтения\n\n"
        f"Одно рабочее место:\n  {EXAMPLE}\n\nОдна таблица методики:\n  {ELEMENT}\n\n"
        "on — день утверждения отчёта: до 01.09.2024 действует приказ № 33н, с него — № 817н;\n"
        "без on берётся сегодняшний день. Отказ — объект с полем error; код завершения тогда 2,\n"
        "остальные элементы массива отвечены. Все поля и показатели: docs/sout-class.md.\n"
    )


def run(words: list[str]) -> int:
    """Read one object or an array, answer it; a refusal is an object with the key error and status 2."""
    if {"--help", "-h"} & set(words):
        _print(told())
        return 0
    if unknown := [word for word in words if word != "--json"]:
        sys.stderr.write(f"Слово «{unknown[0]}» не известно. Есть только --json и --help.\n")
        return REFUSED
    rules = import_module(RULES)
    try:
        answer = rules.sout_answers(
            _read(sys.stdin.buffer.read(), EXAMPLE), dt.datetime.now(tz=dt.UTC).astimezone().date()
        )
    except Refusal as refusal:
        answer = {"error": str(refusal)}
    answers = answer if isinstance(answer, list) else [answer]
    if words:
        _write(answer)
    else:
        _print("\n\n".join(map(_text, answers)))
    return REFUSED if any("error" in each for each in answers) else 0


def _text(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return str(answer["error"])
    if "factors" not in answer:
        return "\n".join([f"Класс {answer['class']}", *_why(answer["reasons"])])
    lines = [answer["edition"], f"Итоговый класс: {_total(answer)}", *_why(answer["reasons"])]
    for each in answer["factors"].values():
        with_ppe = f", с СИЗ {each['class_ppe']}" if "class_ppe" in each else ""
        lines += [f"{each['title']}: {each['class'] or 'ставит эксперт'}{with_ppe}", *_why(each["reasons"])]
    return "\n".join([*lines, *(f"Внимание: {flag}" for flag in answer["flags"])])


def _total(answer: dict[str, Any]) -> str:
    if answer["total"]:
        with_ppe = f", с СИЗ {answer['total_ppe']}" if "total_ppe" in answer else ""
        return f"{answer['total']}{with_ppe}"
    least = f", не ниже {answer['at_least']}" if answer["at_least"] else ""
    return f"не определён: есть фактор, класс которого ставит эксперт{least}"


def _why(reasons: list[dict[str, str]]) -> list[str]:
    return [f"    {why['text']} — {why['act']}, {why['point']}" for why in reasons]
