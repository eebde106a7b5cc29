"""The address the registry calls: it tells how a registration ended and asks for files."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from medtrud.engines.ui.public import anyone

from .. import actions
from ..drivers import soap
from ..drivers.xml import LARGEST, local
from ..queries import AGENT, exchange_by_token
from ..types.exchange import Fault

UNREAD = Fault("FORMAT", "Сообщение не читается: нужен конверт SOAP с операцией обмена в теле.")
NOBODY = Fault("ADDRESS", "Такого адреса нет. Возьмите адрес обратного вызова на странице настройки обмена.")
UNKNOWN = Fault("UNKNOWN", "Документа с таким localUid нет.")


@csrf_exempt
@require_POST
@anyone("the registry has no account; the secret in the address names the clinic and opens only its queue")
def callback(request: HttpRequest, token: str) -> HttpResponse:
    """Take a message of the registry."""
    exchange, fresh = exchange_by_token(token), str(uuid.uuid4())
    if exchange is None:
        return _answer(soap.accepted("message", message=fresh, relates_to="", faults=(NOBODY,)), 404)
    content = request.read(LARGEST + 1)
    body, message = soap.body_of(content), soap.header_of(content, "MessageID")
    operation = local(body).removesuffix("Request") if body is not None else "message"
    if body is not None and operation == soap.FILE:
        uid = soap.text_of(body, "localUid")
        file = actions.file_give(AGENT, exchange=exchange, content=content, local_uid=uid, message=message)
        return _answer(soap.file_answer(message=fresh, relates_to=message, content=file, error=UNKNOWN.text))
    reply = soap.reply_read(content)
    if reply is None or operation != soap.RESULT:
        return _answer(soap.accepted(operation, message=fresh, relates_to=message, faults=(UNREAD,)), 400)
    problem = actions.answer_take(AGENT, exchange=exchange, content=content, reply=reply)
    faults = (Fault(UNKNOWN.code, problem),) if problem else ()
    return _answer(soap.accepted(soap.RESULT, message=fresh, relates_to=message, faults=faults))


def _answer(content: bytes, status: int = 200) -> HttpResponse:
    return HttpResponse(content, status=status, content_type="application/soap+xml; charset=utf-8")
