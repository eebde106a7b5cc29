"""Writing elements: plain, coded, and empty with their reason."""

from typing import Any

from lxml import etree

from ..drivers.xml import HL7
from ..types.semd import Coded

IDENTITY, ADDRESS, FIAS = "{urn:hl7-ru:identity}", "{urn:hl7-ru:address}", "{urn:hl7-ru:fias}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
NAMESPACES: Any = {
    None: HL7,
    "xsi": XSI[1:-1],
    "identity": IDENTITY[1:-1],
    "address": ADDRESS[1:-1],
    "fias": FIAS[1:-1],
}


def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Write an element of the document's own namespace, or of the one its tag names."""
    node = etree.SubElement(
        parent, tag if tag.startswith("{") else f"{{{HL7}}}{tag}", attrib=dict(attributes)
    )
    if text:
        node.text = clean(text)
    return node


def empty(parent: etree._Element, tag: str, why: str = "NI", kind: str = "") -> etree._Element:
    """Write an element without a value and say why: NI, there is no information."""
    node = add(parent, tag)
    if kind:
        node.set(f"{XSI}type", kind)
    node.set("nullFlavor", why)
    return node


def coded(parent: etree._Element, tag: str, row: Coded, kind: str = "") -> etree._Element:
    """Write a row of a reference book with its book and version."""
    node = add(parent, tag)
    if kind:
        node.set(f"{XSI}type", kind)
    node.set("code", row.code)
    node.set("codeSystem", row.oid)
    node.set("codeSystemVersion", row.version)
    node.set("codeSystemName", row.book)
    node.set("displayName", row.title)
    return node


def written(parent: etree._Element, text: str) -> etree._Element:
    """Write a value that is a text."""
    node = add(parent, "value", text)
    node.set(f"{XSI}type", "ST")
    return node


def clean(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t").strip()
