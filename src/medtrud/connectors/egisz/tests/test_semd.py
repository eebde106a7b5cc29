"""A document is written valid, every planted fault is caught by the rule meant for it, Saxon agrees."""

import dataclasses
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import _Element as Root

from medtrud.connectors.egisz.drivers.schemas import schemas_in, schemas_load
from medtrud.connectors.egisz.rules import Books, semd_check, semd_xml
from medtrud.connectors.egisz.types import Name, Report, SemdFacts
from medtrud.connectors.egisz.types.findings import NO_SCHEMA, SCHEMATRON, XSD, Outcome
from medtrud.kernel.errors import Refused

from .conftest import OFFICIAL, SKIPPED, official

H, ID, A = "{urn:hl7-org:v3}", "{urn:hl7-ru:identity}", "{urn:hl7-ru:address}"
X = "{http://www.w3.org/2001/XMLSchema-instance}"


def at(path: str) -> Callable[[Root], Root]:
    """Find an element by a path of short names: i:Number is of identity, the rest of HL7."""
    spaces = {"h": H[1:-1], "i": ID[1:-1], "a": A[1:-1]}
    steps = re.split(r"/(?![^\[]*\])", path)
    full = "/".join(step if step in ("", ".") or step[:2] in ("i:", "a:") else f"h:{step}" for step in steps)

    def find(root: Root) -> Root:
        found = root.xpath(full, namespaces=spaces)
        assert isinstance(found, list)
        element = found[0]
        assert isinstance(element, Root)
        return element

    return find


def field(code: str, tag: str = "value") -> Callable[[Root], Root]:
    return at(f".//observation[h:code/@code='{code}']/{tag}")


def drop(find: Callable[[Root], Root]) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        element = find(root)
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return change


def put(find: Callable[[Root], Root], name: str, value: str) -> Callable[[Root], None]:
    return lambda root: find(root).set(name, value)


def cut(find: Callable[[Root], Root], name: str) -> Callable[[Root], Any]:
    return lambda root: find(root).attrib.pop(name)


def write(find: Callable[[Root], Root], text: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        find(root).text = text

    return change


def entry(code: str) -> Callable[[Root], Root]:
    return at(f".//entry[h:observation/h:code/@code='{code}']")


def nulled(element: Root) -> None:
    element.attrib.clear()
    element.set(f"{X}type", "CD")
    element.set("nullFlavor", "OTH")


OWN = "1.2.643.5.1.13.13.12.2.35.99999.100.1.1"
HEAD = at(".")
PATIENT = ".//patientRole"
AUTHOR = ".//assignedAuthor"
# The fault, the layer that must catch it, a piece of the rule or of its words.
FAULTS: dict[str, tuple[Callable[[Root], Any], str, str]] = {
    "no realm": (drop(at("./realmCode")), "sch", "realmCode"),
    "another realm": (put(at("./realmCode"), "code", "US"), "sch", '"RU"'),
    "another guide type": (put(at("./typeId"), "extension", "POCD"), "sch", "POCD_MT000040"),
    "id of a set": (put(at("./id"), "root", f"{OWN}.50"), "sch", "элемент id"),
    "set of an id": (put(at("./setId"), "root", f"{OWN}.51"), "sch", ".50"),
    "empty extension": (put(at("./id"), "extension", ""), "sch", "@extension"),
    "no title": (drop(at("./title")), "sch", "title"),
    "another kind": (put(at("./code"), "code", "48"), "sch", '"47"'),
    "another language": (put(at("./languageCode"), "code", "en-US"), "sch", "ru-RU"),
    "no version": (cut(at("./versionNumber"), "value"), "sch", "versionNumber"),
    "a date with dashes": (put(at("./effectiveTime"), "value", "2026-03-05"), "sch", "YYYYMMDD"),
    "an impossible month": (put(at(".//birthTime"), "value", "19802305"), "sch", "YYYYMMDD"),
    "no patient": (drop(at(".//patient")), "sch", "patient"),
    "patient id of an employee": (put(at(f"{PATIENT}/id"), "root", f"{OWN}.70"), "sch", "id"),
    "СНИЛС of letters": (put(at(f"{PATIENT}/id[2]"), "extension", "СНИЛС"), "sch", "СНИЛС"),
    "СНИЛС control": (put(at(f"{PATIENT}/id[2]"), "extension", "987-654-321 84"), "own:snils", "контрольное"),
    "policy control": (write(at(".//i:Number"), "7700008145000412"), "own:enp", "контрольн"),
    "policy without a number": (drop(at(".//i:Number")), "sch", "identity:Number"),
    "no gender": (drop(at(".//administrativeGenderCode")), "sch", "administrativeGenderCode"),
    "gender of nobody": (put(at(".//administrativeGenderCode"), "code", "7"), "code:unknown", "«7»"),
    "gender called wrong": (put(at(".//administrativeGenderCode"), "displayName", "Муж"), "code:title", "Мужской"),
    "no family name": (drop(at(".//patient/name/family")), "sch", "family"),
    "empty name": (write(at(".//patient/name/given"), ""), "sch", "given"),
    "postal code of letters": (write(at(f"{PATIENT}/addr/postalCode"), "16260О"), "sch", "postalCode"),
    "no region": (drop(at(f"{PATIENT}/addr/a:stateCode")), "sch", "stateCode"),
    "unknown region": (put(at(f"{PATIENT}/addr/a:stateCode"), "code", "999"), "code:unknown", "«999»"),
    "ОГРН control": (write(at(".//i:Ogrn"), "1020000000999"), "own:ogrn", "ОГРН"),
    "both ОГРН": (lambda root: etree.SubElement(at(".//i:Props")(root), f"{ID}Ogrnip"), "sch", "ОГРНИП"),
    "no ОГРН": (drop(at(".//i:Ogrn")), "sch", "ОГРН"),
    "licence without an issuer": (cut(at(".//providerOrganization/id[2]"), "assigningAuthorityName"), "sch", "assigningAuthorityName"),
    "author without СНИЛС": (drop(at(f"{AUTHOR}/id[2]")), "sch", "id"),
    "author without a post": (drop(at(f"{AUTHOR}/code")), "sch", "code"),
    "post of another book": (put(at(f"{AUTHOR}/code"), "codeSystem", "1.2.643.5.1.13.13.11.1066"), "sch", "1002"),
    "time of an author": (put(at("./author/time"), "value", "20260305"), "xsd", "value"),
    "no custodian address": (drop(at(".//representedCustodianOrganization/addr")), "sch", "addr"),
    "another ministry": (put(at(".//receivedOrganization/id"), "root", "1.2.643.5.1.14"), "sch", "informationRecipient"),
    "no authenticator": (drop(at("./legalAuthenticator")), "sch", "legalAuthenticator"),
    "not a commission": (put(at(".//serviceEvent/code"), "code", "18"), "sch", '"5"'),
    "no performers": (lambda root: [drop(at(".//performer[h:functionCode]"))(root) for _ in range(2)], "sch", "performer"),
    "unknown role": (put(at(".//functionCode"), "code", "BOSS"), "code:unknown", "BOSS"),
    "another section": (put(at(".//section/code"), "code", "DOCINF"), "xsd", "DOCINF"),
    "no narrative": (drop(at(".//section/text")), "sch", "text"),
    "no conclusion": (drop(entry("837")), "sch", "837"),
    "a conclusion of another paper": (put(field("837"), "code", "30"), "sch", "31"),
    "two conclusions": (lambda root: at(".//section")(root).append(etree.fromstring(etree.tostring(entry("837")(root)))), "sch", "837"),
    "unknown factor": (put(field("813"), "code", "99999"), "code:unknown", "99999"),
    "factor by its number": (put(field("813"), "code", "4.5"), "code:unknown", "4.5"),
    "old version of a book": (put(field("813"), "codeSystemVersion", ""), "sch", "codeSystemVersion"),
    "health group of children": (put(field("6020"), "displayName", "III группа"), "code:title", "II группа"),
    "a text of another type": (put(field("8006"), f"{X}type", "CD"), "sch", "ST"),
    "profession in no words": (lambda root: nulled(field("4074")(root)), "sch", "originalText"),
    "no next date": (drop(field("8087", "effectiveTime")), "sch", "effectiveTime"),
    "next date in the past": (put(field("8087", "effectiveTime"), "value", "20250305"), "own:next", "раньше"),
    "ended before it began": (put(at(".//serviceEvent/effectiveTime/high"), "value", "20260201"), "own:period", "раньше"),
    "employer control": (write(field("8085"), "0098765438"), "own:employer", "ИНН"),
    "employer of nine digits": (write(field("8085"), "123456789"), "own:employer", "не ИНН"),
    "a book that is none": (put(field("813"), "codeSystem", "1.2.3"), "code:oid", "не справочник"),
    "a null root": (put(HEAD, "nullFlavor", "NI"), "sch", "nullFlavor"),
    "an unknown element": (lambda root: etree.SubElement(root, f"{H}relatedDocument"), "xsd", "relatedDocument"),
    "an unknown attribute": (put(at(f"{PATIENT}/patient"), "colour", "red"), "xsd", "colour"),
}  # fmt: skip


@pytest.fixture(scope="session")
def whole(facts: SemdFacts) -> bytes:
    return semd_xml(facts)


@pytest.fixture(scope="session")
def check(schemas: Path, books: Books) -> Callable[[bytes], Report]:
    return lambda content: semd_check(content, schemas=schemas, books=books)


def changed(content: bytes, change: Callable[[Root], Any]) -> bytes:
    root = etree.fromstring(content)
    change(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def told(report: Report) -> str:
    return "\n".join(f"{found.rule} {found.line} {found.path} {found.text}" for found in report.errors)


def test_the_skipped_part_says_why() -> None:
    assert "official schemas not found at" in SKIPPED
    assert "XSD and schematron checks skipped" in SKIPPED


@official
def test_a_whole_document_is_valid_by_every_layer(whole: bytes, check: Callable[[bytes], Report]) -> None:
    report = check(whole)
    assert report.outcome is Outcome.VALID, told(report)
    assert report.findings == ()
    sample = check((OFFICIAL / "sample_194.xml").read_bytes())
    assert sample.outcome is Outcome.VALID, told(sample)


@official
def test_what_is_not_known_is_said_to_be_unknown_and_the_document_stays_valid(
    facts: SemdFacts, check: Callable[[bytes], Report]
) -> None:
    worker = dataclasses.replace(
        facts.worker, snils="", policy="", phone="", address="", name=Name("Безотчествов", "Ян")
    )
    house = dataclasses.replace(facts.house, licence="", phone="")
    poor = dataclasses.replace(
        facts, worker=worker, house=house, profession=None, factors=(), health_group=None, next_on=None,
        employer_number="", division="", doctors=facts.doctors[:1],
    )  # fmt: skip
    report = check(semd_xml(poor))
    assert report.outcome is Outcome.VALID, told(report)


@official
@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_caught_by_its_rule(
    name: str, whole: bytes, check: Callable[[bytes], Report]
) -> None:
    change, rule, words = FAULTS[name]
    report = check(changed(whole, change))
    assert report.outcome is Outcome.INVALID
    caught = [found for found in report.errors if found.rule.startswith(rule)]
    assert any(word in found.text for found in caught for word in words.split("|")), told(report)
    assert all(found.step and found.path.startswith("/ClinicalDocument") for found in report.errors)


def failing(test: Root) -> str:
    expression = str(test.get("test"))
    return expression if str(test.tag).endswith("report") else f"not({expression})"


def stylesheet(schematron: Path) -> str:
    """Make XSLT of a schematron file as it stands: the second opinion is computed by Saxon."""
    root = etree.parse(str(schematron)).getroot()
    s = "{http://purl.oclc.org/dsdl/schematron}"
    spaces = " ".join(
        f"xmlns:{ns.get('prefix')}={quoteattr(ns.get('uri') or '')}" for ns in root.iter(f"{s}ns")
    )
    parts = []
    for number, pattern in enumerate(root.iter(f"{s}pattern"), 1):
        for place, rule in enumerate(pattern.iterchildren(f"{s}rule"), 1):
            tests = [child for child in rule if child.tag in (f"{s}assert", f"{s}report")]
            inside = "".join(
                f"<xsl:if test={quoteattr(failing(test))}><xsl:text>{number}.{place}.{order} </xsl:text></xsl:if>"
                for order, test in enumerate(tests, 1)
            )
            alternatives = re.split(r"\s\|\s(?![^\[]*\])", str(rule.get("context")))
            context = " | ".join(part if part.startswith("/") else f"//{part}" for part in alternatives)
            parts.append(f"<xsl:for-each select={quoteattr(context)}>{inside}</xsl:for-each>")
    return (
        f'<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" {spaces} '
        'xpath-default-namespace="urn:hl7-org:v3"><xsl:output method="text"/>'
        f'<xsl:template match="/">{"".join(parts)}</xsl:template></xsl:stylesheet>'
    )


@official
def test_saxon_agrees_on_every_document_and_every_planted_fault(
    whole: bytes, check: Callable[[bytes], Report]
) -> None:
    saxon = pytest.importorskip("saxonche")
    with saxon.PySaxonProcessor(license=False) as processor:
        style = processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_text=stylesheet(OFFICIAL / "194" / "194.sch")
        )
        documents = {name: changed(whole, change) for name, (change, _, _) in FAULTS.items()}
        documents |= {"whole": whole, "sample": (OFFICIAL / "sample_194.xml").read_bytes()}
        for name, content in documents.items():
            text = etree.tostring(etree.fromstring(content), encoding="unicode")
            theirs = style.transform_to_string(xdm_node=processor.parse_xml(xml_text=text)) or ""
            theirs = re.sub(r"<\?xml.*?\?>", "", theirs)
            ours = [
                found.rule.removeprefix("sch:")
                for found in check(content).findings
                if found.layer == SCHEMATRON
            ]
            assert Counter(ours) == Counter(theirs.split()), name


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty"),
        (b"   ", "empty"),
        (b"PK\x03\x04", "syntax"),
        (b"<a><b></a>", "syntax"),
        (b"<!DOCTYPE a><a/>", "doctype"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "doctype"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a b="&x;">&x;</a>', "doctype"),
        (b"<a>&x;</a>", "syntax"),
        (b'<?xml version="1.0" encoding="windows-1251"?><a/>', "encoding"),
        ("<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16"), "encoding"),
        (b"<a>" * 200 + b"</a>" * 200, "depth"),
        (b"<a>" + b"<b/>" * 200_001 + b"</a>", "elements"),
        (b"<a/>" + b" " * (21 << 20), "size"),
        (b"<a/>", "root"),
        (b'<ClinicalDocument xmlns="urn:x"/>', "root"),
        (b"\x00\x01\x02", "syntax"),
    ],
)
def test_a_dangerous_file_is_refused_by_name(
    content: bytes, rule: str, check: Callable[[bytes], Report]
) -> None:
    report = check(content)
    assert report.outcome is Outcome.INVALID
    assert next(found.rule for found in report.errors) == f"xml:{rule}"


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_document_never_breaks_the_check(
    data: st.DataObject, whole: bytes, check: Callable[[bytes], Report]
) -> None:
    place = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(0, 40))
    inside = data.draw(st.binary(max_size=20))
    assert check(whole[:place] + inside + whole[place + length :]).outcome in Outcome


@official
@given(
    text=st.text(
        alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z"]), min_size=1, max_size=60
    )
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_are_called_the_document_is_valid(
    text: str, facts: SemdFacts, check: Callable[[bytes], Report]
) -> None:
    word = f"Я{text}"
    worker = dataclasses.replace(facts.worker, name=Name(word, word, word), address=word, phone="")
    named = dataclasses.replace(
        facts, worker=worker, employer=word, division=word, post=word, profession=None
    )
    report = check(semd_xml(named))
    assert report.outcome is Outcome.VALID, told(report)


def test_without_a_schema_the_answer_is_incomplete_and_says_what_is_missing(
    whole: bytes, books: Books, tmp_path: Path
) -> None:
    report = semd_check(whole, schemas=tmp_path, books=books)
    assert report.outcome is Outcome.INCOMPLETE
    assert (report.layers[XSD], report.layers[SCHEMATRON]) == (NO_SCHEMA, NO_SCHEMA)


def test_another_version_of_a_book_is_a_note_not_a_silence(
    whole: bytes, books: Books, tmp_path: Path
) -> None:
    newer = changed(whole, put(field("813"), "codeSystemVersion", "9.9"))
    report = semd_check(newer, schemas=tmp_path, books=books)
    assert report.errors == []
    assert [note.rule for note in report.findings] == ["code:version"]


@official
def test_schemas_are_loaded_from_an_archive_and_replaced(tmp_path: Path) -> None:
    packed = tmp_path / "схемы.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in (OFFICIAL / "194").rglob("*.*"):
            archive.write(path, Path("вложено/194") / path.relative_to(OFFICIAL / "194"))
    (first,) = schemas_load(packed, tmp_path / "data")
    (second,) = schemas_load(OFFICIAL / "194", tmp_path / "data")
    assert first.edition == second.edition
    assert schemas_in(tmp_path / "data") == ["194"]
    assert second.schematron.size == (366, 1188)


def test_bad_schemas_are_refused_and_the_old_ones_stay(tmp_path: Path) -> None:
    def packed(files: dict[str, str]) -> Path:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        path = tmp_path / "s.zip"
        path.write_bytes(stream.getvalue())
        return path

    data = tmp_path / "data"
    xsd = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>'
    sch = (
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern><rule context="a">'
        '<assert test="{}">x</assert></rule></pattern></schema>'
    )
    assert len(schemas_load(packed({"194/CDA.xsd": xsd, "194/194.sch": sch.format("b")}), data)) == 1
    for files in (
        {"readme.txt": "x"},
        {"194/CDA.xsd": "<broken", "194/194.sch": sch.format("b")},
        {"194/CDA.xsd": xsd, "194/194.sch": sch.format("b[")},
        {"194/CDA.xsd": xsd, "194/194.sch": sch.format("b"), "194/../../y.xsd": xsd},
        {"CDA.xsd": xsd, "passwd.sch": sch.format("b")},
    ):
        with pytest.raises(Refused):
            schemas_load(packed(files), data)
    (tmp_path / "n.zip").write_bytes(b"PK nonsense")
    for wrong in ("n.zip", "absent"):
        with pytest.raises(Refused):
            schemas_load(tmp_path / wrong, data)
    assert schemas_in(data) == ["194"]
