"""Schematron evaluated directly: contexts and tests are XPath 3.1 of elementpath, compiled once.

Two spellings of the official files are rewritten, both without effect elsewhere: an array in a comparison
is atomised by the language but not by every release of the library, and a class of characters that begins
with a hyphen before an escape is misread.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elementpath import XPathContext, get_node_tree
from elementpath.xpath31 import XPath31Parser
from lxml import etree

from .xml import HL7, local

SCH = "{http://purl.oclc.org/dsdl/schematron}"
ARRAY = re.compile(r"=\s*\[([^\[\]]*)\]")
LITERAL = re.compile(r"@code\s*=\s*'(\w+)'")
ROOTED = "ClinicalDocument"


@dataclass(frozen=True)
class Test:
    """One assertion or report; number: pattern, rule and test as they stand in the file."""

    number: str
    report: bool
    token: Any
    text: str


@dataclass(frozen=True)
class Rule:
    """The nodes a rule is about, and what is asked of them; `quick` starts at the root of a document."""

    context: Any
    quick: Any
    tests: tuple[Test, ...]


@dataclass(frozen=True)
class Failure:
    """A test that a node did not pass; error: the test itself could not be computed."""

    test: Test
    element: etree._Element
    error: str = ""


@dataclass(frozen=True)
class Schematron:
    """A compiled file: patterns of rules."""

    patterns: tuple[tuple[Rule, ...], ...]

    @property
    def size(self) -> tuple[int, int]:
        """Return how many rules and tests there are."""
        rules = [rule for pattern in self.patterns for rule in pattern]
        return len(rules), sum(len(rule.tests) for rule in rules)


def compiled(path: Path) -> Schematron:
    """Read and compile a schematron file; whatever cannot be compiled is an error of the file."""
    root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    spaces = {ns.get("prefix", ""): ns.get("uri", "") for ns in root.iter(f"{SCH}ns")}
    parser = XPath31Parser(namespaces={"": HL7, **spaces})
    patterns = []
    for number, pattern in enumerate(root.iter(f"{SCH}pattern"), 1):
        rules = enumerate(pattern.iterchildren(f"{SCH}rule"), 1)
        patterns.append(tuple(_rule(parser, rule, f"{number}.{place}") for place, rule in rules))
    return Schematron(tuple(patterns))


def failures(known: Schematron, tree: etree._ElementTree) -> Iterator[Failure]:
    """Yield every test a document fails, in the order of the file."""
    root = tree.getroot()
    nodes = get_node_tree(tree)
    quick = local(root) == ROOTED and not any(True for _ in root.iterdescendants(f"{{*}}{ROOTED}"))
    for pattern in known.patterns:
        seen: set[int] = set()
        for rule in pattern:
            found = list((rule.quick if quick else rule.context).select(XPathContext(nodes)))
            for node in found:
                if id(node) not in seen:  # within a pattern a node belongs to the first rule that selects it
                    seen.add(id(node))
                    yield from _tested(rule, node, nodes)


def _tested(rule: Rule, node: Any, nodes: Any) -> Iterator[Failure]:
    for test in rule.tests:
        try:
            holds = test.token.boolean_value(list(test.token.select(XPathContext(nodes, item=node))))
        except Exception as error:  # noqa: BLE001 - the library's own errors are many; each fails the document
            yield Failure(test, _element(node), str(error))
        else:
            if holds is test.report:
                yield Failure(test, _element(node))


def _rule(parser: XPath31Parser, rule: etree._Element, number: str) -> Rule:
    parts = _alternatives(_spelled(rule.get("context", "")))
    anywhere = " | ".join(part if part.startswith("/") else f"//{part}" for part in parts)
    rooted = " | ".join(_rooted(part) for part in parts)
    checks = [child for child in rule if child.tag in (f"{SCH}assert", f"{SCH}report")]
    tests = (
        Test(
            f"{number}.{place}",
            child.tag == f"{SCH}report",
            parser.parse(_spelled(child.get("test", ""))),
            _text(child),
        )
        for place, child in enumerate(checks, 1)
    )
    return Rule(parser.parse(anywhere), parser.parse(rooted), tuple(tests))


def _text(test: etree._Element) -> str:
    """Return the words of a test, with the codes its expression asks for and the words leave out."""
    text = " ".join("".join(map(str, test.itertext())).split())
    unsaid = [code for code in LITERAL.findall(test.get("test", "")) if code not in text]
    return f"{text} [{', '.join(dict.fromkeys(unsaid))}]" if unsaid else text


def _rooted(part: str) -> str:
    if part.startswith("/"):
        return part
    head = part[len(ROOTED) : len(ROOTED) + 1]
    return f"/{part}" if part.startswith(ROOTED) and head in ("", "/", "[") else f"//{part}"


def _spelled(expression: str) -> str:
    return ARRAY.sub(r"= (\1)", expression).replace(r"[-\s]", r"[\-\s]")


def _alternatives(context: str) -> list[str]:
    """Split a context at the bars that stand outside of brackets and quotes."""
    parts, depth, quote = [""], 0, ""
    for sign in context:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        else:
            depth += (sign in "([") - (sign in ")]")
            if sign == "|" and not depth:
                parts.append("")
                continue
        parts[-1] += sign
    return [part.strip() for part in parts]


def _element(node: Any) -> etree._Element:
    while node is not None:
        value = getattr(node, "value", None)
        if etree.iselement(value):
            return value
        node = node.parent
    raise LookupError("a schematron context selected no element and no attribute of one")
