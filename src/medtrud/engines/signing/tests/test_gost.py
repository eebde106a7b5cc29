import hashlib
import random

import pytest

from medtrud.engines.signing.drivers import gcrypt, gost, libcrypto
from medtrud.engines.signing.drivers.backends import CryptoBackend, backend_named
from medtrud.engines.signing.drivers.curves import CURVES, times_base
from medtrud.engines.signing.drivers.keys import gost_key, key_new, private_key
from medtrud.engines.signing.drivers.libcrypto import Unavailable
from medtrud.engines.signing.drivers.streebog import Streebog
from medtrud.kernel.errors import Refused


def fast() -> CryptoBackend:
    try:
        return backend_named("libcrypto")
    except Unavailable as error:
        pytest.skip(f"НЕ ПРОВЕРЕНО: {error}")


def test_streebog_gives_the_digests_of_the_standard() -> None:
    text = b"012345678901234567890123456789012345678901234567890123456789012"
    assert (
        Streebog(32, text).hexdigest() == "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"
    )
    assert (
        Streebog(64, text)
        .hexdigest()
        .startswith("1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa")
    )
    assert Streebog(32).hexdigest() == "3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb"


def test_streebog_does_not_depend_on_how_the_bytes_come() -> None:
    data = bytes(range(256))
    whole = Streebog(32, data).digest()
    for cut in range(1, 256, 7):
        parts = Streebog(32, data[:cut])
        assert parts.digest() == Streebog(32, data[:cut]).digest()
        parts.update(data[cut:])
        assert parts.copy().digest() == whole


def test_libgcrypt_hashes_as_we_do_and_is_left_alone_when_it_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = gcrypt.library()
    if found is None:
        pytest.skip("НЕ ПРОВЕРЕНО: нет libgcrypt")
    chance = random.Random(1)  # noqa: S311 - the same every time
    for _ in range(60):
        data = chance.randbytes(chance.randrange(300))
        running = gcrypt.Digest("streebog512", found, data[:100])
        assert running.digest() == Streebog(64, data[:100]).digest()
        running.update(data[100:])
        assert running.digest() == Streebog(64, data).digest()
    pure = backend_named("pure")
    assert "libgcrypt" in pure.title
    gcrypt.library.cache_clear()
    monkeypatch.setattr(gcrypt, "TRIALS", (b"a",))
    monkeypatch.setattr(gcrypt.Digest, "digest", lambda _: b"another hash")
    assert gcrypt.library() is None
    assert isinstance(pure.digest("streebog256"), Streebog)
    gcrypt.library.cache_clear()


def test_multiplying_by_the_order_of_every_curve_gives_nothing() -> None:
    for curve in set(CURVES.values()):
        assert times_base(curve, curve.q)[2] == 0, curve.name


@pytest.mark.parametrize("code", sorted(CURVES))
def test_both_back_ends_understand_each_other_on_every_parameter_set(code: str) -> None:
    pure, quick = backend_named("pure"), fast()
    own = gost_key(code, gost.secret_new(CURVES[code]))
    digest = hashlib.shake_128(code.encode()).digest(CURVES[code].size)
    name = f"streebog{CURVES[code].size * 8}"
    for one in (pure, quick):
        made = one.sign(own, name, digest)
        for other in (pure, quick):
            assert other.verify(own.public, name, digest, made)
            assert not other.verify(own.public, name, digest[::-1], made)
            assert not other.verify(own.public, name, digest, made[::-1])


def test_both_back_ends_give_the_same_digests() -> None:
    quick, chance = fast(), random.Random(7)  # noqa: S311 - the same every time
    for name in ("streebog256", "streebog512"):
        for _ in range(20):
            data = chance.randbytes(chance.randrange(300))
            one, other = backend_named("pure").digest(name), quick.digest(name)
            for started in (one, other):
                started.update(data[:50])
                started.update(data[50:])
            assert one.digest() == other.digest()


def test_a_point_off_the_curve_and_numbers_out_of_range_verify_nothing() -> None:
    curve = CURVES["1.2.643.2.2.36.0"]
    own = gost_key("1.2.643.2.2.36.0", 5)
    good = gost.sign(curve, 5, b"x" * 32)
    assert gost.verify(curve, own.public.raw, b"x" * 32, good)
    for bad in (bytes(64), b"\xff" * 64, good[:63], good[:32] + bytes(32), curve.q.to_bytes(32, "big") * 2):
        assert not gost.verify(curve, own.public.raw, b"x" * 32, bad)
    with pytest.raises(ValueError, match="not on its curve"):
        gost.verify(curve, b"\x01" * 64, b"x" * 32, good)


@pytest.mark.parametrize("kind", ["gost256", "gost512"])
def test_a_private_key_is_read_in_the_three_forms_of_the_world(kind: str) -> None:
    own = key_new(kind)
    size = len(own.public.raw) // 2
    raw = own.secret.to_bytes(size, "little")
    for content in (
        raw,
        bytes([0x04, size]) + raw,
        bytes([0x02, size + 1, 0]) + own.secret.to_bytes(size, "big"),
    ):
        tail = bytes([0x04, len(content)]) + content
        body = own.pkcs8[2 if own.pkcs8[1] < 128 else 3 :][: -(size + 2)] + tail
        head = bytes([0x30, len(body)]) if len(body) < 128 else bytes([0x30, 0x81, len(body)])
        assert private_key(head + body).secret == own.secret


def test_the_slot_of_cryptopro_refuses_in_words() -> None:
    with pytest.raises(Unavailable, match="КриптоПро CSP не установлен"):
        backend_named("cryptopro").digest("streebog256")


def test_a_key_of_zero_is_refused() -> None:
    with pytest.raises(Refused):
        gost_key("1.2.643.2.2.36.0", 0)


def test_a_machine_without_the_engine_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libcrypto, "SONAME", "libcrypto-absent.so")
    libcrypto.library.cache_clear()
    with pytest.raises(Unavailable, match="libcrypto-absent"):
        libcrypto.library()
    libcrypto.library.cache_clear()
