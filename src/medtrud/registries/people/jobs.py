"""Declared to the engines below: names behind accounts, addresses of letters."""

from medtrud.engines.access.public import People, names_declare
from medtrud.engines.messages.public import address_declare

from .queries import email_of, key_by_snils, names_of

names_declare(People(names=names_of, by_snils=key_by_snils))
address_declare(email_of)
