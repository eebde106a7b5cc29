"""The desk."""

from django.http import HttpResponse
from django.urls import path

from medtrud.engines.ui.public import Request, needs, page


@needs("employer.desk")
def desk(request: Request) -> HttpResponse:
    """Show first what waits for this role."""
    return page(request, "employer/desk.html")


app_name = "employer"
urlpatterns = [path("", desk, name="desk")]
