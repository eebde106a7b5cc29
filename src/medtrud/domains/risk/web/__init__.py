"""Forecasts on screen: people at risk, one person, models, groups."""

from . import groups, models, own, people, person

app_name = "risk"
urlpatterns = [
    *person.urlpatterns,
    *own.urlpatterns,
    *people.urlpatterns,
    *models.urlpatterns,
    *groups.urlpatterns,
]
