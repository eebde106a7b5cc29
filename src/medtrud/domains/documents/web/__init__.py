"""Screens of documents."""

from . import card, documents, execution, registers, routes, substitutions

app_name = "documents"
urlpatterns = [
    *documents.urlpatterns,
    *registers.urlpatterns,
    *execution.urlpatterns,
    *routes.urlpatterns,
    *substitutions.urlpatterns,
    *card.urlpatterns,
]
