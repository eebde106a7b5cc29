"""The table of a laboratory or a pre-doctor room: one test, many persons, the keyboard only."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.http import urlencode

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import DayField, Request, cells, done, needs, page
from medtrud.kernel.errors import Refused
from medtrud.registries.people.public import names_of
from medtrud.registries.people.types import PersonName

from ..actions.line import result_record
from ..models import ExamLine
from ..queries.norms import Norms
from ..queries.queue import lines_titled, lines_waiting, my_performers
from ..rules.forms import EntryForm, FormRefused, entry_form, values_check
from ..types.results import NewResult
from .sheet import field_of

ROWS = 25
INVALID = 422
RESULTS = "результат,результата,результатов"


class RowForm(forms.Form):
    """One person of the table."""

    use_required_attribute = False

    def __init__(self, data: Any, *, line: ExamLine, law: EntryForm, name: PersonName | None) -> None:
        super().__init__(data, prefix=f"r{line.pk}")
        self.line, self.law, self.name = line, law, name
        self.done = False
        for field in law.fields:
            self.fields[field.code] = field_of(field, plain=True)

    @property
    def raw(self) -> dict[str, str]:
        """Return what was typed."""
        return {code: str(self[code].value() or "").strip() for code in self.fields}

    def write(self, request: Request, on: dt.date) -> None:
        """Write the row when somebody has typed into it; what is wrong stays in the row with its cause."""
        if not any(self.raw.values()):
            return
        self.is_valid()
        try:
            values_check(self.law, self.raw)
            result_record(request.actor, line=self.line.uid, result=NewResult(on, self.raw))
            self.done = True
        except FormRefused as refusal:
            for code, text in refusal.errors.items():
                self.add_error(code, text)
        except Refused as refusal:
            self.add_error(None, str(refusal))


class BenchForm(forms.Form):
    """Which test and which day the table shows."""

    on = DayField(label="Пришли", required=False)


@needs("exams.bench")
def bench(request: Request) -> HttpResponse:
    """Show one test as a table; every filled row is written by itself."""
    actor, now_on = request.actor, today()
    codes = list(my_performers(actor, now_on))
    tests = lines_waiting(actor, codes)
    title = request.GET.get("test", "") or (tests[0][0] if tests else "")
    asked = BenchForm(request.GET)
    on = asked.cleaned_data["on"] if asked.is_valid() else None
    rows = _rows(request, lines_titled(actor, codes, title, on)[:ROWS], now_on)
    if request.method == "POST":
        for row in rows:
            row.write(request, now_on)
        written = sum(row.done for row in rows)
        if not any(row.errors for row in rows):
            query = urlencode({"test": title} | ({"on": f"{on:%d.%m.%Y}"} if on else {}))
            text = f"Внесено: {cells.counted(written, RESULTS)}."
            return done(request, text, f"{reverse('exams:bench')}?{query}")
        rows = [row for row in rows if not row.done]
    bad = any(row.errors for row in rows)
    return page(
        request,
        "exams/bench.html",
        fragment="form",
        status=INVALID if bad else 200,
        title="Ввод таблицей",
        tests=tests,
        test=title,
        on=on,
        rows=rows,
        headings=list(rows[0].law.fields) if rows else [],
        faults=bad,
        written=sum(row.done for row in rows) if bad else 0,
    )


def _rows(request: Request, lines: Any, on: dt.date) -> list[RowForm]:
    found = list(lines)
    names = names_of(request.actor, [line.person_id for line in found])
    data = request.POST if request.method == "POST" else None
    own = Norms(request.actor.organization or 0, {line.title for line in found}, on)
    return [
        RowForm(
            data, line=line, law=_form(line, names.get(line.person_id), own), name=names.get(line.person_id)
        )
        for line in found
    ]


def _form(line: ExamLine, name: PersonName | None, own: Norms) -> EntryForm:
    if name is None:
        return entry_form(line.title, "male", own.on)
    return own.form(line.title, name)


urlpatterns = [path("bench/", bench, name="bench")]
