"""The act on paper and its lists in a workbook."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.ui.public import Request, needs

from ..queries.act_printed import act_form, act_workbook
from ..queries.act_view import act_of
from .answers import XLSX, file, pdf, preview


@needs("exams.act_print")
def act_print(request: Request, uid: UUID) -> HttpResponse:
    """Print one version of an act."""
    act = act_of(request.actor, uid)
    return pdf("final_act", act_form(request.actor, act), f"Акт {act.number}, версия {act.version}.pdf")


@needs("exams.act_print")
def act_preview(request: Request, uid: UUID) -> HttpResponse:
    """Show one version of an act as paper."""
    act = act_of(request.actor, uid)
    return preview(
        request,
        "final_act",
        act_form(request.actor, act),
        title=f"Заключительный акт № {act.number}",
        back=reverse("exams:final_act", args=[uid]),
        file_url=reverse("exams:act_print", args=[uid]),
    )


@needs("exams.act_print")
def act_export(request: Request, uid: UUID) -> HttpResponse:
    """Give the lists that this seat may open, one sheet per item."""
    act = act_of(request.actor, uid)
    name = f"Акт {act.number}, версия {act.version}, списки.xlsx"
    return file(act_workbook(request.actor, act), name, XLSX)


urlpatterns = [
    path("acts/<uuid:uid>/pdf/", act_print, name="act_print"),
    path("acts/<uuid:uid>/preview/", act_preview, name="act_preview"),
    path("acts/<uuid:uid>/lists/", act_export, name="act_export"),
]
