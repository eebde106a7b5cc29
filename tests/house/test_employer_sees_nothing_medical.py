"""An employer's account walks every address and export it may open; nothing it reads is medical.

Diagnoses, texts of doctors and advice are planted; every address of the snapshot that the desk may open
is asked with the uids of everything that exists. Reference books are left out: they are public.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from medtrud.domains.exams.actions.act import final_act_close
from medtrud.domains.exams.actions.conclusion import conclusion_give
from medtrud.domains.exams.actions.diagnosis import finding_decide
from medtrud.domains.exams.actions.line import results_record
from medtrud.domains.exams.models import ExamLine, LineResult
from medtrud.domains.exams.queries.checks import open_findings
from medtrud.domains.exams.tests.conftest import icd10  # noqa: F401 - a fixture
from medtrud.domains.exams.tests.outside import Outside
from medtrud.domains.exams.tests.world import DAY, HEIGHT, NOISE, World, normal_values
from medtrud.domains.exams.types.results import NewConclusion, NewDiagnosis, NewResult
from medtrud.domains.exams.types.states import Decision, LineState
from medtrud.engines.access.public import desks
from medtrud.engines.background.public import Job, file_of, run_pending
from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Role
from medtrud.project.snapshots import addresses
from medtrud.registries.people.public import name_of

pytestmark = pytest.mark.django_db
SECRETS = (
    "G40.3",
    "H83.3",
    "I10",
    "Генерализованная идиопатическая эпилепсия",
    "Шумовые эффекты внутреннего уха",
    "Эссенциальная гипертензия",
    "секретнаястадия",
    "секретныйтекст",
    "секретныйсовет",
    "секретноеобоснование",
)
PUBLIC = ("/reference/", "/api/v1/reference/", "/ui/", "/api/v1/openapi.json")
EXPORTS = ("/table/", "/journal/", "/print/", "/register/")
PARAMETER = re.compile(r"<(\w+):(\w+)>|\{(?:(\w+):)?(\w+)\}")
WALKED_AT_LEAST, EXPORTED_AT_LEAST = 40, 4


@pytest.fixture
def world(icd10: None) -> World:  # noqa: F811 - the fixture above
    """Make a plant whose workers have diagnoses, contraindications and a closed act."""
    world = World()
    rigger = world.worker("Громов", world.place("Монтажник", HEIGHT))
    turner = world.worker("Зимин", world.place("Токарь", NOISE))
    campaign = world.campaign()
    for worker, code in ((rigger, "G40.3"), (turner, "I10")):
        examined(world, worker, code)
    final_act_close(world.chair, campaign=campaign.uid, on=DAY, as_of=DAY)
    run_pending()
    return world


def examined(world: World, worker: Any, code: str) -> None:
    exam = world.start(worker)
    sex = name_of(world.registrar, exam.person_id).sex
    lines = ExamLine.objects.unscoped("test").filter(
        exam=exam, state__in=[LineState.DUE, LineState.UNKNOWN_EXPOSURE]
    )
    results = [
        NewResult(DAY, normal_values(line.title, sex, DAY), "секретныйтекст", (), line.kind, line.code)
        for line in lines.order_by("order")
    ]
    found = (
        NewDiagnosis(code, "секретнаястадия", first_time=True, chronic=True),
        NewDiagnosis("H83.3", nature="occupational_suspected"),
    )
    results[0] = replace(results[0], diagnoses=found)
    results_record(world.doctor, exam=exam.uid, results=results)
    barred: set[str] = set()
    for finding in open_findings(exam):
        finding_decide(
            world.chair, finding=finding.uid, decision=Decision.CONFIRMED, reason="секретноеобоснование"
        )
        barred |= set(finding.codes)
    given = NewConclusion(
        "IIIа",
        tuple(sorted(barred)),
        center=True,
        advice="секретныйсовет",
        override_reason="секретноеобоснование",
    )
    conclusion_give(world.chair, exam=exam.uid, given=given, on=DAY)


def known_uids() -> dict[str, list[UUID]]:
    """Return the uid of the last row of every table, by module."""
    found: dict[str, list[UUID]] = {}
    for model in apps.get_models():
        if issubclass(model, GuardedModel) and getattr(model, "uid", None) is not None:
            rows = model.objects.unscoped("test").order_by("-pk").values_list("uid", flat=True)[:1]
            found.setdefault(model._meta.app_label, []).extend(rows)
    return found


def uids_for(address: str, known: dict[str, list[UUID]]) -> list[UUID]:
    """Return what may stand in an address of a module: its own rows and those it points down to."""
    label = address.removeprefix("/api/v1").split("/")[1]
    below = known.get("organizations", []) if label in ("exams", "hazards", "employer") else []
    return [*known.get(label, []), *below]


def filled(address: str, uids: list[UUID]) -> list[str]:
    """Return the address with everything that could stand in its place."""
    asked = [match[2] or match[4] for match in PARAMETER.finditer(address)]
    if not asked:
        return [address]
    found = []
    for uid in uids:
        for number in range(1, 29) if "number" in asked else (1,):
            values = {"number": str(number)}
            found.append(
                PARAMETER.sub(lambda match, v=values, u=uid: v.get(match[2] or match[4], str(u)), address)
            )
    return found


def reachable(*methods: str) -> list[str]:
    held = desks()[Role.EMPLOYER].permissions
    lines = (line.split(" ", 2) for line in addresses())
    return [
        address
        for method, address, mark in lines
        if method in methods
        and (mark in held or mark.startswith("anyone"))
        and not address.startswith(PUBLIC)
        and "/out/" not in address
    ]


def text_of(content: bytes, mime: str) -> str:
    if content.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    return unescape(content.decode(errors="replace")) if "text" in mime or "json" in mime else ""


def leaks(text: str) -> list[str]:
    flat = re.sub(r"\s+", " ", text).casefold()
    return [secret for secret in SECRETS if secret.casefold() in flat]


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_planted_secrets_are_really_there(world: World) -> None:
    texts = set(LineResult.objects.visible_to(world.doctor).values_list("text", flat=True))
    assert texts == {"секретныйтекст"}
    assert leaks("диагноз: секретнаястадия, G40.3") == ["G40.3", "секретнаястадия"]


def walked(walker: Client, headers: dict[str, str], address: str, uids: list[UUID]) -> Iterator[Any]:
    """Open an address with every uid; yield what was answered."""
    for url in filled(address, uids):
        answer = walker.get(url, headers=headers)
        assert answer.status_code < 500, url
        if answer.status_code == 200:
            yield url, leaks(text_of(body(answer), answer.headers.get("Content-Type", "")))


def exported(client: Client, organization: int) -> dict[str, list[str]]:
    """Begin every export of a list, do the work, read the files."""
    for address in reachable("SCREEN"):
        if address.endswith(EXPORTS) and not PARAMETER.search(address):
            client.post(address)
    run_pending()
    jobs = Job.objects.unscoped("test").filter(organization=organization)
    return {job.title: leaks(text_of(b"".join(file_of(job)), "")) for job in jobs}


def test_no_address_and_no_export_of_the_employer_is_medical(world: World) -> None:
    outside = Outside("employer-walk", Role.EMPLOYER, world.plant.pk)
    client = Client(raise_request_exception=False)
    client.force_login(
        apps.get_model("access", "Account").objects.unscoped("test").get(login="employer-walk")
    )
    found = exported(client, world.plant.pk)
    assert len(found) >= EXPORTED_AT_LEAST
    known, opened = known_uids(), set()
    for walker, headers, method in ((client, {}, "SCREEN"), (outside.client, outside.headers, "GET")):
        for address in reachable(method):
            for url, secrets in walked(walker, headers, address, uids_for(address, known)):
                opened.add(address)
                found[url] = secrets
    assert {url: secrets for url, secrets in found.items() if secrets} == {}
    assert len(opened) >= WALKED_AT_LEAST, sorted(opened)
