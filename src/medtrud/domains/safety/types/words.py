"""What steps and units are called on screens."""

from decimal import Decimal

from medtrud.kernel.numerals import form_of

UNITS = {
    "пара": ("пара", "пары", "пар"),
    "комплект": ("комплект", "комплекта", "комплектов"),
    "штука": ("штука", "штуки", "штук"),
    "упаковка": ("упаковка", "упаковки", "упаковок"),
    "флакон": ("флакон", "флакона", "флаконов"),
    "туба": ("туба", "тубы", "туб"),
    "рацион": ("рацион", "рациона", "рационов"),
}


def with_unit(quantity: Decimal, unit: str) -> str:
    """Write a quantity with its unit: 2 пары, 0,5 комплекта, 3 шт.; an unknown unit stays as it is."""
    shown = f"{quantity.normalize():f}".replace(".", ",")
    forms = UNITS.get(unit.casefold())
    if forms is None:
        return f"{shown}\u00a0{unit}"
    whole = quantity == quantity.to_integral_value()
    return f"{shown}\u00a0{form_of(int(quantity), forms) if whole else forms[1]}"


STEPS = {
    "planned": "запланировано",
    "changed": "исправлено",
    "moved": "срок перенесён",
    "started": "начато",
    "done": "выполнено",
    "cancelled": "снято",
    "opened": "зарегистрировано",
    "investigated": "начато расследование",
    "leave_linked": "связано с листком",
    "closed": "закрыто",
    "annulled": "аннулировано",
}
