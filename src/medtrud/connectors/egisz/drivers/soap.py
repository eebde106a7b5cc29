"""Messages of the registry: SOAP 1.2 with its transport header, written and read.

The envelope, the header, the names of operations and of answers are those public programs speak; the names
inside `registerDocumentRequest` were not compared with the official description of the service.
"""

import base64
from collections.abc import Iterator
from uuid import UUID

from lxml import etree

from ..types.exchange import Fault, Registration, Reply
from .xml import XmlRefused, local, xml_read

SOAP, WSA = "http://www.w3.org/2003/05/soap-envelope", "http://www.w3.org/2005/08/addressing"
EGISZ = "http://egisz.rosminzdrav.ru"
SERVICE, CALLBACK = f"{EGISZ}/iehr/emdr/service/", f"{EGISZ}/iehr/emdr/callback/"
SPACES = {"soap": SOAP, "wsa": WSA, "egisz": EGISZ, "ser": SERVICE, "cb": CALLBACK}
REGISTER, SEARCH, FILE, RESULT = (
    "registerDocument",
    "searchRegistryItem",
    "getDocumentFile",
    "registerDocumentResult",
)
SUCCESS = "success"
MOST = 100  # faults of one answer


def register_message(told: Registration, *, message: UUID, system: str, back: str) -> bytes:
    """Ask to register a document: what it is, who signed it, its digest; the file is asked for later."""
    root, request = _envelope(REGISTER, f"{REGISTER}Request", message=str(message), system=system, back=back)
    for name, text in (
        ("localUid", str(told.local_uid)), ("kind", told.kind), ("organization", told.organization),
        ("documentNumber", told.number), ("setId", told.set_number), ("versionNumber", str(told.version)),
        ("creationDateTime", told.written_at.isoformat()),
    ):  # fmt: skip
        _leaf(request, name, text)
    patient = _node(request, "patient")
    for name, text in told.patient:
        _leaf(patient, name, text)
    _leaf(_node(request, "file"), "size", str(told.size))
    _leaf(request, "checksum", told.sha256)
    for signed in told.signatures:
        item = _node(request, "signature")
        _leaf(item, "role", signed.role)
        _leaf(item, "data", base64.b64encode(signed.signature).decode())
    return _bytes(root)


def search_message(
    told: Registration, *, message: UUID, system: str, back: str, since: str, until: str
) -> bytes:
    """Ask which documents of the organisation were registered in a period: when an answer was lost."""
    root, request = _envelope(SEARCH, f"{SEARCH}Request", message=str(message), system=system, back=back)
    for name, text in (
        ("organization", told.organization), ("kind", told.kind),
        ("registerDateBegin", since), ("registerDateEnd", until),
    ):  # fmt: skip
        _leaf(request, name, text)
    return _bytes(root)


def file_message(*, message: str, local_uid: str) -> bytes:
    """Ask for the file of a document; the registry asks so."""
    root, request = _envelope(FILE, f"{FILE}Request", message=message)
    _leaf(request, "localUid", local_uid)
    return _bytes(root)


def file_answer(*, message: str, relates_to: str, content: bytes | None, error: str = "") -> bytes:
    """Give the registry the file it asks for, or say why not."""
    root, answer = _envelope(FILE, f"{FILE}Response", message=message, relates_to=relates_to)
    _leaf(answer, "status", SUCCESS if content is not None else "error")
    if content is not None:
        _leaf(answer, "documentContent", base64.b64encode(content).decode())
    else:
        _leaf(_node(_node(answer, "errors"), "item"), "message", error)
    return _bytes(root)


def accepted(operation: str, *, message: str, relates_to: str, faults: tuple[Fault, ...] = ()) -> bytes:
    """Confirm a message, or refuse it at once."""
    root, answer = _envelope(operation, f"{operation}Response", message=message, relates_to=relates_to)
    _leaf(answer, "status", "error" if faults else SUCCESS)
    _faults(answer, faults)
    return _bytes(root)


def result_message(
    *, message: str, relates_to: str, local_uid: str, number: str, at: str, faults: tuple[Fault, ...] = ()
) -> bytes:
    """Tell how a registration ended; the simulator speaks so, and the registry does."""
    root, answer = _envelope(RESULT, RESULT, message=message, space=CALLBACK)
    for name, text in (("relatesToMessage", relates_to), ("localUid", local_uid)):
        _leaf(answer, name, text)
    _leaf(answer, "status", "error" if faults else SUCCESS)
    if not faults:
        item = _node(answer, "registryItem")
        _leaf(item, "emdrId", number)
        _leaf(item, "registrationDateTime", at)
    _faults(answer, faults)
    return _bytes(root)


def search_answer(*, message: str, relates_to: str, found: tuple[tuple[str, str, str], ...]) -> bytes:
    """Tell what a search found: local uid, number, moment."""
    root, answer = _envelope(SEARCH, f"{SEARCH}Response", message=message, relates_to=relates_to)
    _leaf(answer, "status", SUCCESS)
    matches = _node(answer, "matches")
    for local_uid, number, at in found:
        item = _node(matches, "item")
        for name, text in (("localUid", local_uid), ("emdrId", number), ("registrationDateTime", at)):
            _leaf(item, name, text)
    return _bytes(root)


def reply_read(content: bytes) -> Reply | None:
    """Read a message of the other side; what is no message of the exchange is nothing."""
    body = body_of(content)
    if body is None:
        return None
    item = next(body.iter("{*}registryItem"), None)
    found = tuple(
        (text_of(each, "localUid"), text_of(each, "emdrId"), text_of(each, "registrationDateTime"))
        for matches in body.iter("{*}matches")
        for each in matches
    )
    return Reply(
        operation=local(body).removesuffix("Response").removesuffix("Request"),
        ok=text_of(body, "status") == SUCCESS,
        relates_to=text_of(body, "relatesToMessage"),
        local_uid=text_of(body, "localUid"),
        number=text_of(item, "emdrId") if item is not None else "",
        registered_at=text_of(item, "registrationDateTime") if item is not None else "",
        faults=tuple(_told(body)),
        found=found,
    )


def header_of(content: bytes, name: str) -> str:
    """Return a value of the header of a message: MessageID, clientEntityId, Address of ReplyTo."""
    try:
        root = xml_read(content).getroot()
    except XmlRefused:
        return ""
    found = next(root.iter(f"{{*}}{name}"), None)
    return "".join(map(str, found.itertext())).strip() if found is not None else ""


def body_of(content: bytes) -> etree._Element | None:
    """Return the first element in the body of a message, or nothing when it is no message."""
    try:
        root = xml_read(content).getroot()
    except XmlRefused:
        return None
    body = next(root.iterchildren("{*}Body"), None)
    return next(body.iterchildren("*"), None) if body is not None else None


def text_of(parent: etree._Element, name: str) -> str:
    """Return the text of a child by its name, whatever its namespace."""
    found = next(parent.iterchildren(f"{{*}}{name}"), None)
    return (found.text or "").strip() if found is not None else ""


def _told(body: etree._Element) -> Iterator[Fault]:
    for errors in body.iter("{*}errors"):
        for item in list(errors)[:MOST]:
            yield Fault(text_of(item, "code"), text_of(item, "message"))


def _envelope(
    action: str,
    tag: str,
    *,
    message: str,
    space: str = SERVICE,
    system: str = "",
    back: str = "",
    relates_to: str = "",
) -> tuple[etree._Element, etree._Element]:
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap=SPACES)
    header = etree.SubElement(root, f"{{{SOAP}}}Header")
    if system:
        info = etree.SubElement(
            etree.SubElement(header, f"{{{EGISZ}}}transportHeader"), f"{{{EGISZ}}}authInfo"
        )
        _leaf(info, f"{{{EGISZ}}}clientEntityId", system)
    _leaf(header, f"{{{WSA}}}MessageID", message)
    _leaf(header, f"{{{WSA}}}Action", action)
    if relates_to:
        _leaf(header, f"{{{WSA}}}RelatesTo", relates_to)
    if back:
        _leaf(etree.SubElement(header, f"{{{WSA}}}ReplyTo"), f"{{{WSA}}}Address", back)
    body = etree.SubElement(root, f"{{{SOAP}}}Body")
    return root, etree.SubElement(body, f"{{{space}}}{tag}")


def _node(parent: etree._Element, name: str) -> etree._Element:
    space = etree.QName(parent).namespace
    return etree.SubElement(parent, name if name.startswith("{") else f"{{{space}}}{name}")


def _leaf(parent: etree._Element, name: str, text: str) -> None:
    _node(parent, name).text = text


def _faults(parent: etree._Element, faults: tuple[Fault, ...]) -> None:
    if faults:
        errors = _node(parent, "errors")
        for fault in faults:
            item = _node(errors, "item")
            _leaf(item, "code", fault.code)
            _leaf(item, "message", fault.text)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
