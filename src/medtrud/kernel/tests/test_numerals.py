"""Numbers in words."""

import pytest

from medtrud.kernel.numerals import Gender, counted, in_words


@pytest.mark.parametrize(
    ("number", "gender", "words"),
    [
        (0, Gender.MASCULINE, "ноль"),
        (1, Gender.NEUTER, "одно"),
        (2, Gender.FEMININE, "две"),
        (11, Gender.NEUTER, "одиннадцать"),
        (21, Gender.FEMININE, "двадцать одна"),
        (115, Gender.MASCULINE, "сто пятнадцать"),
        (1001, Gender.MASCULINE, "одна тысяча один"),
        (2_000_022, Gender.NEUTER, "два миллиона двадцать два"),
        (341_512, Gender.MASCULINE, "триста сорок одна тысяча пятьсот двенадцать"),
        (5_000_000_000, Gender.MASCULINE, "пять миллиардов"),
    ],
)
def test_a_number_is_said_as_a_clerk_says_it(number: int, gender: Gender, words: str) -> None:
    assert in_words(number, gender) == words


@pytest.mark.parametrize(
    ("number", "said"), [(1, "дело"), (3, "дела"), (12, "дел"), (21, "дело"), (111, "дел")]
)
def test_the_noun_follows_the_number(number: int, said: str) -> None:
    assert counted(number, ("дело", "дела", "дел"), Gender.NEUTER).endswith(f") {said}")


def test_a_number_nobody_counts_to_is_an_error() -> None:
    with pytest.raises(ValueError, match="expected"):
        in_words(-1)
