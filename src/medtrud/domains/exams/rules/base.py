"""The scope for everyone: one list for preliminary and periodic examinations."""

from dataclasses import replace

from ..types import Why
from .law import Tables
from .lines import Who
from .scope import Mention

KINDS = {
    "preliminary": "предварительном осмотре",
    "periodic": "периодическом осмотре",
    "extraordinary": "внеочередном осмотре",
}


def base_mentions(tables: Tables, kind: str, who: Who) -> dict[str, list[Mention]]:
    """Объём осмотра для всех по полу и возрасту (приказ № 29н, Порядок, пп. 12, 31).

    Объём внеочередного осмотра (п. 19) приказ не установил: берётся объём периодического.
    """
    found: dict[str, list[Mention]] = {"specialist": [], "investigation": []}
    policy = tables["policy"]["extraordinary_scope"].values["basis"] if kind == "extraordinary" else ""
    for code, row in tables["base_scope"].items():
        cell = row.values
        young = cell["age_from"] is not None and who.age < cell["age_from"]
        old = cell["age_to"] is not None and who.age > cell["age_to"]
        if young or old or (cell["sex"] and cell["sex"] != who.sex):
            continue
        limits = _limits(cell["sex"], cell["age_from"], cell["age_to"])
        text = f"Входит в объём для всех при {KINDS[kind]}{limits}"
        ref = replace(row.ref, point=cell["preliminary" if who.preliminary else "periodic"])
        why = Why(text, ref, rule="base_scope", note=policy)
        found[cell["kind"]].append(Mention(code, why))
    return found


def _limits(sex: str | None, first: int | None, last: int | None) -> str:
    words = ["женщинам"] if sex == "female" else ["мужчинам"] if sex == "male" else []
    if first is not None and last is not None:
        words.append(f"от {first} до {last} лет включительно")
    elif first is not None:
        words.append(f"с {first} лет")
    return f": {', '.join(words)}" if words else ""
