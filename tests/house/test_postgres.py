"""The embedded server: any folder, several users, hard kills, another owner."""

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from medtrud.project.postgres import cluster, server

USER = """
import sys, psycopg
from pathlib import Path
from medtrud.project.postgres.server import start
socket = start(Path(sys.argv[1]))
with psycopg.connect(host=socket, user="medtrud", dbname="medtrud", autocommit=True) as connection:
    {statement}
print("ready", flush=True)
{then}
"""


def user(folder, statement="pass", then="sys.stdin.read()"):
    """Another process of the product; it leaves when its input closes."""
    code = USER.format(statement=statement, then=then)
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", code, str(folder)], stdin=pipe, stdout=pipe, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


def leave(process):
    process.communicate(timeout=60)
    assert process.returncode == 0


def ask(folder, query):
    with psycopg.connect(host=server.start(folder), user="medtrud", dbname="medtrud") as connection:
        return connection.execute(query).fetchone()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder that fits neither a socket nor an unquoted command line."""
    place = tmp_path_factory.mktemp("house") / "Документы Медтруд" / ("очень длинная папка " * 5) / "postgres"
    leave(user(place, statement="connection.execute('CREATE TABLE kept AS SELECT 7 AS x')"))
    yield place
    server.stop(place, force=True)


def test_it_lives_from_its_first_user_to_its_last_in_any_folder(folder):
    first = user(folder)
    second = user(folder)
    if sys.platform == "linux":
        assert sorted(server.users(folder)) == sorted([first.pid, second.pid])
        with pytest.raises(server.ServerError, match=f"занята процессами.*{first.pid}"):
            server.stop(folder)
    leave(first)
    assert cluster.ready(folder)
    leave(second)
    assert cluster.postmaster(folder) is None
    assert (folder.stat().st_mode & 0o077) == 0, "only the account of the server may come in"


def test_a_killed_user_is_forgotten_and_its_commits_stay(folder):
    killed = user(folder, statement="connection.execute('INSERT INTO kept VALUES (8)')")
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert server.users(folder) == []
    leave(user(folder, statement="assert connection.execute('SELECT max(x) FROM kept').fetchone() == (8,)"))
    assert cluster.postmaster(folder) is None


def test_a_killed_server_recovers_at_the_next_connection(folder):
    keeper = user(folder)
    os.kill(cluster.postmaster(folder).pid, signal.SIGKILL)
    time.sleep(0.2)
    again = user(
        folder, statement="assert connection.execute('SELECT min(x) FROM kept').fetchone() == (7,)", then=""
    )
    leave(again)
    leave(keeper)
    assert cluster.postmaster(folder) is None


def test_it_compares_cyrillic_alike_on_every_host(folder):
    query = "SELECT lower('ЖЁ'), 'ж' ILIKE 'Ж', to_tsvector('russian', 'ОСМОТРЫ')::text"
    assert ask(folder, query) == ("жё", True, "'осмотр':1")
    server.stop(folder)


def test_a_lock_with_the_number_of_a_stranger_does_not_stop_it(folder):
    (folder / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n1\n5432\n\n\n1 1\nready\n")
    assert ask(folder, "SELECT 1") == (1,)
    server.stop(folder)


def test_a_folder_of_another_version_is_refused_with_the_next_step(tmp_path):
    (tmp_path / "PG_VERSION").write_text("16\n")
    with pytest.raises(server.ServerError, match=r"PostgreSQL 16, а продукту нужна 18.*pg_dump"):
        server.start(tmp_path)


def test_a_server_that_cannot_start_shows_its_own_last_words(folder):
    damaged = folder / "global" / "pg_control"
    kept = damaged.read_bytes()
    try:
        damaged.write_bytes(b"")
        with pytest.raises(server.ServerError, match=r"(?s)не запускается.*pg_control"):
            server.start(folder)
    finally:
        damaged.write_bytes(kept)
