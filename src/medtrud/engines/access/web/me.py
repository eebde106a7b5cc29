"""What an account does with itself: password, second factor, keys of programs, sessions."""

import datetime as dt
from uuid import UUID

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from medtrud.engines.access import actions
from medtrud.engines.access.drivers import plain_hash, qr_svg
from medtrud.engines.access.models import Account
from medtrud.engines.access.queries import (
    accounts,
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
from medtrud.engines.ui.public import Request, needs, page
from medtrud.kernel.errors import Refused

ISSUER = "Медтруд"


class PasswordForm(forms.Form):
    """Old and new."""

    old = forms.CharField(
        label="Прежний пароль",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="Новый пароль", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label="Новый пароль ещё раз",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """Compare."""
        if self.cleaned_data["again"] != self.cleaned_data.get("new"):
            raise forms.ValidationError("Пароли не совпали. Наберите новый пароль ещё раз.")
        return str(self.cleaned_data["again"])


class OwnPasswordForm(forms.Form):
    """The password once more, before something that cannot be taken back."""

    password = forms.CharField(
        label="Пароль", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class CodeForm(forms.Form):
    """A code from the telephone."""

    code = forms.CharField(
        label="Код из приложения",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class TokenForm(forms.Form):
    """What a program may do and until when."""

    title = forms.CharField(label="Для какой программы", max_length=150)
    until = forms.DateField(label="Действует по", widget=forms.DateInput(attrs={"type": "date"}))
    scopes = forms.MultipleChoiceField(label="Права", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, permissions: frozenset[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["scopes"].choices = [(name, name) for name in sorted(permissions)]  # type: ignore[attr-defined]


@never_cache
@needs("access.account_me")
def account_me(request: Request) -> HttpResponse:
    """Show the own account."""
    me = _me(request)
    current = plain_hash(request.session.session_key or "")
    return page(
        request,
        "access/me.html",
        account=me,
        name=display_names(request.actor, [me])[me.pk],
        seats=seats_of(me, today()),
        totp=totp_on(me),
        recovery_left=recovery_left(request.actor),
        tokens=list(tokens(request.actor, me)[:50]),
        sessions=list(sessions(request.actor, me)[:50]),
        current=current,
        now=now(),
    )


@never_cache
@sensitive_post_parameters()
@needs("access.password_change")
def password_change(request: Request) -> HttpResponse:
    """Choose a new password."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        try:
            account = actions.password_change(request.actor, old=old, new=new, at=now(), on=today())
        except Refused as error:
            form.add_error(None, error.text)
        else:
            update_session_auth_hash(request, account)
            return redirect("access:account_me")
    shortest = limit_of(Rule.PASSWORD_LENGTH, today())
    return page(
        request, "access/password.html", form=form, shortest=shortest, forced=_me(request).must_change
    )


@never_cache
@needs("access.totp_begin")
def totp(request: Request) -> HttpResponse:
    """Connect a telephone: show the QR code, take the first code, show the recovery codes once."""
    secret, _ = actions.totp_begin(request.actor, issuer=ISSUER)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.totp_confirm(request.actor, code=form.cleaned_data["code"], at=now())
        except Refused as error:
            form.add_error(None, error.text)
        else:
            actions.sessions_end_others(request.actor, key=request.session.session_key or "")
            return page(request, "access/codes.html", codes=codes)
    return page(request, "access/totp.html", form=form, secret=secret)


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
    if request.method == "POST" and form.is_valid():
        try:
            actions.totp_remove(request.actor, password=form.cleaned_data["password"], on=today())
        except Refused as error:
            form.add_error(None, error.text)
        else:
            return redirect("access:account_me")
    return page(request, "access/totp_remove.html", form=form)


@never_cache
@sensitive_post_parameters()
@needs("access.recovery_renew")
def recovery_renew(request: Request) -> HttpResponse:
    """Show new recovery codes once; the old ones stop working."""
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.recovery_renew(request.actor, password=form.cleaned_data["password"])
        except Refused as error:
            form.add_error(None, error.text)
        else:
            return page(request, "access/codes.html", codes=codes)
    return page(request, "access/recovery.html", form=form)


@never_cache
@needs("access.token_give")
def token_give(request: Request) -> HttpResponse:
    """Give a program a key and show it once."""
    form = TokenForm(request.POST or None, permissions=request.actor.permissions)
    if request.method == "POST" and form.is_valid():
        end = dt.datetime.combine(form.cleaned_data["until"] + dt.timedelta(days=1), dt.time())
        try:
            token, secret = actions.token_give(
                request.actor,
                title=form.cleaned_data["title"],
                scopes=form.cleaned_data["scopes"],
                expires_at=timezone.make_aware(end),
                at=now(),
            )
        except Refused as error:
            form.add_error(None, error.text)
        else:
            return page(request, "access/token_given.html", token=token, secret=secret)
    return page(request, "access/token_give.html", form=form)


@require_POST
@needs("access.token_revoke")
def token_revoke(request: Request, token: UUID) -> HttpResponse:
    """Take a key back."""
    actions.token_revoke(request.actor, token=token, at=now())
    return redirect("access:account_me")


@require_POST
@needs("access.session_end")
def session_end(request: Request, session: UUID) -> HttpResponse:
    """End one of the own sessions."""
    actions.session_end(request.actor, session=session)
    return redirect("access:account_me")


@require_POST
@needs("access.sessions_end_others")
def sessions_end_others(request: Request) -> HttpResponse:
    """End all own sessions but this one."""
    actions.sessions_end_others(request.actor, key=request.session.session_key or "")
    return redirect("access:account_me")


def _me(request: Request) -> Account:
    row: Account = accounts(request.actor).get(pk=request.actor.account or 0)
    return row
