"""What hazards declares to the engines and listens to."""

from . import chemicals, exposure, staff

__all__ = ["chemicals", "exposure", "staff"]
