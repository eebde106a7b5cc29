"""Organisations for other systems."""

from . import clinics, own, structure
from .schemas import router

__all__ = ["clinics", "own", "router", "structure"]
