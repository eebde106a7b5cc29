"""Cryptography of access: sealing of secrets, keyed hashes, one-time codes."""

import base64
import datetime as dt
import hashlib
import hmac
import io
import secrets
import threading

import pyotp
import segno
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

STEP = 30  # RFC 6238, 5.2: the recommended time step; every telephone application has it
VERSION = "1"

_keys: dict[str, bytes] = {}


def key_set(key: bytes) -> None:
    """Take the key of this installation; project gives it at start, it is never in the database."""
    _keys[VERSION] = key


def box(content: bytes, about: str) -> bytes:
    """Encrypt bytes so that they open only for the same thing."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(_keys[VERSION]).encrypt(nonce, content, about.encode())


def unbox(content: bytes, about: str) -> bytes:
    """Decrypt what box made."""
    return AESGCM(_keys[VERSION]).decrypt(content[:12], content[12:], about.encode())


def seal(text: str, about: str) -> str:
    """Encrypt a secret so that it opens only for the same thing."""
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(_keys[VERSION]).encrypt(nonce, text.encode(), about.encode())
    return f"{VERSION}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, about: str) -> str:
    """Decrypt; a moved or changed secret raises ValueError."""
    version, _, text = sealed.partition(":")
    raw = base64.b64decode(text)
    try:
        return AESGCM(_keys[version]).decrypt(raw[:12], raw[12:], about.encode()).decode()
    except InvalidTag as error:
        raise ValueError("a sealed secret does not open: another key, or the row was changed") from error


def keyed_hash(text: str) -> str:
    """Return a hash that cannot be guessed without the key of the installation."""
    return hmac.new(_keys[VERSION], text.encode(), hashlib.sha256).hexdigest()


def plain_hash(text: str) -> str:
    """Return the hash of a long random value: there is nothing to guess."""
    return hashlib.sha256(text.encode()).hexdigest()


def totp_secret() -> str:
    """Make a secret for an application with one-time codes."""
    return pyotp.random_base32()


def totp_uri(secret: str, login: str, issuer: str) -> str:
    """Return what the application reads from the QR code."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=login, issuer_name=issuer)


def totp_step(secret: str, code: str, at: dt.datetime, *, after: int) -> int | None:
    """Return the step the code belongs to: now, one before, one after, and never again an old one."""
    now = int(at.timestamp()) // STEP
    totp = pyotp.TOTP(secret, interval=STEP)
    for step in (now, now - 1, now + 1):
        if step > after and hmac.compare_digest(totp.at(step * STEP), code):
            return step
    return None


def qr_svg(text: str) -> str:
    """Draw a QR code as a picture."""
    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="svg", scale=4, border=2, light="#fff")
    return picture.getvalue().decode()


def recovery_code() -> str:
    """Make a code to be kept on paper: 50 random bits, no look-alikes."""
    letters = "23456789abcdefghjkmnpqrstuvwxyz"
    raw = "".join(secrets.choice(letters) for _ in range(10))
    return f"{raw[:5]}-{raw[5:]}"


def typed(code: str) -> str:
    """Return a code as it is compared: people add spaces and hyphens, and capital letters."""
    return "".join(code.replace("-", " ").split()).casefold()


def token_secret() -> str:
    """Make the secret of a token."""
    return f"mtr_{secrets.token_urlsafe(32)}"


def password_once() -> str:
    """Make a password that is good until its first use."""
    return "-".join([*recovery_code().split("-"), recovery_code()[:5]])


class Buckets:
    """Tokens buckets of this process: so many requests a minute, a burst of a quarter of them at once.

    Each worker process counts for itself; what must hold for all of them together is the lock-out,
    and that is in the database.
    """

    KEPT = 10_000  # accounts remembered; the least recently refilled ones are forgotten

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: dict[int, tuple[float, dt.datetime]] = {}

    def take(self, account: int, *, per_minute: int, at: dt.datetime) -> int:
        """Take one request; return 0, or the seconds to wait."""
        size = max(1.0, per_minute / 4)
        speed = per_minute / 60
        with self._lock:
            left, seen = self._left.pop(account, (size, at))
            left = min(size, left + max(0.0, (at - seen).total_seconds()) * speed)
            wait = 0 if left >= 1 else int((1 - left) / speed) + 1 if speed else 60
            self._left[account] = (left if wait else left - 1, at)
            if len(self._left) > self.KEPT:
                del self._left[next(iter(self._left))]
        return wait
