import pytest

from medtrud.kernel.text import begun_large, begun_small, years_word


@pytest.mark.parametrize(
    ("said", "word"),
    [
        *(("1", "год"), ("4", "года"), ("11", "лет"), ("27", "лет"), ("121", "год"), ("1 112", "лет")),
        *(("27,1", "года"), ("0,5", "года"), ("21,0", "год"), ("5,00", "лет"), ("−3", "года"), ("", "лет")),
    ],
)
def test_the_noun_after_a_number_of_years(said: str, word: str) -> None:
    assert years_word(said) == word


@pytest.mark.parametrize(
    ("text", "small"), [("Возраст", "возраст"), ("ЛПВП", "ЛПВП"), ("A(8), м/с²", "A(8), м/с²"), ("", "")]
)
def test_a_title_inside_a_sentence_keeps_its_abbreviations(text: str, small: str) -> None:
    assert begun_small(text) == small
    assert begun_large(small) == text
