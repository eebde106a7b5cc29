"""Checking against the official schema, when an operator has it: the product ships none."""

from pathlib import Path
from typing import IO, Any, cast

from lxml import etree

from ..types.sout_file import Problem
from .sout_package import Counted, FileRefused


def xsd_problems(stream: Counted, schema: str | Path) -> list[Problem]:
    """Return what the schema says of the file, with its lines."""
    try:
        known = etree.XMLSchema(etree.parse(str(schema), etree.XMLParser(no_network=True)))
    except (OSError, etree.LxmlError) as error:
        raise FileRefused(
            f"Схема «{Path(schema).name}» не читается. Проверьте путь к Sout_1.0.3.xsd."
        ) from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        tree = etree.parse(cast("IO[bytes]", stream), parser)
    except etree.XMLSyntaxError as error:
        raise FileRefused(
            f"Файл не читается как XML (строка {error.lineno}). Выгрузите отчёт заново."
        ) from error
    known.validate(tree)
    log: Any = known.error_log
    return [
        Problem(entry.line, entry.path or "Attestation", f"По схеме XSD: {entry.message}") for entry in log
    ]
