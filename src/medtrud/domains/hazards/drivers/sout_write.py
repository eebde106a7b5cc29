"""Writing the exchange file: trees back into XML, in the order of the form."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..types.sout_file import Tree
from .sout_form import Kind, form

EMPLOYER = "Enterprise"
ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def sout_write(head: Tree, places: Iterable[tuple[str, Tree]]) -> Iterator[str]:
    """Yield the file in pieces; places are elements of the employer in the order of the form."""
    root = form()
    yield "<?xml version='1.0' encoding='UTF-8'?>\n<Attestation>\n"
    for name in root.parts:
        if name != EMPLOYER:
            yield from _children(name, head.get(name), root, 1)
    kind = root.parts[EMPLOYER].kind
    employer = head.get(EMPLOYER, {})
    yield f"  <{EMPLOYER}>\n"
    for name in kind.parts:
        yield from _children(name, employer.get(name), kind, 2)
    for name, tree in places:
        yield from _element(name, tree, kind.parts[name].kind, 2)
    yield f"  </{EMPLOYER}>\n</Attestation>\n"


def _children(name: str, value: Any, kind: Kind, depth: int) -> Iterator[str]:
    if value is None:
        return
    for each in value if isinstance(value, list) else [value]:
        yield from _element(name, each, kind.parts[name].kind, depth)


def _element(name: str, tree: Any, kind: Kind, depth: int) -> Iterator[str]:
    pad = "  " * depth
    if not isinstance(tree, dict):
        text = _text(str(tree))
        yield f"{pad}<{name}>{text}</{name}>\n" if text else f"{pad}<{name}/>\n"
        return
    given = "".join(
        f" {key[1:]}={quoteattr(str(value).translate(ILLEGAL))}"
        for key, value in tree.items()
        if key[:1] == "@"
    )
    if not kind.parts:
        text = _text(str(tree.get("", "")))
        yield f"{pad}<{name}{given}>{text}</{name}>\n" if text else f"{pad}<{name}{given}/>\n"
        return
    yield f"{pad}<{name}{given}>\n"
    for child in kind.parts:
        yield from _children(child, tree.get(child), kind, depth + 1)
    yield f"{pad}</{name}>\n"


def _text(text: str) -> str:
    return escape(text.translate(ILLEGAL))
