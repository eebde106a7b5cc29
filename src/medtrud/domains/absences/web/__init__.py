"""Screens of absences."""

from django.urls import path

from . import journal, papers, register, report, writing

app_name = "absences"
urlpatterns = [
    path("", register.absence_list, name="absence_list"),
    path("add/", writing.absence_add, name="absence_add"),
    path("workers/", writing.worker_search, name="worker_search"),
    path("eln/", writing.eln_take, name="eln_take"),
    path("analysis/", report.analysis, name="analysis"),
    path("analysis/chart/", report.chart, name="chart"),
    path("analysis/table/", papers.table, name="table"),
    path("analysis/print/", papers.printed, name="printed"),
    path("register/print/", journal.register_print, name="register_print"),
    path("register/table/", journal.register_table, name="register_table"),
    path("<uuid:uid>/", register.absence, name="absence"),
    path("<uuid:uid>/change/", writing.absence_change, name="absence_change"),
    path("<uuid:uid>/close/", writing.absence_close, name="absence_close"),
    path("<uuid:uid>/cancel/", writing.absence_cancel, name="absence_cancel"),
    path("<uuid:uid>/medical/", writing.medical_set, name="medical_set"),
]
