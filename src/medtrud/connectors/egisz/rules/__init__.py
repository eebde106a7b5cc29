"""Writing and checking documents: the pure part, entered by the command line as well."""

from ..drivers.schemas import schema_of, schemas_in, schemas_load
from .build import semd_xml
from .check import semd_check
from .codes import Books, books_from

__all__ = ["Books", "books_from", "schema_of", "schemas_in", "schemas_load", "semd_check", "semd_xml"]
