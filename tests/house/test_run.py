"""One command serves pages and does background work, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from medtrud.project.supervisor import Child, supervise

REPO = Path(__file__).parents[2]
OWN = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")),
    reason="DATABASE_URL IS SET: the product's own database was not tried; run it without DATABASE_URL",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int) -> "subprocess.Popen[str]":
    environment = {**os.environ, "MEDTRUD_DATA": str(folder), "PYTHONPATH": str(REPO / "src")}
    environment.pop("DATABASE_URL", None)
    words = [sys.executable, "-m", "medtrud.project", "run", "--port", str(port), "--processes", "1"]
    return subprocess.Popen(
        words, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def answer(address: str, process: "subprocess.Popen[str]", seconds: float = 240) -> bytes:
    deadline = time.monotonic() + seconds
    while True:
        assert process.poll() is None, process.communicate()[1]
        try:
            with urllib.request.urlopen(address) as page:
                return bytes(page.read())
        except urllib.error.URLError:
            assert time.monotonic() < deadline, "it never answered"
            time.sleep(0.2)


@OWN
def test_it_serves_on_an_empty_folder_and_stops_cleanly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the network of this machine only: the page is asked for like by a browser
    port = free_port()
    process = start(tmp_path, port)
    site = f"http://127.0.0.1:{port}"
    try:
        assert answer(f"{site}/health", process) == b"ok"
        page = answer(f"{site}/access/", process).decode()
        static = next(part for part in page.split('"') if part.startswith("/static/") and ".css" in part)
        assert b"{" in answer(site + static, process)
        family = psutil.Process(process.pid).children(recursive=True)
        assert any("work" in child.cmdline() for child in family)
        second = start(tmp_path, port)
        assert second.wait(60) == 1
        assert f"Адрес 127.0.0.1:{port} занят" in second.communicate()[1]
        process.send_signal(signal.SIGTERM)
        told, faults = process.communicate(timeout=60)
        assert process.returncode == 0, faults
        assert "Медтруд остановлен." in told
        assert [child for child in family if child.is_running()] == []
        assert not (tmp_path / "postgres" / "postmaster.pid").exists(), "the database is stopped too"
    finally:
        process.kill()


@OWN
def test_children_end_when_the_process_that_started_them_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    port = free_port()
    process = start(tmp_path, port)
    try:
        answer(f"http://127.0.0.1:{port}/health", process)
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        _, alive = psutil.wait_procs(family, timeout=40)
        assert alive == []
    finally:
        process.kill()
        process.communicate()


def test_a_fallen_child_is_started_again_with_a_pause(tmp_path: Path) -> None:
    mark = tmp_path / "starts"
    code = f"open({str(mark)!r}, 'a').write('x'); raise SystemExit(3)"
    told: list[str] = []

    def say(text: str) -> None:
        told.append(text)
        if len(told) == 2:
            os.kill(os.getpid(), signal.SIGTERM)

    supervise([Child("Проба", [sys.executable, "-c", code])], say)
    assert mark.read_text() == "xx"
    assert told == [
        "Проба: остановка с кодом 3. Новый запуск через 1 с.",
        "Проба: остановка с кодом 3. Новый запуск через 2 с.",
    ]
