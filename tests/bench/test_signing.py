"""Signing and checking against the bare library in a loop, and against an openssl process per document.

The bare loop is CMS_sign and CMS_verify of the system libcrypto by ctypes: 4 KiB, the chain inside, CAdES.
"""

import base64
import ctypes
import datetime as dt
import os
import subprocess
import time
from ctypes import byref, c_char_p, c_int, c_long, c_ubyte, c_uint, c_void_p

import pytest

from medtrud.engines.signing.drivers import libcrypto, oids
from medtrud.engines.signing.drivers.backends import backend_choose
from medtrud.engines.signing.drivers.chain import Store
from medtrud.engines.signing.drivers.sign import sign
from medtrud.engines.signing.drivers.verify import Content, verify
from medtrud.engines.signing.tests.world import World

DETACHED, BINARY, PARTIAL, NOSMIMECAP, CADES = 0x40, 0x80, 0x4000, 0x200, 0x100000
FLAGS = DETACHED | BINARY | NOSMIMECAP | CADES
SECONDS = 1.5
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
KINDS = ("gost256", "gost512", "ec", "rsa")

pytestmark = pytest.mark.bench


class Bare:
    """CMS by ctypes, as thin as it can be."""

    def __init__(self, pair, root):
        self.lib = libcrypto.library()
        for name, result, arguments in (
            ("BIO_new_mem_buf", c_void_p, (c_char_p, c_int)),
            ("BIO_free", c_int, (c_void_p,)),
            ("d2i_X509", c_void_p, (c_void_p, c_void_p, c_long)),
            ("OPENSSL_sk_new_null", c_void_p, ()),
            ("OPENSSL_sk_push", c_int, (c_void_p, c_void_p)),
            ("CMS_sign", c_void_p, (c_void_p, c_void_p, c_void_p, c_void_p, c_uint)),
            ("CMS_add1_signer", c_void_p, (c_void_p, c_void_p, c_void_p, c_void_p, c_uint)),
            ("CMS_add1_cert", c_int, (c_void_p, c_void_p)),
            ("CMS_final", c_int, (c_void_p, c_void_p, c_void_p, c_uint)),
            ("CMS_verify", c_int, (c_void_p, c_void_p, c_void_p, c_void_p, c_void_p, c_uint)),
            ("CMS_ContentInfo_free", None, (c_void_p,)),
            ("i2d_CMS_ContentInfo", c_int, (c_void_p, c_void_p)),
            ("d2i_CMS_ContentInfo", c_void_p, (c_void_p, c_void_p, c_long)),
            ("X509_STORE_new", c_void_p, ()),
            ("X509_STORE_add_cert", c_int, (c_void_p, c_void_p)),
            ("X509_VERIFY_PARAM_set_time", None, (c_void_p, c_long)),
            ("X509_STORE_get0_param", c_void_p, (c_void_p,)),
            ("X509_STORE_set_purpose", c_int, (c_void_p, c_int)),
        ):
            function = getattr(self.lib, name)
            function.restype, function.argtypes = result, arguments
        self.leaf, self.issuer = map(self.x509, pair.certificates)
        self.key = libcrypto._read("d2i_AutoPrivateKey", pair.key.pkcs8)  # noqa: SLF001 - the key as the library holds it
        self.store = self.lib.X509_STORE_new()
        self.lib.X509_STORE_add_cert(self.store, self.x509(root))
        self.lib.X509_VERIFY_PARAM_set_time(self.lib.X509_STORE_get0_param(self.store), int(NOW.timestamp()))
        self.lib.X509_STORE_set_purpose(self.store, 7)  # any
        name = libcrypto.DIGESTS.get(oids.KEY_DIGESTS[pair.key.kind], b"SHA256")
        self.digest = self.lib.EVP_get_digestbyname(name)

    def x509(self, der):
        return self.call("d2i_X509", der)

    def call(self, name, der):
        buffer = (c_ubyte * len(der)).from_buffer_copy(der)
        pointer = ctypes.cast(buffer, c_void_p)
        return getattr(self.lib, name)(None, byref(pointer), len(der))

    def sign(self, text):
        bio = self.lib.BIO_new_mem_buf(text, len(text))
        cms = self.lib.CMS_sign(None, None, None, bio, FLAGS | PARTIAL)
        assert self.lib.CMS_add1_signer(cms, self.leaf, self.key.handle, self.digest, FLAGS)
        self.lib.CMS_add1_cert(cms, self.issuer)
        assert self.lib.CMS_final(cms, bio, None, FLAGS) == 1
        size = self.lib.i2d_CMS_ContentInfo(cms, None)
        buffer = ctypes.create_string_buffer(size)
        pointer = ctypes.cast(buffer, c_void_p)
        self.lib.i2d_CMS_ContentInfo(cms, byref(pointer))
        self.lib.CMS_ContentInfo_free(cms)
        self.lib.BIO_free(bio)
        return buffer.raw

    def verify(self, message, text):
        bio = self.lib.BIO_new_mem_buf(text, len(text))
        cms = self.call("d2i_CMS_ContentInfo", message)
        good = self.lib.CMS_verify(cms, None, self.store, bio, None, DETACHED | BINARY | CADES)
        self.lib.CMS_ContentInfo_free(cms)
        self.lib.BIO_free(bio)
        return good == 1


def rate(function):
    """Runs per second; every call gets other bytes, so nothing is remembered between documents."""
    function(0)
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        for _ in range(20):
            done += 1
            function(done)
    return done / (time.perf_counter() - started)


def texts(count=64):
    return [os.urandom(4096) for _ in range(count)]


@pytest.mark.parametrize("kind", KINDS)
def test_signing_and_checking_keep_six_tenths_of_the_bare_library(kind):
    """Issue: at least 0.6 of the bare loop."""
    try:
        libcrypto.library()
    except libcrypto.Unavailable as error:
        pytest.skip(f"НЕ ИЗМЕРЕНО: {error}")
    backend_choose("libcrypto")
    here = World(kind)
    pair, store, documents = here.person(), Store.of([here.root]), texts()
    bare = Bare(pair, here.root)
    ours = [sign(pair.key, pair.certificates, Content(text), NOW) for text in documents]
    theirs = [bare.sign(text) for text in documents]
    for text, mine, other in zip(documents[:3], ours, theirs, strict=False):
        assert bare.verify(mine, text)
        assert not bare.verify(mine, text + b"!")
        assert verify(mine, Content(text), store, NOW).verdict.good
        report = verify(other, Content(text), store, dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1))
        assert report.verdict.value == "valid", report.text
    size = len(documents)
    signs = [
        (rate(lambda n: bare.sign(documents[n % size])),
         rate(lambda n: sign(pair.key, pair.certificates, Content(documents[n % size]), NOW)))
        for _ in range(2)
    ]  # fmt: skip
    checks = [
        (rate(lambda n: bare.verify(ours[n % size], documents[n % size])),
         rate(lambda n: verify(ours[n % size], Content(documents[n % size]), store, NOW)))
        for _ in range(2)
    ]  # fmt: skip
    for title, pairs in (("подписей", signs), ("проверок", checks)):
        theirs_rate, ours_rate = max(pair[0] for pair in pairs), max(pair[1] for pair in pairs)
        print(
            f"\n{kind}: {title} в секунду {ours_rate:.0f}, голая библиотека {theirs_rate:.0f},"
            f" отношение {ours_rate / theirs_rate:.2f}"
        )
        assert ours_rate >= 0.6 * theirs_rate


CONFIG = """openssl_conf = init
[init]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
default_algorithms = ALL
"""


def pem(der, label="CERTIFICATE"):
    return f"-----BEGIN {label}-----\n{base64.encodebytes(der).decode()}-----END {label}-----\n"


def test_signing_and_checking_are_eight_times_faster_than_a_process_per_document(tmp_path):
    """Issue: against an openssl process per document at least 8 times faster."""
    try:
        libcrypto.library()
    except libcrypto.Unavailable as error:
        pytest.skip(f"НЕ ИЗМЕРЕНО: {error}")
    here = World("gost256")
    pair, store, text = here.person(), Store.of([here.root]), os.urandom(4096)
    message = sign(pair.key, pair.certificates, Content(text), NOW)
    for name, content in (
        ("conf", CONFIG),
        ("c.pem", pem(pair.certificates[0])),
        ("i.pem", pem(pair.certificates[1])),
        ("k.pem", pem(pair.key.pkcs8, "PRIVATE KEY")),
        ("ca.pem", pem(here.root)),
    ):
        (tmp_path / name).write_text(content)
    (tmp_path / "d").write_bytes(text)
    (tmp_path / "d.p7s").write_bytes(message)
    environment = {**os.environ, "OPENSSL_CONF": str(tmp_path / "conf")}

    def run(*words):
        subprocess.run(
            ["openssl", "cms", *words], cwd=tmp_path, env=environment, check=True, capture_output=True
        )

    signing = "-sign -binary -in d -signer c.pem -certfile i.pem -inkey k.pem -md md_gost12_256 -cades -outform DER -out o"
    checking = (
        "-verify -binary -content d -in d.p7s -inform DER -CAfile ca.pem -cades -purpose any -out x -attime"
    )
    theirs = []
    for words in (signing.split(), [*checking.split(), str(int(NOW.timestamp()))]):
        run(*words)
        started = time.perf_counter()
        for _ in range(15):
            run(*words)
        theirs.append(15 / (time.perf_counter() - started))
    ours = (
        rate(lambda _: sign(pair.key, pair.certificates, Content(text), NOW)),
        rate(lambda _: verify(message, Content(text), store, NOW)),
    )
    for title, mine, other in zip(("подписей", "проверок"), ours, theirs, strict=True):
        print(
            f"\n{title} в секунду {mine:.0f}, процесс openssl на документ {other:.0f}: в {mine / other:.0f} раз быстрее"
        )
        assert mine >= 8 * other
