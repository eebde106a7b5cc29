"""Screens of workplaces and factors."""

from django.urls import path

from . import factors, workplaces

app_name = "hazards"
urlpatterns = [
    path("", workplaces.workplace_list, name="workplace_list"),
    path("open/", workplaces.workplace_open, name="workplace_open"),
    path("codes/", factors.code_search, name="code_search"),
    path("<uuid:uid>/", workplaces.workplace_show, name="workplace_show"),
    path("<uuid:uid>/close/", factors.workplace_close, name="workplace_close"),
    path("<uuid:uid>/class/", factors.class_set, name="class_set"),
    path("<uuid:uid>/factors/add/", factors.factor_add, name="factor_add"),
    path("<uuid:uid>/factors/<str:code>/", factors.factor_set, name="factor_set"),
    path("<uuid:uid>/factors/<str:code>/end/", factors.factor_end, name="factor_end"),
]
