"""Addresses of the exchange with the registry."""

from django.urls import path

from .callback import callback
from .journal import message_list
from .setting import exchange_set, post_code_set, post_list
from .submissions import (
    submission,
    submission_list,
    submission_pack,
    submission_repeat,
    submissions_add,
)

app_name = "egisz"
urlpatterns = [
    path("", submission_list, name="submission_list"),
    path("add/", submissions_add, name="submissions_add"),
    path("journal/", message_list, name="message_list"),
    path("setting/", exchange_set, name="exchange_set"),
    path("setting/posts/", post_list, name="post_list"),
    path("setting/posts/code/", post_code_set, name="post_code_set"),
    path("callback/<str:token>/", callback, name="callback"),
    path("<uuid:uid>/", submission, name="submission"),
    path("<uuid:uid>/repeat/", submission_repeat, name="submission_repeat"),
    path("<uuid:uid>/pack/", submission_pack, name="submission_pack"),
]
