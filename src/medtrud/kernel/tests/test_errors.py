"""What the operating system answers is told in Russian."""

import errno

import pytest

from medtrud.kernel.errors import system_said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "такого файла или папки нет"),
        (errno.EISDIR, "это папка, а нужен файл"),
        (errno.EPIPE, f"ошибка системы {errno.EPIPE}"),
    ],
)
def test_an_answer_of_the_system_has_no_english(number: int, said: str) -> None:
    assert system_said(OSError(number, "No such thing")) == said
