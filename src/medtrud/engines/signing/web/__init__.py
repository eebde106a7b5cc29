"""Screens of signing, and what the world asks of our authority."""

from django.urls import path

from . import authority, carriers, enter, own, register, served

app_name = "signing"
urlpatterns = [
    path("", register.certificate_list, name="certificate_list"),
    path("new/", register.certificate_issue, name="certificate_issue"),
    path("accounts/", register.account_list, name="account_list"),
    path("certificates/<uuid:certificate>/", register.certificate_card, name="certificate_card"),
    path("certificates/<uuid:certificate>/hold/", register.certificate_hold, name="certificate_hold"),
    path(
        "certificates/<uuid:certificate>/release/", register.certificate_release, name="certificate_release"
    ),
    path("certificates/<uuid:certificate>/revoke/", register.certificate_revoke, name="certificate_revoke"),
    path("certificates/<uuid:certificate>/renew/", register.certificate_renew, name="certificate_renew"),
    path("authority/", authority.authority_card, name="authority_card"),
    path("authority/open/", authority.authority_open, name="authority_open"),
    path("authority/lists/", authority.lists_issue, name="lists_issue"),
    path("authority/anchors/", authority.anchor_add, name="anchor_add"),
    path("authority/anchors/<uuid:certificate>/drop/", authority.anchor_drop, name="anchor_drop"),
    path("authority/lists/add/", authority.revocation_list_add, name="revocation_list_add"),
    path("authority/recheck/", authority.signatures_recheck, name="signatures_recheck"),
    path("requests/", register.request_list, name="request_list"),
    path("requests/<uuid:asked>/issue/", register.request_issue, name="request_issue"),
    path("requests/<uuid:asked>/refuse/", register.request_refuse, name="request_refuse"),
    path("carriers/", carriers.carrier_list, name="carrier_list"),
    path("carriers/new/", carriers.carrier_add, name="carrier_add"),
    path("carriers/<uuid:carrier>/", carriers.carrier_card, name="carrier_card"),
    path("carriers/<uuid:carrier>/issue/", carriers.carrier_issue, name="carrier_issue"),
    path("carriers/<uuid:carrier>/return/", carriers.carrier_return, name="carrier_return"),
    path("carriers/<uuid:carrier>/destroy/", carriers.carrier_destroy, name="carrier_destroy"),
    path("carriers/<uuid:carrier>/lose/", carriers.carrier_lose, name="carrier_lose"),
    path("enter/", enter.enter, name="enter"),
    path("mine/", own.certificates_own, name="certificates_own"),
    path("mine/trial/", own.signature_try, name="signature_try"),
    path("mine/request/", own.request_add, name="request_add"),
    path("certificates/<uuid:certificate>.cer", own.certificate_file, name="certificate_file"),
    path("ca/<uuid:certificate>.cer", served.issuer_file, name="issuer_file"),
    path("crl/<uuid:certificate>.crl", served.list_file, name="list_file"),
    path("ocsp/<uuid:certificate>/", served.status, name="status"),
    path("tsa/", served.stamp, name="stamp"),
]
