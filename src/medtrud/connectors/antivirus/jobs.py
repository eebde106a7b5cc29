"""ClamAV looks at every file before it is kept."""

from pathlib import Path

from medtrud.engines.files.public import scanner_declare, scanner_place
from medtrud.engines.files.types import ScannerState
from medtrud.kernel.errors import Refused

from .drivers import Daemon, SilentError, daemon_at, virus_in

SILENT = (
    "Антивирус не отвечает, поэтому файл не принят. Повторите через несколько минут; если не поможет, "
    "попросите администратора проверить службу clamd."
)
LONG = (
    "Антивирус прервал проверку, файл не принят: он длиннее, чем служба берёт, или она остановилась. "
    "Повторите; если снова — разделите файл или попросите администратора увеличить StreamMaxLength "
    "в настройке clamd."
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
        return virus_in(found, path) if found else ""
    except SilentError as error:
        if "size limit" in str(error):
            raise Refused(LONG) from error
        if found and found.accept_unseen:
            return ""
        raise Refused(SILENT) from error


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
