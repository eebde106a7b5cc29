"""Protective equipment: cards of workers, the catalogue, norms."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Banner,
    Button,
    Column,
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
    plain,
)
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import employment_of, organization_of
from medtrud.registries.people.public import name_of

from ..actions import ppe as actions
from ..models import PpeItem, PpeNorm
from ..queries.ppe import (
    certificates_of,
    moves_of,
    norms_on,
    ppe_certified,
    ppe_issue_of,
    ppe_issues,
    ppe_item_of,
    ppe_items,
    ppe_norms,
    sizes_of,
)
from ..queries.ppe_card import card_form
from ..types.ppe import NewIssue, PpeMoveKind
from .papers import pdf_answer
from .ppe_forms import CertificateForm, IssueForm, ItemForm, MoveForm, NormForm, SizesForm


@needs("safety.ppe_card")
def ppe_card(request: Request, uid: UUID) -> HttpResponse:
    """Show the card of a worker: sizes, what he is entitled to, what he has got."""
    actor, on = request.actor, today()
    job = employment_of(actor, uid)
    who = name_of(actor, job.person_id)
    issued = list(ppe_issues(actor).filter(person=job.person_id))
    moves = moves_of(actor, [row.pk for row in issued])
    return page(
        request,
        "safety/ppe_card.html",
        title="Личная карточка учёта СИЗ",
        job=job,
        banner=Banner(who.full, f"{job.post or ''}", (("Рабочее место", str(job.workplace or "—")),)),
        sizes=sizes_of(actor, job.person_id),
        norms=norms_on(actor, job, on),
        issued=[
            {
                "row": row,
                "late": row.due is not None and row.due <= on,
                "moves": [(PpeMoveKind(move.kind).title_ru, move) for move in moves.get(row.pk, [])],
            }
            for row in issued
        ],
    )


@needs("safety.ppe_card_print")
def ppe_card_print(request: Request, uid: UUID) -> HttpResponse:
    """Print the card of a worker."""
    form = card_form(request.actor, employment_of(request.actor, uid), today())
    return pdf_answer("safety/ppe_card.typ", form, f"Карточка СИЗ, {form.name}")


@needs("safety.ppe_issue")
def ppe_issue(request: Request, uid: UUID) -> HttpResponse:
    """Issue equipment to a worker."""
    job = employment_of(request.actor, uid)
    initial = {"item": request.GET.get("item", "")}
    form = IssueForm(request.actor, today(), request.POST or None, initial=initial)
    row = attempt(
        form,
        lambda facts: actions.ppe_issue(
            request.actor, issue=NewIssue(employment=uid, **facts | {"item": UUID(facts["item"])})
        ),
    )
    if row:
        until = f", заменить {row.due:%d.%m.%Y}" if row.due else ""
        return done(request, f"Выдано{until}.", "safety:ppe_card", uid)
    who = name_of(request.actor, job.person_id)
    back = reverse("safety:ppe_card", args=[uid])
    return form_page(request, form, title="Выдать СИЗ", lead=who.full, action="Выдать", back=back)


@needs("safety.ppe_move")
def ppe_move(request: Request, uid: UUID) -> HttpResponse:
    """Record what became of an issue."""
    row = ppe_issue_of(request.actor, uid)
    job = row.employment.uid
    form = MoveForm(request.POST or None, initial={"on": today(), "quantity": row.quantity})
    moved = attempt(
        form,
        lambda facts: actions.ppe_move(
            request.actor, issue=uid, **facts | {"kind": PpeMoveKind(facts["kind"])}
        ),
    )
    if moved:
        return done(request, "Записано.", "safety:ppe_card", job)
    back = reverse("safety:ppe_card", args=[job])
    return form_page(request, form, title="Движение СИЗ", lead=str(row), action="Записать", back=back)


@needs("safety.ppe_sizes_set")
def ppe_sizes_set(request: Request, uid: UUID) -> HttpResponse:
    """Record the sizes of a worker."""
    job = employment_of(request.actor, uid)
    known = sizes_of(request.actor, job.person_id)
    names = ("height", "clothes", "shoes", "head", "respirator", "gloves")
    initial = {name: getattr(known, name) for name in names} if known else {}
    form = SizesForm(request.POST or None, initial=initial | {"on": today()})
    saved = attempt(
        form,
        lambda facts: actions.ppe_sizes_set(
            request.actor, employment=uid, on=facts["on"], sizes={name: facts[name] for name in names}
        ),
    )
    if saved:
        return done(request, "Размеры записаны.", "safety:ppe_card", uid)
    back = reverse("safety:ppe_card", args=[uid])
    return form_page(request, form, title="Размеры работника", action="Записать", back=back)


@needs("safety.ppe_item_list")
def ppe_item_list(request: Request) -> HttpResponse:
    """Show the catalogue with certificates."""
    on = today()
    covered = ppe_certified(request.actor, on)
    return listing(
        request,
        ppe_items(request.actor, closed=True).prefetch_related("certificates"),
        title="Средства защиты",
        noun="СИЗ,СИЗ,СИЗ",
        columns=(
            Column("title", "Наименование", _item, "title_key", "title", "name"),
            Column("point", "Пункт норм", plain("point")),
            Column("codes", "Факторы", lambda row, _: ", ".join(row.codes) or cells.DASH),
            Column("certificate", "Сертификат", lambda row, _: _certificate(row, on), role="state"),
        ),
        tabs=(
            Tab("going", "Применяются", Q(closed_on__isnull=True)),
            Tab("bare", "Без сертификата", Q(closed_on__isnull=True) & ~Q(pk__in=covered)),
            Tab("closed", "Не применяются", Q(closed_on__isnull=False)),
        ),
        search=Search("Наименование", lambda rows, text: rows.filter(title_key__contains=sort_key(text))),
        order="title",
        buttons=(
            Button("Новое СИЗ", reverse("safety:ppe_item_add"), "plus"),
            Button(
                "Загрузить таблицей",
                reverse("exchange:import_upload", args=["ppe_items"]),
                "file-spreadsheet",
            ),
        ),
        empty="Каталог пуст. Заведите СИЗ и запишите его сертификат.",
    )


@needs("safety.ppe_item_add")
def ppe_item_add(request: Request) -> HttpResponse:
    """Enter a kind of equipment."""
    form = ItemForm(request.POST or None)
    row = attempt(form, lambda _: actions.ppe_item_add(request.actor, item=form.item(), on=today()))
    if row:
        return done(request, "СИЗ заведено. Запишите сертификат.", "safety:ppe_item", row.uid)
    back = reverse("safety:ppe_item_list")
    return form_page(request, form, title="Новое СИЗ", action="Завести", back=back)


@needs("safety.ppe_item")
def ppe_item(request: Request, uid: UUID) -> HttpResponse:
    """Show a kind of equipment; a certificate is recorded here."""
    row = ppe_item_of(request.actor, uid)
    form = CertificateForm(request.POST or None)
    if attempt(form, lambda facts: actions.ppe_certificate_add(request.actor, item=uid, **facts)):
        return done(request, "Сертификат записан.", "safety:ppe_item", uid)
    return form_page(
        request,
        form,
        "safety/ppe_item.html",
        title=row.title,
        item=row,
        certificates=certificates_of(request.actor, row),
        norms=ppe_norms(request.actor).filter(item=row, until__isnull=True),
        on=today(),
    )


@require_POST
@needs("safety.ppe_item_close")
def ppe_item_close(request: Request, uid: UUID) -> HttpResponse:
    """Take a kind of equipment out of use."""
    actions.ppe_item_close(request.actor, item=uid, on=today())
    return done(request, "СИЗ больше не применяется.", "safety:ppe_item", uid)


@needs("safety.ppe_norm_list")
def ppe_norm_list(request: Request) -> HttpResponse:
    """Show the norms of workplaces."""
    on = today()
    return listing(
        request,
        ppe_norms(request.actor).order_by(),
        title="Нормы выдачи СИЗ",
        noun="норма,нормы,норм",
        columns=(
            Column(
                "workplace",
                "Рабочее место",
                lambda row, _: str(row.workplace),
                "workplace__title_key",
                "title",
                "name",
            ),
            Column("item", "СИЗ", lambda row, _: row.item.title, "item__title_key"),
            Column(
                "quantity",
                "Количество",
                lambda row, _: row.said,
                width="number",
            ),
            Column("months", "Срок", lambda row, _: _term(row)),
            Column("basis", "Основание", plain("basis")),
            Column("since", "С", lambda row, _: cells.day(row.since), "since", "aside", "date"),
        ),
        tabs=(
            Tab("going", "Действуют", Q(until__isnull=True) | Q(until__gt=on)),
            Tab("past", "Прошлые", Q(until__lte=on)),
        ),
        order="workplace",
        buttons=(
            Button("Новая норма", reverse("safety:ppe_norm_set"), "plus"),
            Button(
                "Загрузить таблицей",
                reverse("exchange:import_upload", args=["ppe_norms"]),
                "file-spreadsheet",
            ),
        ),
        empty="Норм ещё нет. Единые типовые (приказ № 767н) не загружены: запишите свои, не хуже их.",
    )


@needs("safety.ppe_norm_set")
def ppe_norm_set(request: Request) -> HttpResponse:
    """Say what a workplace is entitled to."""
    actor = request.actor
    form = NormForm(actor, organization_of(actor).pk, today(), request.POST or None)

    def save(facts: dict[str, Any]) -> PpeNorm:
        keys = {name: UUID(facts[name]) for name in ("workplace", "item")}
        months = int(facts["months"]) if facts["months"] else None
        return actions.ppe_norm_set(actor, **facts | keys | {"months": months})

    if attempt(form, save):
        return done(request, "Норма записана.", "safety:ppe_norm_list")
    back = reverse("safety:ppe_norm_list")
    return form_page(request, form, title="Норма выдачи", action="Записать", back=back)


def _item(row: PpeItem, _: object) -> Any:
    return cells.link(row.title, reverse("safety:ppe_item", args=[row.uid]))


def _certificate(row: PpeItem, on: dt.date) -> Any:
    known = sorted(row.certificates.all(), key=lambda one: one.until)
    if not known:
        return cells.tag("нет", "bad")
    last = known[-1]
    if last.until <= on:
        return cells.tag(f"истёк {last.until:%d.%m.%Y}", "bad")
    return cells.tag(f"до {last.until:%d.%m.%Y}", "ok")


def _term(row: PpeNorm) -> str:
    return f"{row.months} мес." if row.months else "до износа"


urlpatterns = [
    path("ppe/cards/<uuid:uid>/", ppe_card, name="ppe_card"),
    path("ppe/cards/<uuid:uid>/pdf/", ppe_card_print, name="ppe_card_print"),
    path("ppe/cards/<uuid:uid>/issue/", ppe_issue, name="ppe_issue"),
    path("ppe/cards/<uuid:uid>/sizes/", ppe_sizes_set, name="ppe_sizes_set"),
    path("ppe/issues/<uuid:uid>/move/", ppe_move, name="ppe_move"),
    path("ppe/items/", ppe_item_list, name="ppe_item_list"),
    path("ppe/items/add/", ppe_item_add, name="ppe_item_add"),
    path("ppe/items/<uuid:uid>/", ppe_item, name="ppe_item"),
    path("ppe/items/<uuid:uid>/close/", ppe_item_close, name="ppe_item_close"),
    path("ppe/norms/", ppe_norm_list, name="ppe_norm_list"),
    path("ppe/norms/add/", ppe_norm_set, name="ppe_norm_set"),
]
