"""Screens of workplaces and factors."""

from django.urls import path

from . import (
    chemicals,
    chemicals_use,
    control,
    exposure,
    exposure_cuts,
    exposure_group,
    factors,
    past,
    protocols,
    sout_urls,
    workplaces,
)

app_name = "hazards"
urlpatterns = [
    path("", workplaces.workplace_list, name="workplace_list"),
    *exposure_group.urlpatterns,
    *exposure_cuts.urlpatterns,
    *control.urlpatterns,
    *protocols.urlpatterns,
    *exposure.urlpatterns,
    *past.urlpatterns,
    path("open/", workplaces.workplace_open, name="workplace_open"),
    path("substances/", chemicals.chemical_list, name="chemical_list"),
    path("substances/request/", chemicals.chemical_request, name="chemical_request"),
    path("substances/flags/", chemicals_use.chemical_flags, name="chemical_flags"),
    path("substances/print/", chemicals.chemicals_print, name="chemicals_print"),
    path("substances/<uuid:uid>/", chemicals.chemical_show, name="chemical_show"),
    path("substances/<uuid:uid>/change/", chemicals.chemical_change, name="chemical_change"),
    path("substances/<uuid:uid>/decide/", chemicals.chemical_decide, name="chemical_decide"),
    path("substances/<uuid:uid>/sheet/", chemicals.chemical_sheet, name="chemical_sheet"),
    path("substances/<uuid:uid>/use/", chemicals_use.chemical_use, name="chemical_use"),
    path(
        "substances/<uuid:uid>/use/<uuid:use>/end/", chemicals_use.chemical_use_end, name="chemical_use_end"
    ),
    path("substances/<uuid:uid>/train/", chemicals_use.chemical_train, name="chemical_train"),
    *sout_urls.urlpatterns,
    path("codes/", factors.code_search, name="code_search"),
    path("<uuid:uid>/", workplaces.workplace_show, name="workplace_show"),
    path("<uuid:uid>/close/", factors.workplace_close, name="workplace_close"),
    path("<uuid:uid>/class/", factors.class_set, name="class_set"),
    path("<uuid:uid>/factors/add/", factors.factor_add, name="factor_add"),
    path("<uuid:uid>/factors/<str:code>/", factors.factor_set, name="factor_set"),
    path("<uuid:uid>/factors/<str:code>/end/", factors.factor_end, name="factor_end"),
]
