"""The first page: what to do next, admission, the visit, the last result, what is new."""

from django.http import HttpResponse
from django.urls import path

from medtrud.domains.exams.public import own_admissions, own_conclusions, own_exams
from medtrud.engines.messages.public import notices
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs, page

from ..queries import current_exam, factor_names, kind_of, next_step, own_name, progress
from .faces import admission_face

SHOWN = 3  # messages and earlier visits on the first page


@needs("worker.desk")
def desk(request: Request) -> HttpResponse:
    """Show first what waits for this person."""
    actor, on = request.actor, today()
    name = own_name(actor)
    exams = list(own_exams(actor)[:10])
    exam = current_exam(exams)
    done = progress(actor, exam, sex=name.sex) if exam else None
    admissions = list(own_admissions(actor, on=on))
    conclusion = own_conclusions(actor).first()
    return page(
        request,
        "worker/desk.html",
        title="Здравствуйте",
        name=name,
        next=next_step(exam, done, admissions, conclusion, on=on),
        exam=exam,
        exam_kind=kind_of(exam.kind) if exam else "",
        done=done,
        jobs=[admission_face(row, on) for row in admissions],
        conclusion=conclusion,
        barred=factor_names(conclusion.contraindicated, on) if conclusion else (),
        messages=list(notices(actor)[:SHOWN]),
    )


urlpatterns = [path("", desk, name="desk")]
