"""The medical part of a sick leave: written by those who treat, opened with a line in the journal."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models.functions import Now

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep_many
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused

from ..models import Absence, AbsenceMedical
from ..models.absence import CURRENT
from ..queries import absence_of, medical_of
from ..types import MEDICAL_KINDS, NewMedical


@action
def medical_set(actor: Actor, *, absence: UUID, medical: NewMedical) -> AbsenceMedical:
    """Write the diagnosis behind a sick leave; a former version stays in the history."""
    (row,) = _write(actor, {absence_of(actor, absence).document: medical})
    record(actor, "absences.medical_set", row.document)
    return row


@action
def medical_set_many(actor: Actor, *, medical: Mapping[UUID, NewMedical]) -> int:
    """Write the diagnoses behind many sick leaves at once; return how many."""
    rows = _write(actor, medical)
    record(actor, "absences.medical_set_many", None, count=len(rows))
    return len(rows)


def _write(actor: Actor, medical: Mapping[UUID, NewMedical]) -> list[AbsenceMedical]:
    found = Absence.objects.visible_to(actor).filter(CURRENT, document__in=list(medical))
    leaves = {row.document: row for row in found}
    if len(leaves) < len(medical):
        raise NotFound("Листок не найден. Возможно, он относится к другой организации.")
    if any(row.kind not in MEDICAL_KINDS for row in leaves.values()):
        raise Refused(
            "У отпуска и командировки нет диагноза. Диагноз записывают к листку нетрудоспособности."
        )
    known = AbsenceMedical.objects.visible_to(actor).filter(CURRENT, document__in=list(medical))
    known.update(replaced_at=Now())
    rows = [_row(leaves[document], each) for document, each in medical.items()]
    keep_many(rows)
    return rows


def _row(leave: Absence, medical: NewMedical) -> AbsenceMedical:
    return AbsenceMedical(
        document=leave.document,
        person_id=leave.person_id,
        diagnosis=medical.diagnosis.strip().upper(),
        clinic_id=medical.clinic,
        clinic_name=medical.clinic_name,
        doctor_id=medical.doctor,
        doctor_post=medical.doctor_post,
        regime=medical.regime,
        result=medical.result,
        breach=medical.breach,
        breach_on=medical.breach_on,
    )


@action
def absence_open(actor: Actor, *, absence: UUID) -> tuple[Absence, AbsenceMedical | None]:
    """Open a sick leave with its medical part: the worker will see who looked and when."""
    leave = absence_of(actor, absence)
    medical = medical_of(actor, [leave.document]).get(leave.document)
    record(actor, "absences.absence_open", leave.document, person=leave.person_id)
    return leave, medical
