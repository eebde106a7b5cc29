"""`medtrud semd`: check medical documents and load their schemas without Django and without a database."""

import json
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from medtrud.kernel.errors import Refusal, Refused, system_said

from .places import SEMD_SCHEMAS

RULES = "medtrud.connectors.egisz.rules"
BOOKS = "medtrud.registries.reference.drivers"
HELP = "СЭМД: проверка документа (validate), схемы (load, schemas), выгрузка заключения (build)"
REFUSED, INCOMPLETE = 2, 3
LARGEST = 20 << 20  # bytes; what is longer is refused by its first bytes
WORDS = {"validate": 1, "load": 1, "schemas": 0}
TOLD = """medtrud semd validate ФАЙЛ [--json]   проверить СЭМД: разметка, XSD, schematron, коды, числа
medtrud semd build UID [--out ФАЙЛ]   составить СЭМД выданного заключения (нужна база)
medtrud semd load ПУТЬ                загрузить официальные схемы: папка или ZIP с 194/CDA.xsd и 194/194.sch
medtrud semd schemas [--json]         какие схемы загружены

Код возврата: 0 — документ верен, 2 — есть ошибки, 3 — проверено не всё (нет схемы или версии справочника).
Схемы Минздрава России в поставку не входят; место их хранения задаёт MEDTRUD_SEMD_SCHEMAS.
"""


def told() -> str:
    """Return what `--help` says."""
    return TOLD


def run(words: list[str]) -> int:
    """Do one command; a refusal is told in words or as an object with the key error, status 2."""
    if not words or {"--help", "-h"} & set(words):
        _print(TOLD)
        return 0
    as_json = "--json" in words
    verb, *rest = [word for word in words if word != "--json"]
    try:
        if verb not in WORDS or len(rest) != WORDS[verb]:
            raise Refused("Команда не понята. Слова команды: medtrud semd --help.")
        if verb == "validate":
            return _validate(Path(rest[0]), as_json=as_json)
        return _loaded(Path(rest[0]), as_json=as_json) if verb == "load" else _schemas(as_json=as_json)
    except OSError as error:
        return _refuse(f"Файл не читается: {system_said(error)}. Проверьте путь и права.", as_json=as_json)
    except Refusal as refusal:
        return _refuse(str(refusal), as_json=as_json)


@cache
def books() -> Any:
    """Return the reference books of the product, as documents write their codes."""
    return import_module(RULES).books_from(import_module(BOOKS).books_shipped())


def _validate(path: Path, *, as_json: bool) -> int:
    with path.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    report = import_module(RULES).semd_check(content, schemas=SEMD_SCHEMAS, books=books())
    if as_json:
        _print(json.dumps({"file": path.name, **report.as_json()}, ensure_ascii=False, indent=1))
    else:
        _print("\n".join(_lines(report)))
    return {"valid": 0, "invalid": REFUSED}.get(report.outcome, INCOMPLETE)


def _lines(report: Any) -> list[str]:
    titles = import_module("medtrud.connectors.egisz.types.findings").LAYERS
    lines = [f"Итог: {report.outcome.title_ru}" + (f" (схема {report.schema})" if report.schema else "")]
    lines += [f"  {titles[layer]}: {said}" for layer, said in report.layers.items()]
    for found in report.findings:
        mark = "ошибка" if found.severity == "error" else "замечание"
        lines += [
            f"строка {found.line}, {found.path}",
            f"    {mark} {found.rule}: {found.text}",
            f"    → {found.step}",
        ]
    return lines


def _loaded(source: Path, *, as_json: bool) -> int:
    loaded = import_module(RULES).schemas_load(source, SEMD_SCHEMAS)
    facts = [_about(schema) for schema in loaded]
    _print(
        json.dumps(facts, ensure_ascii=False)
        if as_json
        else "\n".join(f"Загружено: {_said(f)}" for f in facts)
    )
    return 0


def _schemas(*, as_json: bool) -> int:
    rules = import_module(RULES)
    facts = [_about(rules.schema_of(SEMD_SCHEMAS, kind)) for kind in rules.schemas_in(SEMD_SCHEMAS)]
    if as_json:
        _print(json.dumps(facts, ensure_ascii=False))
    else:
        _print("\n".join(map(_said, facts)) or "Нет схемы. Загрузите: medtrud semd load ПУТЬ.")
    return 0 if facts else INCOMPLETE


def _about(schema: Any) -> dict[str, Any]:
    rules, tests = schema.schematron.size
    return {
        "kind": schema.kind,
        "template": schema.template,
        "edition": schema.edition,
        "rules": rules,
        "tests": tests,
    }


def _said(facts: dict[str, Any]) -> str:
    return (
        f"СЭМД {facts['kind']}, руководство {facts['template']}, издание {facts['edition']}: "
        f"правил {facts['rules']}, проверок {facts['tests']}"
    )


def _refuse(text: str, *, as_json: bool) -> int:
    if as_json:
        _print(json.dumps({"error": text}, ensure_ascii=False))
    else:
        sys.stderr.write(f"{text}\n")
    return REFUSED


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf8", "replace") + b"\n")
    sys.stdout.buffer.flush()
