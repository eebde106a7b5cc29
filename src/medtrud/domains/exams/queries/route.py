"""The route sheet of a visit: what is still to be done, in the order of the way through the clinic."""

from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import name_of

from ..models import Exam
from ..types.paper import RouteForm, RouteStep
from ..types.states import ExamKindCode
from ..types.visit import ShownLine
from .papers import Heads, factors_of, subject_of
from .visit import shown_lines

# The usual way through a clinic: first what is done fasting and by a nurse, the therapist sums up last.
WAY = ("доврачебный кабинет", "лаборатория", "кабинет", "рентгеновский", "эндоскопический", "врач")
LAST = "врач-терапевт"
DOCTORS = "Врачи-специалисты и их исследования"


def route_of(actor: Actor, exam: Exam, *, qr: str) -> RouteForm:
    """Return the route sheet of a visit: what is still to be done, in the order of the way."""
    person = name_of(actor, exam.person_id)
    on = exam.arrived_on or exam.referral.issued_on
    lines = [line for line in shown_lines(actor, exam, person) if line.open or line.credited]
    lines.sort(key=lambda line: _place(line.performer))
    return RouteForm(
        number=str(exam.referral.number),
        on=on,
        kind=ExamKindCode(exam.kind).title_ru,
        clinic=Heads().party(exam.clinic_id, on),
        employer_name=str(exam.employer),
        person=subject_of(person),
        post=exam.referral.post,
        factors=factors_of(exam.referral.codes, exam.referral.issued_on),
        steps=tuple(_step(line) for line in lines),
        qr=qr,
        qr_hint="код осмотра",
    )


def _step(line: ShownLine) -> RouteStep:
    group = DOCTORS if line.performer.startswith("врач") else _upper(line.performer)
    note = line.condition
    if line.credited:
        note = f"зачтено: {line.credited['source']}, проходить не нужно"
    return RouteStep(_upper(line.title), group, note=note)


def _place(performer: str) -> tuple[int, str]:
    if performer == LAST:
        return len(WAY), performer
    for number, start in enumerate(WAY):
        if performer.startswith(start):
            return number, performer
    return len(WAY) - 1, performer


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
