"""The exchange file of working conditions (ФГИС СОУТ): reading, writing, checking against a schema."""

from .sout_package import FileRefused, sout_stream
from .sout_read import sout_read
from .sout_write import place_problems, sout_write
from .sout_xsd import xsd_problems

__all__ = ["FileRefused", "place_problems", "sout_read", "sout_stream", "sout_write", "xsd_problems"]
