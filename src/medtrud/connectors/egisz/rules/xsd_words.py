"""What the schema processor says in English, in Russian."""

import re
from collections.abc import Mapping

SPACE = re.compile(r"\{[^{}]*\}")
NAME = re.compile(r"Element '([^']*)'")
ATTRIBUTE = re.compile(r"attribute '([^']*)'")
EXPECTED = re.compile(r"Expected is (?:one of )?\(([^)]*)\)")
VALUE = re.compile(r"(?:value |: )'([^']*)'")
TEXTS: Mapping[str, str] = {
    "SCHEMAV_ELEMENT_CONTENT": "Элемент «{name}» здесь не ожидается, или в нём чего-то не хватает{expected}.",
    "SCHEMAV_CVC_ELT_1": "Элемента «{name}» схема не знает.",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "У элемента «{name}» нет обязательного атрибута «{attribute}».",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "У элемента «{name}» не может быть атрибута «{attribute}».",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_1": "У атрибута «{attribute}» элемента «{name}» другое постоянное значение.",
    "SCHEMAV_CVC_PATTERN_VALID": "Значение «{value}» в «{name}» записано не по образцу схемы.",
    "SCHEMAV_CVC_ENUMERATION_VALID": "Значения «{value}» в «{name}» нет среди допустимых.",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": "Значение «{value}» в «{name}» не подходит по виду.",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_3": "Значение «{value}» в «{name}» не подходит по виду.",
    "SCHEMAV_CVC_AU": "Значение атрибута «{attribute}» элемента «{name}» не то, что задано схемой.",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "В элементе «{name}» не может быть текста.",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_1": "Элемент «{name}» должен быть пустым.",
    "SCHEMAV_CVC_TYPE_3_1_2": "В элементе «{name}» не может быть вложенных элементов.",
    "SCHEMAV_CVC_MINLENGTH_VALID": "Значение в «{name}» слишком коротко или пусто.",
    "SCHEMAV_CVC_ELT_4_2": "Тип xsi:type элемента «{name}» схеме не известен.",
}


def xsd_cause(kind: str, message: str) -> str:
    """Return the cause in Russian; what is not in the table is told with the words of the processor."""
    plain = SPACE.sub("", message)
    expected = _first(EXPECTED, plain)
    known = {
        "name": _first(NAME, plain),
        "attribute": _first(ATTRIBUTE, plain.replace("The attribute", "attribute")),
        "value": _first(VALUE, plain.partition(":")[2]),
        "expected": f": ожидается {expected.strip()}" if expected else "",
    }
    text = TEXTS.get(kind)
    return text.format(**known) if text else f"По схеме: {plain}"


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
