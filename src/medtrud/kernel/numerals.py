"""Numbers in Russian words, as final records of inventories are written."""

from enum import Enum

HUNDREDS = (
    "", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот",
)  # fmt: skip
TENS = (
    "", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят",
    "восемьдесят", "девяносто",
)  # fmt: skip
TEENS = (
    "десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать",
    "семнадцать", "восемнадцать", "девятнадцать",
)  # fmt: skip
UNITS = ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
THOUSANDS = (
    ("", "", ""),
    ("тысяча", "тысячи", "тысяч"),
    ("миллион", "миллиона", "миллионов"),
    ("миллиард", "миллиарда", "миллиардов"),
)
LARGEST = 1000 ** len(THOUSANDS)


class Gender(Enum):
    """What is counted: один документ, одна единица, одно дело."""

    MASCULINE = ("один", "два")
    FEMININE = ("одна", "две")
    NEUTER = ("одно", "два")


def in_words(number: int, gender: Gender = Gender.MASCULINE) -> str:
    """Return a whole number in words: 21, neuter -> «двадцать одно»."""
    if not 0 <= number < LARGEST:
        raise ValueError(f"a number from 0 to {LARGEST - 1} is expected, got {number}")
    if number == 0:
        return "ноль"
    words: list[str] = []
    for power in range(len(THOUSANDS) - 1, -1, -1):
        group = number // 1000**power % 1000
        if group:
            kind = (gender, Gender.FEMININE)[power] if power < 2 else Gender.MASCULINE  # noqa: PLR2004
            words += _group(group, kind)
            words.append(form_of(group, THOUSANDS[power]))
    return " ".join(filter(None, words))


def _group(number: int, gender: Gender) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    if tens == 1:
        return [HUNDREDS[hundreds], TEENS[units]]
    last = gender.value[units - 1] if units in {1, 2} else UNITS[units]
    return [HUNDREDS[hundreds], TENS[tens], last]


def form_of(number: int, forms: tuple[str, str, str]) -> str:
    """Return the form of a noun that stands after a number: (дело, дела, дел)."""
    tens, units = number // 10 % 10, number % 10
    if tens == 1 or units == 0 or units > 4:  # noqa: PLR2004 - Russian grammar
        return forms[2]
    return forms[0] if units == 1 else forms[1]


def counted(number: int, forms: tuple[str, str, str], gender: Gender = Gender.MASCULINE) -> str:
    """Return a number in figures and words with its noun: «21 (двадцать одно) дело»."""
    return f"{number} ({in_words(number, gender)}) {form_of(number, forms)}"
