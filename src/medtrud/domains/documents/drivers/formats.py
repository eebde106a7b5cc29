"""Whether a file is what its name says, and is no program."""

import re
from pathlib import Path

HEAD = 64 << 10
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_ENDINGS = {"exe", "dll", "com", "bat", "cmd", "ps1", "js", "vbs", "jar", "msi", "scr", "hta", "lnk", "sh"}
_NAMED = {
    "pdf": {"application/pdf"},
    "png": {"image/png"},
    "jpg": {"image/jpeg"},
    "jpeg": {"image/jpeg"},
    "docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    "xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    "xml": {"application/xml", "text/plain"},
    "zip": {"application/zip"},
}
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def format_fault(path: Path, mime: str, name: str) -> str:
    """Return why a file is not taken as a document, "" when it is; the text ends with what to do."""
    ending = name.rpartition(".")[2].casefold()
    with path.open("rb") as file:
        head = file.read(HEAD)
    if ending in _ENDINGS or head.startswith(_PROGRAMS):
        return "это программа, а не документ. Пришлите документ в PDF, Word, Excel, XML или изображением"
    if mime not in _NAMED.get(ending, {mime}):
        return f"он назван «.{ending}», а внутри другое. Сохраните его заново в своём формате"
    if ending == "xml" and _DTD.search(head.replace(b"\0", b"")):
        return "в нём есть DTD: через него подставляют чужие файлы. Выгрузите XML без DTD"
    return ""
