"""ClamAV looks at every file before it is kept."""

from pathlib import Path

from medtrud.engines.files.public import scanner_declare, scanner_place
from medtrud.engines.files.types import LongError, ScannerState
from medtrud.kernel.errors import Refused

from .drivers import Daemon, LimitError, SilentError, daemon_at, virus_in, virus_in_parts

SILENT = (
    "Антивирус не отвечает, поэтому файл не принят. Повторите через несколько минут; если не поможет, "
    "попросите администратора проверить службу clamd."
)
TITLE = "антивирус"
ABSENT = "ClamAV не подключён: распознаётся только проверочный файл EICAR"
INSTALL = "поставьте пакет clamav-daemon или назовите службу в MEDTRUD_CLAMD_URL"


def daemon() -> Daemon | None:
    """Return the daemon of the installation."""
    return daemon_at(scanner_place())


def scan(path: Path) -> str:
    """Show a file to the daemon; one that is silent stops the file unless the installation says otherwise."""
    found = None
    try:
        found = daemon()
        return _seen(found, path) if found else ""
    except SilentError as error:
        if found and found.accept_unseen:
            return ""
        raise Refused(SILENT) from error


def _seen(found: Daemon, path: Path) -> str:
    """Show a file whole; a longer one in parts, and if they are clean say that it was not seen whole."""
    try:
        return virus_in(found, path)
    except LimitError:
        if name := virus_in_parts(found, path):
            return name
        raise LongError from None


def told() -> ScannerState:
    """Say for `medtrud doctor` whether the daemon looks."""
    found = None
    try:
        found = daemon()
        if found is None:
            return ScannerState(TITLE, ABSENT, "note", INSTALL)
        return ScannerState(TITLE, found.ask(b"VERSION"), "ok", "")
    except SilentError as error:
        unseen = found is not None and found.accept_unseen
        held = "файлы принимаются без проверки" if unseen else "файлы не принимаются"
        return ScannerState(TITLE, f"clamd не отвечает ({error}), {held}", "bad", "запустите службу clamd")


scanner_declare(scan, told)
