"""The facts of СЭМД 194: everything the document says, before it is XML."""

import datetime as dt
from dataclasses import dataclass

KIND = "194"  # number of the document in the book of registered documents (11.1520)
TEMPLATE = "1.2.643.5.1.13.13.15.47.2"
OID = "1.2.643.5.1.13.13."
SNILS_ROOT = "1.2.643.100.3"
LICENCE_ROOT = "1.2.643.5.1.13.2.1.1.1504.101"
MINISTRY = "1.2.643.5.1.13"
MINISTRY_TITLE = "Министерство здравоохранения Российской Федерации"
POSTS, FACTORS, SEX = f"{OID}11.1002", f"{OID}11.1060", f"{OID}11.1040"
ADDRESSES, REGIONS, POLICIES = f"{OID}11.1504", f"{OID}99.2.206", f"{OID}11.1035"
EVENTS, ROLES, CONCLUSIONS = f"{OID}99.2.726", f"{OID}99.2.368", f"{OID}99.2.725"
GROUPS, PROFESSIONS, CONFIDENTIALITY = f"{OID}99.2.766", f"{OID}99.2.855", f"{OID}99.2.285"
KINDS, FIELDS, SECTIONS = f"{OID}99.2.1079", f"{OID}99.2.166", f"{OID}99.2.197"
# A code in a document is not always what a person types: factors and professions are written by their keys.
BY_KEY = frozenset({FACTORS, PROFESSIONS})


@dataclass(frozen=True)
class Coded:
    """A row of a reference book as documents write it: with the book and its version."""

    code: str
    title: str
    oid: str
    version: str
    book: str


@dataclass(frozen=True)
class Name:
    """A name in its parts."""

    last: str
    first: str
    middle: str = ""


@dataclass(frozen=True)
class Worker:
    """Who was examined."""

    id: str
    name: Name
    sex: Coded
    birth_date: dt.date
    snils: str = ""
    policy: str = ""
    policy_kind: Coded | None = None
    phone: str = ""
    address: str = ""
    address_kind: Coded | None = None
    region: Coded | None = None


@dataclass(frozen=True)
class House:
    """The medical organisation."""

    oid: str
    name: str
    ogrn: str
    address: str
    region: Coded
    phone: str = ""
    licence: str = ""
    licence_issuer: str = ""


@dataclass(frozen=True)
class Doctor:
    """A member of the commission."""

    id: str
    name: Name
    snils: str
    post: Coded
    role: Coded


@dataclass(frozen=True)
class SemdFacts:
    """One version of one conclusion; codes: fields, sections and the other fixed rows, by their code."""

    number: str
    set_number: str
    version: int
    written_at: dt.datetime
    began_on: dt.date
    ended_on: dt.date
    worker: Worker
    house: House
    doctors: tuple[Doctor, ...]  # the chairman first
    employer: str
    employer_number: str
    division: str
    post: str
    profession: Coded | None
    factors: tuple[Coded, ...]
    outcome: Coded
    health_group: Coded | None
    next_on: dt.date | None
    codes: dict[str, Coded]
