"""A document on its way: side by side, in turn, through a substitute, late, returned."""

import datetime as dt
from uuid import UUID

import pytest

from medtrud.domains.documents.actions import (
    document_register,
    passage_start,
    reminders_send,
    route_open,
    route_start,
    route_step_add,
    step_decide,
    substitution_end,
    substitution_set,
    substitutions_begin,
)
from medtrud.domains.documents.models import Document, Passage, Substitution
from medtrud.domains.documents.public import document_create
from medtrud.domains.documents.queries.routes import asked, substitutes_on
from medtrud.domains.documents.types.routes import Deed, StepIn, StepState
from medtrud.engines.access.public import account_open, actor_of, seat_give
from medtrud.engines.messages.public import notices
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused

from .houses import JOB, House, letter, text

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def colleague(plant: House, login: str) -> Actor:
    account = account_open(JOB, login=login, password="x")
    house = plant.organization.pk
    seat_give(JOB, account=account, role=Role.EMPLOYER, since=dt.date(2020, 1, 1), organization=house)
    return actor_of(account, None, on=today())


def key(actor: Actor) -> int:
    assert actor.account is not None
    return actor.account


@pytest.fixture
def staff(plant: House) -> dict[str, Actor]:
    return {name: colleague(plant, name) for name in ("secretary", "lawyer", "safety", "deputy", "head")}


def designed(plant: House, staff: dict[str, Actor]) -> UUID:
    """Design five steps: registration, two side by side, a resolution, acquaintance."""
    route = route_open(plant.actor, title="Входящие письма", kinds=["letter_in"])
    steps = (
        StepIn(1, Deed.REGISTER, key(staff["secretary"]), 1),
        StepIn(2, Deed.REVIEW, key(staff["lawyer"]), 3),
        StepIn(2, Deed.APPROVE, key(staff["safety"]), 3),
        StepIn(3, Deed.RESOLVE, key(staff["head"]), 2),
        StepIn(4, Deed.ACQUAINT, key(staff["safety"]), None),
    )
    for step in steps:
        route_step_add(plant.actor, route=route.uid, step=step)
    route_start(plant.actor, route=route.uid)
    return route.uid


def sent(plant: House, route: UUID) -> Document:
    row = document_create(plant.actor, document=letter(), content=text())
    passage_start(plant.actor, document=row.uid, route=route)
    return row


def waiting(plant: House) -> set[tuple[int, str]]:
    rows = asked(plant.actor).filter(state=StepState.ASKED)
    return {(row.account, row.deed) for row in rows}


def answer(actor: Actor, *, agree: bool = True, said: str = "") -> None:
    (step,) = asked(actor).filter(account=key(actor), state=StepState.ASKED)
    step_decide(actor, step=step.uid, agree=agree, text=said)


def test_five_steps_with_a_substitute_and_a_late_one(plant: House, staff: dict[str, Actor]) -> None:
    row = sent(plant, designed(plant, staff))
    on = today()
    with pytest.raises(Refused, match="не зарегистрирован"):
        answer(staff["secretary"])
    document_register(staff["secretary"], document=row.uid, on=on)
    substitution_set(
        plant.actor,
        account=key(staff["head"]),
        substitute=key(staff["deputy"]),
        since=on,
        until=on + 14 * DAY,
    )
    answer(staff["secretary"])
    assert waiting(plant) == {(key(staff["lawyer"]), "review"), (key(staff["safety"]), "approve")}
    answer(staff["safety"])
    assert waiting(plant) == {(key(staff["lawyer"]), "review")}  # side by side: the other is still asked
    (late,) = asked(plant.actor).filter(state=StepState.ASKED)
    assert late.due is not None
    assert_reminded(staff["lawyer"], late.due)
    page = plant.client.get("/documents/steps/", {"tab": "going"}).content.decode()
    assert "О сроках осмотров" in page
    answer(staff["lawyer"])
    assert waiting(plant) == {(key(staff["deputy"]), "resolve")}
    with pytest.raises(ValueError, match="not enough"):
        answer(staff["head"])  # his substitute is asked, not he
    answer(staff["deputy"], said="Подготовить списки")
    answer(staff["safety"])
    assert Passage.objects.unscoped("test").get().state == "done"
    shown = plant.client.get(f"/documents/{row.uid}/").content.decode()
    assert "вместо: head" in shown
    assert "Подготовить списки" in shown


def assert_reminded(lawyer: Actor, due: dt.date) -> None:
    """Nothing long before the term, a word on its day, another after it."""
    told = notices(lawyer).filter(kind__in=["documents.due", "documents.late"])
    reminders_send(JOB, on=due - 14 * DAY)
    assert not told.exists()
    reminders_send(JOB, on=due)
    assert told.get().kind == "documents.due"
    assert reminders_send(JOB, on=due + DAY) == 1
    assert told.filter(kind="documents.late").count() == 1


def test_a_return_ends_the_way_and_needs_a_reason(plant: House, staff: dict[str, Actor]) -> None:
    row = sent(plant, designed(plant, staff))
    document_register(staff["secretary"], document=row.uid, on=today())
    answer(staff["secretary"])
    with pytest.raises(Refused, match="что исправить"):
        answer(staff["lawyer"], agree=False)
    answer(staff["lawyer"], agree=False, said="нет подписи")
    assert waiting(plant) == set()
    assert Passage.objects.unscoped("test").get().state == "returned"
    told = notices(plant.actor).filter(kind="documents.passage").get()
    assert "нет подписи" in told.text


def test_nobody_answers_for_another(plant: House, staff: dict[str, Actor]) -> None:
    sent(plant, designed(plant, staff))
    (step,) = asked(plant.actor).filter(state=StepState.ASKED)
    with pytest.raises(Refused, match="ждёт не вас"):
        step_decide(staff["head"], step=step.uid, agree=True)


def test_a_route_at_work_is_not_changed(plant: House, staff: dict[str, Actor]) -> None:
    route = designed(plant, staff)
    with pytest.raises(Refused, match="не изменяется"):
        route_step_add(plant.actor, route=route, step=StepIn(9, Deed.REVIEW, key(staff["head"])))
    row = sent(plant, route)
    with pytest.raises(Refused, match="уже идёт"):
        passage_start(plant.actor, document=row.uid, route=route)


def test_a_substitute_who_is_away_passes_it_on(plant: House, staff: dict[str, Actor]) -> None:
    on = today()
    head, deputy, lawyer = (key(staff[name]) for name in ("head", "deputy", "lawyer"))
    chain = ((head, deputy), (deputy, lawyer), (lawyer, head))
    for away, instead in chain:
        substitution_set(plant.actor, account=away, substitute=instead, since=on, until=on + DAY)
    assert substitutes_on(plant.actor, [head], on) == {head: lawyer}  # a ring ends before it closes
    assert substitutes_on(plant.actor, [head], on + DAY) == {}
    last = Substitution.objects.unscoped("test").get(account=deputy)
    substitution_end(plant.actor, substitution=last.uid, on=on)
    assert substitutes_on(plant.actor, [head], on) == {head: deputy}


def test_what_waits_goes_over_when_the_absence_begins(plant: House, staff: dict[str, Actor]) -> None:
    sent(plant, designed(plant, staff))
    on, secretary, deputy = today(), key(staff["secretary"]), key(staff["deputy"])
    substitution_set(plant.actor, account=secretary, substitute=deputy, since=on + DAY, until=on + 5 * DAY)
    assert waiting(plant) == {(secretary, "register")}
    assert substitutions_begin(JOB, on=on + DAY) == 1
    assert waiting(plant) == {(deputy, "register")}


def test_a_route_is_designed_on_the_screen(plant: House, staff: dict[str, Actor]) -> None:
    made = plant.client.post("/documents/routes/new/", {"title": "Приказы", "kind": "order"})
    url = made["Location"]
    step = {"order": 1, "deed": "approve", "account": key(staff["lawyer"]), "days": 2}
    assert plant.client.post(url, step).status_code == 302
    again = plant.client.post(url, step)
    assert again.status_code == 422
    assert "уже есть" in again.content.decode()
    assert plant.client.post(f"{url}start/").status_code == 302
    page = plant.client.get(url).content.decode()
    assert "Действует" in page
    assert "рабочих дня" in page
    order = document_create(plant.actor, document=letter(kind="order", received=None), content=text())
    assert "Приказы" in plant.client.get(f"/documents/{order.uid}/send/").content.decode()
