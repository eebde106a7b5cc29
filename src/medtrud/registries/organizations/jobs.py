"""Declared to the engines below: the names of places behind seats."""

from medtrud.engines.access.public import places_declare

from .queries.organizations import short_names

places_declare(short_names)
