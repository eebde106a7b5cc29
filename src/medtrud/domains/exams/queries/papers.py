"""What every printed form shares: the person, the factors, the parties, the signer."""

import datetime as dt
from collections.abc import Iterable

from medtrud.domains.hazards.public import annex_on
from medtrud.domains.hazards.types import code_key
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import StaffMember, licences, requisites_on
from medtrud.registries.people.public import names_of
from medtrud.registries.people.types import PersonName

from ..types.paper import Factor, Party, Signer, Subject

FORMS = Actor.job("a form names its parties, whoever prints it")
ORDER = "приказ Минздрава России от 28.01.2021 № 29н, Порядок, "
CHAIRMAN = "Председатель врачебной комиссии"
SEX = {"male": "мужской", "female": "женский"}


def subject_of(person: PersonName) -> Subject:
    """Return the person of a printed form."""
    return Subject(person.full, person.birth_date, SEX.get(person.sex, ""))


def factors_of(codes: Iterable[str], on: dt.date) -> tuple[Factor, ...]:
    """Return factors and works with their full names, in the order of the annex."""
    annex = annex_on(on)
    ordered = sorted(codes, key=code_key)
    return tuple(Factor(code, annex[code].name if code in annex else "") for code in ordered)


def signer_of(chair: StaffMember) -> Signer:
    """Return the chairman: position and surname with initials."""
    name = names_of(FORMS, [chair.person_id])[chair.person_id]
    return Signer(CHAIRMAN, name.short)


class Heads:
    """Parties of many forms, each asked for once, as they were called on the day."""

    def __init__(self) -> None:
        self._parties: dict[tuple[int, dt.date], Party] = {}

    def party(self, organization: int, on: dt.date) -> Party:
        """Return an organisation as it was called on the day."""
        key = organization, on
        if key not in self._parties:
            found = requisites_on(FORMS, organization, on=on)
            licence = licences(FORMS, clinic=organization).filter(since__lte=on).first()
            self._parties[key] = Party(
                name=found.name,
                address=found.address,
                ogrn=found.ogrn,
                phone=found.phone,
                email=found.email,
                ownership=found.ownership,
                okved=found.okved,
                licence=f"№ {licence.number} от {licence.issued_on:%d.%m.%Y}" if licence else "",
            )
        return self._parties[key]
