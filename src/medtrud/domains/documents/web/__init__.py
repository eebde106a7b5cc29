"""Screens of documents."""

from . import card, documents, execution, registers

app_name = "documents"
urlpatterns = [
    *documents.urlpatterns,
    *registers.urlpatterns,
    *execution.urlpatterns,
    *card.urlpatterns,
]
