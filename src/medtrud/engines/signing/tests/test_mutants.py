"""Bytes changed at random: nothing that was not signed may become valid, and nothing may break the reader."""

import random
from functools import cache

import pytest

from medtrud.engines.signing.drivers.message import message
from medtrud.engines.signing.types import Verdict

from .world import NOW, TEXT, judged, signed, world

BLANK = (b"\x00", b"\xff", b"\x30\x80", b"\x80", b"\x04\x84\xff\xff\xff\xff")


@cache
def whole(kind: str) -> bytes:
    here = world(kind)
    return signed(here.person(), stamp=here.clock(NOW))


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Change, cut, double or replace a few bytes."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        place = chance.randrange(len(changed))
        match chance.randrange(6):
            case 0 | 1:
                changed[place] ^= 1 << chance.randrange(8)
            case 2:
                changed[place] = chance.randrange(256)
            case 3:
                del changed[place : place + chance.randrange(1, 9)]
            case 4:
                changed[place:place] = changed[place : place + chance.randrange(1, 9)]
            case _:
                changed[place:place] = chance.choice(BLANK)
    return bytes(changed)


def proved(kind: str, count: int, seed: int) -> None:
    chance, here = random.Random(seed), world(kind)  # noqa: S311 - the same every time
    original = message(whole(kind))
    store = here.store(here.lists())
    for _ in range(count):
        changed = mutant(whole(kind), chance)
        report = judged(changed, store)
        assert report.verdict in Verdict
        assert not judged(changed, store, TEXT + b"!").verdict.good
        if report.verdict.good:  # the change missed everything the signature covers
            found = message(changed)
            assert [each.attributes for each in found.signers] == [
                each.attributes for each in original.signers
            ]
            assert found.signers[0].signature == original.signers[0].signature


@pytest.mark.parametrize("kind", ["gost256", "ec"])
def test_no_mutant_becomes_valid(kind: str) -> None:
    proved(kind, 150, 20260302)


@pytest.mark.bench
@pytest.mark.parametrize("kind", ["gost256", "gost512", "ec"])
def test_no_mutant_of_a_thousand_becomes_valid(kind: str) -> None:
    proved(kind, 1000, 7)
    print(f"\n{kind}: 1000 mutants, no false valid")  # noqa: T201
