"""Whom a row of a list means: found by СНИЛС, number or name; doubts are told, never guessed."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import Employment
from medtrud.registries.people.public import names_of
from medtrud.registries.people.types import PersonName


@dataclass
class Staff:
    """Whom a row may mean: everybody with a job the seat sees."""

    jobs: dict[int, list[tuple[int, dt.date, dt.date | None]]] = field(default_factory=dict)
    by_number: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_snils: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    names: dict[int, PersonName] = field(default_factory=dict)

    def employer(self, person: int, on: dt.date) -> int | None:
        """Return where a person worked on a day."""
        for employer, since, until in self.jobs.get(person, ()):
            if since <= on and (until is None or on < until):
                return employer
        return None

    def find(self, name: str, snils: str = "", personnel: str = "", birth: dt.date | None = None) -> int:
        """Return the person; one who is not found or not the only one is refused by name."""
        if snils:
            if snils not in self.by_snils:
                raise NotFound(
                    f"Работника со СНИЛС {snils} нет в штате. Сверьте номер или загрузите список работников."
                )
            return self._checked(name, snils)
        named = {
            person
            for person in self.by_name.get(sort_key(name), set())
            if birth in (None, self.names[person].birth_date)
        }
        numbered = self.by_number.get(personnel, set()) if personnel else set()
        found = named & numbered if numbered else named
        if len(found) == 1:
            return found.pop()
        if not found:
            note = f" с табельным номером {personnel}" if personnel else ""
            raise NotFound(f"«{name}»{note} не найден в штате. Сверьте имя или добавьте СНИЛС.")
        raise NotFound(
            f"«{name}»: таких работников {len(found)}. Добавьте СНИЛС, табельный номер или дату рождения."
        )

    def _checked(self, name: str, snils: str) -> int:
        person = self.by_snils[snils]
        known = self.names[person]
        if name and sort_key(name) not in {sort_key(known.full), sort_key(known.short)}:
            raise NotFound(f"СНИЛС {snils} принадлежит другому человеку, чем «{name}». Сверьте номер и имя.")
        return person


def staff_known(actor: Actor) -> Staff:
    """Return everybody with a job the seat sees, ready to be found."""
    jobs = Employment.objects.visible_to(actor)
    staff = Staff()
    for person, employer, number, since, until in jobs.values_list(
        "person", "employer", "personnel_number", "since", "until"
    ):
        staff.jobs.setdefault(person, []).append((employer, since, until))
        if number:
            staff.by_number[number].add(person)
    staff.names = names_of(actor, staff.jobs)
    for person, name in staff.names.items():
        if name.snils:
            staff.by_snils["".join(filter(str.isdigit, name.snils))] = person
        staff.by_name[sort_key(name.full)].add(person)
        staff.by_name[sort_key(name.short)].add(person)
    return staff
