"""Screens of the shell itself."""

from .screens import urlpatterns

app_name = "ui"
__all__ = ["app_name", "urlpatterns"]
