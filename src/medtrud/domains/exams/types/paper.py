"""What stands in each printed form of exams: one frozen shape per form, ready to be printed.

Everything is text, days and counts. Names of people come in already opened by the caller, who asked for
them as a person with the right to; the shapes keep the audiences apart: nothing an employer receives
(referral, lists, conclusion, notice, final act) has a field for a diagnosis of a named person, except
item 23 of the final act, which the order itself demands.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Party:
    """An organisation in the head of a form; what is unknown stays empty."""

    name: str
    address: str = ""
    ogrn: str = ""
    phone: str = ""
    email: str = ""
    ownership: str = ""  # форма собственности
    okved: str = ""  # code and title of the activity
    licence: str = ""  # of a clinic


@dataclass(frozen=True)
class Signer:
    """Who signs: position and surname with initials."""

    position: str = ""
    name: str = ""


@dataclass(frozen=True)
class Subject:
    """The person of a form."""

    name: str  # full
    birth_date: dt.date
    sex: str  # мужской, женский


@dataclass(frozen=True)
class Factor:
    """A harmful factor or a kind of work: code of the annex and its name, with substances if any."""

    code: str
    name: str


@dataclass(frozen=True)
class ReferralForm:
    """Направление (29н, пп. 8, 9, 25). `qr` is SVG text of `paper.qr_svg`."""

    number: str
    issued_on: dt.date
    kind: str  # предварительный, периодический, внеочередной
    basis: str  # act and point
    employer: Party
    clinic: Party
    person: Subject
    division: str
    post: str
    factors: tuple[Factor, ...]
    policies: tuple[str, ...]  # полис ОМС …, полис ДМС …
    signer: Signer
    come: str = ""  # when and where, if the plan is known
    bring: tuple[str, ...] = ()  # documents the person brings
    qr: str = ""
    qr_hint: str = ""


@dataclass(frozen=True)
class RouteStep:
    """A line of a route: a doctor or a test; `note` tells of a credited result or a condition."""

    name: str
    group: str  # heading it stands under
    room: str = ""
    time: str = ""
    note: str = ""


@dataclass(frozen=True)
class RouteForm:
    """Маршрутный лист: where to go, in the best order."""

    number: str
    on: dt.date
    kind: str
    clinic: Party
    employer_name: str
    person: Subject
    post: str
    factors: tuple[Factor, ...]
    steps: tuple[RouteStep, ...]
    prepare: tuple[str, ...] = ()
    qr: str = ""
    qr_hint: str = ""


@dataclass(frozen=True)
class ContingentRow:
    """A profession of the list (29н, пп. 9, 21)."""

    division: str
    post: str
    factors: tuple[Factor, ...]
    sout: str = ""  # factors and class established by the special assessment
    months: str = ""  # periodicity, when it is printed


@dataclass(frozen=True)
class ContingentForm:
    """Список лиц (п. 9) or список работников, подлежащих периодическим осмотрам (п. 21)."""

    heading: str
    number: str
    on: dt.date
    basis: str
    employer: Party
    rows: tuple[ContingentRow, ...]
    approver: Signer
    author: Signer


@dataclass(frozen=True)
class RollRow:
    """A worker of the named list (29н, п. 23)."""

    name: str
    post: str
    seniority: str  # стаж работы в профессии
    division: str
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class RollForm:
    """Поименный список (29н, пп. 23, 24)."""

    number: str
    on: dt.date
    basis: str
    employer: Party
    clinic: Party
    period: str
    rows: tuple[RollRow, ...]
    approver: Signer
    author: Signer


@dataclass(frozen=True)
class ConclusionForm:
    """Заключение (29н, пп. 15-17, 33, 34): the same for every addressee, no diagnosis in it."""

    number: str
    issued_on: dt.date
    kind: str
    basis: str
    clinic: Party
    employer_name: str
    person: Subject
    division: str
    post: str
    factors: tuple[Factor, ...]
    found: bool  # contraindications
    found_for: tuple[Factor, ...]
    health_group: str
    chairman: Signer
    copy_for: str = ""  # экземпляр работодателя, работника …
    version: int = 1
    replaces: str = ""  # «от 01.03.2026, версия 1»
    next_due: dt.date | None = None
    signature: str = ""  # lines of an electronic signature, when there is one


@dataclass(frozen=True)
class ExtractLine:
    """A doctor's conclusion or a result in the extract."""

    on: dt.date
    name: str
    text: str
    by: str = ""
    norm: str = ""
    outside: bool = False  # outside the norm


@dataclass(frozen=True)
class ExtractForm:
    """Выписка из медицинской карты (29н, п. 36): for the person, never for the employer."""

    number: str
    issued_on: dt.date
    kind: str
    basis: str
    clinic: Party
    employer_name: str
    person: Subject
    post: str
    factors: tuple[Factor, ...]
    doctors: tuple[ExtractLine, ...]
    results: tuple[ExtractLine, ...]
    diagnoses: tuple[str, ...]
    conclusion: str
    health_group: str
    recommendations: tuple[str, ...]
    chairman: Signer


@dataclass(frozen=True)
class FurtherExamForm:
    """Справка о необходимости дополнительного обследования (29н, пп. 14, 32): for the person."""

    number: str
    issued_on: dt.date
    kind: str
    basis: str
    clinic: Party
    employer_name: str
    person: Subject
    post: str
    reason: str
    examinations: tuple[str, ...]
    consequence: str  # what it means: not passed, who pays
    chairman: Signer


@dataclass(frozen=True)
class FurtherExamNotice:
    """Сведения о выдаче справки (29н, пп. 14, 32): for the employer, without medical content."""

    number: str
    issued_on: dt.date
    kind: str
    basis: str
    clinic: Party
    employer_name: str
    person: Subject
    post: str
    chairman: Signer


@dataclass(frozen=True)
class RegisterRow:
    """A line of the register of referrals."""

    number: str
    issued_on: dt.date
    name: str
    birth_date: dt.date
    post: str
    kind: str
    clinic: str
    received: str = ""  # signed on, or how it was handed over


@dataclass(frozen=True)
class RegisterForm:
    """Журнал учёта выданных направлений (29н, пп. 9, 25)."""

    employer: Party
    period: str
    basis: str
    rows: tuple[RegisterRow, ...]
    keeper: Signer


@dataclass(frozen=True)
class AdmissionRow:
    """A line of the journal of admission: nothing medical, only whether and until when."""

    name: str
    division: str
    post: str
    state: str
    until: dt.date | None
    forbidden: str = ""  # codes of factors and works


@dataclass(frozen=True)
class AdmissionForm:
    """Журнал допуска работников по результатам осмотров, на день."""

    employer: Party
    on: dt.date
    basis: str
    rows: tuple[AdmissionRow, ...]
    keeper: Signer
