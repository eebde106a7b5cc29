"""What stands beside an entry form: earlier values, deviations found today, contraindications to look for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import name_of
from medtrud.registries.people.types import PersonName
from medtrud.registries.reference.public import codes_get

from ..models import Diagnosis, Exam, ExamLine, LineDraft, LineResult
from ..rules import programme
from ..rules.forms import EntryForm, entry_form
from ..types import ContraItem
from .norms import Norms
from .programme import facts_on
from .queue import draft_of, lines_to_enter
from .visit import results_before, values_shown

ICD10 = "mkb10"


@dataclass(frozen=True)
class Deviation:
    """A deviation that somebody has already found at this visit."""

    text: str
    by: str


@dataclass(frozen=True)
class EntryDesk:
    """Everything the screen of entry needs of one visit, read once."""

    actor: Actor
    exam: Exam
    person: PersonName
    on: dt.date
    lines: list[tuple[ExamLine, EntryForm]]
    before: dict[str, LineResult]
    draft: LineDraft | None

    def known(self, codes: list[str]) -> dict[str, Any]:
        """Return the rows of ICD-10 by code."""
        return codes_get(self.actor, ICD10, codes, self.on)

    @property
    def main(self) -> ExamLine:
        """Return the line that keeps the draft."""
        return self.draft.line if self.draft else self.lines[0][0]

    @property
    def saved_at(self) -> dt.datetime | None:
        """Return when it was saved."""
        return self.draft.saved_at if self.draft else None

    @property
    def revision(self) -> int:
        """Return the number of the last save."""
        return self.draft.revision if self.draft else 0


def entry_desk(
    actor: Actor, exam: Exam, lines: Sequence[ExamLine] | None, codes: Any, on: dt.date
) -> EntryDesk:
    """Read what may be entered at a visit by these performers, or the given lines."""
    rows = list(lines) if lines is not None else lines_to_enter(actor, exam, codes)
    person = name_of(actor, exam.person_id)
    own = Norms(exam.clinic_id, [line.title for line in rows], on)
    forms = [(line, own.form(line.title, person)) for line in rows]
    before = results_before(actor, exam, [line.title for line in rows])
    return EntryDesk(actor, exam, person, on, forms, before, draft_of(actor, rows) if lines is None else None)


def deviations_of(actor: Actor, exam: Exam, person: PersonName) -> list[Deviation]:
    """Return what deviates in the results of this visit, the last version of each, in one query."""
    rows = LineResult.objects.visible_to(actor).filter(exam=exam).select_related("line")
    last = {row.line_id: row for row in rows.order_by("version")}
    found = []
    for row in sorted(last.values(), key=lambda row: row.line.order):
        if row.flags:
            values = values_shown(row, entry_form(row.line.title, person.sex, row.performed_on))
            text = "; ".join(f"{value.label} {value.value} — {value.flag}" for value in values if value.flag)
            found.append(Deviation(text, f"{row.line.title}, {row.performed_on:%d.%m.%Y}"))
    return found


def contraindications_on(exam: Exam, person: PersonName, on: dt.date) -> tuple[ContraItem, ...]:
    """Return the items of приложение № 2 to keep in mind for the factors of the worker."""
    return programme(facts_on(exam, person, on), on).outcome.contraindications


def past_of(desk: EntryDesk) -> list[tuple[dt.date, str, str, bool]]:
    """Return the earlier results of the same lines: day, line, values, whether something deviated."""
    found = []
    for line, _ in desk.lines:
        row = desk.before.get(line.title)
        if row is not None:
            values = values_shown(row, entry_form(line.title, desk.person.sex, row.performed_on))
            text = "; ".join(f"{value.label}: {value.value}" for value in values if value.flag)
            found.append((row.performed_on, line.title, text or "без отклонений", bool(row.flags)))
    return sorted(found, reverse=True)


def result_of(actor: Actor, line: ExamLine) -> LineResult | None:
    """Return the version of a result in force."""
    rows = LineResult.objects.visible_to(actor).filter(line=line)
    row: LineResult | None = rows.order_by("-version").first()
    return row


def diagnoses_by(actor: Actor, line: ExamLine) -> list[Diagnosis]:
    """Return the standing diagnoses that were made with a line."""
    rows = Diagnosis.objects.visible_to(actor).filter(line=line, replaced_by__isnull=True)
    return list(rows.filter(withdrawn_reason="").order_by("pk"))
