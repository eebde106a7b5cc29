"""What an operator reads in the terminal."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import load_command_class
from django.core.management.base import CommandParser
from django.db.utils import ProgrammingError
from psycopg.errors import UndefinedTable

from medtrud.project import __main__ as entry
from medtrud.project import console
from medtrud.project.doctor import examine


def medtrud(*words, data):
    return subprocess.run(
        [sys.executable, "-m", "medtrud.project", *words],
        env={**os.environ, "MEDTRUD_DATA": str(data), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_command_of_ours_explains_itself_in_russian():
    for name, told in console.told().items():
        assert any("а" <= letter <= "я" for letter in told.lower()), name


def test_a_misspelt_command_gets_the_nearest_one():
    assert "Возможно, нужна команда medtrud doctor" in console.unknown("docter")
    assert console.unknown("doctor") == console.unknown("shell") == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["exposure", "--person", "x"], "--person: значение 'x' не подходит."),
        (["exposure", "--on"], "После --on нужно значение."),
        (["exposure", "--onn", "1"], "Слова «--onn 1» команда не знает."),
        (["sout-export"], "Не указано: EMPLOYER."),
    ],
)
def test_wrong_words_are_refused_in_russian(words, told, monkeypatch, capsys):
    monkeypatch.setattr(CommandParser, "error", CommandParser.error)
    console.russian_parser()
    command = load_command_class(console.OWN, words[0].replace("-", "_"))
    with pytest.raises(SystemExit) as ended:
        command.run_from_argv(["medtrud", *words])
    assert ended.value.code == 2
    assert capsys.readouterr().err == f"{told} Порядок слов показывает medtrud {words[0]} --help.\n"


def test_tables_that_are_not_there_are_told_with_the_next_step(monkeypatch, capsys):
    def empty(words):
        raise ProgrammingError from UndefinedTable("relation does not exist")

    monkeypatch.setattr(entry, "_run", empty)
    monkeypatch.setattr(sys, "argv", ["medtrud", "exposure"])
    assert entry.main() == 1
    assert "Выполните medtrud migrate" in capsys.readouterr().err


@pytest.mark.django_db
def test_the_doctor_knows_the_database_and_its_tables():
    found = {finding.title: finding for finding in examine()}
    assert "UTF8" in found["версия PostgreSQL"].text
    assert found["таблицы"].text.startswith("все миграции применены")
    assert {finding.state for finding in found.values()} <= {"ok", "note"}


def test_the_doctor_works_when_the_database_does_not(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres/PG_VERSION").write_text("16\n")
    (tmp_path / "secret_key").write_text("x" * 64)
    (tmp_path / "secret_key").chmod(0o644)
    outcome = medtrud("doctor", "--json", data=tmp_path)
    answer = json.loads(outcome.stdout)
    bad = {finding["title"]: finding for finding in answer["findings"] if finding["state"] == "bad"}
    assert (outcome.returncode, answer["ok"]) == (1, False)
    assert "PostgreSQL 16" in bad["база данных"]["text"]
    assert "chmod 600" in bad["секретный файл"]["step"]


def test_a_server_that_cannot_start_is_told_in_one_paragraph(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres/PG_VERSION").write_text("16\n")
    outcome = medtrud("migrate", data=tmp_path)
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("В папке")
    assert "Traceback" not in outcome.stderr


def test_stop_says_that_nothing_runs(tmp_path):
    assert medtrud("stop", data=tmp_path).stdout == "Встроенный PostgreSQL не запущен.\n"
