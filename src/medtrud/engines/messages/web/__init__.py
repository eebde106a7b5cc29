"""Screens of messages."""

from . import inbox, wordings

app_name = "messages"
urlpatterns = [*inbox.urlpatterns, *wordings.urlpatterns]
