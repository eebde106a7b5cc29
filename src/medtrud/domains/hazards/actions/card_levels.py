"""Levels of cards of conditions: written when a card comes, gone when its import is taken back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep_many, now
from medtrud.kernel.actor import Actor

from ..models import FactorLevel, SoutCard, SoutCodes, SoutLine
from ..queries.sout_codes import MEASURED, lines_by_card
from ..rules.card_levels import CODES, card_values
from ..rules.sout_measured import reading_of
from ..types.dose import LevelsChanged, air_categories, dose_norms

WHY = "levels follow from cards of any employer; nobody reads them here"
FACTORS = (*CODES, "dust")


@action
def card_levels_take(actor: Actor, *, workplaces: Collection[int] = (), report: Any = None) -> int:
    """Let the measurements of cards be levels of their workplaces; return how many levels are new.

    What was taken before stays as it is.
    """
    rows = SoutCard.objects.unscoped(WHY).filter(kind__in=MEASURED).select_related("report")
    rows = rows.filter(report__uid=report) if report else rows.filter(workplace__in=list(workplaces))
    cards = list(rows.order_by("pk"))
    places = set(workplaces) | {card.workplace_id for card in cards}
    held = FactorLevel.objects.unscoped(WHY).filter(
        workplace__in=places, origin="card", withdrawn_at__isnull=True
    )
    known = set(held.values_list("about", "code", "substance"))
    fresh = [row for card_rows in _made(cards) for row in card_rows if _key(row) not in known]
    keep_many(fresh)
    changed: dict[int, dict[int, dt.date]] = defaultdict(dict)
    for row in fresh:
        changed[row.employer_id].setdefault(row.workplace_id, row.since)
    for employer, since in changed.items():
        publish(LevelsChanged(employer, tuple(sorted(since)), min(since.values()), "карты СОУТ"))
    record(actor, "hazards.card_levels_take", count=len(fresh))
    return len(fresh)


def forget_card_levels(actor: Actor, cards: Sequence[UUID]) -> None:
    """Delete the levels of cards whose import is taken back: nothing of it stays."""
    FactorLevel.objects.visible_to(actor).filter(origin="card", about__in=list(cards)).delete()


def _key(row: FactorLevel) -> tuple[Any, str, str]:
    return row.about, row.code, row.substance


def _made(cards: list[SoutCard]) -> Iterator[list[FactorLevel]]:
    lines = lines_by_card(Actor.job("уровни карт СОУТ"), cards)
    ids = {line.pk for mine in lines.values() for line in mine if line.factor in FACTORS}
    whole = SoutLine.objects.unscoped(WHY).filter(pk__in=ids)
    details = {row.pk: row for row in whole}
    confirmed: dict[int, dict[str, str]] = defaultdict(dict)
    codes = SoutCodes.objects.unscoped(WHY).filter(card__in=cards).order_by("confirmed_at", "pk")
    for card, said in codes.values_list("card", "said"):
        confirmed[card] |= {
            subject: each["code"] for each in said for subject in (each.get("substances") or [""])
        }
    at = now()
    for card in cards:
        mine = [details[line.pk] for line in lines[card.pk] if line.pk in details]
        yield [row for line in mine for row in _levels(card, line, confirmed[card.pk], at)]


def _levels(card: SoutCard, line: SoutLine, dust: dict[str, str], at: dt.datetime) -> Iterator[FactorLevel]:
    measured, _ = reading_of(line.factor, [tree for _, tree in line.detail], line.levels)
    if measured is None:
        return
    limit = dose_norms()["noise_limit"].value
    day = min(card.measured_on or card.sheet_on or card.since, card.since)
    for each in card_values(measured, dust):
        norm = limit if each.code == CODES["noise"] else each.norm
        yield FactorLevel(
            employer_id=card.employer_id, workplace_id=card.workplace_id, code=each.code,
            substance=each.substance[:300], since=day, value=each.value, unit=each.unit, norm_max=norm,
            category=each.category if each.category in air_categories() else "",
            exceeded=norm is not None and round(each.value, 9) > norm, steps=[each.step], origin="card",
            document=f"карта СОУТ № {card.card_number or card.number}, {card.report}"[:300], about=card.uid,
            recorded_at=at,
        )  # fmt: skip
