"""The cabinet of the worker."""

from . import desk, exams, own

app_name = "worker"
urlpatterns = [*desk.urlpatterns, *exams.urlpatterns, *own.urlpatterns]
