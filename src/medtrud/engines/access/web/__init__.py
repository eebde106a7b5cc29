"""Screens of access."""

from django.urls import path

from . import desk, entry, me

app_name = "access"
urlpatterns = [
    path("", entry.sign_in, name="sign_in"),
    path("code/", entry.sign_in_second, name="sign_in_second"),
    path("out/", entry.sign_out, name="sign_out"),
    path("seat/", entry.seat_choose, name="seat_choose"),
    path("me/", me.account_me, name="account_me"),
    path("me/password/", me.password_change, name="password_change"),
    path("me/totp/", me.totp, name="totp"),
    path("me/totp/qr.svg", me.totp_qr, name="totp_qr"),
    path("me/totp/remove/", me.totp_remove, name="totp_remove"),
    path("me/totp/codes/", me.recovery_renew, name="recovery_renew"),
    path("me/tokens/new/", me.token_give, name="token_give"),
    path("me/tokens/<uuid:token>/revoke/", me.token_revoke, name="token_revoke"),
    path("me/sessions/<uuid:session>/end/", me.session_end, name="session_end"),
    path("me/sessions/end/", me.sessions_end_others, name="sessions_end_others"),
    path("accounts/", desk.account_list, name="account_list"),
    path("accounts/new/", desk.account_admit, name="account_admit"),
    path("accounts/<uuid:account>/", desk.account_card, name="account_card"),
    path("accounts/<uuid:account>/seat/", desk.seat_give, name="seat_give"),
    path("accounts/<uuid:account>/block/", desk.account_block, name="account_block"),
    path("accounts/<uuid:account>/unblock/", desk.account_unblock, name="account_unblock"),
    path("accounts/<uuid:account>/close/", desk.account_close, name="account_close"),
    path("accounts/<uuid:account>/password/", desk.password_reset, name="password_reset"),
    path("accounts/<uuid:account>/totp/", desk.totp_reset, name="totp_reset"),
    path("seats/<uuid:seat>/take/", desk.seat_take, name="seat_take"),
    path("places/", desk.place_list, name="place_list"),
    path("limits/", desk.limit_list, name="limit_list"),
    path("limits/<slug:code>/", desk.limit_set, name="limit_set"),
    path("limits/<slug:code>/reset/", desk.limit_reset, name="limit_reset"),
]
