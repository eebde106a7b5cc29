"""What a person sees when something goes wrong: always a page in words, never a trace."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from medtrud.engines.ui.public import Request, asks_part, page, toast
from medtrud.kernel.errors import Refusal

log = logging.getLogger("medtrud.faults")


def refusal_page(request: Request, error: Refusal) -> HttpResponse:
    """Answer a refusal: a page, or words in the corner for htmx; a stranger sees the way in."""
    if request.actor.account is None:
        way_in = reverse("access:sign_in")
        return HttpResponse(headers={"HX-Redirect": way_in}) if asks_part(request) else redirect(way_in)
    if asks_part(request):
        answer = HttpResponse(status=error.status, headers={"HX-Reswap": "none"})
        return toast(answer, str(error), tone="bad")
    return page(request, "ui/refusal.html", status=error.status, error=error, back=_back(request))


def _back(request: HttpRequest) -> str:
    """Return the page the person came from, when it is one of ours."""
    came = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came, {request.get_host()})
    return came if ours and came != request.build_absolute_uri() else ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that no form of ours sends."""
    text = "Браузер прислал запрос, который нельзя прочитать. Вернитесь на страницу и повторите действие."
    return _fault(400, "Запрос не разобран", text, "alert-triangle")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 of Django itself: a form without its sign, or a forbidden address."""
    text = "Страница не принадлежит вашему рабочему месту. Вернитесь на главную и откройте раздел из меню."
    return _fault(403, "Нет доступа", text, "lock")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the sign of a form is missing or old."""
    text = (
        "Форма открыта давно или в другом окне, поэтому её подпись не подошла. "
        "Вернитесь на страницу, обновите её и отправьте форму ещё раз."
    )
    return _fault(403, "Форма устарела", text, "lock")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such address."""
    text = "Такой страницы нет. Проверьте адрес или откройте нужный раздел с главной страницы."
    return _fault(404, "Страница не найдена", text, "search-off")


def broken(request: HttpRequest) -> HttpResponse:
    """500: a defect of ours; the number leads support to the trace in the log."""
    number = secrets.token_hex(4).upper()
    log.error("fault %s at %s %s", number, request.method, request.path)
    text = "Произошла ошибка в программе, ваши данные не изменены. Повторите действие через минуту."
    return _fault(500, "Не получилось", text, "alert-circle", number)


def _fault(status: int, title: str, text: str, icon: str, number: str = "") -> HttpResponse:
    values = {"title": title, "text": text, "icon": icon, "number": number}
    return HttpResponse(render_to_string("ui/fault.html", values), status=status)
