"""Whatever is done to the table behind the product's back, the verification names the line."""

import datetime as dt
import threading
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from medtrud.engines.journal.models import Head, Line
from medtrud.engines.journal.public import anchor_set, history_of, record, record_refusal, verify
from medtrud.engines.journal.rules import digest
from medtrud.engines.store.public import action, together
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused

pytestmark = pytest.mark.django_db
CLERK = Actor(role=Role.CLINIC, name="clerk", account=5, person=8, organization=3, region="35")
JOB = Actor.job("test")
SWAP = """
UPDATE journal_line SET number = CASE number WHEN 4 THEN 1005 ELSE 1004 END WHERE number IN (4, 5);
UPDATE journal_line SET number = number - 1000 WHERE number > 1000
"""


def write(count: int) -> None:
    for number in range(count):
        with together():
            record(CLERK, "exams.referral_issue", uuid4(), number=number)


def sql(statement: str, *values: str) -> None:
    """Do what somebody with the password of the database can do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_line DISABLE TRIGGER USER")
        cursor.execute(statement, values or None)
        cursor.execute("ALTER TABLE journal_line ENABLE TRIGGER USER")


def head() -> Head:
    found = Head.objects.unscoped("test").get()
    assert isinstance(found, Head)
    return found


def test_a_line_names_who_did_what_with_which_object() -> None:
    uid = uuid4()
    with together():
        record(CLERK, "exams.referral_issue", uid, on=dt.date(2026, 3, 1), score=1.50, clinics=[1, 2])
    line = history_of(uid).get()
    assert (line.number, line.action, line.outcome) == (1, "exams.referral_issue", "done")
    assert (line.account, line.name, line.role, line.person) == (5, "clerk", "clinic", 8)
    assert (line.organization, line.region, line.object) == (3, "35", uid)
    assert line.facts == {"on": "2026-03-01", "score": "1.5", "clinics": [1, 2]}
    assert verify().text.startswith("Журнал цел. Проверено строк: 1.")


def test_an_empty_journal_is_whole() -> None:
    assert verify().text == "Журнал цел. Проверено строк: 0. Он пуст."


def test_lines_are_written_last_and_only_if_the_action_is_done() -> None:
    order: list[str] = []

    @action
    def fail(actor: Actor) -> None:
        record(actor, "test.fail")
        order.append(str(Line.objects.unscoped("test").count()))
        raise Refused("Нельзя. Сделайте иначе.")

    with pytest.raises(Refused):
        fail(JOB)
    assert order == ["0"]
    assert not Line.objects.unscoped("test").exists()
    record_refusal(CLERK, "test.fail", kind="Refused", status=409)
    assert Line.objects.unscoped("test").get().outcome == "refused"


def test_odd_facts_come_back_as_they_were_hashed() -> None:
    with together():
        record(CLERK, "test.odd", a=1e22, b="x\x00y\ud800z", c=0.1 + 0.2, d={"k": None, "я": True}, e=10**18)
    assert verify().broken == ""


def test_the_product_itself_cannot_change_or_delete_a_line() -> None:
    write(1)
    line = Line.objects.unscoped("test").get()
    line.name = "other"
    for change in (line.save, line.delete):
        with pytest.raises(Refused, match="не изменяется и не сокращается"), together():
            change()
    with pytest.raises(Refused, match="не изменяется"), together(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_line")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE journal_line SET name = 'other' WHERE number = 4", "Строка № 4 изменена"),
        ("UPDATE journal_line SET facts = '{}' WHERE number = 1", "Строка № 1 изменена"),
        ("UPDATE journal_line SET at = at + interval '1 second' WHERE number = 10", "Строка № 10 изменена"),
        ("DELETE FROM journal_line WHERE number = 4", "Нет строк № 4: они удалены"),
        ("DELETE FROM journal_line WHERE number BETWEEN 4 AND 6", "Нет строк № 4 - 6"),
        ("DELETE FROM journal_line WHERE number = 1", "Нет строк № 1"),
        ("DELETE FROM journal_line WHERE number > 8", "Нет строк № 9 - 10: конец журнала удалён"),
        ("DELETE FROM journal_line", "Нет строк № 1 - 10: конец журнала удалён"),
        (SWAP, "Строка № 4 изменена"),
        (
            "UPDATE journal_head SET number = 8, hash = (SELECT hash FROM journal_line WHERE number = 8)",
            "печать",
        ),
        ("DELETE FROM journal_head", "Пропала головная запись"),
    ],
)
def test_tampering_is_found_and_the_line_is_named(
    statement: str, found: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(10)
    assert verify().broken == ""
    sql(statement)
    assert found in verify().broken
    with pytest.raises(SystemExit) as stopped:
        call_command("journal", "verify")
    assert stopped.value.code == 1
    assert found in capsys.readouterr().err


def test_a_line_made_anew_with_its_own_hash_does_not_fit_the_next_one() -> None:
    write(5)
    line = Line.objects.unscoped("test").get(number=3)
    line.name = "other"
    sql("UPDATE journal_line SET name = 'other', hash = %s WHERE number = 3", digest(line.covered()))
    assert "Строка № 4 не продолжает строку № 3" in verify().broken


def test_a_tail_cut_together_with_its_head_is_found_by_the_anchor() -> None:
    write(3)
    early = head()
    write(4)
    anchor_set(JOB)
    sql("DELETE FROM journal_line WHERE number > 3")
    sql("UPDATE journal_head SET number = 3, hash = %s, seal = %s", early.hash, early.seal)
    assert "Нет строк № 4 - 7: конец журнала удалён вместе с головной записью" in verify().broken


def test_a_broken_head_stops_every_action_so_nothing_heals_the_break() -> None:
    write(3)
    sql("DELETE FROM journal_line WHERE number = 3; UPDATE journal_head SET number = 2")
    with pytest.raises(Refused, match="Журнал действий повреждён"):
        write(1)


def test_lines_of_one_action_are_appended_together(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    write(1)
    with django_assert_num_queries(5), together():  # savepoint, head, lines, head, release
        for number in range(50):
            record(CLERK, "test.many", number=number)
    assert verify().lines == 51


def test_an_unchanged_chain_is_anchored_once() -> None:
    write(2)
    assert anchor_set(JOB) is not None
    assert anchor_set(JOB) is None
    assert verify().broken == ""


def test_verify_prints_the_end_of_the_chain_and_takes_an_earlier_one_kept_outside(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(2)
    call_command("journal", "verify")
    kept = head().hash
    assert f"Последняя строка № 2, отпечаток {kept}" in capsys.readouterr().out
    write(1)
    call_command("journal", "verify", expect=f"2:{kept}")
    with pytest.raises(SystemExit):
        call_command("journal", "verify", expect=f"2:{'f' * 64}")
    assert "Строка № 2 не та" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        call_command("journal", "verify", expect=f"9:{kept}")
    assert "Нет строк № 4 - 9" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_actions_of_many_people_at_once_make_one_chain() -> None:
    def act() -> None:
        try:
            write(15)
        finally:
            connection.close()

    people = [threading.Thread(target=act) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert (verify().broken, verify().lines) == ("", 60)
