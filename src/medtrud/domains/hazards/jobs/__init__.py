"""What hazards declares to the engines and listens to."""

from . import exposure, staff

__all__ = ["exposure", "staff"]
