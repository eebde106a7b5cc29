"""Reading files."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.access.public import everyone_may
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused

from . import drivers
from .models import File
from .rules import long_text
from .types import Fault, Finding, LongError, Report

everyone_may(
    "files.file_open", "files.file_put", "files.files_put_many", "files.file_share", "files.file_unshare"
)


def files(actor: Actor) -> QuerySet[File]:
    """Return the files one may open, the latest first."""
    return File.objects.visible_to(actor).order_by("-created_at", "-pk")


def file_of(actor: Actor, uid: UUID) -> File:
    """Return the row of a file, without opening it."""
    return find(File, actor, uid)


def content_of(actor: Actor, uid: UUID) -> Path:
    """Return where the content lies, for work inside an action that records the opening itself."""
    return content_at(find(File, actor, uid))


def content_at(file: File) -> Path:
    """Return where the content of a row lies that the caller may open."""
    refuse_destroyed(file)
    return drivers.blob_path(file.sha256)


def refuse_destroyed(file: File) -> None:
    """Say by which act the content was destroyed."""
    if file.destroyed_at:
        raise NotFound(
            f"Содержимое файла «{file.name}» уничтожено {file.destroyed_at:%d.%m.%Y}: {file.destroyed_by}. "
            "Учётные сведения сохранены."
        )


def verify(step: Callable[[int], None] = lambda done: None) -> Report:
    """Hash all content again and compare it with the rows."""
    rows = File.objects.unscoped("verification looks at everything").filter(destroyed_at__isnull=True)
    rows = rows.order_by("sha256")
    sizes = dict(rows.values_list("sha256", "size").distinct().iterator(chunk_size=2000))
    findings = []
    for done, sha256 in enumerate(sizes, 1):
        found = drivers.blob_hash(sha256)
        if found != sha256:
            findings.append(Finding(sha256, Fault.MISSING if found is None else Fault.CHANGED))
        step(done)
    findings += [Finding(name, Fault.ORPHAN) for name in drivers.blobs() if name not in sizes]
    return Report(len(sizes), sum(sizes.values()), tuple(findings))


def virus_in(file: File) -> str:
    """Return the name of a virus in a file that is kept, "" for a clean one; asked before it is sent."""
    try:
        drivers.content_scan(drivers.blob_path(file.sha256))
    except drivers.InfectedError as error:
        return str(error)
    except LongError as error:
        raise Refused(long_text(file.name)) from error
    except (drivers.UnsafeError, FileNotFoundError):
        return ""
    return ""
