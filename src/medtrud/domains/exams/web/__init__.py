"""Screens of exams: one file per topic; this one only puts their addresses together."""

from . import agreement, bench, entry, outcome, queue, reception, route, scope

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
]
