"""The body of СЭМД 194: one section with the facts of the conclusion, in words and coded."""

from lxml import etree

from ..types.semd import SemdFacts
from .nodes import add, coded, empty, written


def body_add(root: etree._Element, facts: SemdFacts) -> None:
    """Write the section and its entries in the order the guide fixes."""
    section = add(add(add(add(root, "component"), "structuredBody"), "component"), "section")
    coded(section, "code", facts.codes["DOCINFO"])
    add(section, "title", "Сведения о медицинском осмотре")
    add(section, "text", narrative(facts))
    _employer(section, facts)
    if facts.employer_number:
        written(_observed(section, facts, "8085"), facts.employer_number)
    else:
        empty(_observed(section, facts, "8085"), "value", kind="ST")
    if facts.division:
        written(_observed(section, facts, "8006"), facts.division)
    _profession(section, facts)
    for factor in facts.factors:
        coded(_observed(section, facts, "813"), "value", factor, kind="CD")
    coded(_observed(section, facts, "837"), "value", facts.outcome, kind="CD")
    empty(_observed(section, facts, "8007"), "value", kind="ST")
    empty(_observed(section, facts, "9021"), "value", kind="ST")
    if facts.health_group:
        coded(_observed(section, facts, "6020"), "value", facts.health_group, kind="CD")
    following = _observed(section, facts, "8087")
    if facts.next_on:
        add(following, "effectiveTime", value=f"{facts.next_on:%Y%m%d}")
    else:
        empty(following, "effectiveTime")


def narrative(facts: SemdFacts) -> str:
    """Say for a reader what the entries say for a machine."""
    lines = [
        f"Работодатель: {facts.employer}.",
        f"Подразделение: {facts.division}." if facts.division else "",
        f"Профессия (должность): {facts.post}.",
        f"Факторы и работы: {'; '.join(row.title for row in facts.factors)}." if facts.factors else "",
        f"Заключение: {facts.outcome.title}.",
        f"Группа здоровья: {facts.health_group.title}." if facts.health_group else "",
        f"Следующий осмотр: {facts.next_on:%d.%m.%Y}." if facts.next_on else "",
    ]
    return " ".join(filter(None, lines))


def _employer(section: etree._Element, facts: SemdFacts) -> None:
    entity = add(add(_observed(section, facts, "4073"), "performer"), "assignedEntity")
    empty(entity, "id")
    house = add(entity, "representedOrganization", classCode="ORG")
    empty(house, "id")
    add(house, "name", facts.employer)


def _profession(section: etree._Element, facts: SemdFacts) -> None:
    observation = _observed(section, facts, "4074")
    if facts.profession:
        coded(observation, "value", facts.profession, kind="CD")
    else:  # the book does not know the profession: it stands in its own words
        add(empty(observation, "value", "OTH", kind="CD"), "originalText", facts.post)


def _observed(section: etree._Element, facts: SemdFacts, code: str) -> etree._Element:
    observation = add(add(section, "entry"), "observation", classCode="OBS", moodCode="EVN")
    coded(observation, "code", facts.codes[code])
    return observation
