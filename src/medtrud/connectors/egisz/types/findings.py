"""What a check of a document finds, and what a card lacks before a document can be written."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

XML, XSD, SCHEMATRON, CODES, OWN = "xml", "xsd", "schematron", "codes", "own"
LAYERS = {
    XML: "разметка",
    XSD: "схема XSD",
    SCHEMATRON: "правила schematron",
    CODES: "коды справочников",
    OWN: "контрольные числа",
}
NO_SCHEMA = "нет схемы"


class Severity(StrEnum):
    """Whether a finding stops the document."""

    ERROR = "error"
    NOTE = "note"


class Outcome(StrEnum):
    """The answer about a whole document; incomplete: no fault was found, but not everything was checked."""

    VALID = "valid"
    INVALID = "invalid"
    INCOMPLETE = "incomplete"

    @property
    def title_ru(self) -> str:
        """Return the words of the screens."""
        return {
            "valid": "документ верен",
            "invalid": "в документе ошибки",
            "incomplete": "проверено не всё",
        }[self.value]


@dataclass(frozen=True)
class Finding:
    """One fault: where it is, which rule tells it, why, and what to do."""

    layer: str
    rule: str
    line: int
    path: str
    text: str
    step: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class Report:
    """What all layers say of a document; a layer that could not run says why."""

    kind: str
    layers: dict[str, str]
    findings: tuple[Finding, ...]
    schema: str = ""  # which edition of the schema judged, by its hash

    @property
    def errors(self) -> list[Finding]:
        """Return the findings that stop the document."""
        return [found for found in self.findings if found.severity is Severity.ERROR]

    @property
    def outcome(self) -> Outcome:
        """Return the answer."""
        if self.errors:
            return Outcome.INVALID
        return Outcome.VALID if set(self.layers.values()) == {"проверено"} else Outcome.INCOMPLETE

    def as_json(self) -> dict[str, Any]:
        """Return the report as the command line and the journal hold it."""
        return {
            "outcome": self.outcome.value,
            "kind": self.kind,
            "schema": self.schema,
            "layers": self.layers,
            "errors": [asdict(found) for found in self.errors],
            "notes": [asdict(found) for found in self.findings if found.severity is Severity.NOTE],
        }


@dataclass(frozen=True)
class Lack:
    """A value without which the document cannot be written, and where a person enters it."""

    what: str
    where: str
