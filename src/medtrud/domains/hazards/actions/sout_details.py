"""Details the exchange file demands beyond a card typed by hand: of the report and of one card."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from medtrud.engines.journal.public import record
from medtrud.engines.signing.public import key_current, seal
from medtrud.engines.store.public import action, find, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..drivers import ask_title, head_asks, ordered, place_asks, place_kind, put
from ..models import SoutAcquaintance, SoutCard, SoutCodes, SoutHead, SoutReport
from ..queries.sout_export import card_tree, head_of
from ..rules.sout_place import PlaceReader, head_problems, packed, report_of
from ..types.sout_file import Ask, Head, PlaceRead, Tree
from .sout_card import writing_of
from .sout_write import card_owner, portion_write


@action
def sout_head_set(actor: Actor, *, report: UUID, head: Tree) -> SoutHead:
    """Write the head of a report: who assessed, with what, the commission, the employer."""
    row = find(SoutReport, actor, report)
    _own(actor, row.employer_id)
    whole: Tree = dict(head, Date=row.approved_on.isoformat())
    if asks := head_asks(whole):
        raise Refused(f"Не хватает сведений: {_said(asks)}. Впишите их и повторите.")
    if problems := head_problems(Head(whole)):
        raise Refused(f"{problems[0].place}: {problems[0].text}")
    saved = SoutHead(
        employer_id=row.employer_id, report=row, key=key_current(),
        box=seal(packed(whole).encode(), card_owner(row.employer_id)),
        account=actor.account, recorded_at=now(),
    )  # fmt: skip
    saved.save()
    record(actor, "hazards.sout_head_set", row)
    return saved


@action
def sout_card_complete(actor: Actor, *, card: UUID, details: Mapping[str, str]) -> SoutCard:
    """Write the details of a card; the former version stays, the values and classes are as they were."""
    row = find(SoutCard, actor, card)
    _own(actor, row.employer_id)
    if row.until is not None:
        raise Refused("Это прежняя версия карты. Откройте действующую и дополните её.")
    tag, tree = card_tree(actor, row)
    for path, text in details.items():
        if text.strip():
            put(place_kind(tag), tree, path, text.strip())
    if asks := place_asks(tag, tree):
        raise Refused(f"Карта № {row.number}: не хватает сведений — {_said(asks)}.")
    facts = report_of(Head(head_of(actor, row.report, on=row.since)))
    if facts is None:
        raise Refused("В отчёте нет даты утверждения. Заполните сведения об отчёте.")
    facts.act, facts.number, facts.assessor = row.report.act, row.report.number, row.report.assessor
    place = PlaceRead(row.kind, ordered(place_kind(tag), tree), row.source_row or 0)
    read = PlaceReader(facts).card(place)
    read.alike, read.row = row.alike, row.source_row
    if bad := [each for each in place.problems if each.level == "error"]:
        raise Refused(f"Карта № {row.number}: {bad[0].text}")
    writing = writing_of(actor, facts)
    writing.places[row.number] = row.workplace_id
    list(portion_write(writing, [read]))
    if writing.saved is None:
        raise Refused("Эти сведения уже записаны.")
    saved: SoutCard = (
        SoutCard.objects.visible_to(actor).filter(report=writing.saved, number=row.number).latest("pk")
    )
    _kept(actor, row, saved)
    record(actor, "hazards.sout_card_complete", saved, details=len(details))
    return saved


def _kept(actor: Actor, former: SoutCard, card: SoutCard) -> None:
    """Keep who has read the card and which codes were confirmed: what they saw has not changed."""
    for model in (SoutAcquaintance, SoutCodes):
        rows = list(model.objects.visible_to(actor).filter(card=former).order_by("pk"))
        for row in rows:
            row.pk, row.uid, row.card = None, uuid4(), card
        model.objects.visible_to(actor).bulk_create(rows)


def _own(actor: Actor, employer: int) -> None:
    if actor.organization != employer:
        raise Refused("Карты СОУТ дополняет работодатель на своём рабочем месте.")


def _said(asks: list[Ask]) -> str:
    return "; ".join(
        dict.fromkeys(f"{ask_title(ask)}{f' ({ask.wrong})' if ask.wrong else ''}" for ask in asks[:8])
    )
