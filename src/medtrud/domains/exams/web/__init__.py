"""Screens of exams: one file per topic; this one only puts their addresses together."""

from . import (
    act_close,
    act_print,
    acts,
    agreement,
    bench,
    conclusion,
    conclusion_print,
    conclusions,
    entry,
    outcome,
    queue,
    reception,
    route,
    scope,
)

app_name = "exams"
urlpatterns = [
    *reception.urlpatterns,
    *outcome.urlpatterns,
    *scope.urlpatterns,
    *route.urlpatterns,
    *queue.urlpatterns,
    *entry.urlpatterns,
    *bench.urlpatterns,
    *agreement.urlpatterns,
    *conclusions.urlpatterns,
    *conclusion.urlpatterns,
    *conclusion_print.urlpatterns,
    *act_close.urlpatterns,
    *acts.urlpatterns,
    *act_print.urlpatterns,
]
