"""Changes of certificates and reasons of revocation."""

import pytest

from medtrud.engines.signing.rules import change_check, reason_of
from medtrud.kernel.errors import Refused


@pytest.mark.parametrize("said", ["key_compromise", "keyCompromise", " KeyCompromise ", "KEY_COMPROMISE"])
def test_a_reason_is_read_as_rfc_5280_spells_it(said: str) -> None:
    assert reason_of(said) == "key_compromise"


@pytest.mark.parametrize("said", ["", "блажь", "keyCompromised", "certificate_hold"])
def test_an_unknown_reason_lists_the_known_ones(said: str) -> None:
    with pytest.raises(Refused, match="superseded — выдан новый сертификат"):
        reason_of(said)


@pytest.mark.parametrize(
    ("now", "then", "step"),
    [
        ("hold", "hold", "уже приостановлен. Делать ничего не нужно"),
        ("active", "active", "уже действует. Делать ничего не нужно"),
        ("revoked", "active", "уже отозван. Отозванный сертификат не возобновляют"),
    ],
)
def test_a_change_that_makes_no_sense_says_what_to_do(now: str, then: str, step: str) -> None:
    with pytest.raises(Refused) as refusal:
        change_check("1", now, then)
    assert step in str(refusal.value)
