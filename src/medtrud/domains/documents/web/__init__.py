"""Screens of documents."""

from . import card, documents, execution, queue, registers, routes, signing, substitutions

app_name = "documents"
urlpatterns = [
    *documents.urlpatterns,
    *registers.urlpatterns,
    *execution.urlpatterns,
    *routes.urlpatterns,
    *queue.urlpatterns,
    *signing.urlpatterns,
    *substitutions.urlpatterns,
    *card.urlpatterns,
]
