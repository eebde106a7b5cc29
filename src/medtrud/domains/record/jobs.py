"""Jobs begin and end on the timeline too; what the journal calls the actions of this module."""

from collections.abc import Iterable, Iterator
from itertools import islice

from medtrud.engines.background.public import on
from medtrud.engines.journal.public import titles_declare
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment, derived_declare, employments
from medtrud.registries.organizations.types import EmploymentClosed, EmploymentOpened, EmploymentsOpened

from .actions import entries_add_many, entries_forget, entry_add
from .queries import entries_about, kind_declare
from .types import Kind, NewEntry

JOB = Actor.job("работа внесена в карту")
PORTION = 2000
START, END = "employment", "employment_end"

kind_declare(
    Kind(START, "Приём, перевод", "Работа", "briefcase"),
    Kind(END, "Увольнение", "Увольнения", "logout"),
)


def jobs_forget(jobs: list[int]) -> None:
    """Forget the entries of jobs that an undone import takes back."""
    sources = list(employments(JOB).filter(pk__in=jobs).values_list("uid", flat=True))
    entries_forget(JOB, sources=sources, module="organizations")


derived_declare(jobs_forget)


@on(EmploymentOpened)
def employment_opened(event: EmploymentOpened) -> None:
    """Write that a person began to work; a dismissal taken back replaces its entry."""
    row = employments(JOB).filter(pk=event.employment).first()
    if row is None:
        return  # an undone import has taken the job back
    written = {entry.kind: entry for entry in entries_about(JOB, row.uid).filter(replaced_by__isnull=True)}
    if END in written:
        entry_add(JOB, entry=_entry(row, "Увольнение отменено"), replaces=written[END])
    elif START not in written:
        entry_add(JOB, entry=_started(row))


@on(EmploymentClosed)
def employment_closed(event: EmploymentClosed) -> None:
    """Write that a person stopped working; a transfer is written by its new job."""
    row = employments(JOB).filter(pk=event.employment).first()
    if event.moved or row is None:
        return
    entry = NewEntry(
        person=row.person_id,
        kind=END,
        on=event.until,
        title=f"Увольнение: {row.post}, {row.employer}",
        source=row.uid,
        module="organizations",
        organization=row.employer_id,
    )
    entry_add(JOB, entry=entry)


@on(EmploymentsOpened)
def employments_opened(event: EmploymentsOpened) -> None:
    """Write the jobs of a whole staff list, in portions."""
    if event.source is None:
        return
    rows = employments(JOB).filter(employer=event.employer, source_import=event.source).order_by("pk")
    for portion in _portions(rows.iterator(chunk_size=PORTION)):
        entries_add_many(JOB, entries=[_started(row) for row in portion])


def _portions(rows: Iterable[Employment]) -> Iterator[list[Employment]]:
    left = iter(rows)
    while portion := list(islice(left, PORTION)):
        yield portion


def _started(row: Employment) -> NewEntry:
    return _entry(row, "Перевод" if row.previous_id else "Приём на работу")


def _entry(row: Employment, what: str) -> NewEntry:
    return NewEntry(
        person=row.person_id,
        kind=START,
        on=row.since,
        title=f"{what}: {row.post}, {row.employer}",
        source=row.uid,
        module="organizations",
        organization=row.employer_id,
    )


titles_declare(
    {
        "record.entries_add_many": "Внесены записи в карты списком",
        "record.entries_forget": "Забыты записи отменённой загрузки",
        "record.entry_add": "Внесена запись в карту",
        "record.entry_open": "Открыта запись карты",
        "record.timeline_open": "Открыта карта работника",
    }
)
