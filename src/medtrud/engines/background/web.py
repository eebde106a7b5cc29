"""Own jobs, and what stands still for operators."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from medtrud.engines.ui.public import (
    Bulk,
    Column,
    Progress,
    Request,
    Search,
    Tab,
    asks_part,
    cells,
    done,
    listing,
    needs,
    page,
    plain,
)
from medtrud.kernel.errors import NotFound

from . import actions
from .models import Delivery, Job
from .queries import deliveries_parked, file_of, job_of, jobs
from .types import JobState

TONES = {
    JobState.QUEUED: "info",
    JobState.RUNNING: "info",
    JobState.DONE: "ok",
    JobState.FAILED: "bad",
    JobState.PARKED: "bad",
}


def _link(job: Job, about: object) -> object:
    return cells.link(job.title, reverse("background:job_show", args=[job.uid]))


def _state(job: Job, about: object) -> object:
    return cells.tag(job.state_title.capitalize(), TONES.get(JobState(job.state), ""))


def _share(job: Job, about: object) -> object:
    return f"{job.progress.percent} %" if job.state == JobState.RUNNING else cells.DASH


@needs("background.job_list")
def job_list(request: Request) -> HttpResponse:
    """Show the own jobs, the newest first."""
    return listing(
        request,
        jobs(request.actor),
        title="Мои работы",
        noun="работа,работы,работ",
        columns=(
            Column("title", "Работа", _link, role="title", width="grow"),
            Column("share", "Сделано", _share, width="number"),
            Column(
                "created", "Поставлена", lambda job, _: cells.moment(job.created_at), "id", "aside", "date"
            ),
            Column("finished", "Закончена", lambda job, _: cells.moment(job.finished_at), width="date"),
            Column("state", "Состояние", _state, role="state", width="state"),
        ),
        tabs=(
            Tab("open", "Идут", Q(state__in=[JobState.QUEUED, JobState.RUNNING])),
            Tab("done", "Готовы", Q(state=JobState.DONE)),
            Tab("stuck", "Не выполнены", Q(state__in=[JobState.FAILED, JobState.PARKED])),
        ),
        search=Search("Название работы", lambda rows, text: rows.filter(title__icontains=text)),
        order="-created",
        empty="Здесь появятся загрузки, выгрузки и другие долгие работы, которые вы запустите. "
        "Их можно оставить и вернуться позже.",
    )


@needs("background.job_show")
def job_show(request: Request, uid: UUID) -> HttpResponse:
    """Show how far a job has come; the page asks again until it is finished."""
    job = job_of(request.actor, uid)
    if job.finished and asks_part(request):
        return HttpResponse(headers={"HX-Refresh": "true"})  # the end changes more than the bar
    values: dict[str, Any] = {
        "job": job,
        "bar": _bar(job),
        "may_repeat": job.finished and job.state != JobState.DONE,
    }
    return page(request, "background/job_show.html", fragment="bar", title=job.title, **values)


def _bar(job: Job) -> Progress:
    known = job.progress
    return Progress(
        state=job.state,
        done=known.done,
        total=known.total,
        text=known.text,
        url="" if job.finished else reverse("background:job_show", args=[job.uid]),
        errors=(job.error,) if job.error else (),
    )


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
    return done(request, "Работа отменяется.", "background:job_show", uid)


@require_POST
@needs("background.job_repeat")
def job_repeat(request: Request, uid: UUID) -> HttpResponse:
    """Put a job that stands still into the queue again."""
    actions.job_repeat(request.actor, uid=uid)
    return done(request, "Работа снова в очереди.", "background:job_show", uid)


@needs("background.delivery_list")
def delivery_list(request: Request) -> HttpResponse:
    """Show what could not be delivered."""
    return listing(
        request,
        deliveries_parked(request.actor),
        title="Недоставленные события",
        noun="событие,события,событий",
        columns=(
            Column("event", "Событие", plain("event.name"), role="title"),
            Column("subscriber", "Подписчик", plain("subscriber")),
            Column("at", "Когда", lambda row, _: cells.moment(row.event.at), "id", "aside", "date"),
            Column("tries", "Попыток", plain("tries"), width="number"),
            Column("error", "Причина", plain("error"), width="grow"),
        ),
        order="at",
        bulk=(Bulk("Доставить снова", reverse("background:delivery_repeat"), "refresh"),),
        name=Delivery.__str__,
        empty="Все события доставлены. Событие, которое подписчик несколько раз не принял, появится здесь.",
    )


@require_POST
@needs("background.delivery_repeat")
def delivery_repeat(request: Request) -> HttpResponse:
    """Send the marked ones on their way again."""
    count = actions.delivery_repeat(request.actor, uids=_uids(request))
    words = cells.counted(count, "событие,события,событий")
    return done(request, f"Снова в очереди: {words}.", "background:delivery_list")


def _uids(request: Request) -> list[UUID]:
    try:
        return [UUID(mark) for mark in request.POST.getlist("id")]
    except ValueError as error:
        raise NotFound("Отмеченные строки не найдены. Обновите страницу и отметьте их снова.") from error


app_name = "background"
urlpatterns = [
    path("", job_list, name="job_list"),
    path("parked/", delivery_list, name="delivery_list"),
    path("parked/repeat/", delivery_repeat, name="delivery_repeat"),
    path("<uuid:uid>/", job_show, name="job_show"),
    path("<uuid:uid>/cancel/", job_cancel, name="job_cancel"),
    path("<uuid:uid>/file/", job_file, name="job_file"),
    path("<uuid:uid>/repeat/", job_repeat, name="job_repeat"),
]
