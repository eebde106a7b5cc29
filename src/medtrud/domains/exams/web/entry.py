"""The entry form: all lines of a doctor for one person on one page, saved as it is typed, done by one key."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import now, today
from medtrud.engines.ui.public import (
    Draft,
    Event,
    Hint,
    Request,
    attempt,
    cells,
    done,
    draft_conflict,
    draft_saved,
    entry_page,
    needs,
)
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..actions.line import draft_save as save
from ..actions.line import result_record, results_record
from ..queries.entry import (
    EntryDesk,
    contraindications_on,
    deviations_of,
    diagnoses_by,
    entry_desk,
    past_of,
    result_of,
)
from ..queries.queue import my_performers, queue_next
from ..queries.rows import exam_of
from ..queries.score import BASIS, scored
from ..queries.visit import line_of, results_shown
from .faces import banner_of
from .sheet import Sheet, initial_of

SECTIONS = "раздел,раздела,разделов"
DONE = "Для вас здесь всё внесено."
LATE = "Пока вы вводили, результат внёс другой сотрудник. Сверьте его и, если нужно, исправьте новой версией."


@needs("exams.results_record")
def entry(request: Request, uid: UUID) -> HttpResponse:
    """Enter everything that waits for me at one person, and go to the next one."""
    codes = _codes(request)
    desk = entry_desk(request.actor, exam_of(request.actor, uid), None, codes, today())
    if not desk.lines:
        return done(request, LATE if request.method == "POST" else DONE, "exams:exam", uid, tone="info")
    form = _sheet(desk, request.POST or None, scored(desk).values | _kept(desk))
    onward = _onward(request.actor, codes, desk, request.GET.get("by", ""))
    if written := attempt(form, lambda _: results_record(request.actor, exam=uid, results=form.results)):
        text = f"{desk.person.short}: внесено {cells.counted(written, SECTIONS)}."
        return done(request, text, onward)
    draft = Draft(_draft_url(request, uid), f"exam-{uid}", desk.revision, desk.saved_at)
    return _screen(request, form, desk, draft=draft, skip=onward, action="Завершить и к следующему")


@require_POST
@needs("exams.draft_save")
def draft_save(request: Request, uid: UUID) -> HttpResponse:
    """Keep what is typed; when somebody has saved in between, both values are shown."""
    desk = entry_desk(request.actor, exam_of(request.actor, uid), None, _codes(request), today())
    form = _sheet(desk, request.POST, {})
    typed = {name: value for name in form.fields if (value := request.POST.get(name, "").strip())}
    revision = request.POST.get("revision", "")
    if not desk.lines:  # the result has been written meanwhile, the way on leads to it
        return _conflict(request, desk, form, typed)
    known = int(revision) if revision.isdecimal() else 0
    try:
        kept = save(request.actor, line=desk.main.uid, values=typed, revision=known, window=_window(request))
    except Refused:
        return _conflict(request, desk, form, typed)
    form.is_valid()
    hints = _hints(desk)
    return draft_saved(request, form, revision=kept.revision, at=now(), hints=hints)


@needs("exams.result_record")
def line_correct(request: Request, uid: UUID) -> HttpResponse:
    """Correct a finished result: the next version, the old one stays and is shown beside."""
    actor, line = request.actor, line_of(request.actor, uid)
    result = result_of(actor, line)
    if result is None:
        return HttpResponseRedirect(reverse("exams:entry", args=[line.exam.uid]))
    desk = entry_desk(actor, exam_of(actor, line.exam.uid), [line], (), today())
    form = _sheet(desk, request.POST or None, initial_of(line, result, diagnoses_by(actor, line)))
    written = attempt(form, lambda _: result_record(actor, line=uid, result=form.results[0]))
    if written:
        return done(
            request, f"«{line.title}»: записана версия {written.version}.", "exams:exam", desk.exam.uid
        )
    versions = results_shown(actor, [line], desk.person).get(line.pk, [])
    action = "Записать новую версию"
    return _screen(request, form, desk, skip="", action=action, versions=versions)


def _screen(request: Request, form: Sheet, desk: EntryDesk, **values: Any) -> HttpResponse:
    past = [Event(on, title, text, "warn" if bad else "ok") for on, title, text, bad in past_of(desk)]
    doctor = any(line.kind == "specialist" for line, _ in desk.lines)
    return entry_page(
        request,
        form,
        title=f"Осмотр: {desk.person.short}",
        template="exams/entry.html",
        more_parts="exams/entry_diagnoses.html",
        beside="exams/entry_beside.html",
        banner=banner_of(desk.exam, desk.person, desk.on, reverse("exams:exam", args=[desk.exam.uid])),
        hints=_hints(desk),
        past=past,
        contraindications=contraindications_on(desk.exam, desk.person, desk.on) if doctor else (),
        **values,
    )


def _sheet(desk: EntryDesk, data: Any, initial: dict[str, Any]) -> Sheet:
    start = {"performed_on": desk.on} | initial
    return Sheet(data, lines=desk.lines, known=desk.known, on=desk.on, before=desk.before, initial=start)


def _kept(desk: EntryDesk) -> dict[str, Any]:
    return dict(desk.draft.values) if desk.draft else {}


def _codes(request: Request) -> list[str]:
    """Return my performers, or the one of the address when it is mine."""
    mine = list(my_performers(request.actor, today()))
    asked = request.GET.get("by", "")
    return [asked] if asked in mine else mine


def _hints(desk: EntryDesk) -> list[Hint]:
    hints = [Hint(found.text, found.by) for found in deviations_of(desk.actor, desk.exam, desk.person)]
    risk = scored(desk).text
    return [*hints, Hint(risk, BASIS)] if risk else hints


def _onward(actor: Actor, codes: Sequence[str], desk: EntryDesk, by: str) -> str:
    """Return the address of the next person of the queue, or of the empty queue."""
    following = queue_next(actor, codes, desk.exam)
    query = f"?{urlencode({'by': by})}" if by else ""
    if following is None:
        return reverse("exams:queue") + (f"?{urlencode({'tab': by})}" if by else "")
    return reverse("exams:entry", args=[following]) + query


def _window(request: Request) -> UUID | None:
    try:
        return UUID(request.POST.get("window", ""))
    except ValueError:
        return None


def _draft_url(request: Request, uid: UUID) -> str:
    by = request.GET.get("by", "")
    return reverse("exams:draft_save", args=[uid]) + (f"?{urlencode({'by': by})}" if by else "")


def _conflict(request: Request, desk: EntryDesk, form: Sheet, typed: dict[str, str]) -> HttpResponse:
    theirs = _kept(desk)
    differences = [
        (str(field.label), typed.get(name, ""), theirs.get(name, ""))
        for name, field in form.fields.items()
        if typed.get(name, "") != theirs.get(name, "")
    ]
    return draft_conflict(
        request,
        who="другое окно или другой сотрудник",
        revision=desk.revision,
        differences=differences,
        url=reverse("exams:entry", args=[desk.exam.uid]),
    )


urlpatterns = [
    path("exams/<uuid:uid>/entry/", entry, name="entry"),
    path("exams/<uuid:uid>/entry/draft/", draft_save, name="draft_save"),
    path("lines/<uuid:uid>/correct/", line_correct, name="line_correct"),
]
