"""What is said of a model in a list."""

from typing import Any

from .checks import allowed_of
from .model import Model

STATUS = {"solid": "готова к применению", "information": "справочная", "loadable": "нет данных, загружается"}
GATES = {
    "free": "свободно",
    "attribution": "с указанием источника",
    "permission": "нужно разрешение",
    "forbidden-text": "текст не поставляется",
}


def listed(model: Model) -> dict[str, Any]:
    """Return the line of a model: source, edition, range, licence, inputs."""
    said = model.declared
    return {
        "id": model.code,
        "title": said.title,
        "purpose": said.purpose,
        "status": said.status,
        "status_title": STATUS[said.status],
        "waits": said.edition.waits,
        "source": "; ".join(source.text for source in said.references),
        "references": [{"text": source.text, "mark": source.mark} for source in said.references],
        "edition": said.edition.code,
        "editions": [{"code": e.code, "note": e.note, "waits": e.waits} for e in said.editions],
        "variants": dict(said.variants),
        "range": said.validity,
        "licence": f"{GATES[said.licence.gate]}: {said.licence.text}",
        "licence_gate": said.licence.gate,
        "unit": said.output.unit,
        "formula": said.formula,
        "system": said.system,
        "level": said.level,
        "basis": said.basis,
        "inputs": [
            {
                "name": wanted.code,
                "title": wanted.title,
                "unit": wanted.unit,
                "kind": wanted.kind,
                "required": wanted.required,
                "allowed": allowed_of(wanted),
            }
            for wanted in said.inputs
        ],
    }
