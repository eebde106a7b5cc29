"""A foreign client that asks everything the description of the API allows: nothing breaks."""

import datetime as dt
import json
import re
from urllib.parse import urlencode

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from medtrud.engines.access.public import accounts, actor_of, token_give
from medtrud.engines.access.queries import PERSONAL
from medtrud.engines.store.public import now, today
from medtrud.kernel.actor import Actor
from medtrud.project.discover import rooms
from medtrud.project.snapshots import addresses

LOGINS = ("employer", "clinic", "commission", "worker", "security")
JOB = Actor.job("fuzz")
EXAMPLES = 5
LISTS = ("exams/exams", "exams/referrals", "exams/campaigns", "exams/conclusions", "exams/visits",
         "organizations/employments", "organizations/staff", "organizations/workplaces", "organizations/posts",
         "organizations/organizations", "organizations/contracts", "exchange/imports")  # fmt: skip


class System:
    """A client with a key of one seat."""

    def __init__(self, login):
        self.actor = actor_of(accounts(JOB).get(login=login), None, on=today())
        own = sorted(self.actor.permissions - PERSONAL)
        _, secret = token_give(
            self.actor, title="fuzz", scopes=own, expires_at=now() + dt.timedelta(days=1), at=now()
        )
        self.client = Client(HTTP_AUTHORIZATION=f"Bearer {secret}", raise_request_exception=False)

    def ask(self, method, path, body=b"", kind="application/json"):
        """Ask, and take back what was done: every example meets the same data."""
        with transaction.atomic():
            answer = self.client.generic(method, path, body, content_type=kind)
            transaction.set_rollback(True)
        return answer

    def uids(self):
        """Return what this seat can name."""
        found = []
        for path in LISTS:
            answer = self.ask("GET", f"/api/v1/{path}")
            if answer.status_code == 200:
                rows = answer.json()
                rows = rows.get("items", []) if isinstance(rows, dict) else rows
                found += [row["uid"] for row in rows[:3]]
        return found


def asked(case, uid, known):
    """Return the request of a case; where a uid stands, a known one is put half of the time."""
    named = dict(case.path_parameters or {})
    if known:
        named = {
            name: uid if "-" in str(value) or len(str(value)) > 30 else value for name, value in named.items()
        }
    path = case.operation.path
    for name, value in named.items():
        path = path.replace("{" + name + "}", str(value))
    sent = case.as_transport_kwargs(base_url="http://testserver")
    if "files" in sent:
        return None
    body = json.dumps(sent["json"]).encode() if "json" in sent else b""
    return path + "?" + urlencode(sent.get("params") or {}, doseq=True), body


def broken(operation, system, pool):
    """Ask one operation a few times; return what broke it."""
    found = []

    @given(case=operation.as_strategy(), uid=st.sampled_from(pool), known=st.booleans())
    @settings(max_examples=EXAMPLES, phases=[Phase.generate], derandomize=True, deadline=None, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    def ask(case, uid, known):
        request = asked(case, uid, known)
        if request and system.ask(case.method, *request).status_code >= 500:
            found.append(f"{case.method} {request[0][:200]} {request[1].decode()[:300]}")

    ask()
    return found[:1]


@pytest.mark.django_db
def test_no_request_the_description_allows_breaks_the_server():
    for _, room in rooms("demo"):
        room.fill(JOB)
    systems = {login: System(login) for login in LOGINS}
    pools = {
        login: system.uids() or ["00000000-0000-4000-8000-000000000000"] for login, system in systems.items()
    }
    description = Client().get("/api/v1/openapi.json").json()
    lines = (re.sub(r"\{\w+:(\w+)\}", r"{\1}", line).split(" ", 2) for line in addresses())
    needed = {(method, path): permission for method, path, permission in lines}
    faults, told = [], 0
    for result in schemathesis.openapi.from_dict(description).get_all_operations():
        operation = result.ok()
        for login, system in systems.items():
            permission = needed.get((operation.method.upper(), operation.path), "")
            if permission in system.actor.permissions:
                faults += broken(operation, system, pools[login])
                told += 1
    assert faults == []
    assert told > 100
