"""Accounts as the security desk sees them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from medtrud.engines.access import actions
from medtrud.engines.access.models import Account
from medtrud.engines.access.queries import (
    accounts,
    desks,
    display_names,
    limits_list,
    places_search,
    seats,
    sessions,
    tokens,
    totp_on,
)
from medtrud.engines.access.rules import LIMITS
from medtrud.engines.access.types import Rule
from medtrud.engines.store.public import find, now, today
from medtrud.engines.ui.public import (
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
)
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import NotFound

from .forms import AccountForm, LimitForm, ReasonForm, ResetForm, SeatForm
from .tables import account_state, role_titles, seat_lines, session_lines, token_lines

CARD = "access:account_card"


@never_cache
@needs("access.account_list")
def account_list(request: Request) -> HttpResponse:
    """Show all accounts."""
    return listing(
        request,
        accounts(request.actor).order_by(),
        title="Учётные записи",
        noun="учётная запись,учётные записи,учётных записей",
        columns=(
            Column(
                "login",
                "Имя для входа",
                lambda row, names: cells.link(
                    row.login, reverse(CARD, args=[row.uid]), note=_name(row, names)
                ),
                "login",
                "title",
                "name",
            ),
            Column(
                "state",
                "Состояние",
                lambda row, _: cells.tag(*account_state(row)),
                role="state",
                width="state",
            ),
            Column(
                "seen",
                "Последний вход",
                lambda row, _: cells.moment(row.last_login),
                "last_login",
                "aside",
                "date",
            ),
            Column("why", "Причина блокировки", lambda row, _: cells.muted(row.blocked_why)),
        ),
        tabs=(
            Tab("open", "Действуют", Q(is_active=True)),
            Tab("blocked", "Заблокированы", Q(is_active=False, closed_at__isnull=True)),
            Tab("closed", "Закрыты", Q(closed_at__isnull=False)),
        ),
        search=Search(
            "Имя для входа", lambda rows, text: rows.filter(login__startswith=text.strip().casefold())
        ),
        order="login",
        about=lambda rows: display_names(request.actor, rows),
        buttons=(
            Button("Завести запись", reverse("access:account_admit"), "user-plus"),
            Button("Пороги", reverse("access:limit_list"), "adjustments"),
        ),
        empty="Учётных записей ещё нет. Заведите первую.",
    )


@never_cache
@needs("access.account_list")
def account_card(request: Request, account: UUID) -> HttpResponse:
    """Show one account: seats, keys, sessions, and what can be done with it."""
    row = find(Account, request.actor, account)
    state, tone = account_state(row)
    return page(
        request,
        "access/account.html",
        title=display_names(request.actor, [row])[row.pk],
        account=row,
        state=state,
        tone=tone,
        totp=totp_on(row),
        seats=seat_lines(seats(request.actor, row)[:100], desks(), today()),
        tokens=token_lines(tokens(request.actor, row)[:100], now()),
        sessions=session_lines(sessions(request.actor, row)[:100]),
    )


@never_cache
@needs("access.account_admit")
def account_admit(request: Request) -> HttpResponse:
    """Open an account with its first seat; the password for one sign-in is shown once."""
    form = AccountForm(request.POST or None, roles=role_titles(desks()), initial={"since": today()})
    given = attempt(form, lambda facts: actions.account_admit(request.actor, at=now(), **_seat_of(facts)))
    if given:
        row, once = given
        return _password(request, row, once)
    return form_page(
        request,
        form,
        title="Новая учётная запись",
        action="Завести",
        back=reverse("access:account_list"),
    )


@needs("access.seat_give")
def place_list(request: Request) -> HttpResponse:
    """Answer the field of an organisation: what may be meant."""
    found = places_search(request.GET.get("q", ""))
    return JsonResponse([{"value": inn, "code": inn, "label": name} for inn, name in found], safe=False)


@never_cache
@needs("access.seat_give")
def seat_give(request: Request, account: UUID) -> HttpResponse:
    """Give a seat."""
    row = find(Account, request.actor, account)
    form = SeatForm(request.POST or None, roles=role_titles(desks()), initial={"since": today()})
    seat = attempt(form, lambda facts: actions.seat_give(request.actor, account=row, **_seat_of(facts)))
    if seat:
        return done(request, "Рабочее место выдано.", CARD, row.uid)
    return form_page(
        request,
        form,
        title=f"Рабочее место для «{row.login}»",
        action="Выдать",
        back=reverse(CARD, args=[row.uid]),
    )


@require_POST
@needs("access.seat_take")
def seat_take(request: Request, seat: UUID) -> HttpResponse:
    """Take a seat from today on."""
    row = actions.seat_take(request.actor, seat=seat, on=today())
    return done(request, "Рабочее место закончилось.", CARD, row.account.uid)


@never_cache
@needs("access.account_block")
def account_block(request: Request, account: UUID) -> HttpResponse:
    """Block at once."""
    return _with_reason(
        request,
        account,
        lambda reason: actions.account_block(request.actor, account=account, reason=reason, at=now()),
        title="Заблокировать",
        text="Учётная запись заблокирована, её сеансы и ключи остановлены.",
    )


@never_cache
@needs("access.account_close")
def account_close(request: Request, account: UUID) -> HttpResponse:
    """Close for ever."""
    return _with_reason(
        request,
        account,
        lambda reason: actions.account_close(
            request.actor, account=account, reason=reason, at=now(), on=today()
        ),
        title="Закрыть навсегда",
        text="Учётная запись закрыта. Открыть её снова нельзя, строка и журнал остаются.",
    )


@require_POST
@needs("access.account_unblock")
def account_unblock(request: Request, account: UUID) -> HttpResponse:
    """Open the door again."""
    actions.account_unblock(request.actor, account=account)
    return done(request, "Блокировка снята.", CARD, account)


@never_cache
@require_POST
@needs("access.password_reset")
def password_reset(request: Request, account: UUID) -> HttpResponse:
    """Show a password for one sign-in, once."""
    once = actions.password_reset(request.actor, account=account, at=now())
    return _password(request, find(Account, request.actor, account), once)


@require_POST
@needs("access.totp_reset")
def totp_reset(request: Request, account: UUID) -> HttpResponse:
    """Remove a lost second factor."""
    actions.totp_reset(request.actor, account=account)
    return done(request, "Второй фактор сброшен. Владелец подключит новый при входе.", CARD, account)


@needs("access.limit_set")
def limit_list(request: Request) -> HttpResponse:
    """Show what is allowed and since when."""
    return page(request, "access/limits.html", title="Пороги входа и доступа", limits=limits_list(today()))


@needs("access.limit_set")
def limit_set(request: Request, code: str) -> HttpResponse:
    """Set a limit from a day on."""
    shipped = LIMITS.on(today()).get(code)
    if shipped is None:
        raise NotFound("Такого порога нет. Откройте список порогов.")
    form = LimitForm(request.POST or None, roles=role_titles(desks()), initial={"since": today()})

    def change(facts: dict[str, Any]) -> object:
        role = Role(facts["role"]) if facts["role"] else None
        return actions.limit_set(
            request.actor, code=Rule(code), value=facts["value"], since=facts["since"], role=role
        )

    if attempt(form, change):
        return done(request, "Порог записан.", "access:limit_list")
    return form_page(
        request, form, title=shipped.values["title"], action="Записать", back=reverse("access:limit_list")
    )


@needs("access.limit_reset")
def limit_reset(request: Request, code: str) -> HttpResponse:
    """Go back to the shipped value, for all roles."""
    shipped = LIMITS.on(today()).get(code)
    if shipped is None:
        raise NotFound("Такого порога нет. Откройте список порогов.")
    form = ResetForm(request.POST or None, initial={"since": today()})
    if attempt(form, lambda facts: actions.limit_reset(request.actor, code=Rule(code), since=facts["since"])):
        return done(request, "Снова действует значение поставки.", "access:limit_list")
    title, back = f"Вернуть значение поставки: {shipped.values['title']}", reverse("access:limit_list")
    return form_page(
        request, form, title=title, lead=str(shipped.values["value"]), action="Вернуть", back=back
    )


def _with_reason(
    request: Request, account: UUID, act: Callable[[str], object], *, title: str, text: str
) -> HttpResponse:
    row = find(Account, request.actor, account)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda facts: act(facts["reason"])):
        return done(request, text, CARD, account)
    return form_page(
        request, form, title=f"{title}: «{row.login}»", action=title, back=reverse(CARD, args=[account])
    )


def _password(request: Request, row: Account, once: str) -> HttpResponse:
    return page(request, "access/password_given.html", title="Пароль на один вход", account=row, once=once)


def _seat_of(facts: dict[str, Any]) -> dict[str, Any]:
    return facts | {"role": Role(facts["role"])}


def _name(row: Account, names: dict[int, str] | None) -> str:
    name = (names or {}).get(row.pk, "")
    return "" if name == row.login else name
