"""The route sheet of a visit (маршрутный лист)."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.paper.public import form_render, qr_svg
from medtrud.engines.ui.public import Request, needs

from ..queries.route import route_of
from ..queries.rows import exam_of


@needs("exams.route")
def route(request: Request, uid: UUID) -> HttpResponse:
    """Print where the person goes, in the order of the way."""
    row = exam_of(request.actor, uid)
    address = request.build_absolute_uri(reverse("exams:referral_arrival", args=[row.referral.uid]))
    pdf = form_render("exams/route.typ", route_of(request.actor, row, qr=qr_svg(address)))
    name = f"route-{row.referral.number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


urlpatterns = [path("exams/<uuid:uid>/route/", route, name="route")]
