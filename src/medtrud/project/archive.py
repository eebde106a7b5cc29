"""`medtrud archive`: prove a container of the archive without Django, a database and a network.

The drivers of documents and of signing are pure, so the command enters their rooms by name.
"""

import argparse
import datetime as dt
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from medtrud.kernel.errors import Refusal, Refused, system_said

PROOF = "medtrud.domains.documents.drivers.proof"
SIGNING = "medtrud.engines.signing.drivers"
HELP = "Архив: проверка контейнера дела или пакета года по нему одному (verify)"
REFUSED = 2
LARGEST = 16 << 20  # bytes of a file of roots
TOLD = """medtrud archive verify ПУТЬ [--json] [--anchors ПАПКА]… [--at ВРЕМЯ] [--backend ИМЯ]

Доказать подлинность и целость контейнера архива: файла ZIP, распакованной папки или пакета целого года.
Ни база данных, ни сеть не нужны: всё лежит в самом контейнере. Формат описан в docs/archive-format.md.

  --anchors   папка (или файл) с корневыми сертификатами, которым вы доверяете сами; без неё корни берутся
              из контейнера, и программа называет их отпечатки, чтобы вы сверили их
  --at        на какой момент проверять, например 2060-01-31; по умолчанию — сейчас
  --backend   libcrypto (быстрый, если в системе есть модуль gost) или pure (встроенный)
  --json      ответить в JSON

Код возврата: 0 — контейнер подлинный и целый; 2 — найдены нарушения, каждое названо; 3 — проверить нельзя:
файла нет, команда не понята.
"""
UNDONE = 3


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say it in one line of Russian instead of English usage."""
        raise Refused(f"Команда не понята: {message}. Слова команды: medtrud archive --help.")


def told() -> str:
    """Return what `--help` says."""
    return TOLD


def run(words: list[str]) -> int:
    """Do one command; what is wrong with a container is status 2, with the command 3."""
    if not words or {"--help", "-h"} & set(words):
        _print(TOLD)
        return 0
    try:
        given = _parser().parse_args(words)
        if given.backend:
            _room("backends").backend_choose(given.backend)
        return _verify(given)
    except OSError as error:
        _answer({"error": f"Файл не читается: {system_said(error)}."}, as_json="--json" in words)
    except (Refusal, RuntimeError) as refusal:
        _answer({"error": str(refusal)}, as_json="--json" in words)
    return UNDONE


def _parser() -> _Parser:
    parser = _Parser(prog="medtrud archive", add_help=False)
    acts = parser.add_subparsers(required=True)
    verify = acts.add_parser("verify", add_help=False)
    verify.add_argument("path", type=Path)
    verify.add_argument("--json", action="store_true")
    verify.add_argument("--at", default="")
    verify.add_argument("--anchors", action="append", default=[], type=Path)
    verify.add_argument("--backend", choices=("libcrypto", "pure", "cryptopro"))
    return parser


def _verify(given: argparse.Namespace) -> int:
    if not given.path.exists():
        raise Refused(f"Файла «{given.path}» нет. Проверьте путь.")
    roots = [der for place in given.anchors for der in _roots(place)]
    if given.anchors and not roots:
        raise Refused("В названных корнях нет ни одного сертификата. Нужны файлы .cer, .crt или .pem.")
    judge = _room("offline").Offline()
    proof = import_module(PROOF).prove(given.path, judge, _moment(given.at), roots)
    answer: dict[str, Any] = proof.as_json()
    _answer(answer, as_json=given.json)
    return 0 if answer["valid"] else REFUSED


def _roots(place: Path) -> list[bytes]:
    if not place.exists():
        raise Refused(f"Файла «{place}» нет. Проверьте путь.")
    files = sorted(each for each in place.rglob("*") if each.is_file()) if place.is_dir() else [place]
    small = [each.read_bytes() for each in files if each.stat().st_size <= LARGEST]
    return [der for data in small for der in _room("chain").certificates_in(data)]


def _moment(text: str) -> dt.datetime:
    if not text:
        return dt.datetime.now(dt.UTC)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"Время «{text}» не читается. Запишите его как 2060-01-31T10:00:00Z.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _room(name: str) -> Any:
    return import_module(f"{SIGNING}.{name}")


def _answer(answer: dict[str, Any], *, as_json: bool) -> None:
    _print(json.dumps(answer, ensure_ascii=False) + "\n" if as_json else _text(answer))


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf8", "replace"))
    sys.stdout.buffer.flush()


def _text(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return f"{answer['error']}\n"
    return "\n".join(_lines(answer)) + "\n"


def _lines(answer: dict[str, Any], indent: str = "") -> list[str]:
    facts = answer["facts"]
    lines = [f"{indent}{answer['title']}"] if answer["title"] else []
    lines.append(f"{indent}{answer['text']}")
    if answer["sealed_at"]:
        lines.append(f"{indent}  заверен архивом {answer['sealed_at']}")
    if "lines" in facts:
        lines.append(
            f"{indent}  в описи строк: {facts['lines']} ({facts['words']}); файлов: {facts['files']}"
        )
    good = sum(each["verdict"] in {"valid", "valid_not_cades"} for each in answer["signatures"])
    if answer["signatures"]:
        lines.append(f"{indent}  подписей верных: {good} из {len(answer['signatures'])}")
    lines += [
        f"{indent}  корень доверия: {a['owner']}, SHA-256 {a['sha256']}" for a in facts.get("anchors", ())
    ]
    lines += [f"{indent}  [нет] {each['text']}" for each in answer["findings"]]
    lines += [f"{indent}  {each}" for each in answer["notes"]]
    for case in answer["cases"]:
        lines += _lines(case, f"{indent}  ")
    return lines
