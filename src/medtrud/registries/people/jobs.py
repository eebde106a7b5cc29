"""Declared to the engines below: names behind accounts, addresses of letters."""

from medtrud.engines.access.public import names_declare
from medtrud.engines.messages.public import address_declare

from .queries import email_of, names_of

names_declare(names_of)
address_declare(email_of)
