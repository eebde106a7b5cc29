"""Reading the exchange file as a stream: one workplace is in memory at a time."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..types.sout_file import PLACE_TAGS, Group, Head, PlaceRead, Problem, Tail, Tree
from .sout_form import Kind, Part, form
from .sout_package import Counted, FileRefused

ROOT, GROUP, EMPLOYER = "Attestation", "SimilarWorkPlacesGroup", "Enterprise"
TITLES = {
    "WorkPlaceAttested": "рабочее место",
    "SimilarWorkPlace": "аналогичное место",
    "WorkPlaceDeclared": "декларируемое место",
    "WorkPlaceImpossibleMeasurements": "место без измерений",
    "INN": "ИНН",
    "OGRN": "ОГРН",
    "OKPO": "ОКПО",
    "OKATO": "ОКАТО",
    "Position": "должность (Position)",
    "SubUnit": "подразделение (SubUnit)",
    "Factors": "факторы (Factors)",
    "Compensations": "гарантии (Compensations)",
    "AttestationOrganization": "организация, проводившая СОУТ",
    "Laboratory": "лаборатория",
}
ENCODINGS = frozenset(
    (
        etree.ErrorTypes.ERR_INVALID_ENCODING,
        etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
        etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
    )
)
SIGNED = (
    "AirTemperature",
    "MoistBulbTemperature",
    "ThermalLoadIndex",
)  # below zero there is cold, not a slip
MOST = 200  # problems named for one element
PLACES = frozenset((*PLACE_TAGS, GROUP))
Read = Head | Group | PlaceRead | Tail


def sout_read(stream: Counted) -> Iterator[Read]:
    """Yield the head of the report, then its workplaces and groups in their order, then the tail."""
    try:
        yield from _pieces(stream)
    except etree.XMLSyntaxError as error:
        line = f" (строка {error.lineno})" if error.lineno else ""
        cause = "разметка нарушена или файл обрезан"
        if getattr(error, "code", 0) in ENCODINGS:
            cause = "его буквы не той кодировки, что объявлена в первой строке"
        elif not stream.taken:
            cause = "файл пуст"
        raise FileRefused(
            f"Файл не читается как XML{line}: {cause}. "
            "Выгрузите отчёт заново и проверьте, что он скопирован целиком.",
            error.lineno or 0,
        ) from error


def _pieces(stream: Counted) -> Iterator[Read]:
    walk = etree.iterparse(
        stream, events=("end",), tag=(ROOT, *PLACE_TAGS, GROUP), resolve_entities=False, no_network=True,
        huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    places = form().parts[EMPLOYER].kind.parts
    head: Head | None = None
    for _, element in walk:
        tag = element.tag
        parent = element.getparent()
        if parent is None or parent.tag != EMPLOYER:
            continue  # the root, read at the end, or a namesake deeper in the tree: it is read with its owner
        if head is None:
            head = _head(element.getroottree().getroot())
            yield head
        reader = TreeReader()
        tree = reader.tree(element, places[tag].kind)
        if tag == GROUP:
            yield Group(tuple(tree.get("WorkPlaceId", ())), element.sourceline, reader.problems)
        else:
            yield PlaceRead(PLACE_TAGS[tag], tree, element.sourceline, reader.problems)
        parent.remove(element)
    root = walk.root
    whole = _head(root)
    if head is None:
        yield whole
        yield Tail()
    else:
        late = [each for each in whole.problems if each not in head.problems]
        yield Tail(late)


def _head(root: Any) -> Head:
    if root is None or root.tag != ROOT:
        named = "" if root is None else f", а корень файла — «{etree.QName(root).localname}»"
        raise FileRefused(
            f"Это не отчёт СОУТ: ожидается XML с корнем Attestation без пространства имён{named}. "
            "Выберите файл выгрузки для ФГИС СОУТ."
        )
    if root.getroottree().docinfo.internalDTD is not None:
        raise FileRefused("В файле объявлен тип документа (DOCTYPE). Отчёты СОУТ его не содержат.")
    reader = TreeReader(PLACES)
    return Head(reader.tree(root, form()), reader.problems)


class TreeReader:
    """Turns an element into a tree and says what is wrong with it by line and place."""

    def __init__(self, left: frozenset[str] = frozenset()) -> None:
        self.left = left  # children that are read apart
        self.problems: list[Problem] = []

    def tree(self, element: Any, kind: Kind) -> Any:
        """Return the element as a tree of its kind."""
        parts = kind.parts
        if not parts:
            return self._leaf(element, kind)
        found: Tree = {}
        given = element.items()
        if given or kind.needed:
            self._attributes(element, kind, found, given)
        last, tree = 0, self.tree
        for child in element:
            tag = child.tag
            part = parts.get(tag)
            if part is None or tag in self.left:
                self._unknown(child, kind, left=part is not None)
                continue
            if part.index < last:
                self.say(child, f"элемент «{tag}» стоит не на своём месте: он идёт раньше предыдущего")
            last = part.index
            value = tree(child, part.kind)
            if part.high != 1:
                found.setdefault(tag, []).append(value)
            else:
                self._once(child, tag, found)
                found[tag] = value
        self._complete(element, kind, found)
        return found

    def _once(self, child: Any, tag: str, found: Tree) -> None:
        if tag in found:
            self.say(child, f"элемент «{tag}» повторяется, а должен стоять один раз")

    def _leaf(self, element: Any, kind: Kind) -> Any:
        text = element.text or ""
        body = kind.body
        if body is None:
            if text and not text.isspace():
                self.say(element, f"лишний текст «{text.strip()[:40]}»")
        elif not body.free and (said := _wrong(element, body, text)):
            self.say(element, f"значение «{text[:60]}» не подходит: {said}")
        if len(element):
            for child in element:
                self._unknown(child, kind)
        given = element.items()
        if not given and not kind.needed:
            return text
        found: Tree = {}
        self._attributes(element, kind, found, given)
        if body is not None:
            found[""] = text
        return found

    def _attributes(self, element: Any, kind: Kind, found: Tree, given: list[tuple[str, str]]) -> None:
        for name, text in given:
            known = kind.attributes.get(name)
            if known is None:
                self.say(element, f"лишний атрибут «{name}»")
                continue
            if said := known[0].wrong(text):
                self.say(element, f"атрибут «{name}»: значение «{text[:60]}» не подходит: {said}")
            found[f"@{name}"] = text
        for name in kind.needed:
            if f"@{name}" not in found:
                self.say(element, f"нет обязательного атрибута «{name}»")

    def _complete(self, element: Any, kind: Kind, found: Tree) -> None:
        text = element.text
        if text and not text.isspace():
            self.say(element, f"лишний текст «{text.strip()[:40]}»")
        for name in kind.required:
            if name not in found and not (self.left and name in self.left):
                self.say(element, f"нет обязательного элемента «{name}»")
        for names in kind.choices:
            if sum(name in found for name in names) != 1:
                self.say(element, f"ожидается ровно один из элементов: {', '.join(names)}")
        for name in kind.counted:
            if name in found:
                self._counted(element, name, kind.parts[name], len(found[name]))

    def _counted(self, element: Any, name: str, part: Part, count: int) -> None:
        if count < part.low or (part.high is not None and count > part.high):
            most = f" до {part.high}" if part.high else ""
            self.say(element, f"элементов «{name}» {count}, ожидается от {part.low}{most}")

    def _unknown(self, child: Any, kind: Kind, *, left: bool = False) -> None:
        if left:  # it is read apart
            return
        named = etree.QName(child).localname if isinstance(child.tag, str) else "?"
        self.say(child, f"неизвестный элемент «{named}»")

    def say(self, element: Any, text: str) -> None:
        """Remember a problem with its line and place."""
        if len(self.problems) < MOST:
            self.problems.append(
                Problem(element.sourceline or 0, _place(element), text[:1].upper() + text[1:] + ".")
            )


def _wrong(element: Any, body: Any, text: str) -> str:
    """Return what is wrong with a value: its form, or a number below zero where it cannot be."""
    if text not in body.good and (said := body.wrong(text)):
        return str(said)
    if text[:1] != "-" or any(each.tag.startswith(SIGNED) for each in (element, *element.iterancestors())):
        return ""
    try:
        return "отрицательным оно не бывает" if float(text) < 0 else ""
    except ValueError:
        return ""


def _place(element: Any) -> str:
    names: list[str] = []
    while element is not None and element.tag not in (ROOT, EMPLOYER):
        names.append(TITLES.get(element.tag, str(element.tag)))
        if element.tag in PLACE_TAGS:
            break
        element = element.getparent()
    return " / ".join(reversed(names)) or ROOT
