"""Reading a foreign XML safely: no DTD, no entities, bounded in size and depth."""

from xml.parsers import expat

from lxml import etree

from ..types.findings import XML, Finding

LARGEST = 20 << 20  # bytes
DEEPEST = 100
MOST = 200_000  # elements
AGAIN = "Выгрузите документ заново и проверьте, что файл скопирован целиком."
HL7 = "urn:hl7-org:v3"
ENCODINGS = {"", "utf-8", "utf8"}


class XmlRefused(Exception):  # noqa: N818 - an answer to the reader, not an error of ours
    """The file is not read any further; the finding says why."""

    def __init__(self, rule: str, line: int, text: str, step: str = AGAIN) -> None:
        """Keep the finding."""
        self.finding = Finding(XML, f"xml:{rule}", line, "", text, step)
        super().__init__(text)


def xml_read(content: bytes) -> etree._ElementTree:
    """Read a document, or refuse it with the reason."""
    if len(content) > LARGEST:
        raise XmlRefused("size", 0, f"Файл больше {LARGEST >> 20} МБ: это не медицинский документ.")
    if not content.strip():
        raise XmlRefused("empty", 0, "Файл пуст.")
    _Guard().look(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise XmlRefused(
            "syntax", error.lineno or 0, "Файл не читается как XML: разметка нарушена."
        ) from error
    return root.getroottree()


class _Guard:
    """Walk the file once without building anything; the first thing that may not be ends the walk."""

    def __init__(self) -> None:
        self.depth = self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.XmlDeclHandler = self._declared
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def look(self, content: bytes) -> None:
        """Walk."""
        try:
            self.parser.Parse(content, True)  # noqa: FBT003 - the signature of the library
        except expat.ExpatError as error:
            raise XmlRefused(
                "syntax",
                error.lineno,
                f"Файл не читается как XML: строка {error.lineno}, знак {error.offset + 1}.",
            ) from error

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "").casefold() not in ENCODINGS:
            raise XmlRefused(
                "encoding",
                1,
                f"Документ записан в кодировке {encoding}, а нужна UTF-8.",
                "Сохраните документ в UTF-8.",
            )

    def _doctype(self, *_: object) -> None:
        raise XmlRefused(
            "doctype",
            self.parser.CurrentLineNumber,
            "В документе есть описание типа (DTD): оно запрещено, через него читают чужие файлы.",
            "Удалите строку <!DOCTYPE …> в программе, которая составила документ.",
        )

    def _start(self, _name: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST:
            raise XmlRefused("depth", self.parser.CurrentLineNumber, f"Вложенность больше {DEEPEST} уровней.")
        if self.count > MOST:
            raise XmlRefused("elements", self.parser.CurrentLineNumber, f"Элементов больше {MOST}.")

    def _end(self, _name: str) -> None:
        self.depth -= 1


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return etree.QName(element).localname


def line_of(element: etree._Element) -> int:
    """Return the line an element begins on; nothing is known of one that was never in a file."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def path_of(element: etree._Element) -> str:
    """Return where an element stands, as a reader counts: /ClinicalDocument/author/id[2]."""
    steps = []
    at: etree._Element | None = element
    while at is not None:
        steps.append(f"{local(at)}{_place(at)}")
        at = at.getparent()
    return "/" + "/".join(reversed(steps))


def _place(element: etree._Element) -> str:
    parent = element.getparent()
    if parent is None:
        return ""
    same = parent.findall(element.tag)
    return f"[{same.index(element) + 1}]" if len(same) > 1 else ""
