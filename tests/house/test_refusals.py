"""What the edges refuse leaves a line, and the line names nobody's data."""

from uuid import uuid4

import pytest
from django.test import Client

from medtrud.engines.journal.models import Line
from medtrud.engines.journal.public import verify

pytestmark = pytest.mark.django_db


def refused() -> list[Line]:
    return list(Line.objects.unscoped("test").filter(outcome="refused").order_by("number"))


def test_a_screen_without_the_right_is_noted_with_the_seat(signed_in: Client) -> None:
    assert signed_in.get("/security/").status_code == 403
    (line,) = refused()
    assert (line.action, line.role, line.name) == ("security.desk", "analyst", "analyst")
    assert line.facts == {"method": "GET", "kind": "Forbidden", "status": 403, "basis": ""}
    assert verify().broken == ""


def test_a_stranger_without_an_account_leaves_no_line(client: Client) -> None:
    assert client.get("/security/").status_code == 302
    assert refused() == []


def test_the_api_notes_what_was_asked_for(signed_in: Client) -> None:
    uid = uuid4()
    assert signed_in.get(f"/api/v1/background/jobs/{uid}").status_code == 404
    (line,) = refused()
    assert (line.action, line.object) == ("background.job_show", uid)
