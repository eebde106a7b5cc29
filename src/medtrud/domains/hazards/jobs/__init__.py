"""What hazards declares to the engines and listens to."""

from . import chemicals, exposure, sout, staff

__all__ = ["chemicals", "exposure", "sout", "staff"]
