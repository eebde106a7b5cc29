"""What the employer does around an examination: the list in portions, referrals in bulk, applicants."""

import datetime as dt

import pytest

from medtrud.domains.exams.actions.campaign import (
    campaign_agree,
    campaign_approve,
    campaign_open,
    roll_build,
    roll_remove,
    roll_restore,
)
from medtrud.domains.exams.actions.referral import (
    applicant_refer,
    referral_cancel,
    referrals_hand,
    referrals_issue,
)
from medtrud.domains.exams.models import Campaign, Exam, Referral, RollEntry
from medtrud.domains.exams.types.states import ExamKindCode
from medtrud.domains.hazards.public import factors_set
from medtrud.domains.hazards.types import FactorIn
from medtrud.engines.messages.public import notices
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused
from medtrud.registries.people.public import name_of
from medtrud.registries.people.types import PersonRow

from .world import DAY, HEIGHT, NOISE, World

pytestmark = pytest.mark.django_db
APPLICANT = PersonRow("Тихонов", "Илья", "Ильич", dt.date(1991, 2, 3), "male")


@pytest.fixture
def world(icd10: None) -> World:
    return World()


def opened(world: World) -> Campaign:
    return campaign_open(
        world.hr, clinic=world.clinic.uid, title="2026", since=DAY, until=dt.date(2026, 4, 1)
    )


def rows(world: World, **wanted: object) -> list[int]:
    found = RollEntry.objects.visible_to(world.hr).filter(**wanted).order_by("pk")
    return list(found.values_list("employment", flat=True))


def test_every_build_of_the_list_can_be_told_from_the_one_before(world: World) -> None:
    turning, height = world.place("Токарь", NOISE), world.place("Монтажник", NOISE)
    stays, climbs = world.worker("Громов", turning), world.worker("Зимин", height)
    row = opened(world)
    roll_build(world.hr, campaign=row.uid, on=DAY)
    comes = world.worker("Ильин", turning)
    factors_set(
        world.hr,
        workplace=height[1].uid,
        factors=[FactorIn(code) for code in HEIGHT],
        sout_class="3.1",
        since=dt.date(2026, 1, 12),
    )
    second = roll_build(world.hr, campaign=row.uid, on=DAY)
    assert (second.entered, second.changed, second.left, second.unchanged) == (1, 1, 0, 1)
    assert rows(world, added_build=2, added_as="entered") == [comes.pk]
    assert rows(world, added_build=2, added_as="changed") == [climbs.pk]
    assert rows(world, removed_build=2) == [climbs.pk]
    assert sorted(rows(world, removed_on=None)) == sorted([stays.pk, climbs.pk, comes.pk])


def test_who_was_taken_out_by_hand_stays_out_until_he_is_taken_back(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    row = opened(world)
    roll_build(world.hr, campaign=row.uid, on=DAY)
    entry = world.entry_of(turner)
    roll_remove(world.hr, entry=entry.uid, reason="отпуск по уходу за ребёнком", on=DAY)
    assert roll_build(world.hr, campaign=row.uid, on=DAY).entered == 0
    assert rows(world, removed_on=None) == []
    roll_restore(world.hr, entry=entry.uid)
    assert rows(world, removed_on=None) == [turner.pk]
    with pytest.raises(Refused, match="Сформируйте список"):
        roll_restore(world.hr, entry=entry.uid)


def test_an_issued_referral_is_cancelled_before_the_person_leaves_the_list(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    entry = world.entry_of(turner)
    with pytest.raises(Refused, match="Отзовите направление"):
        roll_remove(world.hr, entry=entry.uid, reason="уволен", on=DAY)
    referral_cancel(world.hr, referral=Referral.objects.unscoped("test").get().uid, reason="уволен")
    roll_remove(world.hr, entry=entry.uid, reason="уволен", on=DAY)
    assert rows(world, removed_as="hand") == [turner.pk]


def test_referrals_are_handed_over_together_and_everybody_is_told_once(world: World) -> None:
    where = world.place("Токарь", NOISE)
    workers = [world.worker(last, where) for last in ("Громов", "Зимин", "Ильин")]
    row = opened(world)
    roll_build(world.hr, campaign=row.uid, on=DAY)
    campaign_approve(world.hr, campaign=row.uid, on=DAY)
    campaign_agree(world.registrar, campaign=row.uid, on=DAY)
    assert referrals_issue(world.hr, campaign=row.uid, on=DAY) == len(workers)
    for worker in workers:
        himself = Actor(role=Role.WORKER, account=7, person=worker.person_id)
        assert [notice.kind for notice in notices(himself)] == ["referral_issued"]
    uids = list(Referral.objects.visible_to(world.hr).values_list("uid", flat=True))
    assert referrals_hand(world.hr, referrals=uids[:2], on=DAY) == 2
    assert referrals_hand(world.hr, referrals=uids, on=dt.date(2026, 2, 5)) == 1
    days = Referral.objects.visible_to(world.hr).order_by("pk").values_list("handed_on", flat=True)
    assert sorted(days) == [DAY, DAY, dt.date(2026, 2, 5)]
    with pytest.raises(Refused, match="ждут вручения"):
        referrals_hand(world.hr, referrals=uids, on=DAY)


def test_an_applicant_is_sent_to_the_preliminary_examination_of_a_workplace(world: World) -> None:
    place = world.place("Монтажник", HEIGHT)[1]
    sent = applicant_refer(world.hr, person=APPLICANT, workplace=place.uid, clinic=world.clinic.uid, on=DAY)
    assert (sent.kind, sent.employment, sent.codes) == (ExamKindCode.PRELIMINARY, None, ["4.4", "6.1"])
    assert name_of(world.registrar, sent.person_id).full == "Тихонов Илья Ильич"
    assert Exam.objects.visible_to(world.registrar).get().referral == sent
    names = {line["name"] for line in sent.programme.content["specialists"]}
    assert "врач-оториноларинголог" in names
    with pytest.raises(Refused, match="уже направлен"):
        applicant_refer(world.hr, person=APPLICANT, workplace=place.uid, clinic=world.clinic.uid, on=DAY)


def test_an_applicant_for_a_harmless_workplace_is_not_sent(world: World) -> None:
    place = world.place("Бухгалтер", (), "2")[1]
    with pytest.raises(Refused, match="нет факторов"):
        applicant_refer(world.hr, person=APPLICANT, workplace=place.uid, clinic=world.clinic.uid, on=DAY)


def test_nobody_but_the_employer_refers_an_applicant_to_his_workplace(world: World) -> None:
    place = world.place("Монтажник", HEIGHT)[1]
    for stranger, error in ((world.registrar, Forbidden), (World().hr, NotFound)):
        with pytest.raises(error):
            applicant_refer(stranger, person=APPLICANT, workplace=place.uid, clinic=world.clinic.uid, on=DAY)
