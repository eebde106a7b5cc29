"""The API: who asks by a key, one shape for every refusal, nothing done twice."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

import orjson
from django.core.exceptions import ValidationError as FieldError
from django.db import DatabaseError, DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer, django_auth

from medtrud.engines.access.public import (
    AnswerRows,
    Buckets,
    Token,
    TokenRows,
    limit_of,
    token_actor,
)
from medtrud.engines.access.types import Rule
from medtrud.engines.store.public import now, today
from medtrud.engines.ui.public import Request, anyone
from medtrud.kernel.errors import Refusal

from .refusals import refusal_note
from .words import field_of, text_of

ROOT = "/api/v1/"
WRITES = {"POST", "PUT", "PATCH"}
KEY_LENGTH = 200

UNKNOWN = (
    "Неизвестно, кто обращается. Войдите в систему или передайте действующий ключ в заголовке Authorization."
)
NO_KEY = "Ключ не действует: отозван, просрочен или набран с ошибкой. Получите новый в своём профиле."
TOO_MANY = "Слишком много запросов. Повторите через {wait} с."
LONG_KEY = f"Заголовок Idempotency-Key длиннее {KEY_LENGTH} знаков или пуст. Возьмите случайный uuid."
OTHER_BODY = (
    "С этим Idempotency-Key уже выполнен другой запрос. "
    "Повторяйте запрос без изменений или возьмите новый ключ."
)
STATUSES = {
    400: "Запрос не разобран",
    401: "Неизвестно, кто обращается",
    403: "Права рабочего места или ключа не включают это действие",
    404: "Записи нет, или она не видна этому рабочему месту",
    409: "Правило или состояние дела не позволяет; основание в basis",
    422: "Поля не подходят; какие и почему, в errors",
    429: "Слишком много запросов; когда повторить, в Retry-After",
}
TEXTS = {
    400: "Запрос не разобран. Проверьте, что тело запроса - JSON в кодировке UTF-8.",
    403: "Запрос пришёл не с нашей страницы. Обновите страницу и повторите.",
    404: "Такого адреса нет. Проверьте его по описанию API: /api/v1/openapi.json.",
    405: "У этого адреса нет такого действия. Проверьте метод по описанию API: /api/v1/openapi.json.",
    422: "Поля не подходят: см. errors.",
    500: "Сбой на нашей стороне. Запрос не выполнен; повторите позже.",
}


class ProblemLine(Schema):
    """What is wrong with one field."""

    field: str
    text: str


class Problem(Schema):
    """Every refusal of the API looks like this."""

    detail: str
    basis: str = ""
    errors: list[ProblemLine] = []


class Orjson(BaseRenderer):
    """JSON with Cyrillic as it is: half the size of escaped text."""

    media_type = "application/json"
    charset = "utf-8"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Write JSON."""
        return orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS)


class Key(HttpBearer):
    """Lets a program in by its key; the middleware below has already looked it up."""

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """Return the key, or refuse: a wrong key is never tried as a session."""
        found: Token | None = getattr(request, "token", None)
        if found is None:
            raise AuthenticationError(message=NO_KEY)
        return found


class Api(NinjaAPI):
    """The API whose description tells every refusal."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Add the refusals, which every operation shares, and the header against doing twice."""
        schema = super().get_openapi_schema(**options)
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        schemas["ProblemLine"] = ProblemLine.model_json_schema()
        schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas["Problem"].pop("$defs", None)
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                _describe(operation, writes=method.upper() in WRITES)
        return schema


def _describe(operation: dict[str, Any], *, writes: bool) -> None:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, text in STATUSES.items():
        operation["responses"].setdefault(status, {"description": text, "content": content})
    if writes:
        operation.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": False,
                "description": "Повтор запроса с тем же ключом и телом получает прежний ответ",
                "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH},
            }
        )


def api_build() -> Api:
    """Build the one API object."""
    api = Api(
        title="Медицина труда",
        version="1",
        auth=[Key(), django_auth],  # a key needs no CSRF token, a cookie does: ninja checks it in django_auth
        renderer=Orjson(),
        docs_url=None,
        docs_decorator=anyone("the description of the API is public"),
    )
    handlers: list[tuple[type[Exception], Callable[..., HttpResponse]]] = [
        (Refusal, _refused),
        (AuthenticationError, lambda _, error: problem(401, NO_KEY if error.message == NO_KEY else UNKNOWN)),
        (HttpError, lambda _, error: problem(error.status_code, TEXTS.get(error.status_code, TEXTS[400]))),
        (Http404, lambda *_: problem(404, TEXTS[404])),
        (ValidationError, lambda _, error: problem(422, TEXTS[422], errors=_lines(error.errors))),
        (FieldError, lambda _, error: problem(422, TEXTS[422], errors=_field_lines(error))),
        (
            DataError,
            lambda *_: problem(422, "Значение вне допустимых пределов: проверьте числа и знаки строк."),
        ),
    ]
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)
    return api


def _refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    refusal_note(request, error)
    return problem(error.status, error.text, basis=error.basis)


def problem(
    status: int, detail: str, *, basis: str = "", errors: list[dict[str, str]] | None = None
) -> HttpResponse:
    """Answer with a refusal."""
    body = orjson.dumps({"detail": detail, "basis": basis, "errors": errors or []})
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")


def _lines(errors: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [{"field": field_of(error), "text": text_of(error)} for error in errors]


def _field_lines(error: FieldError) -> list[dict[str, str]]:
    if hasattr(error, "error_dict"):
        return [{"field": field, "text": " ".join(texts)} for field, texts in error.message_dict.items()]
    return [{"field": "", "text": text} for text in error.messages]


class ApiMiddleware:
    """Seats a program by its key, counts requests, replays answers, turns bare errors into JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.buckets = Buckets()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if not request.path.startswith(ROOT):
            return self.get_response(request)
        asked = cast("Request", request)
        refusal = self._seat(asked) or self._slow_down(asked)
        if refusal:
            return refusal
        answer = self._once(asked) if request.method in WRITES else self.get_response(request)
        if answer.status_code >= HTTPStatus.BAD_REQUEST and "json" not in answer.get("Content-Type", ""):
            return problem(answer.status_code, TEXTS.get(answer.status_code, TEXTS[500]))
        return answer

    def _seat(self, request: Request) -> HttpResponse | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        found = token_actor(secret.strip(), now=now(), on=today())
        if found is None:
            return problem(401, NO_KEY)
        token, request.actor = found
        request.token = token  # type: ignore[attr-defined]
        TokenRows.seen(token, now=now())
        return None

    def _slow_down(self, request: Request) -> HttpResponse | None:
        actor = request.actor
        if actor.account is None:
            return None
        wait = self.buckets.take(
            actor.account, per_minute=limit_of(Rule.REQUESTS, today(), role=actor.role), at=now()
        )
        if not wait:
            return None
        answer = problem(429, TOO_MANY.format(wait=wait))
        answer["Retry-After"] = str(wait)
        return answer

    def _once(self, request: Request) -> HttpResponse:
        """Do a request once: its effects and its stored answer are one transaction.

        A second request with the same key waits for the first one at the unique row, then gets its
        answer; after a crash neither the effects nor the answer are there, and a repeat does the work.
        """
        key = request.headers.get("Idempotency-Key")
        if key is None or request.actor.account is None:
            return self.get_response(request)
        if not 0 < len(key) <= KEY_LENGTH or "\x00" in key:
            return problem(400, LONG_KEY)
        digest = _digest(request)
        with transaction.atomic():
            kept = AnswerRows.claim(request.actor, key=key, request_hash=digest, now=now(), on=today())
            if not kept.fresh:
                return self._replay(kept.matches, kept.status, kept.content_type, kept.body)
            answer = self.get_response(request)
            _keep(request, key, answer)
        return answer

    def _replay(self, matches: bool, status: int, content_type: str, body: bytes) -> HttpResponse:  # noqa: FBT001
        if not matches:
            return problem(409, OTHER_BODY)
        answer = HttpResponse(body, status=status, content_type=content_type)
        answer["Idempotency-Replayed"] = "true"
        return answer


def _digest(request: Request) -> str:
    """Return the hash of what is asked; of an upload only its length, it is not read twice."""
    kind, length = request.headers.get("Content-Type", ""), request.headers.get("Content-Length", "")
    upload = kind.startswith("multipart/")
    about = [str(request.method), request.get_full_path(), *([length] if upload else [])]
    return hashlib.sha256("\n".join(about).encode() + (b"" if upload else request.body)).hexdigest()


def _keep(request: Request, key: str, answer: HttpResponse) -> None:
    """Keep the answer, or take everything back when the request did not come to an end."""
    if (
        answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        or answer.status_code in {401, 429}
        or answer.streaming
    ):
        transaction.set_rollback(True)
        return
    try:
        with transaction.atomic():
            AnswerRows.keep(
                request.actor, key=key, status=answer.status_code,
                content_type=answer.get("Content-Type", ""), body=answer.content,
            )  # fmt: skip
    except DatabaseError:  # the view left a broken transaction behind its refusal: nothing was done
        transaction.set_rollback(True)
