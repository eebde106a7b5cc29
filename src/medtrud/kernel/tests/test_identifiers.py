import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medtrud.kernel.identifiers import (
    enp_parse,
    inn_parse,
    ogrn_parse,
    ogrnip_parse,
    oid_parse,
    okpo_parse,
    snils_controls,
    snils_digits,
    snils_format,
    snils_parse,
)

VECTORS = Path(__file__).parents[5] / "shared/data/acts/checksum_tests.json"
PARSE: dict[str, Callable[[str], str]] = {
    "snils": snils_parse,
    "inn10": inn_parse,
    "inn12": inn_parse,
    "ogrn": ogrn_parse,
    "ogrnip": ogrnip_parse,
    "okpo8": okpo_parse,
    "okpo10": okpo_parse,
    "enp": enp_parse,
}


@pytest.fixture
def vectors() -> dict[str, Any]:
    if not VECTORS.exists():
        pytest.skip("the shared vectors are not mounted")
    return dict(json.loads(VECTORS.read_text(encoding="utf8")))


@pytest.mark.parametrize("name", PARSE)
def test_known_numbers_pass_and_wrong_ones_are_refused(name: str, vectors: dict[str, Any]) -> None:
    for number in vectors[name]["valid"]:
        assert PARSE[name](number) == number
    for number in vectors[name]["invalid"]:
        with pytest.raises(ValueError, match=r"номер"):
            PARSE[name](number)


def test_every_edge_of_the_snils_control_is_kept(vectors: dict[str, Any]) -> None:
    for number in vectors["snils"]["edge"].values():
        assert snils_parse(number) == number
    for text in vectors["snils"]["formats_of_one_number"]:
        assert snils_parse(text) == "11223344595"


def test_a_wrong_control_is_told_with_the_number_and_the_next_step() -> None:
    with pytest.raises(
        ValueError, match=r"^В СНИЛС 112-233-445 96 не сходится контрольное число\. Сверьте номер"
    ):
        snils_parse("11223344596")
    assert snils_digits("112-233-445 96") == "11223344596"
    assert not snils_controls("11223344596")


def test_a_short_number_says_how_many_digits_it_has() -> None:
    with pytest.raises(ValueError, match="цифр 10, а должно быть 11"):
        snils_parse("1122334459")
    with pytest.raises(ValueError, match="цифр 9, а должно быть 10 или 12"):
        inn_parse("770708389")


def test_a_number_is_written_as_people_read_it() -> None:
    assert snils_format("11223344595") == "112-233-445 95"
    assert snils_format("") == ""


def test_an_oid_has_no_leading_zeros_and_no_letters() -> None:
    assert oid_parse(" 1.2.643.5.1.13.13.12.2.35.3255 ") == "1.2.643.5.1.13.13.12.2.35.3255"
    for wrong in ("1.2.0643", "1.2.", "urn:oid:1.2", "3.1", "1"):
        with pytest.raises(ValueError, match="OID"):
            oid_parse(wrong)
