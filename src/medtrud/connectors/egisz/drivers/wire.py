"""The wire to the registry: one POST, no redirects, no proxy, a bounded answer."""

import http.client
import time
from urllib.parse import urlsplit

from ..types.exchange import Envelope, Heard

SECONDS = 30.0
READ = 4 << 20  # bytes of an answer
TYPE = "application/soap+xml; charset=utf-8"


def post(envelope: Envelope) -> Heard:
    """Send one message; whatever goes wrong on the way is an answer, not an exception."""
    started = time.monotonic()
    status, body, error = None, b"", ""
    try:
        status, body = _post(envelope)
    except TimeoutError:
        error = f"Реестр не ответил за {SECONDS:.0f} с. Повторим сами."
    except (OSError, http.client.HTTPException, ValueError) as fault:
        error = f"Соединение не удалось: {type(fault).__name__}. Проверьте адрес и доступность узла."
    if status is not None and not 200 <= status < 300:  # noqa: PLR2004 - success in HTTP
        error = f"Реестр ответил {status}. Нужен ответ 2xx; перенаправления не выполняются."
    return Heard(status, round((time.monotonic() - started) * 1000), body, error)


def _post(envelope: Envelope) -> tuple[int, bytes]:
    parts = urlsplit(envelope.address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    wire = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Content-Type": f'{TYPE}; action="{envelope.operation}"', "User-Agent": "Medtrud"}
    try:
        wire.request("POST", target, body=envelope.body, headers=headers)
        answer = wire.getresponse()
        return answer.status, answer.read(READ)
    finally:
        wire.close()
