"""A world with people at their desks, for the screens."""

import datetime as dt
from dataclasses import replace

from django.test import Client

from medtrud.domains.exams.actions.conclusion import conclusion_give
from medtrud.domains.exams.actions.diagnosis import finding_decide
from medtrud.domains.exams.models import Campaign, Exam
from medtrud.domains.exams.queries.checks import open_findings
from medtrud.domains.exams.types.results import NewConclusion, NewDiagnosis
from medtrud.domains.exams.types.states import Decision
from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import Employment

from .world import DAY, HEIGHT, JOB, NOISE, World

EPILEPSY = NewDiagnosis("G40.3", first_time=True, chronic=True)
EAR = NewDiagnosis("H83.3", nature="occupational_suspected")
LAST = dt.date(2026, 3, 31)


def client_of(actor: Actor) -> Client:
    """Open an account on the seat of the actor and sign in."""
    name = f"{actor.role}-{actor.organization}-{actor.person or 0}"
    account = account_open(JOB, login=name, password="x", person=actor.person)
    seat_give(
        JOB,
        account=account,
        role=actor.role,
        since=dt.date(2025, 1, 1),
        organization=actor.organization,
        region="35",
    )
    client = Client()
    client.force_login(account)
    return client


class Commission(World):
    """A campaign with somebody clear, somebody with an illness, somebody absent."""

    clear: Employment
    ill: Employment
    absent: Employment
    cook: Employment
    clerk: Employment
    round: Campaign

    def ready(self, *, clear: int = 1) -> None:
        """Examine everybody who comes."""
        noise, height = self.place("Токарь", NOISE), self.place("Монтажник", HEIGHT)
        clears = [self.worker(f"Громов{'аоуеи'[n]}", noise) for n in range(clear)]
        self.clear = clears[0]
        self.ill = self.worker("Серов", height)
        self.absent = self.worker("Панова", noise, sex="female")
        self.round = self.campaign()
        for employment in clears:
            self.fill(self.start(employment))
        self.fill(self.start(self.ill), EPILEPSY, EAR)

    def visit(self, employment: Employment) -> Exam:
        """Return the visit as it is now."""
        return self.exam_of(employment)

    def conclude(self) -> None:
        """Decide about everybody who was examined."""
        conclusion_give(self.chair, exam=self.visit(self.clear).uid, given=NewConclusion("I"), on=DAY)
        visit = self.visit(self.ill)
        for finding in open_findings(visit):
            finding_decide(self.chair, finding=finding.uid, decision=Decision.CONFIRMED)
        codes = tuple({code for finding in open_findings(visit) for code in finding.codes})
        given = NewConclusion("IIIа", codes, center=True, dispensary=True)
        conclusion_give(self.chair, exam=visit.uid, given=given, on=DAY)

    def stranger(self) -> Client:
        """Sign in at a commission of another clinic."""
        other = World()
        return client_of(replace(other.chair, role=Role.COMMISSION))
