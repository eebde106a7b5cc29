"""Names of organ systems, levels of prevention and states of a forecast."""

SYSTEMS = {
    "circulation": "Сердце и сосуды",
    "hearing": "Слух",
    "nerves": "Нервы и сосуды рук",
    "spine": "Спина и суставы",
    "lungs": "Лёгкие",
    "metabolism": "Обмен веществ",
    "mind": "Психика и зависимости",
    "whole": "Организм в целом",
}
LEVELS = {
    "primary": "первичная профилактика",
    "secondary": "вторичная профилактика",
    "tertiary": "третичная профилактика",
}
LEVEL_WORDS = {
    "primary": "болезни нет, есть факторы риска или вредные условия",
    "secondary": "ранние признаки, высокая категория",
    "tertiary": "болезнь установлена",
}
STATES = {
    "computed": ("рассчитан", "ok"),
    "computed_with_flags": ("рассчитан с пометой", "info"),
    "missing_inputs": ("не хватает данных", "warn"),
    "out_of_range": ("вне границ метода", "warn"),
    "not_applicable": ("без расчёта", "bad"),
}
