"""The official schemas an operator has loaded: found, read once, replaced; the product ships none."""

import hashlib
import io
import re
import shutil
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import cast

from elementpath import ElementPathError
from lxml import etree

from medtrud.kernel.errors import Refused

from .schematron import Schematron, compiled

ENTRY = "CDA.xsd"
LARGEST = 30 << 20  # bytes after unpacking
MOST = 500  # files
NAMED = re.compile(r"\d{2,4}")
WANTED = {".xsd", ".sch"}
STEP = (
    "Нужна папка или ZIP со схемами СЭМД: CDA.xsd с частями и файл .sch рядом, "
    "например 194/CDA.xsd и 194/194.sch."
)


@dataclass(frozen=True)
class Schema:
    """The schema of one kind of document; `edition` is the beginning of the hash of its files."""

    kind: str
    template: str
    edition: str
    xsd: etree.XMLSchema
    schematron: Schematron


def schemas_in(folder: Path) -> list[str]:
    """Return the kinds whose schemas are loaded."""
    if not folder.is_dir():
        return []
    return sorted(
        path.name for path in folder.iterdir() if (path / ENTRY).is_file() and any(path.glob("*.sch"))
    )


def schema_of(folder: Path, kind: str) -> Schema | None:
    """Return the schema of a kind, read once as long as its files stay the same."""
    place = folder / kind
    if not NAMED.fullmatch(kind) or not (place / ENTRY).is_file():
        return None
    return _read(place, tuple((str(path), path.stat().st_mtime_ns) for path in _files(place)))


def schema_for(folder: Path, template: str) -> Schema | None:
    """Return the schema a document names by its template."""
    found = (schema_of(folder, kind) for kind in schemas_in(folder) if _template(folder / kind) == template)
    return next((schema for schema in found if schema), None)


def schemas_load(source: Path, folder: Path) -> list[Schema]:
    """Copy the schemas of a folder or an archive into the product's data; what cannot be read is refused."""
    if not source.exists():
        raise Refused(f"Файла или папки «{source}» нет. Проверьте путь.")
    found = _archived(source) if source.is_file() else _laid(source)
    if not found:
        raise Refused(f"В «{source.name}» схем нет. {STEP}")
    loaded = []
    for kind, files in sorted(found.items()):
        fresh = folder / f"{kind}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        for name, content in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
        try:
            _read.__wrapped__(fresh, ())
        except Refused:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        shutil.rmtree(folder / kind, ignore_errors=True)
        fresh.rename(folder / kind)
        loaded.append(cast("Schema", schema_of(folder, kind)))
    return loaded


def _files(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.suffix in WANTED)


def _template(place: Path) -> str:
    text = next(iter(place.glob("*.sch"))).read_text(encoding="utf8")
    found = re.search(r"templateId\".*?@root\s*=\s*'([\d.]+)'", text, re.DOTALL)
    return found[1] if found else ""


@lru_cache(maxsize=8)
def _read(place: Path, _stamp: tuple[tuple[str, int], ...]) -> Schema:
    rules = next(iter(sorted(place.glob("*.sch"))), None)
    if rules is None:
        raise Refused(f"В схемах «{place.stem}» нет файла .sch. {STEP}")
    digest = hashlib.sha256()
    for path in _files(place):
        digest.update(path.relative_to(place).as_posix().encode() + b"\0" + path.read_bytes())
    try:
        parser = etree.XMLParser(no_network=True, resolve_entities=False)
        xsd = etree.XMLSchema(etree.parse(str(place / ENTRY), parser))
        schematron = compiled(rules)
    except (OSError, ValueError, SyntaxError, etree.LxmlError, ElementPathError) as error:
        raise Refused(f"Схема «{place.stem}» не читается: {error}. {STEP}") from error
    return Schema(place.stem, _template(place), digest.hexdigest()[:12], xsd, schematron)


def _laid(source: Path) -> dict[str, dict[str, bytes]]:
    found: dict[str, dict[str, bytes]] = {}
    for entry in sorted(source.rglob(ENTRY)):
        place = entry.parent
        kind = _kind([path.name for path in place.glob("*.sch")])
        if kind and len(found) < MOST:
            found[kind] = {path.relative_to(place).as_posix(): path.read_bytes() for path in _files(place)}
    return found


def _archived(source: Path) -> dict[str, dict[str, bytes]]:
    content = source.read_bytes() if source.stat().st_size <= LARGEST else b""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [item for item in archive.infolist() if PurePosixPath(item.filename).suffix in WANTED]
            if len(inside) > MOST or sum(item.file_size for item in inside) > LARGEST:
                raise Refused(f"В архиве «{source.name}» слишком много файлов или они велики. {STEP}")
            texts = {PurePosixPath(item.filename): archive.read(item) for item in inside}
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise Refused(f"«{source.name}» не читается как ZIP. {STEP}") from error
    found = {}
    for entry in sorted(path for path in texts if path.name == ENTRY):
        place = entry.parent
        below = {path.relative_to(place): text for path, text in texts.items() if path.is_relative_to(place)}
        kind = _kind([path.name for path in below if path.suffix == ".sch" and len(path.parts) == 1])
        if any(".." in path.parts or path.is_absolute() for path in below):
            raise Refused(f"В архиве «{source.name}» есть файл вне своей папки. {STEP}")
        if kind:
            found[kind] = {path.as_posix(): text for path, text in below.items()}
    return found


def _kind(names: list[str]) -> str:
    stems = [PurePosixPath(name).stem for name in names]
    return stems[0] if len(stems) == 1 and NAMED.fullmatch(stems[0]) else ""
