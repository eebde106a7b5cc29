"""СЭМД 194 as XML: the header and the body in the order the guide fixes."""

import datetime as dt

from lxml import etree

from ..drivers.xml import HL7
from ..types.semd import (
    LICENCE_ROOT,
    MINISTRY,
    MINISTRY_TITLE,
    SNILS_ROOT,
    TEMPLATE,
    Coded,
    Doctor,
    House,
    Name,
    SemdFacts,
    Worker,
)
from .body import body_add
from .nodes import ADDRESS, FIAS, IDENTITY, NAMESPACES, add, coded, empty

INSTANCE = "100.1.1"  # number of the system and of its copy, after the OID of the organisation
TITLE = "Медицинское заключение по результатам предварительного (периодического) медицинского осмотра"


def semd_xml(facts: SemdFacts) -> bytes:
    """Write a document; the same facts give the same bytes."""
    root = etree.Element(f"{{{HL7}}}ClinicalDocument", nsmap=NAMESPACES)
    house = facts.house
    add(root, "realmCode", code="RU")
    add(root, "typeId", root="2.16.840.1.113883.1.3", extension="POCD_MT000040")
    add(root, "templateId", root=TEMPLATE)
    add(root, "id", root=_own(house, "51"), extension=facts.number)
    coded(root, "code", facts.codes["47"])
    add(root, "title", TITLE)
    add(root, "effectiveTime", value=_moment(facts.written_at))
    coded(root, "confidentialityCode", facts.codes["N"])
    add(root, "languageCode", code="ru-RU")
    add(root, "setId", root=_own(house, "50"), extension=facts.set_number)
    add(root, "versionNumber", value=str(facts.version))
    _worker(root, facts.worker, house)
    chairman = facts.doctors[0]
    _author(root, chairman, house)
    _custodian(root, house)
    received = add(add(add(root, "informationRecipient"), "intendedRecipient"), "receivedOrganization")
    add(received, "id", root=MINISTRY)
    add(received, "name", MINISTRY_TITLE)
    _authenticator(root, chairman, house)
    _event(root, facts)
    body_add(root, facts)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _worker(root: etree._Element, worker: Worker, house: House) -> None:
    role = add(add(root, "recordTarget"), "patientRole")
    add(role, "id", root=_own(house, "10"), extension=worker.id)
    if worker.snils:
        add(role, "id", root=SNILS_ROOT, extension=worker.snils)
    else:
        empty(role, "id")
    empty(role, f"{IDENTITY}IdentityDoc")
    _policy(role, worker)
    _home(role, worker)
    if worker.phone:
        add(role, "telecom", use="MC", value=f"tel:{worker.phone}")
    person = add(role, "patient")
    _name(person, worker.name)
    coded(person, "administrativeGenderCode", worker.sex)
    add(person, "birthTime", value=f"{worker.birth_date:%Y%m%d}")
    provider = add(role, "providerOrganization")
    add(provider, "id", root=house.oid)
    if house.licence and house.licence_issuer:
        add(
            provider,
            "id",
            root=LICENCE_ROOT,
            extension=house.licence,
            assigningAuthorityName=house.licence_issuer,
        )
    add(add(provider, f"{IDENTITY}Props"), f"{IDENTITY}Ogrn", house.ogrn)
    add(provider, "name", house.name)
    _phone(provider, house)


def _policy(role: etree._Element, worker: Worker) -> None:
    if not worker.policy or worker.policy_kind is None:
        empty(role, f"{IDENTITY}InsurancePolicy")
        return
    policy = add(role, f"{IDENTITY}InsurancePolicy")
    coded(policy, f"{IDENTITY}InsurancePolicyType", worker.policy_kind)
    add(policy, f"{IDENTITY}Number", worker.policy)


def _home(role: etree._Element, worker: Worker) -> None:
    if not worker.address or worker.region is None or worker.address_kind is None:
        empty(role, "addr")
        return
    place = add(role, "addr")
    coded(place, f"{ADDRESS}Type", worker.address_kind)
    _address(place, worker.address, worker.region)


def _address(place: etree._Element, text: str, region: Coded) -> None:
    add(place, "streetAddressLine", text)
    coded(place, f"{ADDRESS}stateCode", region)
    post = next((word for word in text.replace(",", " ").split() if len(word) == 6 and word.isdecimal()), "")  # noqa: PLR2004 - an index
    if post:
        add(place, "postalCode", post)
    else:
        empty(place, "postalCode")
    empty(place, f"{FIAS}Address")


def _author(root: etree._Element, doctor: Doctor, house: House) -> None:
    author = add(root, "author")
    empty(author, "time")
    person = add(author, "assignedAuthor")
    _doctor(person, doctor, house, snils=True)
    _house(person, house)


def _authenticator(root: etree._Element, doctor: Doctor, house: House) -> None:
    authenticator = add(root, "legalAuthenticator")
    empty(authenticator, "time")
    empty(authenticator, "signatureCode")
    person = add(authenticator, "assignedEntity")
    _doctor(person, doctor, house, snils=True)
    _house(person, house)


def _doctor(person: etree._Element, doctor: Doctor, house: House, *, snils: bool) -> None:
    add(person, "id", root=_own(house, "70"), extension=doctor.id)
    if snils:
        add(person, "id", root=SNILS_ROOT, extension=doctor.snils)
    coded(person, "code", doctor.post)
    if snils:
        _phone(person, house)
    _name(add(person, "assignedPerson"), doctor.name)


def _house(person: etree._Element, house: House) -> None:
    place = add(person, "representedOrganization", classCode="ORG")
    add(place, "id", root=house.oid)
    add(place, "name", house.name)


def _custodian(root: etree._Element, house: House) -> None:
    place = add(
        add(add(root, "custodian"), "assignedCustodian"), "representedCustodianOrganization", classCode="ORG"
    )
    add(place, "id", root=house.oid)
    add(place, "name", house.name)
    _phone(place, house)
    _address(add(place, "addr"), house.address, house.region)


def _event(root: etree._Element, facts: SemdFacts) -> None:
    event = add(add(root, "documentationOf"), "serviceEvent")
    coded(event, "code", facts.codes["5"])
    period = add(event, "effectiveTime")
    add(period, "low", value=f"{facts.began_on:%Y%m%d}")
    add(period, "high", value=f"{facts.ended_on:%Y%m%d}")
    for place, doctor in enumerate(facts.doctors):
        performer = add(event, "performer", typeCode="SPRF" if place else "PPRF")
        coded(performer, "functionCode", doctor.role)
        _doctor(add(performer, "assignedEntity"), doctor, facts.house, snils=False)


def _phone(parent: etree._Element, house: House) -> None:
    if house.phone:
        add(parent, "telecom", use="WP", value=f"tel:{house.phone}")


def _name(parent: etree._Element, name: Name) -> None:
    node = add(parent, "name")
    add(node, "family", name.last)
    add(node, "given", name.first)
    if name.middle:
        add(node, f"{IDENTITY}Patronymic", name.middle)


def _own(house: House, suffix: str) -> str:
    return f"{house.oid}.{INSTANCE}.{suffix}"


def _moment(at: dt.datetime) -> str:
    return f"{at:%Y%m%d%H%M%z}"
