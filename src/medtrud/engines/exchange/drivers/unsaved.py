"""Formulas saved without their values: some programs write them so, and every reader sees emptiness."""

import html
import re
import zipfile
from pathlib import Path

SHEET = re.compile(rb'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
RELATION = re.compile(rb"<Relationship\b[^>]*>")
CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
LETTERS = 26


def unsaved_formulas(path: Path, sheet: str) -> frozenset[tuple[int, int]]:
    """Return such cells of a sheet, row and column from 0; only .xlsx can be looked into."""
    try:
        with zipfile.ZipFile(path) as archive:
            part = _part_of(archive, sheet)
            raw = archive.read(part) if part else b""
    except (zipfile.BadZipFile, KeyError, OSError):
        return frozenset()
    return frozenset((int(row) - 1, _column(letters)) for letters, row in CELL.findall(raw))


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    sheets = {
        html.unescape(name.decode()): number
        for name, number in SHEET.findall(archive.read("xl/workbook.xml"))
    }
    for relation in RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        target = re.search(rb'Target="([^"]*)"', relation)
        if target and b'Id="%s"' % sheets.get(sheet, b"-") in relation:
            return f"xl/{target[1].decode().removeprefix('/xl/')}"
    return ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * LETTERS + letter - ord("A") + 1
    return number - 1
