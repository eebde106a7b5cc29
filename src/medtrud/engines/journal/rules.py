"""The chain: what a hash covers, and where a chain is broken."""

import hashlib
import json
from typing import Any

BEGIN = "0" * 64
LENGTH = 500


def canonical(facts: dict[str, Any]) -> str:
    """Write facts the one way that always gives the same bytes."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(facts: dict[str, Any]) -> str:
    """Return the hash of a line."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def plain(value: Any) -> Any:
    """Make a fact survive the database unchanged: fractions and odd characters become plain text."""
    if isinstance(value, dict):
        return {plain(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf8", "replace").decode("utf8")[:LENGTH]
    return value


def break_of(line: dict[str, Any], own: str, *, expected: int, previous: str) -> str:
    """Say what is wrong with a line, "" when it continues the chain."""
    number = line["number"]
    if number > expected:
        missing = f"№ {expected}" if number == expected + 1 else f"№ {expected} - {number - 1}"
        return f"Нет строк {missing}: они удалены. Следующая уцелевшая строка № {number}."
    if digest(line) != own:
        return f"Строка № {number} изменена: её отпечаток не сходится с содержанием."
    if line["previous"] != previous:
        return f"Строка № {number} не продолжает строку № {number - 1}: одна из них подменена."
    return ""
