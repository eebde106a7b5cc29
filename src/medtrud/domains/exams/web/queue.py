"""The queue of a doctor: who waits for him, and one key to the next person."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Button, Column, Request, Search, Tab, cells, listing, needs
from medtrud.kernel.dates import age_on
from medtrud.registries.people.public import names_of

from ..models import Exam
from ..queries.queue import my_performers, open_lines, queue, titles_waiting
from ..queries.visit import exams_found
from .faces import YEARS, chips_of
from .sheet import upper

NOBODY = (
    "Для вас нет специальности с действующей аккредитацией, поэтому очередь пуста. "
    "Внесите специальность и аккредитацию в карточке сотрудника."
)


@needs("exams.queue")
def exam_queue(request: Request) -> HttpResponse:
    """Show who waits for my specialties; the first link opens the entry form."""
    actor, on = request.actor, today()
    mine = my_performers(actor, on)
    by = request.GET.get("tab", "")

    def about(rows: list[Exam]) -> tuple[Any, Any]:
        codes = [by] if by in mine else list(mine)
        names = names_of(actor, [row.person_id for row in rows])
        return names, titles_waiting(actor, codes, [row.pk for row in rows])

    return listing(
        request,
        queue(actor, list(mine)),
        title="Моя очередь",
        noun="человек,человека,человек",
        columns=_columns(on, by if by in mine else ""),
        tabs=[
            Tab(code, upper(title), Q(Exists(open_lines(actor, [code]).filter(exam=OuterRef("pk")))))
            for code, title in mine.items()
        ],
        search=Search("ФИО или СНИЛС", lambda rows, text: exams_found(actor, rows, text)),
        order="since",
        about=about,
        name=lambda row: str(row.referral),
        buttons=(Button("Ввод таблицей", reverse("exams:bench"), "table"),),
        empty="Никто не ждёт. Люди появятся здесь, когда регистратура начнёт их осмотр." if mine else NOBODY,
    )


def _columns(on: dt.date, by: str) -> tuple[Column, ...]:
    def worker(row: Exam, about: Any) -> object:
        name = about[0].get(row.person_id)
        url = reverse("exams:entry", args=[row.uid])
        return cells.link(name.full if name else "Карта закрыта", f"{url}?by={by}" if by else url)

    def age(row: Exam, about: Any) -> object:
        name = about[0].get(row.person_id)
        return cells.counted(age_on(name.birth_date, on), YEARS) if name else cells.DASH

    return (
        Column("worker", "Работник", worker, "person__name_rank", "title", "name"),
        Column("age", "Возраст", age, width="number"),
        Column("since", "Ждёт с", lambda e, _: cells.day(e.arrived_on), "arrived_on", "aside", "date"),
        Column("todo", "Предстоит", lambda e, about: upper(", ".join(about[1].get(e.pk, ()))), width="grow"),
        Column("employer", "Работодатель", lambda e, _: str(e.employer)),
        Column("post", "Должность", lambda e, _: e.referral.post),
        Column(
            "codes", "Факторы", lambda e, _: cells.chips(chips_of(e.referral.codes, e.referral.issued_on))
        ),
    )


urlpatterns = [path("queue/", exam_queue, name="queue")]
