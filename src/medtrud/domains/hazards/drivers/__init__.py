"""The exchange file of working conditions (ФГИС СОУТ): reading, writing, checking against a schema."""

from .sout_asks import head_asks, ordered, place_asks, place_kind, put
from .sout_package import FileRefused, sout_stream
from .sout_read import sout_read
from .sout_seed import seed
from .sout_titles import ask_title, choices_of
from .sout_write import sout_write
from .sout_xsd import xsd_problems

__all__ = [
    "FileRefused",
    "ask_title",
    "choices_of",
    "head_asks",
    "ordered",
    "place_asks",
    "place_kind",
    "put",
    "seed",
    "sout_read",
    "sout_stream",
    "sout_write",
    "xsd_problems",
]
