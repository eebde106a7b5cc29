import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from medtrud.kernel.actor import Actor

NSI = Path(__file__).parents[6] / "shared/data/nsi"
DAY = dt.date(2026, 3, 1)


@pytest.fixture
def nsi() -> Path:
    if not NSI.exists():
        pytest.skip("reference books not mounted")
    return NSI


@pytest.fixture
def passports(nsi: Path) -> dict[str, Any]:
    listed = json.loads((nsi / "passports.json").read_text(encoding="utf8"))
    return {passport["oid"]: passport for passport in listed}


@pytest.fixture
def job() -> Actor:
    return Actor.job("test")
