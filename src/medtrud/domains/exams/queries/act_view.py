"""Reading acts: the items with their numbers, comparison, the lists behind them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound

from ..models import ActMember, ActMemberMedical, FinalAct
from ..rules.decisions import ActItem, act_item, act_items
from ..types.act_view import ActDiseaseView, ActLineView, ActMeasureView, ActPart
from ..types.numbers import ActNumbers
from ..types.states import MeasureState
from .act_measures import measures_of, previous_act, state_words

PARTS = {
    "women": "женщин",
    "minors": "до 18 лет",
    "disabled": "со стойкой степенью утраты трудоспособности",
}
LISTS = {10: 8, 12: 11, 14: 13}  # the list of one item is the people of another
DISEASES = {24: "chronic", 25: "occupational", 26: "infectious"}
CLOSED = "Список за этим числом вашему рабочему месту не открыт. Числа и списки, которые видны, подчёркнуты."


def act_of(actor: Actor, uid: UUID) -> FinalAct:
    """Return one version of an act; a stranger gets 404."""
    found = find(FinalAct, actor, uid)
    rows = FinalAct.objects.visible_to(actor).select_related("campaign", "employer", "clinic", "chair")
    row: FinalAct = rows.get(pk=found.pk)
    return row


def versions_of(actor: Actor, act: FinalAct) -> QuerySet[FinalAct]:
    """Return all versions of an act, the latest first."""
    rows: QuerySet[FinalAct] = FinalAct.objects.visible_to(actor).filter(campaign=act.campaign_id)
    return rows.order_by("-version")


def compared_with(actor: Actor, act: FinalAct, uid: UUID | None) -> FinalAct | None:
    """Return the act to compare with: the named one of the same employer, or the version or act before."""
    rows = FinalAct.objects.visible_to(actor).filter(employer=act.employer_id, clinic=act.clinic_id)
    if uid is not None:
        named: FinalAct | None = rows.filter(uid=uid).exclude(pk=act.pk).first()
        return named
    earlier: FinalAct | None = rows.filter(campaign=act.campaign_id, version=act.version - 1).first()
    return earlier or previous_act(act.campaign)


def comparable(actor: Actor, act: FinalAct) -> QuerySet[FinalAct]:
    """Return the acts of the same two sides, for choosing."""
    rows: QuerySet[FinalAct] = FinalAct.objects.visible_to(actor).filter(
        employer=act.employer_id, clinic=act.clinic_id
    )
    return rows.exclude(pk=act.pk).order_by("-signed_on", "-version")


def lines_of_act(
    actor: Actor, act: FinalAct, other: FinalAct | None, heads: Mapping[int, str]
) -> list[ActLineView]:
    """Return the 28 items of a closed act as this seat sees them."""
    was = other.items if other else {}
    return [_line(item, act.items, was, heads, actor.role, act) for item in act_items(act.as_of)]


def lines_of_numbers(
    numbers: ActNumbers,
    extra: Mapping[str, Any],
    was: Mapping[str, Any],
    as_of: dt.date,
    heads: Mapping[int, str],
) -> list[ActLineView]:
    """Return the items as they would stand if the act were closed now."""
    items = {**numbers.as_json(), **extra}
    return [_line(item, items, was, heads, Role.NOBODY, None) for item in act_items(as_of)]


def _line(
    item: ActItem,
    items: Mapping[str, Any],
    was: Mapping[str, Any],
    heads: Mapping[int, str],
    role: Role,
    act: FinalAct | None,
) -> ActLineView:
    value, before = _value(item, items, heads), _value(item, was, {}) if was else ""
    return ActLineView(
        number=item.number,
        title=item.title,
        value=value,
        parts=_parts(item.number, items, was),
        diseases=_diseases(item.number, items),
        measures=_measures(item.number, items, act),
        was=before if before not in (value, "") else "",
        opens=bool(act) and opens(item, role) and value not in ("0", "—"),
    )


def opens(item: ActItem, role: Role) -> bool:
    """Tell whether the list behind a number is for this seat: п. 46 gives the employer some, not all."""
    medical = role in {Role.CLINIC, Role.COMMISSION} and item.audience == "medical"
    return medical or (role in {Role.CLINIC, Role.COMMISSION, Role.EMPLOYER} and item.audience == "parties")


def _value(item: ActItem, items: Mapping[str, Any], heads: Mapping[int, str]) -> str:
    if item.number in heads:
        return heads[item.number]
    if item.kind == "measures" or not items:
        return ""
    if item.title.endswith("%"):
        return str(items["coverage"])
    count = items["counts"].get(str(LISTS.get(item.number, item.number)))
    return str(count["total"]) if count else ""


def _parts(number: int, items: Mapping[str, Any], was: Mapping[str, Any]) -> tuple[ActPart, ...]:
    count = items.get("counts", {}).get(str(number), {})
    before = was.get("counts", {}).get(str(number), {}) if was else {}
    return tuple(
        ActPart(title, count[name], before.get(name) if before.get(name) != count[name] else None)
        for name, title in PARTS.items()
        if count.get(name) is not None
    )


def _diseases(number: int, items: Mapping[str, Any]) -> tuple[ActDiseaseView, ...]:
    rows = items.get(DISEASES.get(number, ""), ())
    return tuple(ActDiseaseView(row["icd_class"], row["title"], row["count"]) for row in rows)


def _measures(number: int, items: Mapping[str, Any], act: FinalAct | None) -> tuple[ActMeasureView, ...]:
    if number == 27:  # noqa: PLR2004 - the item of the act
        rows = items.get("fulfilled", ())
        return tuple(
            ActMeasureView(row["text"], row["state"], MeasureState(row["status"]).tone) for row in rows
        )
    if number != 28:  # noqa: PLR2004 - the item of the act
        return ()
    if act is None:
        return tuple(ActMeasureView(text) for text in items.get("recommended", ()))
    return tuple(
        ActMeasureView(row.text, state_words(row), MeasureState(row.status).tone, str(row.uid))
        for row in measures_of(act)
    )


def members_of_item(actor: Actor, act: FinalAct, number: int) -> QuerySet[Any]:
    """Return the rows behind a number, from the table this seat may read."""
    item = act_item(number, act.as_of)
    if item is None or not opens(item, actor.role):
        raise NotFound(CLOSED)
    if item.audience == "medical" or (number == 23 and actor.role != Role.EMPLOYER):  # noqa: PLR2004
        rows: QuerySet[Any] = ActMemberMedical.objects.visible_to(actor).filter(act=act, item=number)
        return rows.select_related("exam", "person")
    members: QuerySet[Any] = ActMember.objects.visible_to(actor).filter(act=act, items__contains=[number])
    return members.select_related("exam", "person")
