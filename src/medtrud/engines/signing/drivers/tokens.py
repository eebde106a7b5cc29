"""Keys that never leave their carrier: PKCS#11 by the module of its maker.

ECDSA and RSA are signed here. Tokens with GOST keys are used in the browser: makers differ in the mechanisms
and in the order of the bytes, and no module with GOST was at hand to try it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.exceptions import PinIncorrect, PinLenRange, PinLocked, PKCS11Error
from pkcs11.util.ec import encode_ecdsa_signature

from medtrud.kernel.errors import Refused

from .backends import PrivateKey
from .certificates import certificate
from .der import NULL, octets, oid, sequence
from .keys import KeyPair

SHA = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
NO_MODULE = (
    "Модуль PKCS#11 «{path}» не загружается. Установите программу носителя и назовите путь к её модулю."
)
ABSENT = "Носителя «{label}» нет. Вставьте его; подключены: {known}."
WRONG_PIN = "ПИН-код носителя не подходит. Проверьте его: после нескольких ошибок носитель блокируется."
LOCKED = "ПИН-код носителя заблокирован. Разблокируйте его программой носителя."
NO_KEY = "На носителе нет сертификата с ключом ECDSA или RSA. Ключ ГОСТ с носителя подписывает в браузере."


@dataclass(frozen=True)
class Token:
    """A carrier as it names itself."""

    label: str
    serial: str
    model: str
    maker: str


@dataclass(frozen=True, repr=False)
class TokenKey:
    """A private key that stays on the carrier while its session is open."""

    key: Any
    rsa: bool

    def sign(self, name: str, digest: bytes) -> bytes:
        """Sign a digest on the carrier."""
        try:
            if self.rsa:
                info = sequence(sequence(oid(SHA[name]), NULL), octets(digest))
                signed: bytes = self.key.sign(info, mechanism=Mechanism.RSA_PKCS)
                return signed
            made: bytes = encode_ecdsa_signature(self.key.sign(digest, mechanism=Mechanism.ECDSA))
        except PKCS11Error as error:
            raise Refused(
                f"Носитель не подписал ({type(error).__name__}). Вставьте его и повторите."
            ) from error
        return made


def tokens(module: Path) -> list[Token]:
    """Return the carriers that are plugged in."""
    found = map(_told, _library(str(module)).get_tokens())
    return [each for each in found if each.serial]  # an empty slot has a nameless one


@contextmanager
def key_on(module: Path, label: str, pin: str) -> Iterator[KeyPair]:
    """Open a carrier and hand out the key of its first certificate; the key works inside the block only."""
    found = {_told(each).label: each for each in _library(str(module)).get_tokens()}
    if label not in found:
        raise Refused(ABSENT.format(label=label, known=", ".join(sorted(found)) or "ни одного"))
    try:
        with found[label].open(user_pin=pin) as session:
            yield _pair(session)
    except (PinIncorrect, PinLenRange) as error:
        raise Refused(WRONG_PIN) from error
    except PinLocked as error:
        raise Refused(LOCKED) from error


def _pair(session: Any) -> KeyPair:
    held = [
        (bytes(each[Attribute.VALUE]), bytes(each[Attribute.ID]))
        for each in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
    ]
    for der, code in held:
        leaf = certificate(der)
        wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: code}
        keys = [key for key in session.get_objects(wanted) if key.key_type in {KeyType.EC, KeyType.RSA}]
        if keys and leaf.key.kind in {"ec", "rsa"} and not leaf.is_ca:
            above = tuple(other for other, _ in held if other != der and certificate(other).is_ca)
            own = PrivateKey(leaf.key, native=TokenKey(keys[0], leaf.key.kind == "rsa"))
            return KeyPair(own, (der, *above))
    raise Refused(NO_KEY)


def _told(token: Any) -> Token:
    words = (token.label, token.serial, token.model, token.manufacturer_id)
    return Token(
        *(
            (word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word)).strip()
            for word in words
        )
    )


@cache
def _library(path: str) -> Any:
    try:
        return pkcs11.lib(path)
    except (PKCS11Error, RuntimeError, OSError) as error:
        raise Refused(NO_MODULE.format(path=path)) from error
