"""The inbox."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import find
from medtrud.engines.ui.public import (
    Bell,
    Column,
    FlagField,
    Request,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
    shell_add,
)

from .. import actions
from ..models import Notice
from ..queries import READ, WAITS, mail_wanted, notices, unread


def bell(request: Request) -> Bell | None:
    """Tell the shell how much waits."""
    if request.actor.account is None:
        return None
    return Bell(unread(request.actor), reverse("messages:notice_list"))


shell_add("bell", bell)


@needs("messages.notice_list")
def notice_list(request: Request) -> HttpResponse:
    """Show the inbox: first what waits."""
    return listing(
        request,
        notices(request.actor),
        title="Сообщения",
        noun="сообщение,сообщения,сообщений",
        columns=(
            Column(
                "text",
                "Сообщение",
                lambda row, _: cells.link(
                    row.title, reverse("messages:notice_card", args=[row.uid]), note=row.text
                ),
                role="title",
            ),
            Column("at", "Когда", lambda row, _: cells.moment(row.created_at), "id", "aside", "date"),
            Column("state", "Состояние", lambda row, _: state_of(row), role="state", width="state"),
        ),
        tabs=(Tab("new", "Новые", WAITS), Tab("read", "Прочитанные", READ)),
        order="-at",
        template="messages/notice_list.html",
        empty="Сообщений нет. Здесь появится то, что касается вас: направления, результаты, предупреждения.",
    )


@needs("messages.notice_read")
def notice_card(request: Request, notice: UUID) -> HttpResponse:
    """Open one notice: it is read now; go on to what it is about."""
    row = find(Notice, request.actor, notice)
    if request.method == "POST" or not row.link:
        actions.notice_read(request.actor, uid=notice)
    if request.method == "POST":
        return redirect(_inside(row.link))
    return page(request, "messages/notice.html", title=row.title, notice=row)


@require_POST
@needs("messages.notices_read_all")
def notices_read_all(request: Request) -> HttpResponse:
    """Mark everything as read."""
    actions.notices_read_all(request.actor)
    return done(request, "Все сообщения отмечены прочитанными.", "messages:notice_list")


class WishForm(forms.Form):
    """What may come by mail."""

    mail = FlagField(
        label="Присылать письма о новых сообщениях",
        required=False,
        hint="В письме только тема и ссылка: само сообщение читают здесь.",
    )


@needs("messages.wish_set")
def wish_set(request: Request) -> HttpResponse:
    """Choose whether letters come."""
    form = WishForm(request.POST or None, initial={"mail": mail_wanted(request.actor)})
    if request.method == "POST":
        form = WishForm(request.POST)
    if attempt(form, lambda facts: actions.wish_set(request.actor, mail=bool(facts["mail"]))):
        return done(request, "Настройка записана.", "messages:notice_list")
    back = reverse("messages:notice_list")
    return form_page(request, form, title="Письма", action="Записать", back=back)


def state_of(row: Notice) -> object:
    """Mark what waits."""
    return cells.muted("прочитано") if row.read_at else cells.tag("новое", "info")


def _inside(link: str) -> str:
    inside = url_has_allowed_host_and_scheme(link, allowed_hosts=None) and link.startswith("/")
    return link if inside else reverse("messages:notice_list")


urlpatterns = [
    path("", notice_list, name="notice_list"),
    path("read/", notices_read_all, name="notices_read_all"),
    path("mail/", wish_set, name="wish_set"),
    path("<uuid:notice>/", notice_card, name="notice_card"),
]
