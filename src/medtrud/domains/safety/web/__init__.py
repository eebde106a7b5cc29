"""Screens of safety."""

from django.urls import path

from . import (
    incidents,
    indicators,
    investigation,
    measures,
    nutrition,
    nutrition_due,
    papers,
    planning,
    ppe,
    ppe_demand,
    ppe_due,
    registers,
)

app_name = "safety"
urlpatterns = [
    path("measures/", measures.measure_list, name="measure_list"),
    path("measures/add/", planning.measure_add, name="measure_add"),
    path("measures/print/", papers.plan_print, name="plan_print"),
    path("measures/<uuid:uid>/", measures.measure, name="measure"),
    path("measures/<uuid:uid>/change/", planning.measure_change, name="measure_change"),
    path("measures/<uuid:uid>/start/", planning.measure_start, name="measure_start"),
    path("measures/<uuid:uid>/done/", planning.measure_done, name="measure_done"),
    path("measures/<uuid:uid>/cancel/", planning.measure_cancel, name="measure_cancel"),
    path("measures/<uuid:uid>/level/", planning.reading_add, name="reading_add"),
    path("incidents/", incidents.incident_list, name="incident_list"),
    path("incidents/add/", incidents.incident_add, name="incident_add"),
    path("incidents/print/", papers.register_print, name="register_print"),
    path("incidents/leaves/", indicators.leave_list, name="leave_list"),
    path("incidents/<uuid:uid>/", incidents.incident, name="incident"),
    path("incidents/<uuid:uid>/change/", incidents.incident_change, name="incident_change"),
    path("incidents/<uuid:uid>/investigation/", investigation.investigation_open, name="investigation_open"),
    path("incidents/<uuid:uid>/member/", investigation.member_add, name="member_add"),
    path("incidents/<uuid:uid>/close/", investigation.incident_close, name="incident_close"),
    path("incidents/<uuid:uid>/leave/", investigation.leave_link, name="leave_link"),
    path("incidents/<uuid:uid>/annul/", incidents.incident_annul, name="incident_annul"),
    path("incidents/<uuid:uid>/print/", papers.incident_print, name="incident_print"),
    path("audits/", indicators.audit_list, name="audit_list"),
    path("audits/add/", indicators.audit_add, name="audit_add"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/chart/", indicators.chart, name="chart"),
    *ppe_due.urlpatterns,
    *ppe_demand.urlpatterns,
    *ppe.urlpatterns,
    *nutrition_due.urlpatterns,
    *nutrition.urlpatterns,
    *registers.urlpatterns,
]
