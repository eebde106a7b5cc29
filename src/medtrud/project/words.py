"""Russian for what pydantic says about a field; the name of a key is pydantic's code of the error."""

from typing import Any

TEXTS = {
    "missing": "Поле обязательно. Добавьте его.",
    "extra_forbidden": "Такого поля нет. Проверьте название по описанию API.",
    "none_required": "Здесь значения не бывает. Передайте null.",
    "json_invalid": "Это не JSON. Проверьте кавычки и запятые.",
    "string_type": "Нужна строка в кавычках.",
    "string_too_short": "Строка короче {min_length} знаков.",
    "string_too_long": "Строка длиннее {max_length} знаков.",
    "string_pattern_mismatch": "Строка не подходит под образец {pattern}.",
    "string_unicode": "Строка не в кодировке UTF-8.",
    "bool_parsing": "Нужно true или false.",
    "bool_type": "Нужно true или false.",
    "int_parsing": "Нужно целое число.",
    "int_parsing_size": "Целое число слишком велико.",
    "int_type": "Нужно целое число.",
    "int_from_float": "Нужно целое число без дробной части.",
    "float_parsing": "Нужно число.",
    "float_type": "Нужно число.",
    "finite_number": "Нужно конечное число.",
    "decimal_parsing": "Нужно число.",
    "decimal_type": "Нужно число.",
    "greater_than": "Нужно число больше {gt}.",
    "greater_than_equal": "Нужно число не меньше {ge}.",
    "less_than": "Нужно число меньше {lt}.",
    "less_than_equal": "Нужно число не больше {le}.",
    "date_parsing": "Такой даты нет. Нужна дата вида 2026-03-01.",
    "date_type": "Нужна дата вида 2026-03-01.",
    "date_from_datetime_parsing": "Такой даты нет. Нужна дата вида 2026-03-01.",
    "date_from_datetime_inexact": "Нужна дата без времени, вида 2026-03-01.",
    "datetime_parsing": "Такого времени нет. Нужно время вида 2026-03-01T09:30:00+03:00.",
    "datetime_from_date_parsing": "Такого времени нет. Нужно время вида 2026-03-01T09:30:00+03:00.",
    "datetime_type": "Нужно время вида 2026-03-01T09:30:00+03:00.",
    "timezone_aware": "Укажите часовой пояс, например +03:00.",
    "time_parsing": "Такого времени нет. Нужно время вида 09:30.",
    "uuid_parsing": "Это не идентификатор (uid). Возьмите его из ответа API.",
    "uuid_type": "Это не идентификатор (uid). Возьмите его из ответа API.",
    "enum": "Такого значения нет. Возможны: {expected}.",
    "literal_error": "Такого значения нет. Возможны: {expected}.",
    "list_type": "Нужен список в квадратных скобках.",
    "dict_type": "Нужен объект в фигурных скобках.",
    "model_type": "Нужен объект в фигурных скобках.",
    "model_attributes_type": "Нужен объект в фигурных скобках.",
    "too_short": "Нужно не меньше {min_length} элементов.",
    "too_long": "Можно не больше {max_length} элементов.",
    "value_error": "{error}",
    "union_tag_invalid": "Такого вида нет. Возможны: {expected_tags}.",
}
OTHER = "Значение не подходит. Проверьте его вид по описанию API."


def text_of(error: dict[str, Any]) -> str:
    """Say in Russian what is wrong with a field."""
    text = TEXTS.get(str(error.get("type")), OTHER)
    try:
        return text.format(**error.get("ctx", {})).replace(" or ", " или ")
    except (KeyError, IndexError):
        return OTHER


def field_of(error: dict[str, Any]) -> str:
    """Name the field as a path inside the body, or by its place: query, path."""
    place, *path = [str(part) for part in error.get("loc", ())] or [""]
    return ".".join(path) or place
