"""The papers of a container: its inventory with the final record, its documents, its protocol."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from lxml import etree

from medtrud.kernel.numerals import in_words

from ..types.archive import CASE, INVENTORY, NAMESPACE, PROTOCOL, Fault
from . import papers
from .trial import Kept, Trial
from .vessel import whole

MOST = 1 << 20  # lines that are looked for by their numbers
XMLS = {"metadata": "document", "case": "case", "inventory": "inventory", "protocol": "protocol"}


def look(trial: Trial) -> None:
    """Read every XML of the container; one inside a document is only asked to have no DTD."""
    for one in trial.role(*XMLS):
        with Kept(trial):
            trial.roots[one.path] = papers.read(whole(trial.vessel, one.path), one.path, XMLS[one.role])
    for one in trial.role("content"):
        if one.path.endswith(".xml"):
            with Kept(trial):
                papers.parsed(whole(trial.vessel, one.path), one.path)
    for name in (CASE, INVENTORY, PROTOCOL):
        if name not in trial.listed:
            trial.say(Fault.FILE_MISSING, name)
    if PROTOCOL in trial.roots:
        _protocol(trial, papers.each(trial.roots[PROTOCOL], "check"))
    if INVENTORY in trial.roots:
        _inventory(trial, trial.roots[INVENTORY])


def _protocol(trial: Trial, checks: list[Mapping[str, Any]]) -> None:
    failed = [line["title"] for line in checks if line["ok"] not in {"true", "1"}]
    if failed:
        trial.say(Fault.PROTOCOL_FAULT, PROTOCOL, f"Не пройдено: {', '.join(failed)}.")
    if not checks:
        trial.say(Fault.PROTOCOL_FAULT, PROTOCOL)


def _inventory(trial: Trial, root: etree._Element) -> None:
    lines, (record,) = papers.each(root, "line"), papers.each(root, "record")
    numbers = [int(line["number"]) for line in lines]
    count = int(record["lines"])
    gone = (
        sorted({*range(1, max([count, *numbers]) + 1)} - set(numbers)) if count <= len(lines) + MOST else []
    )
    if gone or numbers != sorted(set(numbers)):
        shown = ", ".join(map(str, gone[:10]))
        trial.say(Fault.INVENTORY_LINE, INVENTORY, f"Нет строки: {shown}." if gone else "Номера повторяются.")
    sums = {name: sum(int(line[name]) for line in lines) for name in ("units", "bytes")}
    told_sums = {name: int(record[name]) for name in sums}
    with suppress(ValueError):
        if count != len(lines) or sums != told_sums or record["words"] != in_words(count):
            more = f"Строк {len(lines)}, в записи {record['lines']} ({record['words']})."
            trial.say(Fault.INVENTORY_RECORD, INVENTORY, more)
    trial.facts |= {"lines": len(lines), **sums, "words": record["words"]}


def documents(trial: Trial) -> None:
    """Lines of the inventory and documents of the case are the same, each with all its versions."""
    lines = papers.each(trial.roots[INVENTORY], "line") if INVENTORY in trial.roots else []
    named = {f"{line['path']}/metadata.xml": line for line in lines}
    for one in trial.role("metadata"):
        if INVENTORY in trial.roots and one.path not in named:
            trial.say(Fault.DOCUMENT_UNLISTED, one.path)
    for path, line in named.items():
        if path not in trial.listed:
            trial.say(Fault.FILE_MISSING, path)
        elif path in trial.roots:
            _versions(trial, trial.roots[path], path, int(line["units"]), line["uid"])


def _versions(trial: Trial, root: etree._Element, path: str, units: int, uid: str) -> None:
    versions = papers.each(root, "version")
    numbers = [int(line["number"]) for line in versions]
    if numbers != list(range(1, units + 1)) or root.get("uid") != uid:
        gone = sorted({*range(1, min(units, MOST) + 1)} - set(numbers))
        more = f"Нет версии: {', '.join(map(str, gone[:10]))}." if gone else "Номера или документ не те."
        trial.say(Fault.VERSION_MISSING, path, more)
    signatures = [papers.facts_of(child) for child in root.iter(f"{{{NAMESPACE}}}signature")]
    for line in versions:
        _held(trial, str(line["path"]), str(line["sha256"]), Fault.VERSION_MISSING)
    for line in signatures:
        _held(trial, str(line["path"]), str(line["sha256"]), Fault.SIGNATURE_MISSING)


def _held(trial: Trial, path: str, sha256: str, fault: Fault) -> None:
    """What a document names stands in the manifest with the same sum."""
    if path not in trial.listed:
        trial.say(fault, path)
    elif trial.listed[path].sha256 != sha256:
        trial.say(Fault.FILE_CHANGED, path, "Сумма в описании документа не та, что в перечне.")
