"""Screens of people."""

from django.urls import path

from . import cards, doubles

app_name = "people"
urlpatterns = [
    path("", cards.person_list, name="person_list"),
    path("add/", cards.person_register, name="person_register"),
    path("doubles/", doubles.double_list, name="double_list"),
    path("doubles/find/", doubles.doubles_find, name="doubles_find"),
    path("doubles/<uuid:uid>/", doubles.double, name="double"),
    path("doubles/<uuid:uid>/dismiss/", doubles.double_dismiss, name="double_dismiss"),
    path("merges/<uuid:uid>/undo/", doubles.persons_unmerge, name="persons_unmerge"),
    path("<uuid:uid>/", cards.card_open, name="card_open"),
    path("<uuid:uid>/change/", cards.person_change, name="person_change"),
    path("<uuid:uid>/merge/", doubles.persons_merge, name="persons_merge"),
]
