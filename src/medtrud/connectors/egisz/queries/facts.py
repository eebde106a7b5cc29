"""The facts of a stored conclusion, gathered for its document; what is missing is told with its place."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from medtrud.domains.exams.public import Conclusion
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.kernel.identifiers import enp_parse, snils_format
from medtrud.registries.organizations.public import (
    Organization,
    StaffMember,
    commissions,
    employments_by_id,
    licences,
    requisites_on,
)
from medtrud.registries.people.public import identities_of
from medtrud.registries.people.types import Identity

from ..models import Exchange, Submission
from ..types.findings import Lack
from ..types.semd import Coded, Doctor, House, Name, SemdFacts, Worker
from .exchange import post_codes
from .shelf import Shelf

READER = Actor.job("a document names those its conclusion names")
FIELDS = ("4073", "8085", "8006", "4074", "8086", "813", "837", "8007", "9021", "6020", "8087")
FOUND, NOT_FOUND = "31", "32"  # contraindications, in the book of conclusions
POLICY = "2"  # one form for the whole country, without an end
HOME = "1"  # registered at the place of living
SEXES = {"male": "1", "female": "2"}
STAFF = "Организация, «Сотрудники»"
REQUISITES = "Организация, «Реквизиты»"
CARD = "Работники, карта, «Изменить»"
BOOKS = "Справочники: загрузите издание с этими кодами"
SETTING = "Реестр медицинских документов, «Настройка»"


def facts_of(
    conclusion: Conclusion, exchange: Exchange | None, *, number: str, at: dt.datetime
) -> tuple[SemdFacts | None, list[Lack]]:
    """Return the facts of a conclusion, or what its cards lack; number: of the document, at: when written."""
    return _Gatherer(conclusion, exchange, number, at).facts()


def facts_by_uid(actor: Actor, uid: UUID) -> tuple[SemdFacts | None, list[Lack]]:
    """Return the facts of the document of a conclusion, whether it stands in the queue or not."""
    row = find(Conclusion, actor, uid)
    queued = Submission.objects.visible_to(actor).filter(conclusion=row).first()
    exchange = Exchange.objects.visible_to(actor).filter(organization=row.clinic_id).first()
    number, at = (str(queued.uid), queued.created_at) if queued else (str(row.uid), row.written_at)
    return facts_of(row, exchange, number=number, at=at)


class _Gatherer:
    """One conclusion being read."""

    def __init__(
        self, conclusion: Conclusion, exchange: Exchange | None, number: str, at: dt.datetime
    ) -> None:
        self.row, self.exchange, self.number = conclusion, exchange, number
        self.at = timezone.localtime(at).replace(microsecond=0)
        self.shelf = Shelf(conclusion.issued_on)

    def facts(self) -> tuple[SemdFacts | None, list[Lack]]:
        """Read everything; only a whole document is returned."""
        row, shelf = self.row, self.shelf
        staff = self._commission()
        people = identities_of(READER, {row.person_id, *(each.person_id for each in staff)})
        house, doctors = self._house(), self._doctors(staff, people)
        worker = self._worker(people[row.person_id])
        outcome = shelf.row("conclusions", FOUND if row.contraindicated else NOT_FOUND, _row("conclusions"))
        factors, codes = self._factors(), self._codes()
        if shelf.lacks or not (house and doctors and worker and outcome):
            return None, shelf.lacks
        party = requisites_on(READER, row.employer_id, on=row.issued_on)
        exam = row.exam
        return SemdFacts(
            number=self.number,
            set_number=str(exam.uid),
            version=row.version,
            written_at=self.at,
            began_on=exam.arrived_on or row.issued_on,
            ended_on=row.issued_on,
            worker=worker,
            house=house,
            doctors=doctors,
            employer=party.name,
            employer_number=party.inn or party.ogrn,
            division=row.division,
            post=row.post,
            profession=self._profession(),
            factors=factors,
            outcome=outcome,
            health_group=shelf.titled("health_groups", f"{row.health_group} группа"),
            next_on=row.valid_until,
            codes=codes,
        ), []

    def _house(self) -> House | None:
        row, lacks = self.row, self.shelf.lacks
        party = requisites_on(READER, row.clinic_id, on=row.issued_on)
        clinic = Organization.objects.unscoped("the clinic of the conclusion").get(pk=row.clinic_id)
        region = self.shelf.row("regions", clinic.region, Lack("регион организации", REQUISITES))
        if self.exchange is None or not self.exchange.oid:
            lacks.append(Lack("OID медицинской организации", SETTING))
        if not party.ogrn:
            lacks.append(Lack("ОГРН медицинской организации", REQUISITES))
        if not party.address:
            lacks.append(Lack("адрес медицинской организации", REQUISITES))
        if lacks or region is None or self.exchange is None:
            return None
        licence = licences(READER, clinic=row.clinic_id).filter(since__lte=row.issued_on).first()
        return House(
            oid=self.exchange.oid,
            name=party.name,
            ogrn=party.ogrn,
            address=party.address,
            region=region,
            phone=_phone(party.phone),
            licence=licence.number if licence else "",
            licence_issuer=licence.issuer if licence else "",
        )

    def _commission(self) -> list[StaffMember]:
        """Return the chairman who signed, then the members of his commission on the day."""
        row = self.row
        own = commissions(READER, clinic=row.clinic_id, on=row.issued_on).filter(chairman=row.chair).first()
        members = [member.staff for member in own.members.all()] if own else []
        return [row.chair, *(member for member in members if member.pk != row.chair_id)]

    def _doctors(self, staff: Sequence[StaffMember], people: dict[int, Identity]) -> tuple[Doctor, ...]:
        codes = post_codes(self.row.clinic_id)
        chairman, member = (self.shelf.row("signer_roles", code) for code in ("CHAIRMAN", "COMMISSIONER"))
        found = []
        for place, each in enumerate(staff):
            who, role = people[each.person_id], member if place else chairman
            code = codes.get(each.position, "")
            post = self.shelf.row("posts", code) if code else self.shelf.titled("posts", each.position)
            if post is None:
                self.shelf.lacks.append(
                    Lack(f"код должности «{each.position}» по справочнику 11.1002", f"{SETTING}, «Должности»")
                )
            if not who.snils and not place:
                self.shelf.lacks.append(Lack(f"СНИЛС председателя комиссии: {who.short}", STAFF))
            if post and role:
                found.append(Doctor(str(each.uid), _name(who), snils_format(who.snils), post, role))
        return tuple(found)

    def _worker(self, who: Identity) -> Worker | None:
        row, shelf = self.row, self.shelf
        sex = shelf.row(
            "sex", SEXES.get(row.person.sex, ""), Lack("пол работника", "Работники, карта, «Изменить»")
        )
        if sex is None:
            return None
        policy = _policy(who.policy)
        return Worker(
            id=str(row.person.uid),
            name=_name(who),
            sex=sex,
            birth_date=row.person.birth_date,
            snils=snils_format(who.snils),
            policy=policy,
            policy_kind=shelf.row("policy_kinds", POLICY) if policy else None,
            phone=_phone(who.phone),
            address=who.address,
            address_kind=shelf.row("address_kinds", HOME) if who.address else None,
            region=shelf.named_in("regions", who.address),
        )

    def _factors(self) -> tuple[Coded, ...]:
        found = self.shelf.rows("factors", self.row.codes)
        missing = [code for code in self.row.codes if code not in found]
        if missing:
            what = f"коды факторов в справочнике 11.1060: {', '.join(missing)}"
            self.shelf.lacks.append(
                Lack(what, "Справочники: загрузите издание, где они есть, или исправьте направление.")
            )
        return tuple(found[code] for code in self.row.codes if code in found)

    def _profession(self) -> Coded | None:
        row = self.row
        job = (
            employments_by_id(READER, [row.employment_id]).get(row.employment_id)
            if row.employment_id
            else None
        )
        code = job.post.code if job and job.post else ""
        return (self.shelf.row("professions", code) if code else None) or self.shelf.titled(
            "professions", row.post
        )

    def _codes(self) -> dict[str, Coded]:
        asked = {
            "semd_kinds": ("47",),
            "confidentiality": ("N",),
            "events": ("5",),
            "semd_sections": ("DOCINFO",),
            "semd_fields": FIELDS,
        }
        found: dict[str, Coded] = {}
        for book, codes in asked.items():
            found |= self.shelf.rows(book, codes)
        absent = [code for codes in asked.values() for code in codes if code not in found]
        if absent and not self.shelf.lacks:
            self.shelf.lacks.append(
                Lack(f"строки справочников документа: {', '.join(absent)}", "Справочники")
            )
        return found


def _row(book: str) -> Lack:
    return Lack(f"строка справочника «{book}»", BOOKS)


def _name(who: Identity) -> Name:
    return Name(who.last_name, who.first_name, who.middle_name)


def _policy(text: str) -> str:
    try:
        return enp_parse(text) if text else ""
    except ValueError:
        return ""  # of an old form: without its series it cannot be told


def _phone(text: str) -> str:
    """Return a number as an address of a telephone, or nothing when it is not one number."""
    digits = "".join(sign for sign in text if sign.isdecimal())
    if len(digits) == 11 and digits[0] in "78":  # noqa: PLR2004 - a Russian number with its country
        return f"+7{digits[1:]}"
    return ""
