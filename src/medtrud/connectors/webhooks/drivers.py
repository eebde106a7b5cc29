"""The wire: one POST, no redirects, no proxy, a short answer."""

import http.client
import time
from urllib.parse import urlsplit

from .types import Answer, Parcel

SECONDS = 10.0
READ = 200  # bytes of an answer that are looked at


def parcel_send(parcel: Parcel, *, signature: str) -> Answer:
    """Send one parcel; whatever goes wrong on the way is an answer, not an exception."""
    started = time.monotonic()
    status, error = None, ""
    try:
        status = _post(parcel, signature)
    except TimeoutError:
        error = f"Получатель не ответил за {SECONDS:.0f} с."
    except (OSError, http.client.HTTPException, ValueError) as fault:
        error = f"Соединение не удалось: {type(fault).__name__}. Проверьте адрес и доступность узла."
    if status is not None and status >= http.client.MULTIPLE_CHOICES:
        error = f"Получатель ответил {status}. Нужен ответ 2xx; перенаправления не выполняются."
    return Answer(status, round((time.monotonic() - started) * 1000), error)


def _post(parcel: Parcel, signature: str) -> int:
    parts = urlsplit(parcel.url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    wire = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Medtrud-Webhook/1",
        "Medtrud-Event": parcel.event,
        "Medtrud-Delivery": str(parcel.sending),
        "Medtrud-Signature": signature,
    }
    try:
        wire.request("POST", target, body=parcel.body, headers=headers)
        answer = wire.getresponse()
        answer.read(READ)
        return answer.status
    finally:
        wire.close()
