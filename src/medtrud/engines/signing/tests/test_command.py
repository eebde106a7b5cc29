"""The command line: files in, a verdict out, without Django and without a database."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from medtrud.engines.signing.drivers.pkcs12 import packed

from .world import TEXT, World

SOURCE = Path(__file__).parents[4]


def run(*words: str | Path, text: str = "", **more: str) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-X", "importtime", "-m", "medtrud.project", "signature", *map(str, words)],
        input=text.encode(),
        capture_output=True,
        check=False,
        env={"PATH": "", "PYTHONPATH": str(SOURCE), **more},
    )
    assert b"django" not in done.stderr, "the command must not start Django"
    assert b"Traceback" not in done.stderr, done.stderr[-2000:].decode()
    return done.returncode, done.stdout.decode()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signature")
    here = World()
    long: dict[str, Any] = {"since": dt.datetime(2020, 1, 1, tzinfo=dt.UTC), "days": 30_000}
    here.root = here.made(here.root_key, None, here.root_key, "Корневой центр", "root", **long)
    here.issuer = here.made(here.root_key, here.root, here.issuer_key, "Издатель", "authority", **long)
    pair = here.person(serial=5, **long)
    (folder / "anchors").mkdir()
    (folder / "anchors" / "root.cer").write_bytes(here.root)
    (folder / "anchors" / "notes.txt").write_text("это не сертификат")
    (folder / "key.p12").write_bytes(packed(pair, "пароль"))
    (folder / "act.txt").write_bytes(TEXT)
    (folder / "list.crl").write_bytes(here.lists()[0])
    return folder


def test_a_file_is_signed_and_verified(place: Path) -> None:
    out, words = place / "act.sig", ("--file", place / "act.txt")
    status, text = run("sign", *words, "--key", place / "key.p12", "--out", out, "--password", "пароль")
    assert (status, text.split(".")[0]) == (0, "Подписано: Петрова Анна")
    asked = ("verify", *words, "--signature", out, "--anchors", place / "anchors")
    status, text = run(*asked, "--json")
    found: dict[str, Any] = json.loads(text)
    assert (status, found["verdict"]) == (0, "valid")
    assert {"verdict", "text", "signers", "checks"} <= found.keys()
    assert {"name", "organization", "serial", "algorithm"} <= found["signers"][0].keys()
    assert found["signers"][0]["serial"] == "05"
    status, text = run(*asked, "--at", "2020-06-01")
    assert (status, "позже момента проверки" in text) == (2, True)


def test_a_wrong_password_and_missing_files_are_told_in_words(place: Path) -> None:
    words = ("sign", "--file", place / "act.txt", "--key", place / "key.p12", "--out", place / "x")
    status, text = run(*words, "--password", "другой")
    assert status == 2
    assert "паролем" in text
    assert "нет" in run("verify", "--file", place / "absent", "--signature", place / "key.p12")[1]
    assert "не понята" in run("verify", "--what")[1]
    assert run("verify", "--file", place, "--signature", place)[0] == 2


def test_a_batch_answers_every_line(place: Path) -> None:
    lines = [
        json.dumps({"file": str(place / "act.txt"), "signature": str(place / "act.txt")}),
        "{",
        "[]",
        json.dumps({"file": str(place / "act.txt")}),
        json.dumps({"file": str(place / "absent"), "signature": str(place / "act.txt")}),
    ]
    status, text = run("verify", "--batch", text="\n".join(lines))
    answers = [json.loads(line) for line in text.splitlines()]
    assert (status, len(answers)) == (2, len(lines))
    assert answers[0]["verdict"] == "malformed"
    assert all(answer["error"] for answer in answers[1:])


def test_without_the_engine_the_same_is_signed_and_verified_and_it_is_said(place: Path) -> None:
    hidden = {"OPENSSL_ENGINES": str(place / "nothing")}
    status, text = run("backend", "--json", **hidden)
    found = json.loads(text)
    assert (status, found["backend"], bool(found["missing"])) == (0, "pure", True)
    out, words = place / "pure.sig", ("--file", place / "act.txt")
    made = run("sign", *words, "--key", place / "key.p12", "--out", out, "--password", "пароль", **hidden)
    assert made[0] == 0
    asked = ("verify", *words, "--signature", out, "--anchors", place / "anchors", "--json")
    for environment in (hidden, {}):
        assert json.loads(run(*asked, **environment)[1])["verdict"] == "valid"
    (place / "act.txt").write_bytes(TEXT + b"!")
    assert json.loads(run(*asked, **hidden)[1])["verdict"] == "message_digest"
    (place / "act.txt").write_bytes(TEXT)


def test_the_back_end_is_named() -> None:
    status, text = run("backend", "--json", "--backend", "pure")
    assert (status, json.loads(text)["backend"]) == (0, "pure")
    assert "КриптоПро CSP" in run("backend", "--backend", "cryptopro")[1]
