"""`medtrud signature`: check and make signatures without Django and without a database.

The drivers of signing are pure, so the command enters their room by name; the door of the module would
bring the tables with it.
"""

import argparse
import datetime as dt
import json
import sys
from dataclasses import asdict
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from medtrud.kernel.errors import Refusal, Refused, system_said

DRIVERS = "medtrud.engines.signing.drivers"
HELP = "Электронная подпись: проверка (verify) и подписание (sign) файлов"
REFUSED = 2
LARGEST = 64 << 20  # bytes; a detached signature of the largest chain takes kilobytes
TOLD = """medtrud signature verify --file ФАЙЛ --signature ПОДПИСЬ [--anchors ПАПКА]… [--crl ФАЙЛ]…
                         [--ocsp ФАЙЛ]… [--at ВРЕМЯ] [--json]
medtrud signature verify --batch            строки JSON с теми же словами на входе, строка ответа на каждую
medtrud signature sign --file ФАЙЛ --key КЛЮЧ.p12 --out ПОДПИСЬ [--password ПАРОЛЬ | --password-file ФАЙЛ]
medtrud signature sign --file ФАЙЛ --out ПОДПИСЬ --module МОДУЛЬ --token НОСИТЕЛЬ [--pin-file ФАЙЛ]
medtrud signature tokens --module МОДУЛЬ    какие носители подключены (PKCS#11)
medtrud signature backend                   чем выполняются криптографические операции

Электронная подпись: проверка и подписание файлов. Код возврата: 0 — подпись верна, 2 — нет.

  --anchors   папка (или файл) с сертификатами доверенных центров; сюда же можно положить промежуточные
              сертификаты и сертификаты подписавших, если их нет в самой подписи
  --crl       список отзыва; если дан хотя бы один, отзыв проверяется
  --at        на какой момент проверять, например 2026-03-01 или 2026-03-01T10:00:00Z; по умолчанию — сейчас
  --backend   libcrypto (быстрый, если в системе есть модуль gost) или pure (встроенный)
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say it in one line of Russian instead of English usage."""
        raise Refused(f"Команда не понята: {message}. Слова команды: medtrud signature --help.")


def told() -> str:
    """Return what `--help` says."""
    return TOLD


def run(words: list[str]) -> int:
    """Do one command; a refusal is told in words or as an object with the key error, status 2."""
    if not words or {"--help", "-h"} & set(words):
        _print(TOLD)
        return 0
    try:
        given = _parser().parse_args(words)
        if given.backend:
            _room("backends").backend_choose(given.backend)
        status: int = given.act(given)
    except OSError as error:
        _answer({"error": f"Файл не читается: {system_said(error)}."}, as_json="--json" in words)
        return REFUSED
    except (Refusal, RuntimeError) as refusal:
        _answer({"error": str(refusal)}, as_json="--json" in words)
        return REFUSED
    return status


def _parser() -> _Parser:
    parser = _Parser(prog="medtrud signature", add_help=False)
    acts = parser.add_subparsers(required=True)
    verify = acts.add_parser("verify", add_help=False)
    _verify_words(verify)
    verify.set_defaults(act=_verify)
    sign = acts.add_parser("sign", add_help=False)
    for word in ("--file", "--out"):
        sign.add_argument(word, required=True, type=Path)
    for word in ("--key", "--module", "--pin-file"):
        sign.add_argument(word, type=Path)
    sign.add_argument("--token", default="")
    sign.add_argument("--password", default="")
    sign.add_argument("--password-file", type=Path)
    sign.set_defaults(act=_sign)
    backend = acts.add_parser("backend", add_help=False)
    backend.set_defaults(act=_backend)
    tokens = acts.add_parser("tokens", add_help=False)
    tokens.add_argument("--module", required=True, type=Path)
    tokens.set_defaults(act=_tokens)
    for each in (verify, sign, backend, tokens):
        each.add_argument("--json", action="store_true")
        each.add_argument("--backend", choices=("libcrypto", "pure", "cryptopro"))
    return parser


def _verify_words(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("--file", type=Path)
    verify.add_argument("--signature", type=Path)
    verify.add_argument("--at", default="")
    verify.add_argument("--batch", action="store_true")
    for word in ("--anchors", "--crl", "--ocsp"):
        verify.add_argument(word, action="append", default=[])


def _verify(given: argparse.Namespace) -> int:
    if given.batch:
        return _batch()
    answer = _checked(vars(given))
    _answer(answer, as_json=given.json)
    return 0 if answer["valid"] else REFUSED


def _batch() -> int:
    """Answer each line; one that cannot be answered says why and stops nothing."""
    status = 0
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            if not isinstance(asked, dict):
                raise Refused("Строка должна быть объектом JSON со словами file и signature.")
            answer = _checked(asked)
        except Refusal as refusal:
            answer = {"error": str(refusal)}
        except OSError as error:
            answer = {"error": f"Файл не читается: {system_said(error)}."}
        except (ValueError, RecursionError):
            answer = {"error": "Строка не читается как JSON."}
        status = status if answer.get("valid") else REFUSED
        _answer(answer, as_json=True)
    return status


def _checked(asked: dict[str, Any]) -> dict[str, Any]:
    if not asked.get("signature"):
        raise Refused("Не назван файл подписи: добавьте --signature.")
    signature = _read(Path(str(asked["signature"])), LARGEST)
    source = _existing(Path(str(asked["file"]))) if asked.get("file") else None
    words = [tuple(_several(asked.get(name))) for name in ("anchors", "crl", "ocsp")]
    room = _room("verify")
    report = room.verify(signature, room.Content(source), _store(*words), _moment(str(asked.get("at") or "")))
    answer: dict[str, Any] = report.as_json()
    return answer


def _several(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


@lru_cache(maxsize=16)
def _store(anchors: tuple[str, ...], crls: tuple[str, ...], answers: tuple[str, ...]) -> Any:
    store = _room("chain").anchors_of(_folder(anchors))
    for name in crls:
        try:
            store.crl_add(_read(Path(name), LARGEST))
        except ValueError as error:
            raise Refused(
                f"Файл «{name}» — не список отзыва. Возьмите файл .crl у удостоверяющего центра."
            ) from error
    store.answers += [_read(Path(name), LARGEST) for name in answers]
    return store


def _folder(names: tuple[str, ...]) -> list[bytes]:
    found = []
    for name in names:
        place = _existing(Path(name))
        files = sorted(each for each in place.rglob("*") if each.is_file()) if place.is_dir() else [place]
        found += [_read(each, LARGEST) for each in files]
    return found


def _existing(path: Path) -> Path:
    if not path.exists():
        raise Refused(f"Файла «{path}» нет. Проверьте путь.")
    return path


def _read(path: Path, largest: int) -> bytes:
    try:
        if _existing(path).stat().st_size > largest:
            return b""  # too large for what it claims to be: it will not parse
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"Файл «{path}» не читается: {system_said(error)}.") from error


def _moment(text: str) -> dt.datetime:
    if not text:
        return dt.datetime.now(dt.UTC)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"Время «{text}» не читается. Запишите его как 2026-03-01T10:00:00Z.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _sign(given: argparse.Namespace) -> int:
    if given.module and given.token:
        pin = _secret(given.pin_file, given.password)
        with _room("tokens").key_on(given.module, given.token, pin) as pair:
            return _sign_by(given, pair)
    if not given.key:
        raise Refused("Не назван ключ: добавьте --key ФАЙЛ.p12 или --module и --token носителя.")
    password = _secret(given.password_file, given.password)
    return _sign_by(given, _room("pkcs12").key_pair(_read(given.key, LARGEST), password))


def _secret(path: Path | None, given: str) -> str:
    return _read(path, LARGEST).decode("utf8", "replace").rstrip("\r\n") if path else given


def _tokens(given: argparse.Namespace) -> int:
    found = _room("tokens").tokens(given.module)
    lines = [f"{each.label}: № {each.serial}, {each.model}, {each.maker}" for each in found]
    text = "\n".join(lines) or "Носителей нет. Вставьте носитель и повторите."
    _answer(
        {"valid": bool(found), "text": text, "tokens": [asdict(each) for each in found]}, as_json=given.json
    )
    return 0


def _sign_by(given: argparse.Namespace, pair: Any) -> int:
    if not pair.certificates:
        raise Refused("В хранилище нет сертификата. Выгрузите ключ вместе с сертификатом.")
    room = _room("sign")
    content = _room("verify").Content(_existing(given.file))
    message = room.sign(pair.key, pair.certificates, content, dt.datetime.now(dt.UTC))
    try:
        given.out.write_bytes(message)
    except OSError as error:
        raise Refused(f"Подпись не записана в «{given.out}»: {system_said(error)}.") from error
    owner = _room("verify").card(_room("certificates").certificate(pair.certificates[0]))
    answer = {
        "valid": True,
        "text": f"Подписано: {owner['owner']}. Подпись: {given.out}",
        "certificate": owner,
    }
    _answer(answer, as_json=given.json)
    return 0


def _backend(given: argparse.Namespace) -> int:
    room = _room("backends")
    chosen = room.backend()
    answer = {"valid": True, "backend": chosen.name, "text": chosen.title, "missing": room.backend_missing()}
    _answer(answer, as_json=given.json)
    return 0


def _room(name: str) -> Any:
    return import_module(f"{DRIVERS}.{name}")


def _answer(answer: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        _print(json.dumps(answer, ensure_ascii=False) + "\n")
    else:
        _print(_text(answer))


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf8", "replace"))
    sys.stdout.buffer.flush()


def _text(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return f"{answer['error']}\n"
    lines = [answer["text"]]
    for number, signer in enumerate(answer.get("signers", ()), 1):
        who = ", ".join(filter(None, (signer["name"], signer["organization"])))
        lines.append(f"Подпись {number}: {who or 'владелец неизвестен'}; сертификат {signer['serial']}")
        lines.append(f"  {signer['text']}")
        marks = {True: "да ", False: "нет", None: " – "}
        lines += [f"  [{marks[check['ok']]}] {check['text']}" for check in signer["checks"]]
    return "\n".join(lines) + "\n"
