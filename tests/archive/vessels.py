"""A container made of invented documents with invented keys, without a database."""

import datetime as dt
import hashlib
import io
import zipfile
from functools import cache
from pathlib import Path

from medtrud.domains.documents.drivers.container import (
    Source,
    container_write,
    evidence_files,
    inventory,
    protocol,
)
from medtrud.domains.documents.drivers.papers import dump, element
from medtrud.domains.documents.types.archive import CASE, INVENTORY, PROTOCOL, Line
from medtrud.engines.signing.drivers.offline import Offline
from medtrud.engines.signing.drivers.sign import sign
from medtrud.engines.signing.drivers.verify import Content
from medtrud.engines.signing.tests.world import NOW, World, world
from medtrud.engines.signing.types import Evidence

JUDGE = Offline()
DAY = NOW.date()
LATER = NOW + dt.timedelta(days=365 * 34)


def sum_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def document(
    number: int, texts: tuple[bytes, ...], signatures: tuple[bytes, ...]
) -> tuple[list[Source], Line]:
    """One document with its versions; the signatures belong to the last one."""
    folder, sources, versions = f"documents/{number:04}", [], []
    for version, text in enumerate(texts, 1):
        place = f"{folder}/v{version}"
        sources.append(Source(f"{place}/content.txt", "content", text))
        marks = []
        for order, cms in enumerate(signatures if version == len(texts) else (), 1):
            path = f"{place}/signature-{order}.p7s"
            sources.append(Source(path, "signature", cms, signs=f"{place}/content.txt", registered=NOW))
            facts = {"path": path, "sha256": sum_of(cms), "registered": NOW, "verdict": "valid"}
            marks.append(element("signature", facts))
        facts = {
            "number": version, "path": f"{place}/content.txt", "sha256": sum_of(text), "size": len(text),
            "name": "письмо.txt", "mime": "text/plain", "made": NOW,
        }  # fmt: skip
        versions.append(element("version", facts, marks))
    uid = f"doc-{number}"
    facts = {
        "uid": uid, "number": number, "kind": "letter_in", "kind_title": "Письмо",
        "title": f"Письмо {number}",
        "on": DAY, "flow": "incoming", "state": "kept",
    }  # fmt: skip
    sources.append(Source(f"{folder}/metadata.xml", "metadata", dump(element("document", facts, versions))))
    size = sum(map(len, texts))
    return sources, Line(number, uid, str(number), f"Письмо {number}", DAY, DAY, len(texts), size, folder)


def case_bytes(*, count: int = 3, kind: str = "gost256", index: str = "01-05") -> bytes:
    """A case of letters; the second of them was corrected once, each is signed."""
    keys = world(kind)
    signer = keys.person()
    sources: list[Source] = []
    lines = []
    for number in range(1, count + 1):
        texts = tuple(
            f"Письмо {number}, редакция {n}. ".encode() * 40 for n in range(1, 3 if number == 2 else 2)
        )
        cms = sign(signer.key, signer.certificates, Content(texts[-1]), NOW)
        more, line = document(number, texts, (cms,))
        sources += more
        lines.append(line)
    return whole_bytes(sources, lines, kind="case", index=index, keys=keys)


def whole_bytes(sources: list[Source], lines: list[Line], *, kind: str, index: str, keys: World) -> bytes:
    facts = {"uid": f"{kind}-{index}", "kind": kind, "title": "Переписка", "made": NOW}
    more = {"index": index, "year": 2025, "organization": "Поликлиника", "retention": "5 лет"}
    passed = {"code": "viruses", "title": "Вирусы", "ok": True, "at": NOW, "text": "Вирусов нет."}
    sealing = keys.person("Печать архива", 5)
    sources = [
        *sources,
        Source(CASE, "case", dump(element("case", {k: v for k, v in facts.items() if k != "made"} | more))),
        Source(INVENTORY, "inventory", inventory(lines, {"kind": kind, "number": index, "title": "Опись"})),
        Source(PROTOCOL, "protocol", protocol([passed], NOW)),
        *evidence_files(
            Evidence((keys.root,), (keys.issuer,), tuple(keys.lists())), lambda der: sum_of(der)[:16]
        ),
    ]
    target = io.BytesIO()
    container_write(
        target,
        sources,
        facts,
        digest=JUDGE.digest,
        seal=lambda text: sign(sealing.key, sealing.certificates, Content(text), NOW, keys.clock(NOW)),
    )
    return target.getvalue()


def year_bytes() -> bytes:
    """A year of two cases."""
    sources, lines = [], []
    for number, index in enumerate(("01-05", "02-01"), 1):
        data = case_bytes(index=index, count=number + 1)
        path = f"cases/{index}.zip"
        sources.append(Source(path, "container", data))
        lines.append(
            Line(
                number,
                f"case-{index}",
                index,
                "Переписка",
                DAY,
                DAY,
                number + 1,
                len(data),
                path,
                sha256=sum_of(data),
            )
        )
    return whole_bytes(sources, lines, kind="year", index="2025", keys=world("gost256"))


@cache
def known(name: str) -> bytes:
    """Made once for all tests."""
    return {"case": case_bytes, "year": year_bytes}[name]()


def put(folder: Path, data: bytes, name: str = "дело.zip") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def laid_out(folder: Path, data: bytes) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return folder
