"""Screens of organisations."""

from django.urls import path

from . import clinics, own, staff, structure

app_name = "organizations"
urlpatterns = [
    path("", own.organization_list, name="organization_list"),
    path("own/", own.organization_own, name="organization_own"),
    path("own/change/", own.requisites_change, name="requisites_change"),
    path("open/", own.organization_open, name="organization_open"),
    path("contracts/", own.contract_list, name="contract_list"),
    path("contracts/open/", own.contract_open, name="contract_open"),
    path("contracts/<uuid:uid>/", own.contract_show, name="contract_show"),
    path("contracts/<uuid:uid>/accept/", own.contract_accept, name="contract_accept"),
    path("contracts/<uuid:uid>/close/", own.contract_close, name="contract_close"),
    path("divisions/", structure.division_list, name="division_list"),
    path("divisions/open/", structure.division_open, name="division_open"),
    path("divisions/<uuid:uid>/close/", structure.division_close, name="division_close"),
    path("posts/", structure.post_list, name="post_list"),
    path("posts/open/", structure.post_open, name="post_open"),
    path("posts/<uuid:uid>/close/", structure.post_close, name="post_close"),
    path("licences/", clinics.licence_list, name="licence_list"),
    path("licences/add/", clinics.licence_add, name="licence_add"),
    path("departments/", clinics.department_list, name="department_list"),
    path("departments/open/", clinics.department_open, name="department_open"),
    path("departments/<uuid:uid>/close/", clinics.department_close, name="department_close"),
    path("rooms/", clinics.room_list, name="room_list"),
    path("rooms/open/", clinics.room_open, name="room_open"),
    path("rooms/<uuid:uid>/close/", clinics.room_close, name="room_close"),
    path("staff/", staff.staff_list, name="staff_list"),
    path("staff/take/", staff.staff_take, name="staff_take"),
    path("staff/<uuid:uid>/", staff.staff_show, name="staff_show"),
    path("staff/<uuid:uid>/close/", staff.staff_close, name="staff_close"),
    path("staff/<uuid:uid>/accreditation/", staff.accreditation_add, name="accreditation_add"),
    path("commissions/", staff.commission_list, name="commission_list"),
    path("commissions/open/", staff.commission_open, name="commission_open"),
    path("commissions/<uuid:uid>/close/", staff.commission_close, name="commission_close"),
    path("<uuid:uid>/", own.organization_show, name="organization_show"),
]
