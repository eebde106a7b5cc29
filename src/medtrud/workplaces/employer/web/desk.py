"""The desk: who may not work today, who is due, what waits in campaigns, imports and referrals."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from medtrud.domains.absences.public import absences_unclosed
from medtrud.domains.documents.public import accounting_pending
from medtrud.domains.exams.public import (
    acts,
    admission_counts,
    admissions_at_work,
    campaigns,
    contingent_tally,
    due_months,
    next_stage,
    numbers_of,
    referrals,
    stages_of,
)
from medtrud.domains.exams.types.states import AdmissionState, CampaignState, ReferralState
from medtrud.domains.hazards.public import chemicals_unapproved, control_overdue, unread_late
from medtrud.domains.safety.public import incidents_overdue, months_unwritten, overdue, ppe_outdated
from medtrud.engines.exchange.public import imports
from medtrud.engines.exchange.types import State as ImportState
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Chart, Request, Series, chart_json, needs, page
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import add_months
from medtrud.registries.people.public import names_of
from medtrud.registries.reference.public import calendar_on

SHOWN, MONTHS = 7, 12
NOT_ADMITTED = (AdmissionState.BARRED, AdmissionState.OVERDUE, AdmissionState.NEVER)
ATTENTION = (ImportState.CHECKED, ImportState.FAILED)
Tile = tuple[str, object, str, str, str]  # title, value, note, tone, list
NAMES = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


@needs("employer.desk")
def desk(request: Request) -> HttpResponse:
    """Show first what waits for this role."""
    actor, on = request.actor, today()
    numbers = admission_counts(actor, on=on)
    out, due = _people(actor, on)
    names = names_of(actor, [row.person_id for row in (*out, *due)])
    waiting = referrals(actor).filter(state=ReferralState.ISSUED, handed_on__isnull=True)
    required = sum(count for state, count in numbers.items() if state != AdmissionState.NOT_REQUIRED)
    admitted = numbers.get(AdmissionState.ADMITTED, 0) + numbers.get(AdmissionState.DUE, 0)
    return page(
        request,
        "employer/desk.html",
        title="Сегодня",
        lead=f"{on:%d.%m.%Y}",
        tiles=[
            *_tiles(numbers, required, admitted, waiting.count()),
            *_contingent(actor),
            *_substances(actor, on),
            *_control(actor, on),
            *_readers(actor, on),
            _measures(actor, on),
            *_safety(actor, on),
            *_accounting(actor, on),
        ],
        out=[(row, names.get(row.person_id), AdmissionState(row.state)) for row in out],
        due=[(row, names.get(row.person_id)) for row in due],
        campaigns=_campaigns(actor, on),
        closed=_closed(actor),
        files=list(imports(actor).filter(state__in=ATTENTION)[:SHOWN]),
        required=required,
        empty=not numbers,
    )


def _people(actor: Actor, on: dt.date) -> tuple[list[Any], list[Any]]:
    rows = admissions_at_work(actor, on=on)
    out = rows.filter(state__in=[str(state) for state in NOT_ADMITTED]).order_by("valid_until", "pk")
    due = rows.filter(state=AdmissionState.DUE).order_by("valid_until", "pk")
    return list(out[:SHOWN]), list(due[:SHOWN])


def _tiles(numbers: dict[str, int], required: int, admitted: int, waiting: int) -> list[Tile]:
    """Return title, value, note, tone and list of every tile."""
    admission = reverse("exams:admission_list")
    barred = {state: numbers.get(state, 0) for state in NOT_ADMITTED}
    out = sum(barred.values())
    soon = numbers.get(AdmissionState.DUE, 0)
    parts = (
        f"просрочен {barred[AdmissionState.OVERDUE]}, осмотра нет {barred[AdmissionState.NEVER]}, "
        f"противопоказания {barred[AdmissionState.BARRED]}"
    )
    share = f"{100 * admitted / required:.0f} %" if required else "—"
    return [
        ("Не допущены", out, parts, "bad" if out else "ok", f"{admission}?tab=no"),
        ("Скоро осмотр", soon, "срок подходит", "warn" if soon else "", f"{admission}?tab=due"),
        ("Допущены", admitted, f"{share} из подлежащих: {required}", "", f"{admission}?tab=admitted"),
        (
            "Направления не вручены",
            waiting,
            "вручите до осмотра" if waiting else "все вручены",
            "warn" if waiting else "ok",
            f"{reverse('exams:referral_list')}?tab=wait",
        ),
    ]


def _contingent(actor: Actor) -> list[Tile]:
    """Tell of changes of the contingent that wait for approval."""
    row = contingent_tally(actor, employer=actor.organization or 0)
    if row is None or not row.waiting:
        return []
    note = f"входят {row.enters}, выбывают {row.leaves}, меняются {row.changes}"
    return [("Изменения контингента", row.waiting, note, "warn", reverse("exams:contingent_changes"))]


def _substances(actor: Actor, on: dt.date) -> list[Tile]:
    """Tell of substances that are worked with although nobody has allowed them."""
    count = chemicals_unapproved(actor, employer=actor.organization or 0, on=on).count()
    if not count:
        return []
    note = "работают без разрешения"
    return [("Вещества", count, note, "bad", reverse("hazards:chemical_flags"))]


def _measures(actor: Actor, on: dt.date) -> Tile:
    """Return the tile of measures on working conditions that are late."""
    late = overdue(actor, on=on).count()
    note = "по условиям труда" if late else "все в срок"
    return (
        "Мероприятия просрочены",
        late,
        note,
        "bad" if late else "ok",
        f"{reverse('safety:measure_list')}?tab=late",
    )


def _safety(actor: Actor, on: dt.date) -> list[Tile]:
    """Tell what is late in protection, nutrition, investigations and leaves; what is in time is not told."""
    month = add_months(on.replace(day=1), -1)
    rows = (
        ("СИЗ не заменены", ppe_outdated(actor, on=on), "срок носки прошёл", "safety:ppe_issue_list"),
        (
            "Молоко и ЛПП",
            months_unwritten(actor, month=month),
            f"выдача за {month:%m.%Y} не записана",
            "safety:grant_list",
        ),
        ("Расследования", incidents_overdue(actor, on=on), "срок прошёл", "safety:incident_list"),
        (
            "Отсутствия не закрыты",
            absences_unclosed(actor, on=on),
            "период кончился, продолжения нет",
            "absences:absence_list",
        ),
    )
    counted = [(title, found.count(), note, url) for title, found, note, url in rows]
    return [
        (title, count, note, "warn", f"{reverse(url)}?tab=late")
        for title, count, note, url in counted
        if count
    ]


def _accounting(actor: Actor, on: dt.date) -> list[Tile]:
    """Tell of accounting documents that are late or wait for a signature."""
    late, waiting = accounting_pending(actor, on)
    register, queue = reverse("documents:accounting_list"), reverse("documents:request_list")
    rows = (
        ("В бухгалтерию", late, "просрочена передача", "bad", f"{register}?tab=overdue"),
        ("Акты и счета", waiting, "ждут вашей подписи", "warn", queue),
    )
    return [row for row in rows if row[1]]


def _control(actor: Actor, on: dt.date) -> list[Tile]:
    """Tell what should have been measured by now; an employer without a programme is not told."""
    late = control_overdue(actor, employer=actor.organization or 0, on=on)
    if not late:
        return []
    url = f"{reverse('hazards:control_list')}?tab=overdue"
    return [("Замеры просрочены", late, "по программе контроля", "warn", url)]


def _readers(actor: Actor, on: dt.date) -> list[Tile]:
    """Tell how many have not read the card of their workplace in time."""
    late = len(unread_late(actor, employer=actor.organization or 0, on=on))
    if not late:
        return []
    url = f"{reverse('hazards:sout_reader_list')}?tab=late"
    return [("Не ознакомлены с картой", late, "срок прошёл, ч. 5 ст. 15 закона № 426-ФЗ", "bad", url)]


def _campaigns(actor: Actor, on: dt.date) -> list[dict[str, Any]]:
    rows = list(campaigns(actor).exclude(state=CampaignState.CLOSED).order_by("since", "pk")[:SHOWN])
    numbers, working = numbers_of(actor, rows), calendar_on(actor, on)
    return [
        {
            "row": row,
            "numbers": numbers[row.pk],
            "next": next_stage(stages_of(row, numbers[row.pk], on, working)),
            "last": row.until - dt.timedelta(days=1),
        }
        for row in rows
    ]


def _closed(actor: Actor) -> dict[str, Any] | None:
    """Return the campaign closed last with its act, for a desk where no campaign goes on."""
    act = acts(actor).order_by("-signed_on", "-version", "-pk").first()
    if act is None:
        return None
    last = act.campaign.until - dt.timedelta(days=1)
    return {"row": act.campaign, "act": act, "last": last}


@needs("employer.desk")
def due_chart(request: Request) -> HttpResponse:
    """Answer how many examinations end in each month of the year ahead."""
    on = today()
    first = on.replace(day=1)
    months = [add_months(first, number) for number in range(MONTHS)]
    known = due_months(request.actor, on=on, until=add_months(first, MONTHS))
    admission = reverse("exams:admission_list")
    return chart_json(
        Chart(
            "bar",
            tuple(f"{NAMES[month.month - 1]} {month:%y}" for month in months),
            (Series("Заканчивается осмотров", tuple(known.get(month, 0) for month in months), "info"),),
            heading="Месяц",
            links=tuple(f"{admission}?{_range(month)}" for month in months),
        )
    )


def _range(month: dt.date) -> str:
    last = add_months(month, 1) - dt.timedelta(days=1)
    return urlencode({"until_from": f"{month:%d.%m.%Y}", "until_to": f"{last:%d.%m.%Y}"})
