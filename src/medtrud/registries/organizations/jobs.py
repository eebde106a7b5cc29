"""Declared to the engines below: the names of places behind seats."""

from medtrud.engines.access.public import Places, places_declare

from .queries.organizations import inns_found, key_by_inn, short_names

places_declare(Places(names=short_names, by_inn=key_by_inn, search=inns_found))
