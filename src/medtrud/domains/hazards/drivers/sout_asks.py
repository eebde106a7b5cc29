"""What the form of the exchange file demands and a tree does not hold; putting the answers in."""

import re
from collections.abc import Iterator
from typing import Any

from ..types.sout_file import Ask, Tree
from .sout_form import Kind, form

STEP = re.compile(r"(?P<name>[^\[\]]+)\[(?P<index>\d+)\]")
EMPLOYER = "Enterprise"


def place_kind(tag: str) -> Kind:
    """Return the kind of a workplace."""
    return form().parts[EMPLOYER].kind.parts[tag].kind


def place_asks(tag: str, tree: Tree) -> list[Ask]:
    """Return what keeps a workplace from being written."""
    return list(_asks(place_kind(tag), tree, ""))


def head_asks(tree: Tree) -> list[Ask]:
    """Return what keeps a report from being written; workplaces are asked apart."""
    return list(_asks(form(), tree, ""))


def _asks(kind: Kind, tree: Any, path: str) -> Iterator[Ask]:
    """Yield the leaves that are missing or wrong; tree None: nothing is there at all."""
    held = tree if isinstance(tree, dict) else {} if tree is None else {"": tree}
    if kind.body is not None:
        said = kind.body.wrong(str(held[""])) if "" in held else ""
        if said or "" not in held:
            yield Ask(path, kind.body.base, kind.body.values, said)
    for name in kind.needed:
        if f"@{name}" not in held:
            yield Ask(f"{path}/@{name}", kind.attributes[name][0].base)
    chosen = {names[-1] for names in kind.choices if not any(name in held for name in names)}
    for name, part in kind.parts.items():
        value = held.get(name)
        given = value if isinstance(value, list) else [] if value is None else [value]
        least = 1 if name in chosen else part.low
        for index, one in enumerate([*given, *[None] * (least - len(given))]):
            yield from _asks(part.kind, one, f"{path}/{name}[{index}]".strip("/"))


def ordered(kind: Kind, tree: Any) -> Any:
    """Return a tree in the order of the form, as a reader of its file would make it."""
    if not isinstance(tree, dict):
        return tree
    found: Tree = {f"@{name}": tree[f"@{name}"] for name in kind.attributes if f"@{name}" in tree}
    if not kind.parts and kind.body is not None:
        return {**found, "": tree.get("", "")} if found else tree.get("", "")
    for name, part in kind.parts.items():
        value = tree.get(name)
        if value is not None:
            rows = [ordered(part.kind, each) for each in (value if isinstance(value, list) else [value])]
            found[name] = rows if part.many else rows[0]
    return found


def put(kind: Kind, tree: Tree, path: str, text: str) -> None:
    """Put a value at its place, making what stands on the way."""
    *way, last = path.split("/")
    for step in way:
        kind, tree = _child(kind, tree, step)
    if last.startswith("@"):
        tree[last] = text
        return
    found = STEP.fullmatch(last)
    assert found is not None  # noqa: S101 - paths are ours
    name, index = found["name"], int(found["index"])
    held = tree.get(name)
    old = held[index] if isinstance(held, list) and index < len(held) else held if index == 0 else None
    leaf = {**old, "": text} if isinstance(old, dict) else text
    if not kind.parts[name].many:
        tree[name] = leaf
        return
    rows = tree.setdefault(name, [])
    rows[index : index + 1] = [leaf]


def _child(kind: Kind, tree: Tree, step: str) -> tuple[Kind, Tree]:
    found = STEP.fullmatch(step)
    assert found is not None  # noqa: S101 - paths are ours
    name, index = found["name"], int(found["index"])
    part = kind.parts[name]
    if part.many:
        rows = tree.setdefault(name, [])
        rows += [{} for _ in range(index + 1 - len(rows))]
        rows[index] = _dict(rows[index])
        return part.kind, rows[index]
    tree[name] = _dict(tree.get(name))
    return part.kind, tree[name]


def _dict(held: Any) -> Tree:
    return held if isinstance(held, dict) else {} if held is None else {"": held}
