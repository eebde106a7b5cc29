"""Risk models: reading a folder, checking inputs, arithmetic of the families."""

from .answer import answer, as_json, ask
from .listing import listed
from .model import Model, model

__all__ = ["Model", "answer", "as_json", "ask", "listed", "model"]
