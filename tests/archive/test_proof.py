"""The proof of a container from itself alone: each damage has its own answer, none is an exception."""

import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from medtrud.domains.documents.drivers.proof import prove
from medtrud.domains.documents.drivers.vessel import unsafe
from medtrud.domains.documents.types.archive import Fault, Proof
from medtrud.engines.signing.tests.world import world
from medtrud.project.archive import run

from .vessels import JUDGE, LATER, case_bytes, known, laid_out, put


def proof(path: Path, **how: object) -> Proof:
    return prove(path, JUDGE, LATER, **how)  # type: ignore[arg-type]


def faults(path: Path) -> set[Fault]:
    return {one.fault for one in proof(path).findings}


@pytest.mark.parametrize("kind", ["gost256", "ec"])
def test_a_copied_case_is_proved_decades_later_as_zip_and_as_folder(tmp_path: Path, kind: str) -> None:
    data = case_bytes(kind=kind)
    for path in (put(tmp_path, data), laid_out(tmp_path / "папка", data)):
        found = proof(path)
        assert found.findings == ()
        assert found.whole
        assert {one["verdict"] for one in found.signatures} == {"valid"}
        assert len(found.signatures) == 4
        assert found.facts["lines"] == 3
        assert found.facts["words"] == "три"


def test_a_year_is_proved_with_every_case_in_it(tmp_path: Path) -> None:
    found = proof(put(tmp_path, known("year")))
    assert found.whole
    assert [case.facts["lines"] for case in found.cases] == [2, 3]
    assert proof(laid_out(tmp_path / "год", known("year"))).whole


def test_any_flipped_byte_of_a_case_is_found(tmp_path: Path) -> None:
    data = known("case")
    chance = random.Random(4)
    places = [*range(64), *range(len(data) - 64, len(data)), *chance.sample(range(len(data)), 200)]
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        assert not proof(put(tmp_path, bytes(changed))).whole, f"byte {place} of {len(data)}"


def test_a_cut_or_lengthened_file_is_found(tmp_path: Path) -> None:
    data = known("case")
    for changed in (
        data[:-1],
        data[: len(data) // 2],
        data + b"x",
        b"x" + data,
        data[:10],
        b"PK",
        b"x" * 100,
    ):
        assert not proof(put(tmp_path, changed)).whole


Change = Callable[[Path], object]


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def _cut_line(path: Path) -> None:
    text = path.read_text(encoding="utf8").splitlines(keepends=True)
    path.write_text("".join(line for line in text if 'number="2"' not in line), encoding="utf8")


def _swap(root: Path) -> None:
    one, other = (root / f"documents/{n}/v1/signature-1.p7s" for n in ("0001", "0003"))
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def _dtd(path: Path) -> None:
    path.write_bytes(b'<?xml version="1.0"?>\n<!DOCTYPE case [<!ENTITY a "b">]>\n<case>&a;</case>')


DAMAGES: dict[str, tuple[Change, Fault]] = {
    "a flipped byte of the content": (
        lambda r: _flip(r / "documents/0001/v1/content.txt"),
        Fault.FILE_CHANGED,
    ),
    "a missing version": (lambda r: (r / "documents/0002/v1/content.txt").unlink(), Fault.VERSION_MISSING),
    "a cut line of the inventory": (lambda r: _cut_line(r / "inventory.xml"), Fault.INVENTORY_LINE),
    "a final record of another number": (lambda r: _cut_line(r / "inventory.xml"), Fault.INVENTORY_RECORD),
    "an extra file": (lambda r: (r / "Thumbs.db").write_bytes(b"1"), Fault.FILE_EXTRA),
    "an unlisted document": (
        lambda r: (
            (r / "documents/0004/v1").mkdir(parents=True),
            (r / "documents/0004/v1/a.pdf").write_bytes(b"%PDF"),
        ),
        Fault.DOCUMENT_UNLISTED,
    ),
    "swapped signatures": (_swap, Fault.SIGNATURE),
    "a missing signature": (
        lambda r: (r / "documents/0001/v1/signature-1.p7s").unlink(),
        Fault.SIGNATURE_MISSING,
    ),
    "a missing seal": (lambda r: (r / "manifest.xml.p7s").unlink(), Fault.SEAL_MISSING),
    "a changed seal": (lambda r: _flip(r / "manifest.xml.p7s"), Fault.FILE_CHANGED),
    "a changed manifest": (
        lambda r: (r / "manifest.xml").write_bytes((r / "manifest.xml").read_bytes() + b"\n"),
        Fault.SEAL,
    ),
    "a missing sum": (lambda r: (r / "checksum.txt").unlink(), Fault.FILE_MISSING),
    "an XML with a DTD": (lambda r: _dtd(r / "case.xml"), Fault.DTD),
    "an XML of garbage": (lambda r: (r / "protocol.xml").write_bytes(b"\xff\xfe<a"), Fault.MALFORMED),
    "an XML of another schema": (
        lambda r: (r / "case.xml").write_bytes(b'<case xmlns="urn:medtrud:archive:1"/>'),
        Fault.SCHEMA_BROKEN,
    ),
    "a manifest with a DTD": (lambda r: _dtd(r / "manifest.xml"), Fault.DTD),
    "a manifest of another format": (
        lambda r: (r / "manifest.xml").write_bytes(b"<a/>"),
        Fault.FORMAT_UNKNOWN,
    ),
    "no manifest": (lambda r: (r / "manifest.xml").unlink(), Fault.NOT_CONTAINER),
    "a link": (
        lambda r: ((r / "case.xml").unlink(), (r / "case.xml").symlink_to("/etc/passwd")),
        Fault.LINK,
    ),
    "a renewal from nowhere": (
        lambda r: ((r / "renewals").mkdir(), (r / "renewals/0001.xml").write_bytes(b"<a/>")),
        Fault.RENEWAL,
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_has_its_own_answer(tmp_path: Path, name: str) -> None:
    change, fault = DAMAGES[name]
    root = laid_out(tmp_path / "дело", known("case"))
    change(root)
    assert fault in faults(root)


def test_a_damaged_root_of_trust_is_named(tmp_path: Path) -> None:
    root = laid_out(tmp_path / "дело", known("case"))
    (place,) = (root / "evidence/anchors").iterdir()
    place.write_bytes(b"garbage")
    assert {Fault.EVIDENCE, Fault.FILE_CHANGED, Fault.SEAL} <= faults(root)


def test_a_case_taken_out_or_put_into_a_year_is_found(tmp_path: Path) -> None:
    root = laid_out(tmp_path / "год", known("year"))
    (root / "cases/02-01.zip").write_bytes(known("case"))
    assert Fault.CASE_CHANGED in faults(root)
    (root / "cases/02-01.zip").unlink()
    assert Fault.CASE_MISSING in faults(root)
    (root / "cases/03-01.zip").write_bytes(known("case"))
    assert Fault.FILE_EXTRA in faults(root)


def test_given_roots_count_alone(tmp_path: Path) -> None:
    path = put(tmp_path, known("case"))
    assert proof(path, anchors=[world("gost256").root]).whole
    assert Fault.SEAL in {one.fault for one in proof(path, anchors=[world("ec").root]).findings}


def _packed(files: dict[str, bytes], *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def test_a_repacked_case_is_proved_with_a_note(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(known("case"))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    found = proof(put(tmp_path, _packed(files)))
    assert found.whole
    assert any("переупакован" in note for note in found.notes)


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"manifest.xml": b"\0" * (64 << 20)}, Fault.BOMB),
        ({"../../etc/passwd": b"1", "manifest.xml": b"<a/>"}, Fault.TRAVERSAL),
        ({"a/manifest.xml": b"<a/>"}, Fault.NOT_CONTAINER),
        ({}, Fault.NOT_CONTAINER),
    ],
)
def test_hostile_archives_are_refused_by_name(tmp_path: Path, files: dict[str, bytes], fault: Fault) -> None:
    assert fault in faults(put(tmp_path, _packed(files)))


@pytest.mark.parametrize(
    "name", ["", "/a", "../a", "a/../b", "a//b", "C:a", "a\\b", "a\nb", "./a", "a/" * 300]
)
def test_a_name_that_leads_outside_is_seen(name: str) -> None:
    assert unsafe(name)


def test_garbage_is_answered_not_thrown(tmp_path: Path) -> None:
    chance = random.Random(1)
    for size in (0, 1, 4, 100, 5000):
        assert not proof(put(tmp_path, chance.randbytes(size))).whole
        assert not proof(put(tmp_path, b"PK\x03\x04" + chance.randbytes(size))).whole
    (tmp_path / "пусто").mkdir()
    assert faults(tmp_path / "пусто") == {Fault.NOT_CONTAINER}


def test_the_command_answers_by_status_and_json(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = put(tmp_path, known("case"))
    assert run(["verify", str(path), "--json"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["verdict"] == "valid"
    bad = put(tmp_path, known("case")[:-1], "плохое.zip")
    assert run(["verify", str(bad), "--json"]) == 2
    told = json.loads(capfdbinary.readouterr().out)
    assert (told["valid"], bool(told["findings"])) == (False, True)
    for words in (["verify"], ["verify", "nowhere"], ["burn"], ["verify", str(path), "--at", "вчера"]):
        assert run(words) == 3
        assert capfdbinary.readouterr().out
    assert run(["verify", str(path)]) == 0
    assert "подлинный" in capfdbinary.readouterr().out.decode()


def test_the_command_needs_neither_django_nor_a_database(tmp_path: Path) -> None:
    path = put(tmp_path, known("case"))
    code = (
        "import sys; from medtrud.project.archive import run; "
        f"status = run(['verify', {str(path)!r}]); "
        "sys.exit(status or any(name.split('.')[0] in {'django', 'psycopg'} for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
