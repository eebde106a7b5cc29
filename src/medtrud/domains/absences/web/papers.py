"""The analysis as a workbook and as a printed report."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from medtrud.engines.paper.public import form_render
from medtrud.engines.ui.public import Request, needs

from ..drivers import Sheet, workbook
from ..queries.asked import Asked
from ..queries.form16 import form_16vn
from ..rules.form16 import Line, ages_on
from ..types import Analysis
from .report import asked, compared, report_of, row_cells, tiles

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = (
    "Группа", "Средняя численность", "Случаев", "Дней", "Случаев на 100", "Границы 95 %", "Дней на 100",
    "Средняя длительность",
)  # fmt: skip
NOT_COMPARED = "Макет формы не сверен с официальным: строки и графы – собственная раскладка."
RULES = (
    "Случай – первичный листок со всеми продолжениями; он относится к периоду, в котором закончился.",
    "Беременность и роды в показатели не входят. Границы случаев – точные пуассоновские.",
)


@needs("absences.analysis_export")
def table(request: Request) -> HttpResponse:
    """Give the whole report as a workbook."""
    want = asked(request)
    now, before = report_of(request.actor, want)
    sheets = [
        Sheet(
            "Итоги",
            _title(want),
            ("Показатель", "Период", "Год назад", "Изменение"),
            compared(now, before),
            (*RULES, *now.notes),
        ),
        *(
            Sheet(each.title, f"{each.title}. {_title(want)}", HEAD, [_figures(row) for row in each.rows])
            for each in now.sections.values()
        ),
        *_form(request, want),
    ]
    return file_answer(workbook(sheets), f"Заболеваемость {want.words}.xlsx", XLSX)


def _figures(row: object) -> list[object]:
    title = row.title  # type: ignore[attr-defined]
    if row.hidden:  # type: ignore[attr-defined]
        return [title, *row_cells(row)]  # type: ignore[arg-type]
    limits = row_cells(row)[4]  # type: ignore[arg-type]
    return [
        title, row.workers, row.cases, row.days, row.cases_rate, limits, row.days_rate, row.mean,  # type: ignore[attr-defined]
    ]  # fmt: skip


def _form(request: Request, want: Asked) -> list[Sheet]:
    lines, unknown = form_16vn(request.actor, employer=want.employer.pk, since=want.since, until=want.until)
    if not lines:
        return []
    ages = [title for title, _ in ages_on(want.until)]
    head = ("Причина", "Пол", "Дней", "Случаев", *ages)
    rows = [[line.title, line.sex, line.days, line.cases, *line.ages] for line in lines]
    notes = [NOT_COMPARED, f"Случаев без диагноза, которые не вошли: {unknown}."]
    return [Sheet("16-ВН", f"По форме 16-ВН. {_title(want)}", head, rows, notes)]


@needs("absences.analysis_export")
def printed(request: Request) -> HttpResponse:
    """Give the report as a printed form."""
    want = asked(request)
    now, before = report_of(request.actor, want)
    lines, unknown = form_16vn(request.actor, employer=want.employer.pk, since=want.since, until=want.until)
    form = _paper(want, now) | {
        "compared": compared(now, before),
        "form": [_line(line) for line in lines],
        "ages": [title for title, _ in ages_on(want.until)],
        "unknown": unknown,
    }
    return file_answer(
        form_render("absences/analysis.typ", form), f"Заболеваемость {want.words}.pdf", "application/pdf"
    )


def _paper(want: Asked, now: Analysis) -> dict[str, object]:
    return {
        "employer": str(want.employer),
        "period": want.words,
        "tiles": [(title, value, note) for title, value, note, _ in tiles(now)],
        "sections": [
            {"title": each.title, "rows": [[row.title, *row_cells(row)] for row in each.rows]}
            for each in now.sections.values()
            if each.rows
        ],
        "head": list(HEAD),
        "notes": [*RULES, *now.notes],
        "caution": NOT_COMPARED,
    }


def _line(line: Line) -> list[str]:
    return [line.title, line.sex, str(line.days), str(line.cases), *(str(count) for count in line.ages)]


def _title(want: Asked) -> str:
    return f"{want.employer}, {want.words}"


def file_answer(content: bytes, name: str, mime: str) -> HttpResponse:
    """Offer a file; nothing of it stays in caches on the way."""
    answer = HttpResponse(content, content_type=mime)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer
