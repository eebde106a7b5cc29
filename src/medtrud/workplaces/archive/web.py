"""The desk."""

from django.http import HttpResponse
from django.urls import path

from medtrud.domains.documents.public import archive_waiting
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs, page


@needs("archive.desk")
def desk(request: Request) -> HttpResponse:
    """Show first what waits for this role."""
    on = today()
    return page(
        request,
        "archive/desk.html",
        title="Архив",
        lead=f"{on:%d.%m.%Y}",
        **archive_waiting(request.actor, on),
    )


app_name = "archive"
urlpatterns = [path("", desk, name="desk")]
