"""Designing routes and walking documents along them."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from medtrud.engines.access.public import colleagues
from medtrud.engines.journal import public as journal
from medtrud.engines.messages.public import message_send
from medtrud.engines.store.public import action, find, keep, keep_many, now, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import add_working_days
from medtrud.kernel.errors import Forbidden, Refused
from medtrud.registries.organizations.public import organization_of
from medtrud.registries.reference.public import calendar_on

from ..models import Document, Passage, PassageStep, Registration, Route, RouteStep
from ..queries import versions_of
from ..queries.routes import route_of, routes_for, steps_of, substitutes_on
from ..types import kinds_on
from ..types.routes import Deed, RouteState, StepIn, StepState

NOT_DRAFT = "Маршрут уже действует и не изменяется. Заведите новый, а этот прекратите."


@action
def route_open(actor: Actor, *, title: str, kinds: Sequence[str]) -> Route:
    """Begin a route for documents of some kinds, or of any kind."""
    unknown = [code for code in kinds if code not in kinds_on(today())]
    if unknown:
        raise Refused(f"Вида документа «{unknown[0]}» нет. Выберите виды из списка.")
    row = Route(organization=organization_of(actor), title=title.strip(), kinds=list(kinds), created_at=now())
    keep(row)
    journal.record(actor, "documents.route_open", row)
    return row


@action
def route_step_add(actor: Actor, *, route: UUID, step: StepIn) -> RouteStep:
    """Add a step to a draft; steps of one order are asked at once."""
    row = _draft(actor, route)
    if step.account not in colleagues(actor, today()):
        raise Refused("Сотрудник не работает в вашей организации. Выберите его из списка.")
    added = RouteStep(route=row, order=step.order, deed=step.deed, account=step.account, days=step.days)
    keep(added)
    journal.record(actor, "documents.route_step_add", row, order=step.order, deed=step.deed)
    return added


@action
def route_step_remove(actor: Actor, *, step: UUID) -> None:
    """Take a step out of a draft: a draft has bound nobody yet."""
    row: RouteStep = find(RouteStep, actor, step)
    _draft(actor, row.route.uid)
    RouteStep.objects.unscoped("a step of the draft found above").filter(pk=row.pk).delete()
    journal.record(actor, "documents.route_step_remove", row.route, order=row.order)


@action
def route_start(actor: Actor, *, route: UUID) -> Route:
    """Put a route to work; from now on it is not changed."""
    row = _draft(actor, route)
    if not steps_of(actor, row).exists():
        raise Refused("В маршруте нет ни одного шага. Добавьте хотя бы один.")
    row.state = RouteState.ACTIVE
    keep(row, "state")
    journal.record(actor, "documents.route_start", row)
    return row


@action
def route_end(actor: Actor, *, route: UUID) -> Route:
    """Take a route out of use; documents on their way finish it."""
    row = route_of(actor, route)
    row.state = RouteState.ENDED
    keep(row, "state")
    journal.record(actor, "documents.route_end", row)
    return row


@action
def passage_start(actor: Actor, *, document: UUID, route: UUID) -> Passage:
    """Send the current version of a document along a route; the first ones are asked at once."""
    row: Document = find(Document, actor, document)
    if row.organization_id != actor.organization:
        raise Forbidden("Документ ведёт другая организация: по своим маршрутам его отправляет она.")
    chosen = routes_for(actor, row).filter(uid=route).first()
    if chosen is None:
        raise Refused("Этот маршрут для такого документа не применяется. Выберите маршрут из списка.")
    passage = Passage(
        document=row,
        version=versions_of(actor, row)[0],
        route=chosen,
        organization_id=row.organization_id,
        author=actor.account,
        started_at=now(),
    )
    keep(passage)
    keep_many(
        [
            PassageStep(
                passage=passage,
                organization_id=row.organization_id,
                order=step.order,
                deed=step.deed,
                account=step.account,
                days=step.days,
            )
            for step in steps_of(actor, chosen)
        ]
    )
    _advance(actor, passage)
    journal.record(actor, "documents.passage_start", row, route=chosen.uid)
    return passage


@action
def step_decide(actor: Actor, *, step: UUID, agree: bool, text: str = "") -> PassageStep:
    """Answer what one was asked: agreement passes the document on, a return ends its way."""
    row: PassageStep = find(PassageStep, actor, step)
    passage = Passage.objects.unscoped("of the step found above").select_for_update().get(pk=row.passage_id)
    row.refresh_from_db()
    if row.state != StepState.ASKED or row.account != actor.account:
        raise Refused("Этот шаг сейчас ждёт не вас: на него уже ответили или очередь ещё не дошла.")
    if not agree and not text.strip():
        raise Refused("Возврат объясняют: напишите, что исправить.")
    if agree and row.deed == Deed.REGISTER:
        _registered(passage)
    row.state = StepState.DONE if agree else StepState.REFUSED
    row.text, row.decided_at = text.strip(), now()
    keep(row, "state", "text", "decided_at")
    if agree:
        _advance(actor, passage)
    else:
        _end(passage, "returned", f"Возвращён: {row.text}")
    journal.record(actor, "documents.step_decide", passage.document, agree=agree, order=row.order)
    return row


@action
def passage_stop(actor: Actor, *, document: UUID, reason: str) -> None:
    """Take a document off its route, for example to correct it."""
    row: Document = find(Document, actor, document)
    rows = Passage.objects.visible_to(actor).filter(document=row, state="going")
    passage = rows.select_for_update(of=("self",)).first()
    if passage is None:
        raise Refused("Документ сейчас не идёт по маршруту.")
    if not reason.strip():
        raise Refused("Остановку объясняют. Укажите причину.")
    _end(passage, "stopped", "")
    journal.record(actor, "documents.passage_stop", row, reason=reason.strip())


def _registered(passage: Passage) -> None:
    numbers = Registration.objects.unscoped("the number of a document on its way")
    if not numbers.filter(document=passage.document_id).exists():
        raise Refused("Документ ещё не зарегистрирован. Выдайте ему номер на его странице и вернитесь.")


def _advance(actor: Actor, passage: Passage) -> None:
    """Ask the next ones when all of the order before have answered; past the last order the way ends."""
    rows = list(
        PassageStep.objects.unscoped("of this passage").filter(passage=passage).order_by("order", "pk")
    )
    for _, group in groupby(rows, key=lambda step: step.order):
        steps = list(group)
        waiting = [step for step in steps if step.state == StepState.WAITS]
        if waiting:
            _ask(actor, passage, waiting)
            return
        if any(step.state == StepState.ASKED for step in steps):
            return
    _end(passage, "done", "")


def _ask(actor: Actor, passage: Passage, steps: Sequence[PassageStep]) -> None:
    on = today()
    working = calendar_on(actor, on)
    instead = substitutes_on(actor, [step.account for step in steps], on)
    for step in steps:
        if step.account in instead:
            step.instead_of, step.account = step.account, instead[step.account]
        step.state, step.asked_at = StepState.ASKED, now()
        step.due = add_working_days(on, step.days, working) if step.days else None
        keep(step, "account", "instead_of", "state", "asked_at", "due")
        until = f", срок {step.due:%d.%m.%Y}" if step.due else ""
        message_send(
            actor,
            account=step.account,
            kind="documents.step",
            text=f"{Deed(step.deed).title_ru}: {passage.document.title}{until}.",
            about=passage.document.uid,
        )


def _end(passage: Passage, state: str, text: str) -> None:
    left = PassageStep.objects.unscoped("of this passage").filter(
        passage=passage, state__in=[StepState.WAITS, StepState.ASKED]
    )
    left.update(state=StepState.SKIPPED)
    passage.state, passage.ended_at = state, now()
    keep(passage, "state", "ended_at")
    if passage.author and state != "stopped":
        said = text or "Маршрут пройден."
        message_send(
            Actor.job("документ завершил маршрут"),
            account=passage.author,
            kind="documents.passage",
            text=f"{passage.document.title}. {said}",
            about=passage.document.uid,
        )


def _draft(actor: Actor, uid: UUID) -> Route:
    row = route_of(actor, uid)
    if row.state != RouteState.DRAFT:
        raise Refused(NOT_DRAFT)
    return row
