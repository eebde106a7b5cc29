"""The check of a document in five layers; each answers for itself, and all that were run are told."""

from pathlib import Path
from typing import Any

from lxml import etree

from ..drivers.schemas import Schema, schema_for
from ..drivers.schematron import failures
from ..drivers.xml import HL7, XmlRefused, line_of, local, path_of, xml_read
from ..types.findings import LAYERS, NO_SCHEMA, SCHEMATRON, XML, XSD, Finding, Report
from .codes import Books, codes_check
from .own import numbers_check
from .steps import step_for
from .xsd_words import xsd_cause

DONE, SKIPPED = "проверено", "не проверялось: разметка нарушена"
MOST = 500  # findings of one layer that are told


def semd_check(content: bytes, *, schemas: Path, books: Books) -> Report:
    """Check a document; whatever it is, the answer is a report."""
    try:
        tree = xml_read(content)
    except XmlRefused as refusal:
        return Report("", {XML: DONE} | dict.fromkeys(list(LAYERS)[1:], SKIPPED), (refusal.finding,))
    template = _template(tree)
    schema = schema_for(schemas, template) if template else None
    layers = dict.fromkeys(LAYERS, DONE)
    findings = [*_root(tree), *codes_check(tree, books), *numbers_check(tree)]
    if schema is None:
        layers |= {XSD: NO_SCHEMA, SCHEMATRON: NO_SCHEMA}
    else:
        findings += [*_by_schema(schema, tree), *_by_rules(schema, tree)]
    order = list(LAYERS)
    findings.sort(key=lambda found: (order.index(found.layer), found.line))
    return Report(
        schema.kind if schema else "",
        layers,
        tuple(findings),
        f"{schema.kind}, {schema.edition}" if schema else "",
    )


def _template(tree: etree._ElementTree) -> str:
    found = tree.getroot().find(f"{{{HL7}}}templateId")
    return found.get("root", "") if found is not None else ""


def _root(tree: etree._ElementTree) -> list[Finding]:
    root = tree.getroot()
    if root.tag == f"{{{HL7}}}ClinicalDocument":
        return []
    text = f"Корневой элемент «{local(root)}», а у СЭМД это ClinicalDocument в пространстве {HL7}."
    return [Finding(XML, "xml:root", line_of(root), path_of(root), text, "Выберите файл СЭМД.")]


def _by_schema(schema: Schema, tree: etree._ElementTree) -> list[Finding]:
    schema.xsd.validate(tree)
    found = []
    log: Any = schema.xsd.error_log
    for entry in list(log)[:MOST]:
        path = _readable(tree, entry.path)
        rule = f"xsd:{entry.type_name.removeprefix('SCHEMAV_')}"
        found.append(
            Finding(XSD, rule, entry.line, path, xsd_cause(entry.type_name, entry.message), step_for(path))
        )
    return found


def _readable(tree: etree._ElementTree, path: str | None) -> str:
    """Return the place as our paths are written; the processor tells it with the prefixes of the document."""
    spaces = {prefix: uri for prefix, uri in tree.getroot().nsmap.items() if prefix}
    try:
        found: Any = tree.xpath(path or "/..", namespaces=spaces)
    except etree.XPathError:
        return path or ""
    return path_of(found[0]) if found and etree.iselement(found[0]) else path or ""


def _by_rules(schema: Schema, tree: etree._ElementTree) -> list[Finding]:
    found = []
    for failure in failures(schema.schematron, tree):
        path = path_of(failure.element)
        text = f"Правило не вычислено: {failure.error}" if failure.error else failure.test.text
        rule = f"sch:{failure.test.number}"
        found.append(Finding(SCHEMATRON, rule, line_of(failure.element), path, text, step_for(path)))
        if len(found) == MOST:
            break
    return found
