"""Pure rules of absences."""

from .taking import Asked, Place, Verdict, plan

__all__ = ["Asked", "Place", "Verdict", "plan"]
