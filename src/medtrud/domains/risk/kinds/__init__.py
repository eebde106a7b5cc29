"""Risk models: add a folder to add a model."""

import sys
from difflib import get_close_matches
from functools import cache
from typing import cast

from medtrud.kernel.errors import NotFound
from medtrud.kernel.plugins import collect

from ..rules import Model


@cache
def models() -> dict[str, Model]:
    """Return the models by code."""
    return cast("dict[str, Model]", collect(sys.modules[__name__], "MODEL"))


def model_of(code: str) -> Model:
    """Return a model; an unknown one is named with the nearest ones."""
    if found := models().get(code):
        return found
    near = get_close_matches(code, models(), n=5, cutoff=0.5)
    hint = f"Похожие: {', '.join(near)}." if near else "Список: medtrud risk --list."
    raise NotFound(f"Модели «{code[:60]}» нет. {hint}")
