"""What an account does with itself: password, second factor, keys of programs, sessions."""

import datetime as dt
from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from medtrud.engines.access import actions
from medtrud.engines.access.drivers import plain_hash, qr_svg
from medtrud.engines.access.models import Account
from medtrud.engines.access.queries import (
    PERSONAL,
    accounts,
    desks,
    display_names,
    limit_of,
    recovery_left,
    seats_of,
    sessions,
    tokens,
    totp_on,
)
from medtrud.engines.access.types import Rule
from medtrud.engines.store.public import now, today
from medtrud.engines.ui.public import Request, attempt, done, form_page, needs, page

from .forms import CodeForm, OwnPasswordForm, PasswordForm, TokenForm
from .tables import seat_lines, session_lines, token_lines

ISSUER = "Медтруд"
ME = "access:account_me"


@never_cache
@needs("access.account_me")
def account_me(request: Request) -> HttpResponse:
    """Show the own account."""
    me = _me(request)
    return page(
        request,
        "access/me.html",
        title=display_names(request.actor, [me])[me.pk],
        account=me,
        seats=seat_lines(seats_of(me, today()), desks()),
        totp=totp_on(me),
        recovery_left=recovery_left(request.actor),
        tokens=token_lines(list(tokens(request.actor, me)[:50]), now()),
        sessions=session_lines(
            list(sessions(request.actor, me)[:50]), plain_hash(request.session.session_key or "")
        ),
    )


@never_cache
@sensitive_post_parameters()
@needs("access.password_change")
def password_change(request: Request) -> HttpResponse:
    """Choose a new password."""
    form = PasswordForm(request.POST or None)
    account = attempt(
        form,
        lambda facts: actions.password_change(
            request.actor, old=facts["old"], new=facts["new"], at=now(), on=today()
        ),
    )
    if account:
        update_session_auth_hash(request, account)
        return done(request, "Пароль сменён. Остальные сеансы завершены.", ME)
    shortest = limit_of(Rule.PASSWORD_LENGTH, today())
    about = f"Не короче {shortest} знаков. Длинная фраза из нескольких слов надёжнее короткого набора знаков."
    if _me(request).must_change:
        about = f"Этот пароль выдан на один раз. Придумайте свой, чтобы начать работу. {about}"
    return _secret(request, form, title="Смена пароля", about=about, action="Сменить пароль")


@never_cache
@needs("access.totp_begin")
def totp(request: Request) -> HttpResponse:
    """Connect a telephone: show the QR code, take the first code, show the recovery codes once."""
    form = CodeForm(request.POST or None)
    codes = attempt(form, lambda facts: actions.totp_confirm(request.actor, code=facts["code"], at=now()))
    if codes:
        actions.sessions_end_others(request.actor, key=request.session.session_key or "")
        return _codes(request, codes)
    secret, _ = actions.totp_begin(request.actor, issuer=ISSUER)
    return form_page(
        request, form, "access/totp.html", title="Второй фактор", secret=secret, back=reverse(ME)
    )


@never_cache
@needs("access.totp_begin")
def totp_qr(request: Request) -> HttpResponse:
    """Draw the QR code of a factor that is being connected."""
    _, uri = actions.totp_begin(request.actor, issuer=ISSUER)
    return HttpResponse(qr_svg(uri), content_type="image/svg+xml")


@never_cache
@sensitive_post_parameters()
@needs("access.totp_remove")
def totp_remove(request: Request) -> HttpResponse:
    """Switch the second factor off."""
    form = OwnPasswordForm(request.POST or None)

    def remove(facts: dict[str, str]) -> bool:
        actions.totp_remove(request.actor, password=facts["password"], on=today())
        return True

    if attempt(form, remove):
        return done(request, "Второй фактор отключён.", ME)
    about = "После этого для входа хватит пароля. Запасные коды перестанут действовать."
    return _secret(request, form, title="Отключить второй фактор", about=about, action="Отключить")


@never_cache
@sensitive_post_parameters()
@needs("access.recovery_renew")
def recovery_renew(request: Request) -> HttpResponse:
    """Show new recovery codes once; the old ones stop working."""
    form = OwnPasswordForm(request.POST or None)
    codes = attempt(form, lambda facts: actions.recovery_renew(request.actor, password=facts["password"]))
    if codes:
        return _codes(request, codes)
    about = "Прежние коды перестанут действовать."
    return _secret(request, form, title="Новые запасные коды", about=about, action="Показать новые коды")


@never_cache
@needs("access.token_give")
def token_give(request: Request) -> HttpResponse:
    """Give a program a key and show it once."""
    form = TokenForm(request.POST or None, permissions=request.actor.permissions - PERSONAL)
    given = attempt(
        form,
        lambda facts: actions.token_give(
            request.actor,
            title=facts["title"],
            scopes=facts["scopes"],
            expires_at=end_of(facts["until"]),
            at=now(),
        ),
    )
    if given:
        token, secret = given
        return page(request, "access/token_given.html", title="Ключ выдан", token=token, secret=secret)
    return form_page(
        request,
        form,
        "access/token_give.html",
        title="Новый ключ программного доступа",
        action="Выдать ключ",
        back=reverse(ME),
    )


@require_POST
@needs("access.token_revoke")
def token_revoke(request: Request, token: UUID) -> HttpResponse:
    """Take a key back."""
    row = actions.token_revoke(request.actor, token=token, at=now())
    return done(request, f"Ключ «{row.title}» отозван.", ME)


@require_POST
@needs("access.session_end")
def session_end(request: Request, session: UUID) -> HttpResponse:
    """End one of the own sessions."""
    actions.session_end(request.actor, session=session)
    return done(request, "Сеанс завершён.", ME)


@require_POST
@needs("access.sessions_end_others")
def sessions_end_others(request: Request) -> HttpResponse:
    """End all own sessions but this one."""
    actions.sessions_end_others(request.actor, key=request.session.session_key or "")
    return done(request, "Остальные сеансы завершены.", ME)


def end_of(day: dt.date) -> dt.datetime:
    """Return the first moment after a day."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def _codes(request: Request, codes: list[str]) -> HttpResponse:
    return page(request, "access/codes.html", title="Запасные коды", codes=codes)


def _secret(
    request: Request, form: PasswordForm | OwnPasswordForm, *, title: str, about: str, action: str
) -> HttpResponse:
    return form_page(
        request, form, "access/secret.html", title=title, about=about, action=action, back=reverse(ME)
    )


def _me(request: Request) -> Account:
    row: Account = accounts(request.actor).get(pk=request.actor.account or 0)
    return row
