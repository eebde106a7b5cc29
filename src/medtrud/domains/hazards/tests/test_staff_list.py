"""A staff list from the file to people, jobs and factors, again, and back."""

import datetime as dt

import pytest

from medtrud.domains.hazards.public import exposure_at, factors_of, factors_on, harmful_since
from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import import_of, import_undo, origin_of
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import (
    Organization,
    divisions,
    employments,
    employments_on,
    posts,
    workplaces,
)
from medtrud.registries.people.public import names_of, persons

from .conftest import HEAD, Take, man, said, sheet, snils

FIRST, LATER = "2026-03-01", "2026-06-01"
DAY, LATER_DAY = dt.date(2026, 3, 1), dt.date(2026, 6, 1)
TEN = [man(number) for number in range(10)]


def test_a_list_becomes_people_structure_jobs_and_factors(
    take: Take, engineer: Actor, plant: Organization
) -> None:
    rows = [
        *TEN,
        man(10, Должность="Сварщик", **{"Вредные факторы": "1.3 (формальдегид); 4.4", "Класс": "3.2"}),
    ]
    row = take(sheet(rows), commit=True, on=FIRST)
    assert (row.state, row.counts["new"], row.counts["bad"], row.message) == ("committed", 11, 0, "")
    assert [unit.path for unit in divisions(engineer, employer=plant.pk)] == ["Цех 1", "Цех 1 / Участок 2"]
    assert [post.title for post in posts(engineer, employer=plant.pk)] == ["Сварщик", "Токарь"]
    jobs = list(employments_on(engineer, employer=plant.pk, on=DAY).order_by("pk"))
    assert [job.since for job in jobs] == [dt.date(2014, 3, 15)] * 11
    welder = factors_on(engineer, [jobs[-1].pk], on=DAY)[jobs[-1].pk]
    assert [(factor.code, factor.substances) for factor in welder.factors] == [
        ("1.3", ("формальдегид",)),
        ("4.4", ()),
    ]
    assert welder.sout_class == "3.2"
    names = names_of(engineer, [job.person_id for job in jobs])
    assert names[jobs[-1].person_id].snils == snils(10)
    [origin] = origin_of("people.Person", jobs[-1].person_id)
    assert (origin.sheet, origin.row) == ("Список", 12)
    assert (jobs[-1].source_import, jobs[-1].source_sheet, jobs[-1].source_row) == (row.uid, "Список", 12)


def test_the_same_list_twice_changes_nothing(take: Take, engineer: Actor, plant: Organization) -> None:
    take(sheet(TEN), commit=True, on=FIRST)
    for on in (FIRST, LATER):
        again = take(sheet(TEN), on=on)
        assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 10)
    assert persons(engineer).count() == employments(engineer).count() == 10
    assert workplaces(engineer, employer=plant.pk).count() == 1


def test_a_changed_post_is_a_transfer_and_the_past_stays(
    take: Take, engineer: Actor, plant: Organization
) -> None:
    take(sheet(TEN), commit=True, on=FIRST)
    row = take(sheet([*TEN[1:], man(0, Должность="Мастер")]), commit=True, on=LATER)
    assert (row.counts["new"], row.counts["changed"], row.counts["unchanged"]) == (0, 1, 9)
    moved = employments(engineer).filter(post__title="Мастер").get()
    assert (moved.since, moved.previous.until, moved.hired_on) == (LATER_DAY, LATER_DAY, dt.date(2014, 3, 15))
    assert [job.post.title for job in employments_on(engineer, employer=plant.pk, on=DAY)] == ["Токарь"] * 10


def test_changed_factors_of_a_whole_workplace_begin_on_the_day_of_the_list(
    take: Take, engineer: Actor, plant: Organization
) -> None:
    take(sheet(TEN), commit=True, on=FIRST)
    row = take(sheet([man(n, **{"Вредные факторы": "4.4; 4.8"}) for n in range(10)]), commit=True, on=LATER)
    assert (row.counts["changed"], row.message) == (10, "")
    [place] = workplaces(engineer, employer=plant.pk)
    for day, codes in ((DAY, ["4.4"]), (LATER_DAY, ["4.4", "4.8"])):
        assert [f.code for f in exposure_at(engineer, [place.pk], on=day)[place.pk].factors] == codes
    assert [job.since for job in employments(engineer)] == [dt.date(2014, 3, 15)] * 10


def test_people_of_one_post_with_other_factors_get_their_own_workplace(
    take: Take, engineer: Actor, plant: Organization
) -> None:
    rows = [*TEN, man(10, **{"Вредные факторы": "4.4; 4.8"})]
    take(sheet(rows), commit=True, on=FIRST)
    assert [place.title for place in workplaces(engineer, employer=plant.pk)] == [
        "Токарь",
        "Токарь: 4.4, 4.8, класс 3.1",
    ]
    moved = [*TEN[1:], man(0, **{"Вредные факторы": "4.4; 4.8"}), man(10, **{"Вредные факторы": "4.4; 4.8"})]
    row = take(sheet(moved), commit=True, on=LATER)
    assert (row.counts["changed"], row.counts["unchanged"]) == (1, 10)
    assert workplaces(engineer, employer=plant.pk).count() == 2


def test_numbered_workplaces_must_agree_about_their_factors(take: Take, engineer: Actor) -> None:
    head = [*HEAD, "Рабочее место №"]
    rows = [[*man(0), "15А"], [*man(1), "15А"], [*man(2, **{"Вредные факторы": "4.8"}), "15А"], [*man(3), 16]]
    row = take(sheet(rows, head), on=FIRST)
    assert said(engineer, row) == [
        (
            "4: Рабочее место № 15А в строке 2 названо с другими факторами или классом. "
            "Сделайте их одинаковыми или укажите разные номера."
        )
    ]


def test_the_service_in_harmful_conditions_is_taken_over(take: Take, engineer: Actor) -> None:
    head = [*HEAD, "Стаж во вредных условиях"]
    take(sheet([[*man(0), "12 лет"]], head), commit=True, on=FIRST)
    [job] = employments(engineer)
    assert harmful_since(engineer, [job.person_id], on=DAY)[job.person_id] == dt.date(2014, 3, 1)
    again = take(sheet([[*man(0), "12 лет 3 мес"]], head), on=LATER)
    assert again.counts["unchanged"] == 1


def test_people_who_are_not_in_the_list_are_named_not_dismissed(
    take: Take, engineer: Actor, plant: Organization
) -> None:
    take(sheet(TEN), commit=True, on=FIRST)
    row = take(sheet(TEN[1:]), on=LATER)
    assert said(engineer, row) == [
        (
            "0: Ивановааа Иван Иванович: числится работником, но в списке отсутствует; "
            "если он уволен, оформите увольнение."
        )
    ]
    assert employments_on(engineer, employer=plant.pk, on=LATER_DAY).count() == 10


def test_on_request_the_missing_are_dismissed_and_undo_brings_them_back(
    take: Take, engineer: Actor, plant: Organization
) -> None:
    take(sheet(TEN), commit=True, on=FIRST)
    row = take(sheet(TEN[1:]), commit=True, on=LATER, missing="close")
    assert (row.state, row.counts["beyond"]) == ("committed", 1)
    assert employments_on(engineer, employer=plant.pk, on=LATER_DAY).count() == 9
    import_undo(engineer, uid=row.uid)
    run_pending()
    assert import_of(engineer, row.uid).state == "undone"
    assert employments_on(engineer, employer=plant.pk, on=LATER_DAY).count() == 10


def test_an_undone_list_leaves_nothing_behind(take: Take, engineer: Actor, plant: Organization) -> None:
    row = take(sheet(TEN), commit=True, on=FIRST)
    import_undo(engineer, uid=row.uid)
    run_pending()
    row = import_of(engineer, row.uid)
    assert (row.state, row.message) == ("undone", "")
    assert persons(engineer).count() == employments(engineer).count() == 0
    assert workplaces(engineer, employer=plant.pk).count() == posts(engineer, employer=plant.pk).count() == 0
    assert take(sheet(TEN), on=FIRST).counts["new"] == 10


def test_an_undone_second_list_leaves_the_first_as_it_was(
    take: Take, engineer: Actor, plant: Organization
) -> None:
    take(sheet(TEN), commit=True, on=FIRST)
    changed = [
        man(n, Должность="Мастер" if n < 3 else "Токарь", **{"Вредные факторы": "4.8"}) for n in range(12)
    ]
    row = take(sheet(changed), commit=True, on=LATER)
    assert row.counts["new"] == 2
    import_undo(engineer, uid=row.uid)
    run_pending()
    assert import_of(engineer, row.uid).state == "undone"
    assert persons(engineer).count() == 10
    assert [job.until for job in employments(engineer)] == [None] * 10
    [place] = workplaces(engineer, employer=plant.pk)
    assert [(factor.code, factor.until) for factor in factors_of(engineer, workplace=place.pk)] == [
        ("4.4", None)
    ]


def test_a_list_others_lean_on_is_not_undone(take: Take, engineer: Actor) -> None:
    row = take(sheet(TEN), commit=True, on=FIRST)
    take(sheet([*TEN[1:], man(0, Должность="Мастер")]), commit=True, on=LATER)
    import_undo(engineer, uid=row.uid)
    run_pending()
    row = import_of(engineer, row.uid)
    assert (row.state, "нельзя отменить" in row.message) == ("committed", True)
    assert employments(engineer).count() == 11


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([man(0, СНИЛС="112-233-445 96")], "2: В СНИЛС 112-233-445 96 не сходится контрольное число."),
        ([man(0), man(1, СНИЛС=snils(0))], "3: Этот же СНИЛС стоит в строке 2 у другого человека."),
        ([man(0), man(0)], "3: Строка повторяет строку 2: тот же человек в той же должности."),
        ([man(0), man(0, Должность="Мастер")], "две основные работы"),
        ([man(0, **{"Вредные факторы": "4.44"})], "Похожие коды"),
        ([man(0, **{"Вредные факторы": "4.3"})], "заголовок"),
        ([man(0, **{"Дата рождения": "01.02.2080"})], "ещё не наступила"),
        ([man(0, **{"Дата рождения": dt.date(2020, 1, 1)})], "Проверьте год рождения"),
        ([man(0, **{"Дата приёма": "01.01.1970"})], "раньше рождения"),
        ([man(0, **{"Дата приёма": "01.01.2027"})], "позже дня, на который составлен список"),
        ([man(0, Должность="")], "Не указана должность"),
        ([man(0, Пол="ж")], "не согласуется с отчеством"),
        ([man(0, ФИО="Ивaнов Иван Иванович")], "заменена русскими"),
    ],
)
def test_a_mistake_is_told_and_the_good_rows_are_taken(
    take: Take, engineer: Actor, plant: Organization, rows: list[list[object]], says: str
) -> None:
    row = take(sheet([*rows, man(500)]), commit=True, on=FIRST)
    assert [text for text in said(engineer, row) if says in text], said(engineer, row)
    assert row.state == "committed"
    assert employments_on(engineer, employer=plant.pk, on=DAY).count() == row.counts["new"] >= 1


def test_a_number_of_somebody_else_on_record_is_told(take: Take, engineer: Actor) -> None:
    take(sheet(TEN), commit=True, on=FIRST)
    row = take(sheet([man(500, СНИЛС=snils(0))]), on=LATER)
    assert "записан в карте с другим именем" in said(engineer, row)[-1]


def test_a_list_without_divisions_leaves_people_where_they_are(take: Take, engineer: Actor) -> None:
    take(sheet(TEN), commit=True, on=FIRST)
    short = [[cell for title, cell in zip(HEAD, row, strict=True) if title != "Подразделение"] for row in TEN]
    row = take(sheet(short, [title for title in HEAD if title != "Подразделение"]), on=LATER)
    assert (row.counts["unchanged"], said(engineer, row)) == (10, [])


def test_a_list_without_factors_leaves_them_as_they_are(
    take: Take, engineer: Actor, plant: Organization
) -> None:
    take(sheet(TEN), commit=True, on=FIRST)
    rows = [[*row[:7], "3.2"] for row in TEN]
    row = take(sheet(rows, [*HEAD[:7], "Класс"]), commit=True, on=LATER)
    assert row.counts["changed"] == 10
    [place] = workplaces(engineer, employer=plant.pk)
    exposure = exposure_at(engineer, [place.pk], on=LATER_DAY)[place.pk]
    assert ([factor.code for factor in exposure.factors], exposure.sout_class) == (["4.4"], "3.2")
