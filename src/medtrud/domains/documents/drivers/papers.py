"""The XML of a container: written from facts, read without entities, DTD and network, valid by its schema."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from ..types.archive import NAMESPACE, BrokenError, Fault

PLACE = Path(__file__).parents[1] / "templates/documents/archive/archive-1.xsd"
DEEPEST = 8


def element(tag: str, facts: Mapping[str, object], children: Iterable[etree._Element] = ()) -> etree._Element:
    """Return an element with attributes; what is None or empty is left out."""
    made = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    for name, value in facts.items():
        if value not in {None, ""}:
            made.set(name, _text(value))
    made.extend(children)
    return made


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return "".join(letter for letter in str(value) if letter.isprintable())


def dump(root: etree._Element) -> bytes:
    """Write a document."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def read(data: bytes, path: str, tag: str) -> etree._Element:
    """Read a document of a container, or raise BrokenError with what is wrong."""
    root = parsed(data, path)
    if not isinstance(root.tag, str) or not root.tag.startswith(f"{{{NAMESPACE}}}"):
        raise BrokenError(Fault.FORMAT_UNKNOWN, path)
    schema = _schema()
    if root.tag != f"{{{NAMESPACE}}}{tag}" or not schema.validate(root):
        line = getattr(schema.error_log, "last_error", None)
        raise BrokenError(Fault.SCHEMA_BROKEN, path, f"Строка {line.line}." if line else "")
    return root


def parsed(data: bytes, path: str) -> etree._Element:
    """Read any XML; DTD is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        fault = Fault.DTD if b"<!DOCTYPE" in data else Fault.MALFORMED
        raise BrokenError(fault, path) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise BrokenError(Fault.DTD, path)
    return root


@cache
def schema_bytes() -> bytes:
    """Return the schema that lies in every container."""
    return PLACE.read_bytes()


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema_bytes()))


def moment(text: str | None) -> dt.datetime | None:
    """Read a time the schema has let through."""
    return dt.datetime.fromisoformat(text) if text else None


def facts_of(found: etree._Element) -> dict[str, str]:
    """Return the attributes of an element."""
    return {str(name): str(value) for name, value in found.attrib.items()}


def each(root: etree._Element, tag: str) -> list[Mapping[str, Any]]:
    """Return the attributes of the children of one name."""
    return [facts_of(child) for child in root.iterfind(f"{{{NAMESPACE}}}{tag}")]


def near(text: str) -> etree._Element:
    """Return one neighbour on the way up a tree; an empty one stays, the leaf goes alone there."""
    made = element("near", {})
    made.set("hash", text)
    return made
