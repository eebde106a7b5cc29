"""Own jobs for other systems: start one elsewhere, ask here how far it has come."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Router, Schema

from medtrud.engines.ui.public import Request, needs

from .actions import job_cancel as cancel
from .models import Job
from .queries import job_of, jobs

router = Router(tags=["Фоновые работы"])


class ProgressOut(Schema):
    done: int
    total: int
    percent: int
    text: str


class JobOut(Schema):
    uid: UUID
    title: str
    state: str
    state_title: str
    finished: bool
    progress: ProgressOut
    result: dict[str, Any]
    error: str
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None


@router.get("/jobs", response=list[JobOut], url_name="job_list")
@needs("background.job_list")
def job_list(request: Request) -> list[Job]:
    """Последние сто своих работ."""
    return list(jobs(request.actor)[:100])


@router.get("/jobs/{uid}", response=JobOut, url_name="job_show")
@needs("background.job_show")
def job_show(request: Request, uid: UUID) -> Job:
    """Состояние работы: сделано, всего, итог или причина отказа."""
    return job_of(request.actor, uid)


@router.post("/jobs/{uid}/cancel", response=JobOut, url_name="job_cancel")
@needs("background.job_cancel")
def job_cancel(request: Request, uid: UUID) -> Job:
    """Отменить свою работу: ждущую сразу, идущую на ближайшем шаге."""
    return cancel(request.actor, uid=uid)
