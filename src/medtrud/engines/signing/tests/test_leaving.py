"""Whoever leaves one of his two employers keeps what belongs to the other."""

import datetime as dt

import pytest

from medtrud.engines.access.public import Account, account_open, seat_give, seats_take
from medtrud.engines.signing import public as signing
from medtrud.engines.signing.models import Carrier, Certificate
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")
SINCE = dt.date(2020, 1, 1)
HERE, THERE = 41, 42
NAMES = {"surname": "Ким", "given_name": "Ольга"}


@pytest.fixture
def doctor() -> Account:
    """A doctor on the seats of two clinics, and in the cabinet of a worker."""
    signing.authority_open(JOB, algorithm="gost256", name="Центр", organization="Медцентр")
    account = account_open(JOB, login="two", person=9)
    for role, house in ((Role.CLINIC, HERE), (Role.CLINIC, THERE), (Role.WORKER, None)):
        seat_give(JOB, account=account, role=role, since=SINCE, organization=house)
    return account


def certificate(account: Account, organization: int | None) -> Certificate:
    return signing.certificate_issue(
        JOB, kind="person", names=NAMES, account=account.pk, person=9, organization=organization
    )


def carrier(account: Account, number: str, organization: int | None = None) -> Carrier:
    row = signing.carrier_add(JOB, number=number, title="Рутокен")
    return signing.carrier_issue(JOB, uid=row.uid, account=account.uid, organization=organization)


def states(*rows: Certificate | Carrier) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_leaving_one_clinic_ends_what_is_its_own_only(doctor: Account) -> None:
    kept = [certificate(doctor, HERE), certificate(doctor, THERE), certificate(doctor, None)]
    held = [carrier(doctor, "1", HERE), carrier(doctor, "2", THERE)]
    signing.certificates_end(JOB, person=9, organization=HERE)
    assert states(*kept) == ["revoked", "active", "active"]
    assert states(*held) == ["due", "issued"]


def test_what_names_no_clinic_ends_with_the_last_one(doctor: Account) -> None:
    nameless = certificate(doctor, None)
    seats_take(JOB, person=9, organization=THERE, on=today())
    mine = carrier(doctor, "3")
    assert mine.organization == HERE
    signing.certificates_end(JOB, person=9, organization=HERE)
    assert states(nameless, mine) == ["revoked", "due"]


def test_a_carrier_of_somebody_with_two_clinics_names_one(doctor: Account) -> None:
    with pytest.raises(Refused, match="в нескольких организациях"):
        carrier(doctor, "4")


def test_a_closed_account_ends_everything_everywhere(doctor: Account) -> None:
    kept = [certificate(doctor, HERE), certificate(doctor, THERE), certificate(doctor, None)]
    signing.certificates_end(JOB, account=doctor.pk, hold=True)
    assert states(*kept) == ["hold"] * 3
    signing.certificates_end(JOB, account=doctor.pk)
    assert states(*kept) == ["revoked"] * 3
