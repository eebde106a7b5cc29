from collections.abc import Iterator

import pytest

from medtrud.engines.signing import public


@pytest.fixture(autouse=True)
def _own_keys() -> Iterator[None]:
    kept = public.keys_declare({1: b"1" * 32})
    yield
    public.keys_declare(kept)


def test_a_box_opens_for_its_own_row_only() -> None:
    box = public.seal("Иванов".encode(), b"row 1")
    assert "Иванов".encode() not in box
    assert public.unseal(box, b"row 1", 1).decode() == "Иванов"
    with pytest.raises(public.SealError):
        public.unseal(box, b"row 2", 1)


def test_a_changed_byte_is_noticed() -> None:
    box = bytearray(public.seal(b"plain", b""))
    box[-1] ^= 1
    with pytest.raises(public.SealError):
        public.unseal(bytes(box), b"", 1)


def test_a_new_key_seals_and_the_old_one_still_opens_while_hashes_stay() -> None:
    old, name = public.seal(b"plain", b""), public.keyed_hash("иванов")
    public.keys_declare({1: b"1" * 32, 2: b"2" * 32})
    assert public.key_current() == 2
    assert public.unseal(old, b"", 1) == b"plain"
    assert public.unseal(public.seal(b"plain", b""), b"", 2) == b"plain"
    assert public.keyed_hash("иванов") == name


def test_another_installation_hashes_otherwise() -> None:
    here = public.keyed_hash("иванов")
    public.keys_declare({1: b"3" * 32})
    assert public.keyed_hash("иванов") != here


def test_a_lost_key_is_named() -> None:
    with pytest.raises(public.SealError, match="key 7"):
        public.unseal(b"x" * 40, b"", 7)
