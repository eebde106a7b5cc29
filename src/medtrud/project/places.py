"""Where the data of the product lie; read here for Django and for the commands that start without it."""

import os
from pathlib import Path

from .discover import ROOT

CLONE = ROOT.parents[1] if (ROOT.parents[1] / "pyproject.toml").exists() else Path()
DATA = Path(os.environ.get("MEDTRUD_DATA") or CLONE / "var").resolve()
SEMD_SCHEMAS = Path(os.environ.get("MEDTRUD_SEMD_SCHEMAS") or DATA / "semd").resolve()
