"""A registry of one's own: it takes messages over HTTP, asks for the file, judges it and calls back.

It speaks what the connector speaks, so it proves the connector's manners (retries, idempotency, late and
lost answers), not the official description of the service.
"""

import base64
import hashlib
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lxml import etree

from ..types.exchange import Envelope, Fault, Heard
from . import soap
from .wire import post as by_http
from .xml import local

LARGEST = 30 << 20  # bytes of a message
UNREAD = Fault("FORMAT", "Сообщение не читается.")
UNKNOWN = Fault("AUTH", "Не указан идентификатор системы (clientEntityId).")
REQUIRED = ("localUid", "kind", "organization", "checksum")
SIGNATURES = 2  # of a person and of the organisation
Judge = Callable[[bytes, list[bytes]], list[Fault]]
Post = Callable[[Envelope], Heard]


@dataclass(frozen=True)
class Asked:
    """A document that waits for its turn."""

    message: str
    local_uid: str
    back: str
    checksum: str
    snils: str
    surname: str
    signatures: tuple[bytes, ...]


@dataclass
class Simulator:
    """What the registry knows: the documents it registered, and the surnames of the insured by СНИЛС."""

    judge: Judge
    post: Post = by_http
    insured: Mapping[str, str] = field(default_factory=dict)
    registered: dict[str, tuple[str, str]] = field(default_factory=dict)
    waiting: list[Asked] = field(default_factory=list)

    def take(self, content: bytes) -> bytes:
        """Answer a message at once."""
        body = soap.body_of(content)
        message = soap.header_of(content, "MessageID")
        fresh = str(uuid.uuid4())
        if body is None or not message:
            return soap.accepted(
                "message",
                message=fresh,
                relates_to=message,
                faults=(Fault("FORMAT", "Сообщение не читается."),),
            )
        operation = local(body).removesuffix("Request")
        if not soap.header_of(content, "clientEntityId"):
            return soap.accepted(operation, message=fresh, relates_to=message, faults=(UNKNOWN,))
        if operation == soap.SEARCH:
            found = tuple((uid, number, at) for uid, (number, at) in self.registered.items())
            return soap.search_answer(message=fresh, relates_to=message, found=found)
        faults = tuple(self._asked(body, message, soap.header_of(content, "Address")))
        return soap.accepted(operation, message=fresh, relates_to=message, faults=faults)

    def _asked(self, body: etree._Element, message: str, back: str) -> list[Fault]:
        missing = [
            name for name in ("localUid", "kind", "organization", "checksum") if not soap.text_of(body, name)
        ]
        if missing:
            return [Fault("REQUIRED", f"Не заполнено: {', '.join(missing)}.")]
        signatures = tuple(
            base64.b64decode(soap.text_of(item, "data")) for item in body.iterchildren("{*}signature")
        )
        if len(signatures) < SIGNATURES:
            return [Fault("SIGNATURES", "Нужны подписи медицинского работника и организации.")]
        patient = next(body.iterchildren("{*}patient"), body)
        self.waiting.append(
            Asked(
                message, soap.text_of(body, "localUid"), back, soap.text_of(body, "checksum"),
                soap.text_of(patient, "snils"), soap.text_of(patient, "surname"), signatures,
            )
        )  # fmt: skip
        return []

    def heard(self, envelope: Envelope) -> Heard:
        """Answer a message without a wire: for the demo, which opens no socket."""
        return Heard(200, 0, self.take(envelope.body))

    def deliver(self) -> int:
        """Judge what waits and call back; return how many answers were taken."""
        asked, self.waiting = self.waiting, []
        return sum(self._told(each) for each in asked)

    def _told(self, asked: Asked) -> bool:
        faults = () if asked.local_uid in self.registered else tuple(self._judged(asked))
        if not faults and asked.local_uid not in self.registered:
            at = datetime.now(tz=UTC).isoformat(timespec="milliseconds")
            self.registered[asked.local_uid] = (f"35.{at[2:4]}.{at[5:7]}.{len(self.registered) + 1:09}", at)
        number, at = self.registered.get(asked.local_uid, ("", ""))
        told = soap.result_message(
            message=str(uuid.uuid4()), relates_to=asked.message, local_uid=asked.local_uid,
            number=number, at=at, faults=faults,
        )  # fmt: skip
        heard = self.post(Envelope(asked.back, soap.RESULT, uuid.uuid4(), told))
        return not heard.error

    def _judged(self, asked: Asked) -> list[Fault]:
        question = soap.file_message(message=str(uuid.uuid4()), local_uid=asked.local_uid)
        heard = self.post(Envelope(asked.back, soap.FILE, uuid.uuid4(), question))
        body = soap.body_of(heard.body)
        text = soap.text_of(body, "documentContent") if body is not None else ""
        if heard.error or not text:
            return [Fault("FILE", "Файл документа не получен от медицинской организации.")]
        content = base64.b64decode(text)
        if hashlib.sha256(content).hexdigest() != asked.checksum:
            return [Fault("CHECKSUM", "Контрольная сумма файла не совпадает с переданной.")]
        known = self.insured.get(asked.snils)
        if known is not None and known != asked.surname:
            return [Fault("PERSON", "Фамилия пациента не соответствует СНИЛС. Сверьте данные пациента.")]
        return self.judge(content, list(asked.signatures))


def serve(simulator: Simulator, *, port: int = 0, delay: float | None = None) -> ThreadingHTTPServer:
    """Start the simulator on this machine; with a delay it calls back by itself, that many seconds later."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length") or 0), LARGEST)
            answer = simulator.take(self.rfile.read(length))
            self.send_response(200)
            self.send_header("Content-Type", "application/soap+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
            if delay is not None:
                threading.Timer(delay, simulator.deliver).start()

        def log_message(self, *_: object) -> None:
            """Say nothing: the journal is kept by the product."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
