"""Keeping, opening and sharing files."""

import io
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from medtrud.engines.access.public import Account
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find, keep_many, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Harmful, NotFound, Refused

from . import drivers
from .models import File, Grant
from .queries import refuse_destroyed
from .rules import clean_name, long_text, size_text, sniff
from .types import LongError, Opened


@action
def file_put(actor: Actor, *, stream: drivers.Stream, name: str, limit: int, partly: bool = False) -> File:
    """Keep a file of the seat. The content is written first: if the action fails, it is only an orphan.

    partly: what the product packed of files it has looked at may be longer than a scanner takes.
    """
    file = _kept(stream, name, limit, partly=partly)
    file.account, file.organization = _account(actor), actor.organization
    file.save()
    record(actor, "files.file_put", file, size=file.size, mime=file.mime)
    return file


@action
def files_put_many(
    actor: Actor, *, contents: Sequence[tuple[str, bytes]], organization: int | None = None, limit: int
) -> list[File]:
    """Keep many files of one house: their names and contents; the journal gets one line.

    A job names the house, a seat has its own.
    """
    rows, account = [_kept(io.BytesIO(content), name, limit) for name, content in contents], _account(actor)
    for row in rows:
        row.account, row.organization = account, actor.organization or organization
    keep_many(rows)
    record(actor, "files.files_put_many", None, count=len(rows), size=sum(row.size for row in rows))
    return rows


def _account(actor: Actor) -> Account | None:
    return Account.objects.visible_to(actor).filter(pk=actor.account or 0).first()


def _kept(stream: drivers.Stream, name: str, limit: int, *, partly: bool = False) -> File:
    shown = clean_name(name)
    try:
        blob = drivers.blob_put(stream, limit=limit, partly=partly)
    except drivers.TooLargeError as error:
        raise Refused(
            f"Файл «{shown}» больше {size_text(limit)}. Разделите его на части и загрузите по одной."
        ) from error
    except LongError as error:
        raise Refused(long_text(shown)) from error
    except drivers.InfectedError as error:
        raise Harmful(
            f"Файл «{shown}» остановлен: в нём найден вирус «{error}». Он не сохранён. "
            "Сообщите отправителю и попросите чистый файл."
        ) from error
    except drivers.UnsafeError as error:
        raise Harmful(f"Файл «{shown}» не принят: {error}. Пришлите документы без архива.") from error
    if not blob.size:
        raise Refused(f"Файл «{shown}» пуст. Проверьте его и выберите снова.")
    return File(
        sha256=blob.sha256,
        size=blob.size,
        mime=sniff(blob.head, shown, blob.inside),
        name=shown,
        created_at=now(),
    )


@action
def file_open(actor: Actor, *, uid: UUID) -> Opened:
    """Open a file; the journal knows who did."""
    file = find(File, actor, uid)
    refuse_destroyed(file)
    path = drivers.blob_path(file.sha256)
    if not path.exists():
        raise NotFound(
            f"Содержимое файла «{file.name}» утрачено. Сообщите службе поддержки: его ищут в копиях."
        )
    record(actor, "files.file_open", file)
    return Opened(file.uid, file.name, file.mime, file.size, str(path))


@action
def file_destroy(actor: Actor, *, uid: UUID, basis: str) -> bool:
    """Destroy the content of a file by an act; the row stays as its trace.

    Equal content of a file that lives stays on the disk: the answer tells whether the bytes are gone. They go
    when the action is done, so an action that fails destroys nothing.
    """
    file = find(File, actor, uid)
    if file.destroyed_at:
        raise Refused(f"Содержимое файла «{file.name}» уже уничтожено. {file.destroyed_by}.")
    file.destroyed_at, file.destroyed_by = now(), basis
    file.save(update_fields=["destroyed_at", "destroyed_by"])
    same = File.objects.unscoped("equal content lies once").filter(sha256=file.sha256)
    gone = not same.filter(destroyed_at__isnull=True).exists()
    if gone:
        transaction.on_commit(lambda: drivers.blob_drop(file.sha256))
    record(actor, "files.file_destroy", file, sha256=file.sha256, gone=gone)
    return gone


@action
def file_share(
    actor: Actor, *, uid: UUID, organization: int | None = None, person: int | None = None
) -> Grant:
    """Let another organisation or a person open a file; twice changes nothing."""
    file = find(File, actor, uid)
    rows = Grant.objects.unscoped("the file was opened above").filter(file=file, ended_at__isnull=True)
    known: Grant | None = rows.filter(organization=organization, person=person).first()
    if known:
        return known
    grant = Grant(file=file, organization=organization, person=person, created_at=now())
    grant.full_clean()
    grant.save()
    record(actor, "files.file_share", file, organization=organization, person=person)
    return grant


@action
def file_unshare(
    actor: Actor, *, uid: UUID, organization: int | None = None, person: int | None = None
) -> None:
    """Take a file back from an organisation or a person; the row says until when it was open."""
    file = find(File, actor, uid)
    rows = Grant.objects.unscoped("the file was opened above").filter(file=file, ended_at__isnull=True)
    if not rows.filter(organization=organization, person=person).update(ended_at=now()):
        raise Refused(f"Файл «{file.name}» этому получателю не открыт.")
    record(actor, "files.file_unshare", file, organization=organization, person=person)
