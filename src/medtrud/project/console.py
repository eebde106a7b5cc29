"""What `medtrud` says about itself."""

import re
import sys
from argparse import ArgumentParser
from difflib import get_close_matches
from pkgutil import iter_modules
from typing import NoReturn

from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandParser

from .management import commands

OWN = "medtrud.project"
# Commands of the framework that an operator needs; its other ones stay reachable by name.
BORROWED = {"migrate": "Подготовить или обновить таблицы базы данных"}
REFUSED = 2
WORDS = (
    (r"the following arguments are required: (.+)", r"Не указано: \1."),
    (r"unrecognized arguments: (.+)", r"Слова «\1» команда не знает."),
    (r"argument (.+): expected .*argument.*", r"После \1 нужно значение."),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1: \2 не подходит. Есть: \3."),
    (r"argument (.+): invalid .*value: (.+)", r"\1: значение \2 не подходит."),
    (r"argument (.+): not allowed with argument (.+)", r"\1 и \2 вместе не указывают."),
    (r"one of the arguments (.+) is required", r"Нужно одно из: \1."),
)


def overview() -> str:
    """Return the list of the product's own commands, in Russian."""
    lines = told()
    width = max(map(len, lines))
    listed = "\n".join(f"  medtrud {name:{width}}  {lines[name]}" for name in sorted(lines))
    return (
        "Медтруд — система «Медицина труда»\n\n"
        f"{listed}\n\n"
        "Подробности о команде: medtrud <команда> --help. Всё ли в порядке: medtrud doctor.\n"
        "Настройки берутся из переменных DATABASE_URL, MEDTRUD_DATA, MEDTRUD_HOSTS (см. README.md).\n"
    )


def told() -> dict[str, str]:
    """Return each command with the sentence it says about itself."""
    return {name.replace("_", "-"): str(load_command_class(OWN, name).help) for name in _own()} | BORROWED


def unknown(name: str) -> str:
    """Return why there is no such command, with the nearest one; empty when there is."""
    known = get_commands()
    if name.startswith("-") or name in {*known, "help", "version"}:
        return ""
    near = get_close_matches(name, [*_own(), *BORROWED], n=1)
    hint = f" Возможно, нужна команда medtrud {near[0]}." if near else ""
    return f"Команды «{name}» нет.{hint} Список команд показывает medtrud без слов.\n"


def _own() -> list[str]:
    return [found.name for found in iter_modules(commands.__path__)]


def russian_parser() -> None:
    """Let the words of a command be refused in Russian: the framework builds its parsers itself."""
    CommandParser.error = _wrong_words  # type: ignore[assignment]


def _wrong_words(parser: ArgumentParser, message: str) -> NoReturn:
    said = next(
        (re.sub(found, text, message) for found, text in WORDS if re.fullmatch(found, message)), message
    )
    name = parser.prog.replace("_", "-")
    sys.stderr.write(f"{said} Порядок слов показывает {name} --help.\n")
    sys.exit(REFUSED)
