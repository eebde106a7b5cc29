"""A foreign system with a key: the same requests over the API, handed to the product without a socket."""

import datetime as dt
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.test import Client

from medtrud.engines.access.public import Account, actor_of, token_give
from medtrud.engines.store.public import now, today

ROOT = "/api/v1/exams"
SCOPES = "exams."
WHOLE = 200
TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS


class RefusedCallError(RuntimeError):
    """The product did not do what the demo asks; the text is its own."""


class Caller:
    """One key of one account."""

    def __init__(self, account: Account) -> None:
        actor = actor_of(account, None, on=today())
        scopes = sorted(name for name in actor.permissions if name.startswith(SCOPES))
        at = now()
        _, secret = token_give(
            actor, title="Демонстрация", scopes=scopes, expires_at=at + dt.timedelta(hours=6), at=at
        )
        self._client = Client(SERVER_NAME="localhost", HTTP_AUTHORIZATION=f"Bearer {secret}")

    def get(self, path: str, **query: Any) -> Any:
        """Read."""
        return self._answer(lambda: self._client.get(ROOT + path, query), path)

    def post(self, path: str, **body: Any) -> Any:
        """Do."""
        return self._answer(
            lambda: self._client.post(ROOT + path, body, content_type="application/json"), path
        )

    def all(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Read a list to its end, page by page."""
        found: list[dict[str, Any]] = []
        after = ""
        while True:
            page = self.get(path, size=WHOLE, after=after, **query)
            found += page["items"]
            after = page["next"]
            if not after:
                return found

    def _answer(self, ask: Callable[[], Any], path: str) -> Any:
        answer = ask()
        while answer.status_code == TOO_MANY:  # a well-behaved client waits as long as it is told
            time.sleep(int(answer["Retry-After"]))
            answer = ask()
        if answer.status_code >= 400:
            raise RefusedCallError(f"{path}: {answer.content.decode()}")
        return answer.json()
