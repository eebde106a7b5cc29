"""Screens of the archive."""

from . import cases, destruction, headings, inventories, media, reading

urlpatterns = [
    *cases.urlpatterns,
    *destruction.urlpatterns,
    *headings.urlpatterns,
    *inventories.urlpatterns,
    *media.urlpatterns,
    *reading.urlpatterns,
]
