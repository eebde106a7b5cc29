"""Screens of the employer."""

from django.urls import path

from . import desk, hiring, staff

app_name = "employer"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("due/", desk.due_chart, name="due_chart"),
    path("staff/", staff.staff_list, name="staff_list"),
    path("staff/hire/", hiring.worker_hire, name="worker_hire"),
    path("staff/<uuid:uid>/", staff.worker_show, name="worker_show"),
    path("staff/<uuid:uid>/transfer/", hiring.employment_transfer, name="employment_transfer"),
    path("staff/<uuid:uid>/close/", hiring.employment_close, name="employment_close"),
]
