"""What runs here, where the data lie, what is missing and what to do about it."""

import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from medtrud.engines.files.public import scanners_told
from medtrud.engines.signing.public import backend as signing_backend
from medtrud.engines.signing.public import backend_missing

from .postgres import cluster
from .postgres.base import DatabaseFeatures
from .postgres.server import users

State = Literal["ok", "note", "bad"]
LEAST_FREE = 2 * 2**30  # bytes; below that an import of a large spreadsheet may fill the disk
WORKER_SILENT = 60  # seconds without a sign of life


@dataclass(frozen=True)
class Finding:
    """One line of the report; `step` says what to do when something is missing."""

    title: str
    text: str
    state: State = "ok"
    step: str = ""


def examine() -> list[Finding]:
    """Return everything found; a database that does not start is one of the findings."""
    found = [*_program(), *_data(), *_secrets(), *_optional()]
    embedded = settings.DATABASES["default"].get("EMBEDDED")
    if embedded and not Path(embedded).exists():
        step = "medtrud migrate создаст её, make demo ещё и заполнит примером"
        return [*found, Finding("база данных", f"встроенная, ещё не создана ({embedded})", "note", step)]
    try:
        before = _server_before(Path(embedded)) if embedded else _external()
        found += [before, *_database(), *_tables(), *_worker()]
    except (DatabaseError, cluster.ServerError) as error:
        step = "устраните причину и повторите medtrud doctor"
        found.append(Finding("база данных", f"не отвечает: {str(error).strip()}", "bad", step))
    return found


def _program() -> Iterator[Finding]:
    yield Finding("Python", f"{platform.python_version()} ({sys.executable})")
    yield Finding("Django", django.get_version())


def _data() -> Iterator[Finding]:
    folder = Path(settings.DATA)
    taken = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # the server removes its files while we look
                taken += (Path(place) / name).lstat().st_size
    yield Finding("папка данных", f"{folder}, занято {_size(taken)}")
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        yield Finding("свободно на диске", _size(free), "bad", "освободите место: его не хватит на импорт")
    else:
        yield Finding("свободно на диске", _size(free))


def _secrets() -> Iterator[Finding]:
    for path in sorted(Path(settings.DATA).glob("*key*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            step = f"закройте файл от чужих: chmod 600 '{path}'"
            yield Finding("секретный файл", f"{path.name}: права {mode:o}", "bad", step)
        else:
            yield Finding("секретный файл", f"{path.name}: читает только владелец")


def _optional() -> Iterator[Finding]:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser:
        yield Finding("Chromium (только для проверок в браузере)", str(browser))
    else:
        step = "нужен только разработчику: scripts/system-packages.sh"
        yield Finding("Chromium (только для проверок в браузере)", "не найден", "note", step)
    yield _signing()
    yield _semd()
    yield from (Finding(each.title, each.text, each.state, each.step) for each in scanners_told())
    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if backend == "smtp" and settings.EMAIL_HOST not in {"", "localhost"}:
        yield Finding("почта", f"письма уходят через {settings.EMAIL_HOST}")
    else:
        step = "сообщения видны в системе; чтобы слать и письма, настройте почтовый сервер"
        yield Finding("почта", "сервер не задан", "note", step)


def _signing() -> Finding:
    missing = backend_missing()
    if not missing:
        return Finding("электронная подпись", signing_backend().title)
    step = "подписи считает встроенная программа, большие файлы долго; поставьте пакет libengine-gost-openssl"
    return Finding("электронная подпись", f"{signing_backend().title}: {missing}", "note", step)


def _semd() -> Finding:
    """Name the schemas of medical documents that are loaded, by their edition."""
    schemas = import_module("medtrud.connectors.egisz.drivers.schemas")
    known = (
        schemas.schema_of(settings.SEMD_FOLDER, kind) for kind in schemas.schemas_in(settings.SEMD_FOLDER)
    )
    found = ", ".join(f"{schema.kind} ({schema.edition})" for schema in known if schema)
    if found:
        return Finding("схемы СЭМД", found)
    step = "загрузите официальные схемы: medtrud semd load ПУТЬ; без них документы по XSD не проверяются"
    return Finding("схемы СЭМД", "нет схемы", "note", step)


def _server_before(folder: Path) -> Finding:
    process = cluster.postmaster(folder)
    if not process:
        return Finding("встроенный PostgreSQL", f"не был запущен, запущен на время проверки; {folder}")
    pids = ", ".join(map(str, users(folder))) or "нет"
    return Finding(
        "встроенный PostgreSQL", f"работает (процесс {process.pid}), пользователи: {pids}; {folder}"
    )


def _external() -> Finding:
    place = settings.DATABASES["default"]
    return Finding("сервер PostgreSQL", f"{place.get('HOST') or 'локальный'}, база {place['NAME']}")


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), pg_database_size(current_database()),"
            " current_setting('server_encoding'), lower('ЖЁ') = 'жё'"
        )
        version, size, encoding, folds = cursor.fetchone()
    oldest = DatabaseFeatures.minimum_database_version[0]
    yield Finding("версия PostgreSQL", f"{version}, кодировка {encoding}, размер базы {_size(size)}")
    if int(version.split(".")[0]) < oldest:
        yield Finding("версия PostgreSQL", "слишком старая", "bad", f"нужна {oldest} или новее")
    if encoding != "UTF8" or not folds:
        step = "создайте базу с ENCODING 'UTF8' и LC_CTYPE в UTF-8, иначе поиск не видит заглавных букв"
        yield Finding("кириллица в базе", "не сравнивается", "bad", step)


def _tables() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        text = f"не применены миграции: {len(missing)}"
        yield Finding("таблицы", text, "bad", "выполните medtrud migrate")
    else:
        yield Finding("таблицы", f"все миграции применены: {len(executor.loader.applied_migrations)}")


def _worker() -> Iterator[Finding]:
    """The queue keeps the last sign of life of each worker."""
    step = "запустите medtrud run (исполнитель внутри) или отдельно medtrud work"
    if "procrastinate_workers" not in connection.introspection.table_names():
        yield Finding("исполнитель заданий", "очереди ещё нет", "note", "выполните medtrud migrate")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE last_heartbeat > now() - %s * interval '1 second'),"
            " extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers",
            [WORKER_SILENT],
        )
        alive, silent = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        waiting = cursor.fetchone()[0]
    if alive:
        yield Finding("исполнитель заданий", f"работает: {alive}, отозвался {silent:.0f} с назад")
    else:
        yield Finding("исполнитель заданий", f"не работает, ждут задания: {waiting}", "note", step)


def _size(count: float) -> str:
    units = iter(("байт", "КБ", "МБ", "ГБ"))
    unit = next(units)
    while count >= 1024 and unit != "ГБ":  # noqa: PLR2004 - the definition of a kilobyte
        count, unit = count / 1024, next(units)
    return f"{count:.0f} {unit}" if unit == "байт" else f"{count:.1f} {unit}".replace(".", ",")
