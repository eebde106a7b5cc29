"""Screens of reference books."""

from . import books, calendar

app_name = "reference"
urlpatterns = [*calendar.urlpatterns, *books.urlpatterns]  # the calendar first: a book is any other word
