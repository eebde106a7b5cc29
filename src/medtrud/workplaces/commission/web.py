"""The desk."""

from django.http import HttpResponse
from django.urls import path

from medtrud.engines.ui.public import Request, needs, page


@needs("commission.desk")
def desk(request: Request) -> HttpResponse:
    """Show first what waits for this role."""
    return page(request, "commission/desk.html")


app_name = "commission"
urlpatterns = [path("", desk, name="desk")]
