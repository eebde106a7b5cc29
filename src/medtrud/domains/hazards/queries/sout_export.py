"""The cards in force as the exchange file, and what keeps them from being one."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Organization, organizations, requisites_on

from ..drivers import ask_title, head_asks, place_asks, seed, sout_write
from ..models import SoutCard, SoutLine, SoutReport
from ..rules.sout_place import TAGS as FACTOR_TAGS
from ..rules.sout_place import place_tree
from ..types.sout_file import PLACE_TAGS, Ask, Tree
from .sout import card_box, report_head, sout_cards

GROUP = "SimilarWorkPlacesGroup"
TAGS = {kind: tag for tag, kind in PLACE_TAGS.items()}
PORTION = 500
FORMAT = "1.0.3"


@dataclass(frozen=True)
class Lack:
    """A card or a report that cannot be written yet, and why."""

    uid: UUID
    title: str
    asks: tuple[Ask, ...]

    @property
    def text(self) -> str:
        """Say what is missing, each detail once."""
        said = [
            f"{ask_title(ask)}{f' ({ask.wrong})' if ask.wrong else ''}"
            for ask in self.asks if ask.names[0] != "Compensations"
        ]  # fmt: skip
        granted = ["гарантии и компенсации (строка 040)"] if len(said) < len(self.asks) else []
        return "; ".join(dict.fromkeys([*said, *granted]))


@dataclass(frozen=True)
class ExportCheck:
    """What an export needs before it is valid."""

    report: SoutReport
    head: Lack | None
    cards: tuple[Lack, ...]

    @property
    def ready(self) -> bool:
        """Tell whether everything is there."""
        return self.head is None and not self.cards


def sout_export_check(actor: Actor, *, employer: int, on: dt.date) -> ExportCheck:
    """Say what the schema demands and the cards in force do not hold; cards of a file hold all of it."""
    cards = _cards(actor, employer, on)
    report, head = _head(actor, employer, cards)
    whole = tuple(head_asks(head))
    bare = SoutLine.objects.visible_to(actor).filter(card=OuterRef("pk"), detail=[])
    rows = cards.filter(Q(report__file__isnull=True) | Q(Exists(bare)))
    found = [
        Lack(row.uid, f"Карта № {row.card_number or row.number}, {row.position}", asks)
        for row, tag, tree in _trees(actor, rows.order_by("number_key", "pk"))
        if (asks := tuple(place_asks(tag, tree)))
    ]
    return ExportCheck(report, Lack(report.uid, str(report), whole) if whole else None, tuple(found))


def sout_export(
    actor: Actor, *, employer: int, on: dt.date, checked: ExportCheck | None = None
) -> Iterator[str]:
    """Yield the cards in force as the exchange file, under the head of the newest report with a head.

    What keeps the file from being valid refuses it as a whole, card by card.
    """
    check = checked or sout_export_check(actor, employer=employer, on=on)
    if not check.ready:
        raise Refused(" ".join(lacks_said(check)))
    cards = _cards(actor, employer, on)
    _, head = _head(actor, employer, cards)
    return sout_write(head, _places(actor, cards))


def lacks_said(check: ExportCheck) -> list[str]:
    """Return one sentence for the report and for each card that cannot be written."""
    return [f"{lack.title}: не хватает для выгрузки — {lack.text}." for lack in
            ((check.head,) if check.head else ()) + check.cards]  # fmt: skip


def card_tree(actor: Actor, card: SoutCard) -> tuple[str, Tree]:
    """Return one card as the element of the file, with what is known of it."""
    rows = SoutCard.objects.visible_to(actor).filter(pk=card.pk)
    _, tag, tree = next(_trees(actor, rows))
    return tag, tree


def head_of(actor: Actor, report: SoutReport, *, on: dt.date) -> Tree:
    """Return the head of a report: its own, or what the product knows for it."""
    return report_head(actor, report) or _begun(actor, report, on)


def _cards(actor: Actor, employer: int, on: dt.date) -> QuerySet[SoutCard]:
    cards = sout_cards(actor, on=on).filter(employer=employer)
    if not cards.exists():
        row: Organization | None = organizations(actor).filter(pk=employer).first()
        raise Refused(
            f"У работодателя {row.name if row else ''} нет действующих карт СОУТ. "
            "Загрузите отчёт или внесите карту."
        )
    return cards


def _head(actor: Actor, employer: int, cards: QuerySet[SoutCard]) -> tuple[SoutReport, Tree]:
    """Return the newest report with a head, joined with the people and instruments of the others in use."""
    used = list(cards.values_list("report", flat=True).distinct().order_by())
    rows = SoutReport.objects.visible_to(actor).filter(pk__in=used).order_by("-approved_on", "-pk")
    heads = [(row, report_head(actor, row)) for row in rows]
    whole = [each for each in heads if each[1]]
    report, head = whole[0] if whole else (heads[0][0], {})
    if not head:
        return report, _begun(actor, report, report.approved_on)
    for _, other in whole[1:]:
        _join(head, other)
    return report, head


def _join(head: Tree, other: Tree) -> None:
    """Add the people and instruments that cards of another report refer to."""
    mine, theirs = (tree.get("AttestationOrganization", {}) for tree in (head, other))
    for group, tag in (("Workers", "Expert"), ("Workers", "Worker"), ("Laboratory", "MeasuringTool")):
        rows = mine.get(group, {}).get(tag, [])
        known = {row.get("@Id") for row in rows}
        more = [row for row in theirs.get(group, {}).get(tag, ()) if row.get("@Id") not in known]
        if more:
            mine.setdefault(group, {})[tag] = [*rows, *more]


def _begun(actor: Actor, report: SoutReport, on: dt.date) -> Tree:
    """Return what is known of a report and its employer without asking."""
    party = requisites_on(actor, report.employer_id, on=on)
    row: Organization | None = organizations(actor).filter(pk=report.employer_id).first()
    cards = sout_cards(actor).filter(report=report)
    places = report.places_total or cards.count()
    assessed = report.places_assessed or cards.filter(kind="assessed").count()
    employer = {
        "Name": party.name, "OGRN": party.ogrn, "INN": party.inn, "DeJureAddress": party.address,
        "PostAddress": party.address, "E-mail": [party.email] if party.email else [],
        "Phone": [party.phone] if party.phone else [],
        "OKVED": {"Kod": [party.okved]} if party.okved else None,
    }  # fmt: skip
    assessor = {"Name": report.assessor, "INN": report.assessor_inn,
                "RegistrationNumber": report.assessor_number}  # fmt: skip
    return {
        "FileInfo": {"SchemeVersion": FORMAT, "DataSource": "Медтруд"},
        "Date": report.approved_on.isoformat(),
        "WorkPlacesQuantity": str(places),
        "WorkPlacesAttested": str(assessed),
        "AttestationOrganization": {name: text for name, text in assessor.items() if text},
        "Enterprise": {name: text for name, text in employer.items() if text},
    } | ({"Region": row.region} if row and row.region else {})


def _places(actor: Actor, cards: QuerySet[SoutCard]) -> Iterator[tuple[str, Tree]]:
    for kind in ("declared", "impossible"):
        yield from _of_kind(actor, cards, kind)
    groups: dict[tuple[int, int | None], list[str]] = {}
    for report, alike, number in (
        cards.filter(alike__isnull=False).order_by("alike", "kind", "source_row", "pk")
        .values_list("report", "alike", "number")
    ):  # fmt: skip
        groups.setdefault((report, alike), []).append(number)
    for numbers in groups.values():
        if len(numbers) > 1:
            yield GROUP, {"WorkPlaceId": numbers}
    for kind in ("similar", "assessed"):
        yield from _of_kind(actor, cards, kind)


def _of_kind(actor: Actor, cards: QuerySet[SoutCard], kind: str) -> Iterator[tuple[str, Tree]]:
    rows = cards.filter(kind=kind).order_by("source_row", "pk")
    for _, tag, tree in _trees(actor, rows):
        yield tag, tree


def _trees(actor: Actor, rows: QuerySet[SoutCard]) -> Iterator[tuple[SoutCard, str, Tree]]:
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), PORTION):
        portion = SoutCard.objects.visible_to(actor).filter(pk__in=keys[start : start + PORTION])
        found = {row.pk: row for row in portion}
        lines: dict[int, list[SoutLine]] = {}
        for line in SoutLine.objects.visible_to(actor).filter(card__in=list(found)).order_by("number"):
            lines.setdefault(line.card_id, []).append(line)
        for pk in keys[start : start + PORTION]:
            row = found[pk]
            box = card_box(row)
            tree = place_tree(vars(row), box["rest"], box["snils"], _detailed(lines.get(pk, [])))
            yield row, TAGS[row.kind], tree


def _detailed(lines: Sequence[SoutLine]) -> list[Any]:
    """Return the lines with the trees of the file; values typed by hand are put into trees."""
    return [
        line
        if line.detail
        else SimpleNamespace(
            factor=line.factor,
            detail=[(0, seed(FACTOR_TAGS[line.factor], line.levels, line.stated, line.stated_ppe))],
        )
        for line in lines
    ]
