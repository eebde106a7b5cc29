"""The medical part of a sick leave: written by those who treat, opened with a line in the journal."""

from uuid import UUID

from django.db.models.functions import Now

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import Absence, AbsenceMedical
from ..models.absence import CURRENT
from ..queries import absence_of, medical_of
from ..types import MEDICAL_KINDS, NewMedical


@action
def medical_set(actor: Actor, *, absence: UUID, medical: NewMedical) -> AbsenceMedical:
    """Write the diagnosis behind a sick leave; a former version stays in the history."""
    leave = absence_of(actor, absence)
    if leave.kind not in MEDICAL_KINDS:
        raise Refused(
            "У отпуска и командировки нет диагноза. Диагноз записывают к листку нетрудоспособности."
        )
    known = AbsenceMedical.objects.visible_to(actor).filter(CURRENT, document=leave.document)
    known.update(replaced_at=Now())
    row = AbsenceMedical(
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
    keep(row)
    record(actor, "absences.medical_set", leave.document)
    return row


@action
def absence_open(actor: Actor, *, absence: UUID) -> tuple[Absence, AbsenceMedical | None]:
    """Open a sick leave with its medical part: the worker will see who looked and when."""
    leave = absence_of(actor, absence)
    medical = medical_of(actor, [leave.document]).get(leave.document)
    record(actor, "absences.absence_open", leave.document, person=leave.person_id)
    return leave, medical
