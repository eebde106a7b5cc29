"""The desk."""

from django.http import HttpResponse

from medtrud.engines.ui.public import Request, needs, page


@needs("employer.desk")
def desk(request: Request) -> HttpResponse:
    """Show first what waits for this role."""
    return page(request, "employer/desk.html")
