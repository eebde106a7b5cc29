"""Own jobs, and what stands still for operators."""

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import keyset
from medtrud.engines.ui.public import Request, needs, page
from medtrud.kernel.errors import NotFound

from . import actions
from .queries import deliveries_parked, file_of, job_of, jobs
from .types import JobState


@needs("background.job_list")
def job_list(request: Request) -> HttpResponse:
    """Show the own jobs, the newest first."""
    rows = keyset(jobs(request.actor), order=["-id"], after=request.GET.get("after", ""))
    return page(request, "background/job_list.html", rows=rows)


@needs("background.job_show")
def job_show(request: Request, uid: UUID) -> HttpResponse:
    """Show how far a job has come; the page asks again until it is finished."""
    job = job_of(request.actor, uid)
    may_repeat = job.finished and job.state != JobState.DONE
    return page(request, "background/job_show.html", job=job, may_repeat=may_repeat)


@needs("background.job_file")
def job_file(request: Request, uid: UUID) -> StreamingHttpResponse:
    """Give the file that the job has made."""
    job = job_of(request.actor, uid)
    about = job.result.get("file")
    if not about:
        raise NotFound("У этой работы нет файла. Откройте её, чтобы увидеть итог.")
    answer = StreamingHttpResponse(file_of(job), content_type=about["mime"])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=about["name"])
    return answer


@require_POST
@needs("background.job_cancel")
def job_cancel(request: Request, uid: UUID) -> HttpResponse:
    """Cancel a job."""
    actions.job_cancel(request.actor, uid=uid)
    return redirect("background:job_show", uid)


@require_POST
@needs("background.job_repeat")
def job_repeat(request: Request, uid: UUID) -> HttpResponse:
    """Put a job that stands still into the queue again."""
    actions.job_repeat(request.actor, uid=uid)
    return redirect("background:job_show", uid)


@needs("background.delivery_list")
def delivery_list(request: Request) -> HttpResponse:
    """Show what could not be delivered."""
    rows = keyset(deliveries_parked(request.actor), order=["id"], after=request.GET.get("after", ""))
    return page(request, "background/delivery_list.html", rows=rows)


@require_POST
@needs("background.delivery_repeat")
def delivery_repeat(request: Request, uid: UUID) -> HttpResponse:
    """Send it on its way again."""
    actions.delivery_repeat(request.actor, uid=uid)
    return redirect("background:delivery_list")


app_name = "background"
urlpatterns = [
    path("", job_list, name="job_list"),
    path("parked/", delivery_list, name="delivery_list"),
    path("parked/<uuid:uid>/repeat/", delivery_repeat, name="delivery_repeat"),
    path("<uuid:uid>/", job_show, name="job_show"),
    path("<uuid:uid>/cancel/", job_cancel, name="job_cancel"),
    path("<uuid:uid>/file/", job_file, name="job_file"),
    path("<uuid:uid>/repeat/", job_repeat, name="job_repeat"),
]
