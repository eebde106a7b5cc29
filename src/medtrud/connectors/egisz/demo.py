"""A few conclusions on their way to a registry of this machine: registered, refused, corrected, waiting."""

from dataclasses import replace

from django.test import Client

from medtrud.domains.documents.public import requests_sign, requests_waiting
from medtrud.domains.exams.public import Conclusion
from medtrud.engines.access.public import actor_of
from medtrud.engines.store.public import today, together
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import identities_of, person_change

from .actions import exchange_set, post_code_set, submission_queue, submission_ready, submission_repeat
from .drivers.simulator import Simulator
from .jobs import document_exchange, document_written
from .models import Submission
from .queries import conclusions_given, exchange_known, submissions
from .queries.posts import posts_of
from .types.exchange import DOCUMENT, Envelope, Heard, SemdDue

AFTER = ("hazards", "exams")
OID = "1.2.643.5.1.13.13.12.2.35.99999"  # of nobody
SYSTEM = "00000000-0000-4000-8000-000000000035"
SIMULATOR = "http://127.0.0.1:8899/emdr"  # where `medtrud simulate egisz` listens
SNILS = "900-000-069 01"  # of the chairman, from the range nobody is given
SURGEON = "122"
COUNT = 7
STRANGER = "Другая-Фамилия"


def fill(actor: Actor) -> None:
    """Send them once."""
    chosen = list(conclusions_given(actor)[:COUNT])
    if not chosen or chosen[0].chair.account is None or exchange_known(actor):
        return
    house = replace(actor, organization=chosen[0].clinic_id)
    _ready(house, chosen[0])
    exchange_set(house, oid=OID, address=SIMULATOR, system=SYSTEM, on=True)
    _play(house, chosen, Simulator(judge=lambda *_: [], post=_through_the_door))


def _ready(house: Actor, row: Conclusion) -> None:
    """Enter what a document needs: the number of the chairman, the codes of other posts."""
    chair = row.chair.person
    if not identities_of(house, [chair.pk])[chair.pk].snils:
        person_change(house, person=chair.uid, changes={"snils": SNILS}, reason="для реестра документов")
    for post in posts_of(house, on=today()):
        if post.row is None and post.position.startswith("врач-хирург"):
            post_code_set(house, position=post.position, code=SURGEON)


def _play(house: Actor, chosen: list[Conclusion], simulator: Simulator) -> None:
    queued = [submission_queue(house, conclusion=row.uid) for row in chosen]
    going = [row for row in queued if row]
    for row in going:
        _write(row)
    *sent, _unsigned = going
    refused = [identities_of(house, [row.person_id])[row.person_id].snils for row in sent[:2]]
    simulator.insured = {number: STRANGER for number in refused if number}
    chair = actor_of(chosen[0].chair.account, None, on=today())
    _send(chair, sent, simulator)
    simulator.deliver()
    simulator.insured = dict.fromkeys(refused[1:], STRANGER)  # the first one was mended, the second is not
    first = submissions(house).get(pk=sent[0].pk)
    if first.faults:
        submission_repeat(house, submission=first.uid)
        _write(first)
        with together():
            document_exchange(first.uid, simulator.heard)
        simulator.deliver()


def _write(row: Submission) -> None:
    with together():
        document_written(SemdDue(row.uid))


def _send(chair: Actor, rows: list[Submission], simulator: Simulator) -> None:
    """Sign as the chairman, seal, and send."""
    wanted = set(
        submissions(chair).filter(pk__in=[row.pk for row in rows]).values_list("document", flat=True)
    )
    for _ in range(2):
        waiting = requests_waiting(chair).filter(version__document__kind=DOCUMENT)
        requests_sign(chair, requests=[row.uid for row in waiting if row.version.document.uid in wanted])
    for row in rows:
        fresh = submissions(chair).get(pk=row.pk)
        if fresh.document and submission_ready(Actor.job("demo"), document=fresh.document):
            with together():
                document_exchange(row.uid, simulator.heard)


def _through_the_door(envelope: Envelope) -> Heard:
    """Call back as the registry does; no server runs while the demo is filled."""
    path = "/" + envelope.address.split("/", 3)[3]
    client = Client(SERVER_NAME="localhost")
    answer = client.post(path, envelope.body, content_type="application/soap+xml")
    return Heard(answer.status_code, 0, answer.content)
