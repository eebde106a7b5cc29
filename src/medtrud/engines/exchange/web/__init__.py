"""Addresses of the import wizard."""

from django.urls import path

from . import limits, steps

app_name = "exchange"
urlpatterns = [
    path("", steps.import_list, name="import_list"),
    path("new/<slug:target>/", steps.import_upload, name="import_upload"),
    path("new/<slug:target>/form.xlsx", steps.import_form, name="import_form"),
    path("limits/", limits.limit_list, name="limit_list"),
    path("limits/<slug:code>/", limits.limit_set, name="limit_set"),
    path("limits/<slug:code>/reset/", limits.limit_reset, name="limit_reset"),
    path("<uuid:uid>/", steps.import_show, name="import_show"),
    path("<uuid:uid>/progress/", steps.import_progress, name="import_progress"),
    path("<uuid:uid>/columns/", steps.import_check, name="import_check"),
    path("<uuid:uid>/commit/", steps.import_commit, name="import_commit"),
    path("<uuid:uid>/undo/", steps.import_undo, name="import_undo"),
    path("<uuid:uid>/bad.xlsx", steps.import_bad, name="import_bad"),
]
