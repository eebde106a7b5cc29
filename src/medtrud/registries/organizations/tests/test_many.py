"""A staff list taken in at once: found, opened, moved, taken back."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from medtrud.engines.background.public import on, run_pending
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import (
    counts_of_import,
    divisions,
    divisions_open_many,
    employment_close,
    employment_open,
    employment_problems,
    employments_by_id,
    employments_of,
    employments_on,
    employments_open_many,
    import_undo,
    posts,
    posts_open_many,
    workplaces,
    workplaces_open_many,
)
from medtrud.registries.organizations.types import (
    DivisionRow,
    EmploymentKind,
    EmploymentRow,
    EmploymentsOpened,
    PostRow,
    Source,
    WorkplaceRow,
)
from medtrud.registries.people.public import names_of

from .world import DAY, World, person

HIRED = dt.date(2020, 3, 2)
FILE = uuid4()


def rows_of(world: World, count: int = 3) -> list[EmploymentRow]:
    return [
        EmploymentRow(
            person=person().pk,
            post=world.turner.pk,
            since=HIRED,
            division=world.shop.pk,
            workplace=world.lathe.pk,
            personnel_number=f"{number:04}",
            source=Source(FILE, "Штат", number + 2),
        )
        for number in range(count)
    ]


def take(world: World, rows: list[EmploymentRow], day: dt.date = DAY) -> list[int]:
    return employments_open_many(world.hr, employer=world.plant.pk, rows=rows, on=day)


def test_divisions_are_found_or_opened_by_their_paths(world: World) -> None:
    rows = [
        DivisionRow(("Цех 2", "Участок 3"), Source(FILE, "Штат", 2)),
        DivisionRow(("ЦЕХ  2",)),
        DivisionRow(("Цех 2", "участок 3")),
        DivisionRow(("Склад",)),
    ]
    ids = divisions_open_many(world.hr, employer=world.plant.pk, rows=rows)
    assert ids[0] == ids[2]
    assert ids[1] == world.shop.pk
    assert [row.path for row in divisions(world.hr, employer=world.plant.pk)] == [
        "Склад",
        "Цех 2",
        "Цех 2 / Участок 3",
    ]
    assert divisions_open_many(world.hr, employer=world.plant.pk, rows=rows) == ids


def test_posts_and_workplaces_are_found_or_opened(world: World) -> None:
    wanted = [PostRow("токарь", world.shop.pk), PostRow("Маляр", None), PostRow("маляр", None)]
    ids = posts_open_many(world.hr, employer=world.plant.pk, rows=wanted)
    assert ids[0] == world.turner.pk
    assert ids[1] == ids[2]
    assert len(posts(world.hr, employer=world.plant.pk)) == 3
    places = [
        WorkplaceRow("Камера", number="13"),
        WorkplaceRow("Иное название", number="12"),
        WorkplaceRow("Пост", world.shop.pk, ids[1]),
        WorkplaceRow("ПОСТ", world.shop.pk, ids[1]),
    ]
    found = workplaces_open_many(world.hr, employer=world.plant.pk, rows=places)
    assert found[1] == world.lathe.pk
    assert found[2] == found[3]
    assert len(workplaces(world.hr, employer=world.plant.pk)) == 3


def test_ids_come_back_in_the_order_of_the_rows_and_keep_their_source(world: World) -> None:
    rows = rows_of(world)
    ids = take(world, rows)
    jobs = employments_by_id(world.hr, ids)
    assert [jobs[pk].person_id for pk in ids] == [row.person for row in rows]
    last = jobs[ids[2]]
    assert (last.source_import, last.source_sheet, last.source_row, last.hired_on) == (FILE, "Штат", 4, HIRED)
    assert len(names_of(world.hr, [row.person for row in rows])) == 3


def test_the_same_list_twice_changes_nothing(world: World) -> None:
    rows = rows_of(world)
    ids = take(world, rows)
    assert take(world, rows) == ids
    assert counts_of_import(world.hr, file=FILE)["employments"] == 3


def test_a_changed_post_is_a_transfer_on_the_day_of_the_list(world: World) -> None:
    [row] = rows_of(world, 1)
    [old] = take(world, [row], HIRED)
    moved = EmploymentRow(row.person, world.fitter.pk, HIRED, world.shop.pk)
    [new] = take(world, [moved])
    jobs = {job.pk: job for job in employments_of(world.hr, person=row.person)}
    assert (jobs[old].until, jobs[old].close_reason) == (DAY, "перевод")
    assert (jobs[new].since, jobs[new].hired_on, jobs[new].personnel_number) == (DAY, HIRED, "0000")
    assert jobs[new].previous_id == old


def test_problems_are_told_row_by_row_before_anything_is_written(world: World) -> None:
    known = employment_open(
        world.hr, person=person().pk, post=world.turner.uid, since=HIRED, personnel_number="77"
    )
    rows = [
        EmploymentRow(-1, world.turner.pk, HIRED, personnel_number="77"),
        EmploymentRow(-2, world.turner.pk, HIRED, personnel_number="78"),
        EmploymentRow(-2, world.fitter.pk, HIRED),
        EmploymentRow(-3, world.turner.pk, DAY + dt.timedelta(days=1)),
        EmploymentRow(known.person_id, world.fitter.pk, HIRED),
        EmploymentRow(-2, world.fitter.pk, HIRED, kind=EmploymentKind.SECONDARY),
    ]
    found = employment_problems(world.hr, employer=world.plant.pk, rows=rows, on=DAY)
    assert {index: text.split(".")[0] for index, text in found.items()} == {
        0: "Табельный номер 77 занят другим работником",
        2: "В списке у человека две основные работы",
        3: "Дата приёма 02",
    }
    with pytest.raises(Refused, match="строк с ошибками: 3"):
        take(world, rows)


def test_an_import_is_one_event_and_can_be_taken_back_whole(world: World) -> None:
    heard: list[EmploymentsOpened] = []

    @on(EmploymentsOpened)
    def listen(event: EmploymentsOpened) -> None:
        heard.append(event)

    [row] = rows_of(world, 1)
    take(world, [row], HIRED)
    second = uuid4()
    [post] = posts_open_many(
        world.hr, employer=world.plant.pk, rows=[PostRow("Маляр", world.shop.pk, source=Source(second))]
    )
    moved = EmploymentRow(row.person, post, HIRED, source=Source(second))
    take(world, [moved, EmploymentRow(person().pk, post, HIRED, source=Source(second))])
    run_pending()
    assert heard[-1] == EmploymentsOpened(world.plant.pk, second, 1, 1)
    assert import_undo(world.hr, file=second) == {
        "employments": 2,
        "workplaces": 0,
        "posts": 1,
        "divisions": 0,
    }
    [job] = employments_on(world.hr, employer=world.plant.pk, on=DAY)
    assert (job.person_id, job.until, job.close_reason) == (row.person, None, "")


def test_nobody_takes_a_list_into_another_organisation(world: World) -> None:
    rows = rows_of(world, 1)
    with pytest.raises(NotFound):
        employments_open_many(world.stranger, employer=world.plant.pk, rows=rows, on=DAY)
    take(world, rows)
    assert import_undo(world.stranger, file=FILE)["employments"] == 0
    assert counts_of_import(world.hr, file=FILE)["employments"] == 1


def test_a_long_list_costs_as_many_queries_as_a_short_one(world: World) -> None:
    def price(count: int) -> int:
        rows = rows_of(world, count)
        rows = [EmploymentRow(row.person, row.post, row.since) for row in rows]
        with CaptureQueriesContext(connection) as queries:
            take(world, rows)
        return len(queries)

    assert price(1) == price(30)


def test_keys_checked_at_once_are_checked(world: World) -> None:
    [row] = rows_of(world, 1)
    with pytest.raises(IntegrityError, match=r"organizations_employment\.post_id: no such row"):
        take(world, [row._replace(post=10**9)])
    take(world, [row])
    with (
        pytest.raises(IntegrityError, match=r"organizations_employment\.post_id points to it"),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM organizations_post WHERE id = %s", [world.turner.pk])


def test_a_clash_the_database_finds_is_refused_in_words(world: World) -> None:
    [row] = rows_of(world, 1)
    take(world, [row])
    past = row._replace(person=person().pk, personnel_number="1")
    take(world, [past], HIRED)
    job = employments_of(world.hr, person=past.person)[0]
    employment_close(world.hr, employment=job.uid, until=DAY)
    with pytest.raises(Refused, match="уже работает в этой должности"):
        take(world, [past])
