"""Control digits and dates, which neither the schema nor the schematron knows."""

from collections.abc import Callable, Iterator

from lxml import etree

from medtrud.kernel.identifiers import enp_parse, inn_parse, ogrn_parse, ogrnip_parse, snils_parse

from ..drivers.xml import HL7, line_of, path_of
from ..types.findings import OWN, Finding
from ..types.semd import SNILS_ROOT
from .steps import step_for

HEAD, IDENTITY = f"{{{HL7}}}", "{urn:hl7-ru:identity}"
LENGTHS = {10: inn_parse, 12: inn_parse, 13: ogrn_parse, 15: ogrnip_parse}
SINGLE_FORM = "2"  # «Полис ОМС единого образца»: sixteen digits with a control digit
DAY = 8


def numbers_check(tree: etree._ElementTree) -> Iterator[Finding]:
    """Yield numbers whose control digits are wrong, and dates that contradict one another."""
    root = tree.getroot()
    for element in root.iter(f"{HEAD}id"):
        if element.get("root") == SNILS_ROOT and element.get("extension"):
            yield from _judged(element, "own:snils", element.get("extension", ""), snils_parse)
    for name, parse in (("Ogrn", ogrn_parse), ("Ogrnip", ogrnip_parse)):
        for element in root.iter(f"{IDENTITY}{name}"):
            yield from _judged(element, f"own:{name.lower()}", element.text or "", parse)
    for element in root.iter(f"{IDENTITY}InsurancePolicy"):
        kind, number = element.find(f"{IDENTITY}InsurancePolicyType"), element.find(f"{IDENTITY}Number")
        if kind is not None and number is not None and kind.get("code") == SINGLE_FORM:
            yield from _judged(number, "own:enp", number.text or "", enp_parse)
    yield from _employer(root)
    yield from _dates(root)


def _judged(element: etree._Element, rule: str, text: str, parse: Callable[[str], str]) -> Iterator[Finding]:
    try:
        parse(text)
    except ValueError as error:
        yield _finding(element, rule, str(error))


def _employer(root: etree._Element) -> Iterator[Finding]:
    for observation in root.iter(f"{HEAD}observation"):
        code, value = observation.find(f"{HEAD}code"), observation.find(f"{HEAD}value")
        if code is None or value is None or code.get("code") != "8085" or not value.text:
            continue
        parse = LENGTHS.get(len(value.text.strip()))
        if parse:
            yield from _judged(value, "own:employer", value.text, parse)
        else:
            yield _finding(
                value, "own:employer", f"«{value.text}» — не ИНН (10, 12 цифр) и не ОГРН (13, 15 цифр)."
            )


def _dates(root: etree._Element) -> Iterator[Finding]:
    written = _day(root, f"{HEAD}effectiveTime")
    began, ended = (
        _day(root, f".//{HEAD}serviceEvent/{HEAD}effectiveTime/{HEAD}{name}") for name in ("low", "high")
    )
    born = _day(root, f".//{HEAD}birthTime")
    following = _day(root, f".//{HEAD}observation/{HEAD}effectiveTime")
    for earlier, later, rule, text in (
        (born, began, "own:birth", "Осмотр начат раньше дня рождения работника."),
        (began, ended, "own:period", "Осмотр закончен раньше, чем начат."),
        (ended, written, "own:written", "Документ составлен раньше, чем закончен осмотр."),
        (ended, following, "own:next", "Следующий осмотр назначен раньше, чем закончен этот."),
    ):
        if earlier is not None and later is not None and earlier[0] > later[0]:
            yield _finding(later[1], rule, text)


def _day(root: etree._Element, path: str) -> tuple[str, etree._Element] | None:
    found = root.find(path)
    value = (found.get("value") or "")[:DAY] if found is not None else ""
    return (value, found) if found is not None and len(value) == DAY and value.isdecimal() else None


def _finding(element: etree._Element, rule: str, text: str) -> Finding:
    path = path_of(element)
    return Finding(OWN, rule, line_of(element), path, text, step_for(path))
