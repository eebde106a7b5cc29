"""Lists of absences: taken in whole, and taken back."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models.functions import Now

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound

from ..models import Absence
from ..models.absence import CURRENT
from ..types import MEDICAL_KINDS, AbsenceChanged, NewAbsence, Taking
from .writing import asked_of, entry_restored, entry_withdrawn, judged, refuse, works_there, write


@action
def absences_add_many(actor: Actor, *, rows: Sequence[NewAbsence]) -> Taking:
    """Record a list of absences: new ones are added, known ones get a new version where the list differs."""
    asked = [asked_of(row) for row in rows]
    places = [each.place for each in asked]
    strangers = {(p.person, p.employer, p.since) for p in places} - works_there(actor, places)
    if strangers:
        raise NotFound(
            f"Строк, где человек не работает у работодателя в первый день отсутствия: {len(strangers)}. "
            "Проверьте список мастером загрузки: он назовёт каждую строку."
        )
    verdicts = judged(asked)
    for verdict in verdicts:
        refuse(actor, verdict)
    write(list(zip(verdicts, rows, strict=True)))
    verbs = [verdict.verb for verdict in verdicts]
    taking = Taking(verbs.count("add"), verbs.count("change"), verbs.count("same"))
    file = rows[0].file if rows else None
    record(actor, "absences.absences_add_many", file, added=taking.added, changed=taking.changed)
    return taking


@action
def absences_undo(actor: Actor, *, file: UUID) -> int:
    """Take back what an import wrote: its versions count no more, those it replaced count again."""
    written = Absence.objects.visible_to(actor).filter(CURRENT, source_import=file)
    rows = list(written.select_for_update(of=("self",)).order_by("pk"))
    keys = [row.pk for row in rows]
    Absence.objects.unscoped("locked above").filter(pk__in=keys).update(
        replaced_at=Now(), replaced_by_import=file
    )
    documents = [row.document for row in rows]
    earlier = Absence.objects.visible_to(actor).filter(document__in=documents).exclude(source_import=file)
    newest = earlier.order_by("document", "-pk").distinct("document").values_list("pk", flat=True)
    former = Absence.objects.unscoped("versions found above").filter(pk__in=list(newest))
    former.update(replaced_at=None)
    again = {row.document: row for row in former}
    for row in rows:
        if row.kind in MEDICAL_KINDS and row.document in again:
            entry_restored(again[row.document])
        elif row.kind in MEDICAL_KINDS:
            entry_withdrawn(row)
    publish(*(AbsenceChanged(row.person_id, row.since, row.until) for row in rows))
    record(actor, "absences.absences_undo", file, count=len(rows))
    return len(rows)
