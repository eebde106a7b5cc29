"""The queue of documents, and one document with its faults, its journal and what to do."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from medtrud.engines.ui.public import (
    Button,
    Column,
    DayField,
    Days,
    Request,
    Search,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
)
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import name_of, names_of, persons_search

from .. import actions
from ..actions.registry import OPERATIONS
from ..drivers.places import schemas_folder
from ..drivers.schemas import schema_of
from ..models import Submission
from ..queries import exchange_of, messages, submission_of, submissions
from ..types.exchange import AGAIN, SubmissionState
from ..types.findings import LAYERS
from ..types.semd import KIND

State = SubmissionState
SHOWN = 100


@needs("egisz.submission_list")
def submission_list(request: Request) -> HttpResponse:
    """Show the documents of the clinic on their way to the registry."""
    actor = request.actor
    return listing(
        request,
        submissions(actor),
        title="Реестр медицинских документов",
        noun="документ,документа,документов",
        columns=(
            Column("number", "Заключение", _link, role="title", width="name"),
            Column("person", "Работник", _name),
            Column(
                "version", "Версия", lambda row, _: cells.number(row.version), role="wide", width="number"
            ),
            Column(
                "at",
                "В очереди с",
                lambda row, _: cells.moment(row.created_at),
                "created_at",
                "aside",
                "date",
            ),
            Column("registry", "Номер в реестре", lambda row, _: row.registry_number or _why(row)),
            Column("state", "Состояние", _state, role="state", width="state"),
        ),
        tabs=(
            Tab("attention", "Требуют внимания", Q(state__in=AGAIN)),
            Tab("signing", "На подписи", Q(state=State.SIGNING)),
            Tab("going", "В пути", Q(state__in=[State.WAITING, State.READY, State.SENT])),
            Tab("registered", "Зарегистрированы", Q(state=State.REGISTERED)),
            Tab("replaced", "Заменены", Q(state=State.REPLACED)),
        ),
        filters=(Days("at", "В очереди с", "created_at"),),
        search=Search(
            "ФИО или СНИЛС", lambda rows, text: rows.filter(person__in=persons_search(actor, text))
        ),
        about=lambda rows: names_of(actor, [row.person_id for row in rows]),
        buttons=_buttons(actor),
        template="egisz/list.html",
        extra={"exchange": exchange_of(actor), "schema": schema_of(schemas_folder(), KIND), "kind": KIND},
        empty="Документов ещё нет. Они появятся, когда обмен включён и выдано заключение.",
    )


@needs("egisz.submission_list")
def submission(request: Request, uid: Any) -> HttpResponse:
    """Show one document: where it stands, what is wrong and what to do."""
    actor = request.actor
    row = submission_of(actor, uid)
    state = State(row.state)
    name = name_of(actor, row.person_id)
    return page(
        request,
        "egisz/submission.html",
        title=f"СЭМД заключения {row.number}",
        lead=name.full,
        row=row,
        state=state,
        facts=_facts(row),
        layers=[(title, row.report["layers"].get(layer, "")) for layer, title in LAYERS.items()]
        if row.report.get("layers")
        else [],
        findings=row.report.get("errors", []),
        notes=row.report.get("notes", []),
        sent=[(each, OPERATIONS.get(each.operation, each.operation)) for each in _messages(actor, row)],
        can_repeat=state in AGAIN and actor.may("egisz.submission_repeat"),
        can_pack=row.document is not None and actor.may("egisz.submission_pack"),
    )


@require_POST
@needs("egisz.submission_repeat")
def submission_repeat(request: Request, uid: Any) -> HttpResponse:
    """Do again what has stopped."""
    actions.submission_repeat(request.actor, submission=uid)
    return done(request, "Повторяем. Обновите страницу через минуту.", "egisz:submission", uid, tone="info")


@require_POST
@needs("egisz.submission_pack")
def submission_pack(request: Request, uid: Any) -> HttpResponse:
    """Give the document with its signatures."""
    row, packed = actions.submission_pack(request.actor, submission=uid)
    answer = HttpResponse(packed, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{row.uid}.zip"'
    return answer


class SinceForm(forms.Form):
    """Since which day conclusions are queued."""

    since = DayField(label="Заключения, выданные с", hint="Уже стоящие в очереди не повторяются.")


@needs("egisz.submissions_add")
def submissions_add(request: Request) -> HttpResponse:
    """Queue the conclusions given before the exchange was switched on."""
    form = SinceForm(request.POST or None)
    count = attempt(form, lambda facts: [actions.submissions_add(request.actor, **facts)])
    if count:
        return done(request, f"Поставлено в очередь: {count[0]}.", "egisz:submission_list")
    back = reverse("egisz:submission_list")
    return form_page(request, form, title="Выданные ранее", action="Поставить в очередь", back=back)


def _buttons(actor: Actor) -> list[Button]:
    offered = (
        ("egisz.message_list", Button("Журнал", reverse("egisz:message_list"), "list-details")),
        ("egisz.submissions_add", Button("Выданные ранее", reverse("egisz:submissions_add"), "plus")),
        ("egisz.exchange_set", Button("Настройка", reverse("egisz:exchange_set"), "settings")),
    )
    return [button for permission, button in offered if actor.may(permission)]


def _messages(actor: Actor, row: Submission) -> Any:
    return messages(actor).filter(submission=row)[:SHOWN]


def _facts(row: Submission) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = [
        ("Версия документа", row.version),
        ("В очереди с", cells.moment(row.created_at)),
        ("localUid", str(row.uid)),
    ]
    if row.registry_number:
        found.append(("Номер в реестре", row.registry_number))
    if row.registered_at:
        found.append(("Зарегистрирован", cells.moment(row.registered_at)))
    if row.sha256:
        found.append(("SHA-256", row.sha256))
    if row.report.get("schema"):
        found.append(("Проверен по схеме", row.report["schema"]))
    if row.next_at:
        found.append(("Следующая попытка", cells.moment(row.next_at)))
    return found


def _name(row: Submission, names: Any) -> str:
    return names[row.person_id].short if row.person_id in names else ""


def _why(row: Submission) -> object:
    """Say in a few words what stopped a document."""
    if row.lacks:
        return cells.muted(f"нет: {', '.join(lack['what'] for lack in row.lacks)[:80]}")
    if row.faults:
        return cells.muted(row.faults[0]["text"][:80])
    errors = row.report.get("errors", [])
    return cells.muted(f"ошибок: {len(errors)}") if errors else ""


def _link(row: Submission, _: Any) -> object:
    return cells.link(row.number, reverse("egisz:submission", args=[row.uid]))


def _state(row: Submission, _: Any) -> object:
    state = State(row.state)
    return cells.tag(state.title_ru, state.tone)
