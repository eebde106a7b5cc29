"""What hazards declares to the engines and listens to."""

from . import chemicals, control, exposure, sout, staff

__all__ = ["chemicals", "control", "exposure", "sout", "staff"]
