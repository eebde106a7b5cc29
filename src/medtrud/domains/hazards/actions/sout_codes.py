"""Codes of the annex to order 29н for cards: a person confirms, the workplaces get their factors."""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused

from ..models import SoutCard, SoutCodes, WorkplaceFactor
from ..queries.sout_codes import lines_by_card, subjects_of
from ..types import FactorIn, WorkplaceFactors, classes, factor_parse, harmful_classes
from .factors import said, write_factors


@action
def sout_codes_confirm(
    actor: Actor,
    *,
    cards: Sequence[UUID],
    codes: Mapping[str, str],
    on: dt.date,
    harmful_only: bool = True,
    replace: bool = False,
) -> int:
    """Record which code each factor of these cards is; return how many workplaces have changed.

    codes: "factor:substance" -> code, "" = none. harmful_only leaves out lines of class 1 and 2.
    replace: production factors (sections I-V) the cards do not name are taken off the workplaces.
    """
    rows = list(SoutCard.objects.visible_to(actor).filter(uid__in=list(cards)).order_by("pk"))
    if len(rows) != len(set(cards)):
        raise NotFound("Карта не найдена. Возможно, она относится к другой организации.")
    if foreign := [row for row in rows if actor.organization != row.employer_id]:
        raise Refused(f"Коды подтверждает работодатель. Карта № {foreign[0].number} не ваша.")
    known = {key: factor_parse(code, on).code if code else "" for key, code in codes.items()}
    lines = lines_by_card(actor, rows)
    held = _held(actor, [row.workplace_id for row in rows])
    ready: dict[tuple[dt.date, str], list[WorkplaceFactors]] = {}
    confirmed = []
    for row in rows:
        wanted: dict[str, FactorIn] = {}
        for line in lines[row.pk]:
            for subject, stated in subjects_of(line):
                code = known.get(f"{line.factor}:{subject}", "")
                if code and (not harmful_only or stated in harmful_classes()):
                    wanted[code] = _joined(wanted.get(code), code, subject, stated)
        others = held.get(row.workplace_id, [])
        since = row.since if all(each.since <= row.since for each in others) else on
        kept = [
            said(each) for each in others if each.code not in wanted and not (replace and _produced(each, on))
        ]
        place = WorkplaceFactors(row.workplace_id, (*kept, *wanted.values()))
        ready.setdefault((since, f"карта СОУТ № {row.card_number or row.number}"), []).append(place)
        confirmed.append(
            SoutCodes(
                employer_id=row.employer_id, card=row, codes=sorted(wanted), since=since, confirmed_at=now(),
                account=actor.account,
                said=[{"code": each.code, "substances": each.substances, "class": each.sout_class}
                      for each in wanted.values()],
            )
        )  # fmt: skip
    changed = sum(
        write_factors(actor, places, since=since, basis=basis) for (since, basis), places in ready.items()
    )
    SoutCodes.objects.visible_to(actor).bulk_create(confirmed, batch_size=1000)
    record(actor, "hazards.sout_codes_confirm", count=len(rows), changed=changed)
    return changed


def _held(actor: Actor, workplaces: Sequence[int]) -> dict[int, list[WorkplaceFactor]]:
    found: dict[int, list[WorkplaceFactor]] = {}
    rows = WorkplaceFactor.objects.visible_to(actor).filter(workplace__in=workplaces, until__isnull=True)
    for row in rows:
        found.setdefault(row.workplace_id, []).append(row)
    return found


def _joined(known: FactorIn | None, code: str, subject: str, stated: str) -> FactorIn:
    """Join two substances of one code: their names together, the worse of their classes."""
    mine = stated if stated in classes() else ""
    if known is None:
        return FactorIn(code, (subject,) if subject else (), None, mine)
    names = dict.fromkeys((*known.substances, *((subject,) if subject else ())))
    return FactorIn(code, tuple(names), None, max(known.sout_class, mine))


def _produced(row: WorkplaceFactor, on: dt.date) -> bool:
    return factor_parse(row.code, on).production
