"""Which codes of the annex to order 29н a card may feed: possible ones, never a guess."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from medtrud.kernel.actor import Actor
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import in_force

from ..models import SoutCard, SoutCodes, SoutLine
from ..rules.sout_law import edition_of
from ..types import FactorRow, harmful_classes, substance_markers
from .places import rows_named

MEASURED = ("assessed", "similar")


@dataclass
class CodeGroup:
    """A factor, or a substance of it, that awaits a person's decision."""

    factor: str
    title: str
    subject: str
    possible: tuple[FactorRow, ...]
    cards: set[int] = field(default_factory=set)
    harmful: set[int] = field(default_factory=set)

    @property
    def key(self) -> str:
        """Return the name of the group in a form."""
        return f"{self.factor}:{self.subject}"


def cards_waiting(actor: Actor, *, on: dt.date) -> QuerySet[SoutCard]:
    """Return the cards in force whose codes nobody has confirmed."""
    said = SoutCodes.objects.visible_to(actor).filter(card=OuterRef("pk"))
    rows: QuerySet[SoutCard] = SoutCard.objects.visible_to(actor).filter(in_force(on), kind__in=MEASURED)
    return rows.filter(~Exists(said)).order_by("number_key", "pk")


def lines_by_card(actor: Actor, cards: Sequence[SoutCard]) -> dict[int, list[SoutLine]]:
    """Return the lines of cards; similar workplaces have those of their group. Two queries."""
    alike = {(card.report_id, card.alike) for card in cards if card.kind == "similar" and card.alike}
    sources: dict[tuple[int, int | None], int] = {}
    if alike:
        rows = SoutCard.objects.visible_to(actor).filter(
            report__in={report for report, _ in alike}, alike__in={number for _, number in alike},
            kind="assessed"
        )  # fmt: skip
        for pk, report, number in rows.order_by("-number_key").values_list("pk", "report", "alike"):
            sources[report, number] = pk
    of = {card.pk: sources.get((card.report_id, card.alike), card.pk) for card in cards}
    lines: dict[int, list[SoutLine]] = {}
    for line in SoutLine.objects.visible_to(actor).filter(card__in=set(of.values())).defer("detail"):
        lines.setdefault(line.card_id, []).append(line)
    return {pk: lines.get(source, []) for pk, source in of.items()}


def code_groups(actor: Actor, cards: Sequence[SoutCard], *, on: dt.date) -> list[CodeGroup]:
    """Return the decisions that cards await, most people first."""
    groups: dict[tuple[str, str], CodeGroup] = {}
    lines = lines_by_card(actor, cards)
    annex = rows_named(on)
    for card in cards:
        for line in lines[card.pk]:
            for subject, stated in subjects_of(line):
                key = (line.factor, subject)
                if key not in groups:
                    groups[key] = _group(card, line, subject, annex.values())
                groups[key].cards.add(card.pk)
                if stated in harmful_classes():
                    groups[key].harmful.add(card.pk)
    return sorted(groups.values(), key=lambda group: (-len(group.harmful), group.factor, group.subject))


def subjects_of(line: SoutLine) -> list[tuple[str, str]]:
    """Return the substances of a line with their classes, or the factor as a whole."""
    named = {
        str(level["subject"]): str(level.get("stated") or line.stated)
        for level in line.levels if level.get("subject") and line.factor in ("chemical", "dust", "biological")
    }  # fmt: skip
    return list(named.items()) or [("", line.stated)]


def _group(card: SoutCard, line: SoutLine, subject: str, annex: Iterable[FactorRow]) -> CodeGroup:
    known = edition_of(card.since, card.derivation.get("act", "")).factors().get(line.factor)
    wanted = known.annex if known else ()
    rows = [
        row for row in annex
        if row.assignable and any(row.code == code or row.code.startswith(f"{code}.") for code in wanted)
    ]  # fmt: skip
    if subject:
        rows = [row for row in rows if _names(row, subject)]
    return CodeGroup(line.factor, known.title if known else line.factor, subject, tuple(rows))


def _names(row: FactorRow, subject: str) -> bool:
    found = substance_markers(row, subject)
    return found.how in ("listed", "part", "bare") or sort_key(subject) in sort_key(row.title)
