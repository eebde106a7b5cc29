"""Reading the journal: for the security desk, for the history of one object, for verification."""

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from .models import Anchor, Head, Line, Suspicion, Watch
from .rules import BEGIN, break_of
from .types import Check

NUMBER_DIGITS = 19  # more do not fit the column
VERIFY = "the chain is verified whole"
_titles: dict[str, str] = {}


def titles_declare(titles: dict[str, str]) -> None:
    """Give actions their names in Russian: {"exams.referral_issue": "Выдано направление"}."""
    _titles.update(titles)


def title_of(action: str) -> str:
    """Return the name of an action for people; the code itself where none was given."""
    return _titles.get(action, action)


def lines(
    actor: Actor,
    *,
    text: str = "",
    outcome: str = "",
    role: str = "",
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
) -> QuerySet[Line]:
    """Return the lines that meet all filters given."""
    rows = Line.objects.visible_to(actor)
    given = {"outcome": outcome, "role": role, "at__gte": since, "at__lt": until}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    return line_search(rows, text) if text else rows


def journal_reached() -> int:
    """Return the number of the last line."""
    why = "only the number of the last line leaves the query"
    return Line.objects.unscoped(why).aggregate(last=Max("number"))["last"] or 0


def journal_touched(since: int, *modules: str) -> bool:
    """Tell whether anybody has done anything in these modules after a line."""
    why = "only whether there is such a line leaves the query"
    named = Q(*(Q(action__startswith=f"{module}.") for module in modules), _connector=Q.OR)
    return bool(Line.objects.unscoped(why).filter(named, number__gt=since).exists())


def line_search(rows: QuerySet[Line], text: str) -> QuerySet[Line]:
    """Find lines by number, by the uid of the object, by the code or name of the action, by the login."""
    text = text.strip().replace("\x00", "")
    if text.isdecimal() and len(text) < NUMBER_DIGITS:
        return rows.filter(number=int(text))
    with suppress(ValueError):
        return rows.filter(object=UUID(text))
    named = [code for code, title in _titles.items() if text.casefold() in title.casefold()]
    return rows.filter(Q(name__startswith=text) | Q(action__startswith=text) | Q(action__in=named))


def line_of(actor: Actor, uid: UUID) -> Line:
    """Return one line."""
    return find(Line, actor, uid)


def history_of(uid: UUID) -> QuerySet[Line]:
    """Return what was done with one object, the newest first; the caller has opened the object."""
    return Line.objects.unscoped("the caller has opened the object").filter(object=uid).order_by("-number")


def histories_of(uids: "Iterable[UUID] | QuerySet[Any]") -> QuerySet[Line]:
    """Return what was done with many objects, the newest first; the caller has been shown to own them."""
    rows = Line.objects.unscoped("the caller has been shown to own the objects")
    return rows.filter(object__in=uids).order_by("-number")


def suspicions(actor: Actor) -> QuerySet[Suspicion]:
    """Return what the rules have noticed, the newest first."""
    return Suspicion.objects.visible_to(actor).select_related("watch").order_by("-at", "-id")


def suspicion_of(actor: Actor, uid: UUID) -> Suspicion:
    """Return one of them."""
    return find(Suspicion, actor, uid)


def watch_of(actor: Actor, uid: UUID) -> Watch:
    """Return one rule."""
    return find(Watch, actor, uid)


def watches(actor: Actor) -> QuerySet[Watch]:
    """Return the rules in the order of their codes."""
    return Watch.objects.visible_to(actor).order_by("code")


def watched(watch: Watch, *, at: dt.datetime) -> list[dict[str, Any]]:
    """Return the accounts that a rule is about now: account, name, times, first and last line."""
    rows = Line.objects.unscoped("the rules look at everybody").filter(
        at__gt=at - dt.timedelta(minutes=watch.minutes), at__lte=at
    )
    if watch.action:
        rows = rows.filter(action=watch.action)
    if watch.outcome:
        rows = rows.filter(outcome=watch.outcome)
    found = rows.values("account", "name").annotate(
        times=Count("id"), first=Min("number"), last=Max("number")
    )
    return list(found.filter(times__gte=watch.times).order_by("account", "name"))


def watches_active() -> list[Watch]:
    """Return the rules that are in force."""
    return list(Watch.objects.unscoped("the rules look at everybody").filter(is_active=True).order_by("code"))


def suspicions_about(watch: Watch, account: int | None, name: str) -> list[Suspicion]:
    """Return what a rule has already noticed about an account, the newest first."""
    rows = Suspicion.objects.unscoped("the rules look at everybody")
    return list(rows.filter(watch=watch, account=account, name=name).order_by("-id")[:20])


def head_locked() -> Head | None:
    """Return the end of the chain; nobody else appends now."""
    return Head.objects.unscoped(VERIFY).select_for_update().first()


def head_now() -> Head | None:
    """Return the end of the chain."""
    return Head.objects.unscoped(VERIFY).first()


def begun() -> bool:
    """Tell whether there is anything of a chain."""
    return (
        Line.objects.unscoped(VERIFY).exists()
        or Anchor.objects.unscoped(VERIFY).exists()
        or Head.objects.unscoped(VERIFY).exists()
    )


def head_begin(head: Head) -> None:
    """Write the first head; of two at once one wins."""
    Head.objects.unscoped(VERIFY).bulk_create([head], ignore_conflicts=True)


def lines_add(rows: list[Line]) -> None:
    """Append lines."""
    Line.objects.unscoped(VERIFY).bulk_create(rows, batch_size=2000)


def verify(step: Callable[[int, int], None] = lambda done, total: None, *, expect: str = "") -> Check:
    """Walk the chain from its first line; stop at the first break.

    `expect` is "number:hash" written down outside the database after an earlier verification.
    """
    head = head_now()
    if head is None:
        text = "Пропала головная запись, по которой видно, где журнал кончается."
        return Check(0, 0, BEGIN, text if begun() else "")
    if not head.genuine():
        text = f"Головная запись (строка № {head.number}) изменена: печать установки не сходится."
        return Check(0, head.number, head.hash, text)
    anchors = dict(
        Anchor.objects.unscoped(VERIFY)
        .order_by("number")
        .values_list("number", "hash")
        .iterator(chunk_size=2000)
    )
    if expect:
        number, _, kept = expect.partition(":")
        anchors[int(number) if number.isdecimal() else 0] = kept.strip()
    expected, previous = 1, BEGIN
    rows = Line.objects.unscoped(VERIFY).filter(number__lte=head.number).order_by("number")
    for line in rows.iterator(chunk_size=2000):
        broken = break_of(line.covered(), line.hash, expected=expected, previous=previous)
        if not broken and anchors.pop(line.number, line.hash) != line.hash:
            broken = f"Строка № {line.number} не та, что стояла здесь при отметке: журнал переписан."
        if broken:
            return Check(expected - 1, line.number, line.hash, broken)
        expected, previous = expected + 1, line.hash
        if expected % 5000 == 0:
            step(expected, head.number)
    return Check(
        expected - 1, head.number, head.hash, _break_of_end(head, expected, previous, max(anchors, default=0))
    )


def _break_of_end(head: Head, expected: int, previous: str, anchored: int) -> str:
    """Say what is wrong with the end of the chain."""
    if head.number >= expected:
        return f"Нет строк № {expected} - {head.number}: конец журнала удалён."
    if head.hash != previous:
        return f"Последняя строка № {head.number} не та, что записана в голове журнала."
    if anchored > head.number:
        return f"Нет строк № {expected} - {anchored}: конец журнала удалён вместе с головной записью."
    fresh = head_now()
    if Line.objects.unscoped(VERIFY).filter(number__gt=fresh.number if fresh else head.number).exists():
        return f"После строки № {head.number} есть строки, записанные мимо журнала."
    return ""
