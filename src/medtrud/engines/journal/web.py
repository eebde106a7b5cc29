"""The journal for the security desk: lines, suspicions, rules."""

from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.ui.public import (
    Button,
    Column,
    DayField,
    Days,
    FlagField,
    NumberField,
    Request,
    Search,
    Section,
    Select,
    Tab,
    TextField,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
    plain,
)

from . import actions
from .models import Line, Suspicion, Watch
from .queries import line_of, line_search, lines, suspicion_of, suspicions, title_of, watch_of, watches
from .rules import canonical
from .types import OUTCOMES, ROLES, Outcome

TONES = {Outcome.DONE: "ok", Outcome.REFUSED: "bad"}


def _action(line: Line, about: object) -> object:
    return cells.link(title_of(line.action), reverse("journal:line_show", args=[line.uid]))


def _object(line: Line, about: object) -> object:
    if line.object is None:
        return cells.DASH
    return cells.link(f"{str(line.object)[:8]}…", f"{reverse('journal:line_list')}?q={line.object}")


def _outcome(line: Line, about: object) -> object:
    return cells.tag(line.outcome_title.capitalize(), TONES[Outcome(line.outcome)])


@needs("journal.line_list")
def line_list(request: Request) -> HttpResponse:
    """Show who did what, the newest first."""
    return listing(
        request,
        lines(request.actor),
        template="journal/line_list.html",
        title="Журнал действий",
        noun="запись,записи,записей",
        columns=(
            Column("number", "№", plain("number"), "number", "line", "number"),
            Column("at", "Когда", lambda line, _: cells.moment(line.at), role="aside", width="date"),
            Column("action", "Действие", _action, role="title", width="grow"),
            Column("name", "Кто", plain("name"), width="name"),
            Column("role", "Рабочее место", plain("role_title")),
            Column("object", "Предмет", _object),
            Column("outcome", "Исход", _outcome, role="state", width="state"),
        ),
        tabs=(
            Tab("done", "Выполнено", Q(outcome=Outcome.DONE)),
            Tab("refused", "Отказано", Q(outcome=Outcome.REFUSED)),
        ),
        filters=(
            Select("role", "Все рабочие места", [(role.value, title) for role, title in ROLES.items()]),
            Days("on", "Когда", "at"),
        ),
        search=Search("Имя для входа, действие, номер или uid предмета", line_search),
        order="-number",
        extra={"given": request.GET},
        empty="Записи появятся с первым действием.",
    )


@needs("journal.line_show")
def line_show(request: Request, uid: UUID) -> HttpResponse:
    """Show everything a line holds."""
    line = line_of(request.actor, uid)
    about = (
        ("Когда", cells.moment(line.at)),
        ("Кто", line.name or "—"),
        ("Рабочее место", line.role_title),
        ("Действие", line.action),
        ("Исход", line.outcome_title),
        ("Вид предмета", line.label or "—"),
        ("Предмет", line.object or "—"),
        ("Факты", canonical(line.facts)),
        ("Отпечаток", line.hash),
        ("Отпечаток предыдущей", line.previous),
    )
    return page(
        request,
        "journal/line_show.html",
        title=f"Запись № {line.number}",
        lead=title_of(line.action),
        about=about,
        line=line,
    )


@require_POST
@needs("journal.line_export")
def line_export(request: Request) -> HttpResponse:
    """Start an export of what the list shows."""
    day = DayField(label="Когда", required=False)
    ends = {
        name: day.clean(request.POST.get(f"on_{end}", ""))
        for name, end in (("since", "from"), ("until", "to"))
    }
    filters = {name: on.isoformat() for name, on in ends.items() if on}
    known = {
        "text": request.POST.get("q"),
        "outcome": _known(request.POST.get("tab")),
        "role": request.POST.get("role"),
    }
    job = actions.line_export(
        request.actor, filters=filters | {name: value for name, value in known.items() if value}
    )
    return done(request, "Выгрузка готовится.", "background:job_show", job.uid)


def _known(outcome: str | None) -> str:
    return outcome if outcome in {item.value for item in OUTCOMES} and outcome else ""


@require_POST
@needs("journal.chain_verify")
def chain_verify(request: Request) -> HttpResponse:
    """Start a walk along the chain."""
    job = actions.chain_verify(request.actor)
    return done(request, "Проверка началась.", "background:job_show", job.uid)


def _watch(suspicion: Suspicion, about: object) -> object:
    return cells.link(suspicion.watch.title, reverse("journal:suspicion_close", args=[suspicion.uid]))


def _closed(suspicion: Suspicion, about: object) -> object:
    return cells.tag("Разобрано", "ok") if suspicion.closed_at else cells.tag("Ждёт разбора", "warn")


@needs("journal.suspicion_list")
def suspicion_list(request: Request) -> HttpResponse:
    """Show what the rules have noticed."""
    return listing(
        request,
        suspicions(request.actor),
        title="Подозрительное",
        noun="случай,случая,случаев",
        columns=(
            Column("watch", "Что замечено", _watch, role="title", width="grow"),
            Column("name", "Кто", plain("name"), width="name"),
            Column("times", "Раз", plain("times"), width="number"),
            Column("at", "Когда", lambda row, _: cells.moment(row.at), "at", "aside", "date"),
            Column("note", "Вывод", plain("note")),
            Column("state", "Состояние", _closed, role="state", width="state"),
        ),
        tabs=(
            Tab("open", "Ждут", Q(closed_at__isnull=True)),
            Tab("closed", "Разобраны", Q(closed_at__isnull=False)),
        ),
        order="-at",
        buttons=(Button("Правила", reverse("journal:watch_list"), "settings"),),
        empty="Правила пока ничего не заметили. Они смотрят журнал каждые пять минут.",
    )


class SuspicionForm(forms.Form):
    """What was found out."""

    note = TextField(label="Что выяснено и что сделано", rows=4)


@needs("journal.suspicion_close")
def suspicion_close(request: Request, uid: UUID) -> HttpResponse:
    """Show an occasion with its lines; write down the outcome."""
    suspicion = suspicion_of(request.actor, uid)
    form = SuspicionForm(request.POST or None)
    if attempt(form, lambda facts: actions.suspicion_close(request.actor, uid=uid, **facts)):
        return done(request, "Вывод записан.", "journal:suspicion_list")
    about = lines(request.actor).filter(number__gte=suspicion.first, number__lte=suspicion.last)
    mine = about.filter(account=suspicion.account, name=suspicion.name)
    return form_page(
        request,
        form,
        template="journal/suspicion_close.html",
        title=suspicion.watch.title,
        action="Записать вывод",
        back=reverse("journal:suspicion_list"),
        suspicion=suspicion,
        shown=[(line, title_of(line.action)) for line in mine.order_by("-number")[:20]],
    )


def _rule(watch: Watch, about: object) -> object:
    return cells.link(watch.title, reverse("journal:watch_change", args=[watch.uid]))


@needs("journal.watch_list")
def watch_list(request: Request) -> HttpResponse:
    """Show the rules of suspicion."""
    return listing(
        request,
        watches(request.actor),
        title="Правила подозрительных действий",
        noun="правило,правила,правил",
        columns=(
            Column("title", "Правило", _rule, role="title", width="grow"),
            Column("action", "Действие", lambda row, _: title_of(row.action) if row.action else "Любое"),
            Column(
                "outcome", "Исход", lambda row, _: OUTCOMES[Outcome(row.outcome)] if row.outcome else "любой"
            ),
            Column("times", "Раз", plain("times"), width="number"),
            Column("minutes", "За минут", plain("minutes"), width="number"),
            Column(
                "state",
                "Состояние",
                lambda row, _: cells.tag("Действует", "ok") if row.is_active else cells.tag("Выключено"),
                role="state",
                width="state",
            ),
        ),
        order="code",
        empty="Правил нет.",
    )


class WatchForm(forms.Form):
    """The numbers of a rule."""

    times = NumberField(label="Сколько раз", low=1, high=100_000)
    minutes = NumberField(label="За сколько минут", low=1, high=100_000)
    is_active = FlagField(label="Правило действует", required=False)
    sections = (Section("Когда считать подозрительным", ("times", "minutes", "is_active")),)


@needs("journal.watch_change")
def watch_change(request: Request, uid: UUID) -> HttpResponse:
    """Change the numbers of a rule."""
    watch = watch_of(request.actor, uid)
    now = {"times": watch.times, "minutes": watch.minutes, "is_active": watch.is_active}
    form = WatchForm(request.POST or None, initial=now)
    if attempt(form, lambda facts: actions.watch_change(request.actor, uid=uid, **facts)):
        return done(request, "Правило изменено.", "journal:watch_list")
    return form_page(request, form, title=watch.title, action="Сохранить", back=reverse("journal:watch_list"))


app_name = "journal"
urlpatterns = [
    path("", line_list, name="line_list"),
    path("export/", line_export, name="line_export"),
    path("verify/", chain_verify, name="chain_verify"),
    path("suspicions/", suspicion_list, name="suspicion_list"),
    path("suspicions/<uuid:uid>/", suspicion_close, name="suspicion_close"),
    path("watches/", watch_list, name="watch_list"),
    path("watches/<uuid:uid>/", watch_change, name="watch_change"),
    path("<uuid:uid>/", line_show, name="line_show"),
]
