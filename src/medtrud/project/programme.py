"""`medtrud programme`: the examination programme without Django and without a database.

The rules are pure, so the command enters their room by name and answers in a fraction of a second;
the door of the module would bring the tables with it.
"""

import json
import sys
from importlib import import_module
from typing import Any

from medtrud.kernel.errors import Refusal, Refused

RULES = "medtrud.domains.exams.rules"
HELP = "Программа осмотра по приказу № 29н: объект или массив JSON из стандартного ввода"
REFUSED = 2
EXAMPLE = (
    '{"on":"2026-03-01","kind":"periodic","sex":"male","birth_date":"1980-01-01","factors":[{"code":"4.4"}]}'
)


def told() -> str:
    """Return what `--help` says."""
    return (
        f"medtrud programme [--json] < запрос.json\n\n{HELP}.\n\n"
        "  --json   ответить в JSON; без этого слова — текстом для чтения\n\n"
        f"Пример запроса:\n  {EXAMPLE}\n"
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
        raw = _read(sys.stdin.buffer.read())
        answer = rules.answers(raw)
    except Refusal as refusal:
        _write({"error": str(refusal)})
        return REFUSED
    if words:
        _write(answer)
    else:
        _print("\n\n".join(map(_text, answer if isinstance(answer, list) else [answer])))
    return 0


def _read(raw: bytes, example: str = EXAMPLE) -> Any:
    if not raw.strip():
        raise Refused(f"На стандартном вводе пусто. Нужен объект вида {example}.")
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("Запрос не в кодировке UTF-8. Сохраните его в UTF-8 и повторите.") from error
    except RecursionError as error:
        raise Refused(f"Запрос вложен слишком глубоко. Нужен объект вида {example}.") from error
    except ValueError as error:
        where = (
            f" (строка {error.lineno}, знак {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        )
        raise Refused(f"Запрос не читается как JSON{where}. Нужен объект вида {example}.") from error


def _write(answer: Any) -> None:
    _print(json.dumps(answer, ensure_ascii=False))


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def _text(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return str(answer["error"])
    months, due = answer["periodicity_months"], answer["next_due"]
    lines = [answer["edition"], f"Периодичность: {f'{months} мес., следующий до {due}' if months else 'нет'}"]
    for title, key in (("Врачи", "specialists"), ("Исследования", "tests")):
        lines.append(f"{title}:")
        for line in answer[key]:
            reused = line["reused"]
            done = f" — учтён результат {reused['date']}, {reused['source']}" if reused else ""
            lines.append(f"  {line['name']}{done}")
            lines += [f"      {why['text']} — {why['act']}, {why['point']}" for why in line["reasons"]]
    lines += [f"Внимание: {caution['text']}" for caution in answer["warnings"]]
    return "\n".join(lines)
