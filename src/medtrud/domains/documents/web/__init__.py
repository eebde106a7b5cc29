"""Screens of documents."""

from . import (
    accounting,
    acquaintance,
    archive,
    card,
    documents,
    execution,
    paper_copies,
    queue,
    registers,
    routes,
    signing,
    substitutions,
)

app_name = "documents"
urlpatterns = [
    *documents.urlpatterns,
    *accounting.urlpatterns,
    *acquaintance.urlpatterns,
    *paper_copies.urlpatterns,
    *registers.urlpatterns,
    *execution.urlpatterns,
    *routes.urlpatterns,
    *queue.urlpatterns,
    *signing.urlpatterns,
    *substitutions.urlpatterns,
    *archive.urlpatterns,
    *card.urlpatterns,
]
