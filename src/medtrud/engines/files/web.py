"""Download."""

from pathlib import Path
from uuid import UUID

from django.http import FileResponse
from django.urls import path
from django.views.decorators.http import require_GET

from medtrud.engines.ui.public import Request, needs

from .actions import file_open as open_file
from .rules import SHOWN


@require_GET
@needs("files.file_open")
def file_open(request: Request, file: UUID) -> FileResponse:
    """Give the content; only what cannot run is shown, everything else is saved."""
    opened = open_file(request.actor, uid=file)
    shown = opened.mime in SHOWN and "show" in request.GET
    answer = FileResponse(
        Path(opened.path).open("rb"),  # noqa: SIM115 - the response closes it
        as_attachment=not shown,
        filename=opened.name,
        content_type=opened.mime,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


app_name = "files"
urlpatterns = [path("<uuid:file>/", file_open, name="file_open")]
