"""Programmes as they are kept: one row per distinct content, with every reason."""

import hashlib
import json
from typing import Any

from ..models import PrescribedProgramme
from ..types import Line, Programme


class ProgrammeShelf:
    """Keeps programmes within one action: equal ones become one row, asked for once."""

    def __init__(self) -> None:
        self._keys: dict[tuple[int, ...], tuple[Programme, int]] = {}

    def key_of(self, programme: Programme) -> int:
        """Keep what the law prescribed, without what belongs to one person, and return the key of the row."""
        parts = (programme.specialists, programme.tests, programme.months_reasons, programme.cautions)
        known = self._keys.get(tuple(map(id, parts)))  # the rules give equal workers the same tuples
        if known is None:
            known = programme, _stored(content_of(programme))
            self._keys[tuple(map(id, parts))] = known
        return known[1]


def content_of(programme: Programme) -> str:
    """Return the programme as JSON with its reasons; no dates of a person."""
    content = {
        "kind": programme.kind,
        "edition": programme.edition,
        "months": programme.months,
        "months_reasons": [reason.as_json() for reason in programme.months_reasons],
        "markers": programme.markers,
        "specialists": [_line(line) for line in programme.specialists],
        "tests": [_line(line) for line in programme.tests],
        "cautions": [caution._asdict() for caution in programme.cautions],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _line(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.name,
        "condition": line.condition,
        "state": "due" if line.credited else line.state,
        "months": line.months,
        "consent": line.consent,
        "reasons": [reason.as_json() for reason in line.reasons],
    }


def _stored(content: str) -> int:
    digest = hashlib.sha256(content.encode()).hexdigest()
    edition = json.loads(content)["edition"]
    rows = PrescribedProgramme.objects.unscoped("a programme names nobody")
    row, _ = rows.get_or_create(digest=digest, defaults={"content": json.loads(content), "edition": edition})
    return int(row.pk)
