from pathlib import Path

import pytest

from medtrud.project.mail import mail_from_url


@pytest.mark.parametrize(
    ("url", "about"),
    [
        ("", ("filebased", "", 25, False, False)),
        ("console:", ("console", "", 25, False, False)),
        ("smtp://u:p%40s@mail.example:2525/?tls=0", ("smtp", "mail.example", 2525, False, False)),
        ("smtp://mail.example", ("smtp", "mail.example", 587, True, False)),
        ("smtps://mail.example", ("smtp", "mail.example", 465, False, True)),
    ],
)
def test_the_server_is_read_from_one_address(url: str, about: tuple[object, ...], tmp_path: Path) -> None:
    read = mail_from_url(url, tmp_path / "mail")
    name = read.backend.split(".")[-2]
    assert (name, read.host, read.port, read.starttls, read.tls) == about


def test_a_password_in_the_address_may_hold_any_sign(tmp_path: Path) -> None:
    read = mail_from_url("smtp://u:p%40s@mail.example/?from=no-reply@example.org", tmp_path)
    assert (read.user, read.password, read.sender) == ("u", "p@s", "no-reply@example.org")
