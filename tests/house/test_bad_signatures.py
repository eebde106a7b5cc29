"""Every bad thing somebody may bring, at every door: the command, its batch, the public page.

Each has its own verdict; none is an exception, none is "valid". The good ones of all shapes are valid.
"""

import base64
import datetime as dt
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from medtrud.engines.signing import public as signing
from medtrud.engines.signing.drivers.authority import Entry
from medtrud.engines.signing.drivers.backends import backend_choose
from medtrud.engines.signing.drivers.keys import KeyPair
from medtrud.engines.signing.drivers.sign import joined
from medtrud.engines.signing.tests.world import TEXT, World, signed
from medtrud.engines.signing.types import Verdict
from medtrud.kernel.actor import Actor
from medtrud.project import signature as command

JOB = Actor.job("test")
NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)
BIG = 200 << 20
MOST = 120 << 20  # bytes of memory for a process that checks a document of 200 MB


@cache
def here() -> World:
    made = World()
    made.root = made.made(made.root_key, None, made.root_key, "Корень", "root", since=NOW - DAY, days=999)
    above = (made.root_key, made.root, made.issuer_key)
    made.issuer = made.made(*above, "Издатель", "authority", since=NOW - DAY, days=900)
    return made


@cache
def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(1 << 26))
    return packed.getvalue()


DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@cache
def cases() -> dict[str, tuple[bytes, bytes, str]]:
    """Return signature, document and the verdict of each."""
    world = here()
    person, other = world.person(since=NOW - DAY), world.person("Сидоров Иван", 5, since=NOW - DAY)
    good = signed(person, at=NOW)
    changed = bytearray(TEXT)
    changed[len(TEXT) // 2] ^= 1
    alone = world.made(other.key, None, other.key, "Сам Себе", since=NOW - DAY)
    foreign = KeyPair(person.key, (other.certificates[0], world.issuer))
    revoked = world.person(serial=666, since=NOW - DAY)
    expired = world.person(since=NOW - 9 * DAY, days=2)
    twice = joined([good, signed(other, b"another text", at=NOW)])
    return {
        "good": (good, TEXT, "valid"),
        "a good signature of a bomb": (signed(person, bomb(), NOW), bomb(), "valid"),
        "a good signature of an XML with a DTD": (signed(person, DTD, NOW), DTD, "valid"),
        "a changed byte": (good, bytes(changed), "message_digest"),
        "a swapped signature": (signed(person, b"another text", NOW), TEXT, "message_digest"),
        "the certificate of another person": (signed(foreign, at=NOW), TEXT, "signature"),
        "expired": (signed(expired, at=NOW), TEXT, "validity"),
        "revoked": (signed(revoked, at=NOW), TEXT, "revoked"),
        "self-signed": (signed(KeyPair(other.key, (alone,)), at=NOW), TEXT, "untrusted"),
        "garbage": (os.urandom(3000), TEXT, "malformed"),
        "nothing": (b"", TEXT, "malformed"),
        "a bomb instead of a signature": (bomb(), TEXT, "malformed"),
        "an XML with a DTD instead of a signature": (DTD, TEXT, "malformed"),
        "a clock in the future": (signed(person, at=NOW + 2 * DAY), TEXT, "future"),
        "two signatures of which one is bad": (twice, TEXT, "message_digest"),
    }


@cache
def shapes() -> dict[str, bytes]:
    """Return one good signature as the world sends it."""
    world = here()
    der = signed(world.person(since=NOW - DAY), at=NOW)
    text = base64.encodebytes(der)
    lines = text.decode().strip().replace("\n", "\r\n")
    return {
        "DER": der,
        "BER": b"\x30\x80" + der[4:] + b"\0\0",  # the outer length is left open
        "base64 with breaks": text,
        "base64 in one line": base64.b64encode(der),
        "base64 with a mark and spaces": b"\xef\xbb\xbf" + lines.encode() + b"\r\n \r\n",
        "PEM": f"-----BEGIN CMS-----\r\n{lines}\r\n-----END CMS-----\r\n".encode(),
        "PEM of PKCS7": f"-----BEGIN PKCS7-----\n{lines}\n-----END PKCS7-----\n".encode(),
    }


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "anchors").mkdir()
    (folder / "anchors" / "root.cer").write_bytes(here().root)
    lists = here().lists(Entry(666, NOW - dt.timedelta(hours=1), "key_compromise"), since=NOW - DAY)
    for number, each in enumerate(lists):
        (folder / f"{number}.crl").write_bytes(each)
    given = {**cases(), **{name: (each, TEXT, "valid") for name, each in shapes().items()}}
    for number, (signature, content, _) in enumerate(given.values()):
        (folder / f"{number}.p7s").write_bytes(signature)
        (folder / f"{number}.bin").write_bytes(content)
    return folder


def asked(folder: Path, number: int) -> dict[str, object]:
    lists = [str(folder / "0.crl"), str(folder / "1.crl")]
    names = {"file": str(folder / f"{number}.bin"), "signature": str(folder / f"{number}.p7s")}
    return {**names, "anchors": str(folder / "anchors"), "crl": lists}


def wanted() -> list[tuple[str, str]]:
    return [*((name, case[2]) for name, case in cases().items()), *((name, "valid") for name in shapes())]


@pytest.fixture(params=["libcrypto", "pure"])
def back_end(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param
    backend_choose("")


def test_the_command_tells_each_apart(place: Path, back_end: str, capfdbinary) -> None:
    for number, (name, verdict) in enumerate(wanted()):
        given = asked(place, number)
        words = ["verify", "--json", "--backend", back_end]
        for word in ("file", "signature", "anchors"):
            words += [f"--{word}", str(given[word])]
        status = command.run([*words, *(f"--crl={path}" for path in given["crl"])])
        answer = json.loads(capfdbinary.readouterr().out)
        assert (name, answer["verdict"], status) == (name, verdict, 0 if verdict == "valid" else 2)
        assert answer["valid"] is (verdict == "valid")
        assert answer["text"]


def test_the_batch_answers_a_line_each(place: Path) -> None:
    lines = "\n".join(json.dumps(asked(place, number)) for number in range(len(wanted())))
    words = [sys.executable, "-m", "medtrud.project", "signature", "verify", "--batch"]
    done = subprocess.run(words, input=lines.encode(), capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    told = [json.loads(line)["verdict"] for line in done.stdout.decode().splitlines()]
    assert told == [verdict for _, verdict in wanted()]


@pytest.mark.django_db
def test_the_public_page_tells_each_apart(place: Path) -> None:
    for each in (here().root, here().issuer):
        signing.anchor_add(JOB, content=each)
    for number in range(2):
        signing.revocation_list_add(JOB, content=(place / f"{number}.crl").read_bytes())
    visitor = Client()
    said = set()
    for number, (name, verdict) in enumerate(wanted()):
        signature = (place / f"{number}.p7s").read_bytes() or b" "
        answer = visitor.post(
            "/documents/verify/",
            {
                "file": SimpleUploadedFile("d", (place / f"{number}.bin").read_bytes()),
                "signature": SimpleUploadedFile("s.p7s", signature),
            },
        )
        page = answer.content.decode()
        assert (name, answer.status_code) == (name, 200)
        assert (name, "Подпись не подтверждена" in page) == (name, verdict != "valid")
        said.add((verdict, page.split('class="note')[1].split("</")[0]))
    assert {verdict for verdict, _ in said} == {verdict for _, verdict in wanted()}


@pytest.mark.django_db
def test_a_certificate_left_out_is_found_in_the_register() -> None:
    world = here()
    person = world.person(since=NOW - DAY)
    whole = signed(person, at=NOW)
    short = signed(KeyPair(person.key, person.certificates[:1]), at=NOW)  # without its issuer
    signing.anchor_add(JOB, content=world.root)
    assert signing.signature_check(short, TEXT).verdict is Verdict.NO_ISSUER
    signing.signature_attach(JOB, target=uuid4(), content=TEXT, signature=whole)
    assert signing.signature_check(short, TEXT).verdict is Verdict.VALID


def test_a_document_of_two_hundred_megabytes_needs_little_memory(place: Path) -> None:
    """Judged in pieces, where the GOST engine or libgcrypt hash; in Python alone it would take minutes."""
    large = place / "large.bin"
    with large.open("wb") as file:
        file.truncate(BIG)
    program = (  # VmHWM is of the program itself, unlike ru_maxrss, which remembers who started it
        "import re, sys; from medtrud.project import signature; code = signature.run(sys.argv[1:]); "
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1], file=sys.stderr); sys.exit(code)"
    )
    words = ["verify", "--json", "--file", str(large), "--signature", str(place / "0.p7s")]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, check=False)
    large.unlink()
    assert json.loads(done.stdout)["verdict"] == "message_digest"
    assert int(done.stderr.split()[-1]) * 1024 < MOST
