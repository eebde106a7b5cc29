"""medtrud ca: the authority from the command line."""

import io

import pytest
from django.core.management import call_command

from medtrud.engines.signing.drivers.chain import anchors_of
from medtrud.engines.signing.drivers.revocation import revocation_list

pytestmark = pytest.mark.django_db


def ca(*words):
    out = io.StringIO()
    call_command("ca", *words, stdout=out, stderr=out)
    return out.getvalue().strip()


def test_the_authority_opens_issues_holds_revokes_and_writes_its_lists(tmp_path):
    assert "создайте центр" in ca("list").casefold()
    assert "Центр создан" in ca("open", "--algorithm", "ec", "--name", "УЦ", "--organization", "Завод")
    person = ("--surname", "Петров", "--given-name", "Иван", "--algorithm", "ec", "--out", str(tmp_path))
    number = ca("issue", *person).split()[2].rstrip(",")
    assert list(anchors_of([(tmp_path / f"{number}.cer").read_bytes()]).all())
    assert f"{number}  действует" in ca("list")
    assert "Приостановлен" in ca("hold", number[-8:])
    assert "Возобновлён" in ca("release", number)
    assert "Отозван" in ca("revoke", number, "--reason", "key_compromise")
    ca("crl", "--out", str(tmp_path / "lists"))
    found = [revocation_list(path.read_bytes()) for path in (tmp_path / "lists").glob("*.crl")]
    assert int(number, 16) in {serial for each in found for serial in each.entries}


def test_a_refusal_is_told_in_words(capsys):
    for words in (("issue", "--surname", "Петров", "--given-name", "Иван"), ("revoke", "00"), ("trust",)):
        with pytest.raises(SystemExit) as ended:
            call_command("ca", *words)
        assert ended.value.code == 2
    assert "medtrud ca open" in capsys.readouterr().err
