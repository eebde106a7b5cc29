"""Numbers of people and organisations: СНИЛС, ИНН, ОГРН, ОГРНИП, ОКПО, ЕНП, OID.

`<number>_parse(text)` returns the digits or raises ValueError with a Russian sentence that names the
number, the cause and the next step. Real registers contain numbers with a wrong control digit, so an
importer asks `snils_digits` and `snils_controls` apart: it flags such a number instead of losing a person.
"""

import re
from collections.abc import Iterable

SNILS_DIGITS = 11
SNILS_UNCONTROLLED = 1_001_998  # numbers up to 001-001-998 were issued without control digits
INN_COMPANY, INN_PERSON = 10, 12
_INN = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)  # the shorter number takes the tail of the weights
# What three digits of a СНИЛС add to its control sum, in the first, the second and the third group.
_SNILS = tuple(
    {
        f"{number:03d}": weight * (number // 100)
        + (weight - 1) * (number // 10 % 10)
        + (weight - 2) * (number % 10)
        for number in range(1000)
    }
    for weight in (9, 6, 3)
)
_OID = re.compile(r"[0-2](\.(0|[1-9]\d*))+")
_GLUE = re.compile(r"[\s\-\u2010-\u2015]")
_CHECK = "Сверьте номер с документом."


def snils_parse(text: str) -> str:
    """Return the 11 digits of a СНИЛС whose control digits agree."""
    digits = snils_digits(text)
    if not snils_controls(digits):
        raise ValueError(f"В СНИЛС {snils_format(digits)} не сходится контрольное число. {_CHECK}")
    return digits


def snils_digits(text: str) -> str:
    """Return the 11 digits of a СНИЛС without looking at its control digits."""
    return _digits("СНИЛС", text, (SNILS_DIGITS,))


def snils_controls(digits: str) -> bool:
    """Tell whether the control digits of 11 digits agree; by three digits at once, for imports of 100 000."""
    first, second, third = _SNILS
    total = first[digits[:3]] + second[digits[3:6]] + third[digits[6:9]]
    return total % 101 % 100 == int(digits[9:]) or int(digits[:9]) <= SNILS_UNCONTROLLED


def snils_format(digits: str) -> str:
    """Write 11 digits as people do: 112-233-445 95."""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}" if digits else ""


def inn_parse(text: str) -> str:
    """Return the 10 digits of a company's ИНН or the 12 digits of a person's."""
    digits = _digits("ИНН", text, (INN_COMPANY, INN_PERSON))
    places = (9,) if len(digits) == INN_COMPANY else (10, 11)
    if any(_weighted(digits[:place], _INN[-place:]) % 11 % 10 != int(digits[place]) for place in places):
        raise ValueError(f"В ИНН {digits} не сходится контрольное число. {_CHECK}")
    return digits


def ogrn_parse(text: str) -> str:
    """Return the 13 digits of an ОГРН."""
    return _remainder("ОГРН", text, 13, 11)


def ogrnip_parse(text: str) -> str:
    """Return the 15 digits of an ОГРНИП."""
    return _remainder("ОГРНИП", text, 15, 13)


def okpo_parse(text: str) -> str:
    """Return the 8 digits of a company's ОКПО or the 10 digits of an entrepreneur's."""
    digits = _digits("ОКПО", text, (8, 10))
    body = digits[:-1]
    control = _weighted(body, (place % 10 + 1 for place in range(len(body)))) % 11
    if control == 10:  # noqa: PLR2004 - has no digit: the second pass starts at 3
        control = _weighted(body, ((place + 2) % 10 + 1 for place in range(len(body)))) % 11 % 10
    if control != int(digits[-1]):
        raise ValueError(f"В ОКПО {digits} не сходится контрольное число. {_CHECK}")
    return digits


def enp_parse(text: str) -> str:
    """Return the 16 digits of an insurance policy of the common form (ЕНП)."""
    digits = _digits("Полис ОМС", text, (16,))
    doubled = [
        int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits)
    ]  # from the right, every second digit
    if sum(number // 10 + number % 10 for number in doubled) % 10:
        raise ValueError(f"В номере полиса ОМС {digits} не сходится контрольное число. {_CHECK}")
    return digits


def oid_parse(text: str) -> str:
    """Return an object identifier: 1.2.643.5.1.13.13.12.2.35.3255."""
    found = text.strip()
    if not _OID.fullmatch(found):
        raise ValueError(
            f"OID «{found}» записан неверно. Нужны числа через точку без ведущих нулей: 1.2.643.5.1.13."
        )
    return found


def _digits(name: str, text: str, lengths: tuple[int, ...]) -> str:
    digits = text if text.isalnum() else _GLUE.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{name} «{text.strip()}» содержит не только цифры. Оставьте цифры номера.")
    if len(digits) not in lengths:
        wanted = " или ".join(map(str, lengths))
        raise ValueError(
            f"В номере {name} «{text.strip()}» цифр {len(digits)}, а должно быть {wanted}. {_CHECK}"
        )
    return digits


def _weighted(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _remainder(name: str, text: str, length: int, divisor: int) -> str:
    digits = _digits(name, text, (length,))
    if int(digits[:-1]) % divisor % 10 != int(digits[-1]):
        raise ValueError(f"В {name} {digits} не сходится контрольное число. {_CHECK}")
    return digits
