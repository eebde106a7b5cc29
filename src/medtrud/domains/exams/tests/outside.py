"""Other systems: a key on a seat, and calls as they make them."""

import datetime as dt
from typing import Any

from django.test import Client

from medtrud.engines.access.public import account_open, actor_of, seat_give, token_give
from medtrud.engines.store.public import now, today
from medtrud.kernel.actor import Role

from .world import JOB, LONG_AGO

API = "/api/v1/exams"


class Outside:
    """A program with a key of one seat."""

    def __init__(self, login: str, role: Role, organization: int | None, person: int | None = None) -> None:
        account = account_open(JOB, login=login, password="x", person=person)
        seat_give(JOB, account=account, role=role, since=LONG_AGO, organization=organization)
        actor = actor_of(account, None, on=today())
        scopes = [name for name in actor.permissions if name.startswith(("exams.", "organizations."))]
        _, secret = token_give(
            actor, title="МИС", scopes=scopes, expires_at=now() + dt.timedelta(days=1), at=now()
        )
        self.headers = {"Authorization": f"Bearer {secret}"}
        self.client = Client()

    def get(self, path: str, expect: int = 200, **query: Any) -> Any:
        answer = self.client.get(API + path, query, headers=self.headers)
        assert answer.status_code == expect, answer.content.decode()
        return answer.json()

    def post(self, path: str, body: Any = None, expect: int = 200, **headers: str) -> Any:
        answer = self.client.post(
            API + path, body or {}, content_type="application/json", headers=self.headers | headers
        )
        assert answer.status_code == expect, answer.content.decode()
        return answer.json()
