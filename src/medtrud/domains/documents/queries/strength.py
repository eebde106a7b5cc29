"""Of what kind the signatures of versions are: by the list of accredited issuers of the day of signing."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from medtrud.engines.signing.public import facts_of
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound
from medtrud.registries.reference.public import Edition, book_of, codes_get, editions

from ..models import Version
from ..types.strength import ISSUERS, SINCE, UNTIL, Issuers, Judged, judged
from .signing import Put, signatures_many

READ = Actor.job("the list of accredited issuers is no secret")


class Lists:
    """The editions of the list, each read once for the issuers in question."""

    def __init__(self, issuers: Iterable[str]) -> None:
        self.issuers = sorted(set(issuers))
        self.read: dict[int, Issuers] = {}
        self.editions: list[tuple[dt.date, Edition]] = []  # the latest first
        try:
            approved = editions(READ, book_of(READ, ISSUERS)).filter(state="approved") if self.issuers else ()
        except NotFound:  # an installation older than the book
            return
        self.editions = [(row.since, row) for row in approved if row.since]

    def on(self, day: dt.date) -> Issuers | None:
        """Return the list in force on a day; before the first one, the first one serves."""
        started = [pair for pair in self.editions if pair[0] <= day] or self.editions[-1:]
        if not started:
            return None
        since, row = started[0]
        if row.until is not None and row.until <= day:
            return None
        if row.pk not in self.read:
            found = codes_get(READ, ISSUERS, self.issuers, since)
            rows = {code.lower(): _row(item.title, item.data) for code, item in found.items()}
            self.read[row.pk] = Issuers(row.version, rows)
        return self.read[row.pk]


def strengths_of(puts: Iterable[Put]) -> dict[UUID, Judged]:
    """Return the kind of each signature by its uid; the caller has shown the documents to the seat."""
    told: list[tuple[Put, str, bool]] = []
    for put in puts:
        row = put.row.certificate
        issuer = facts_of(row).issuer_key_id.hex() if row else ""
        told.append((put, issuer, bool(row and row.own)))
    lists = Lists(issuer for _, issuer, own in told if issuer and not own)
    found = {}
    for put, issuer, own in told:
        on = timezone.localtime(put.row.added_at).date()
        known = None if own or not issuer else lists.on(on)
        found[put.row.uid] = judged(issuer, on, known, good=put.verdict.good, own=own)
    return found


def version_strengths(versions: Iterable[Version]) -> dict[UUID, list[Judged]]:
    """Return the kinds of the signatures of versions by their uid."""
    puts = signatures_many(versions)
    kinds = strengths_of(put for rows in puts.values() for put in rows)
    return {uid: [kinds[put.row.uid] for put in rows] for uid, rows in puts.items()}


def _row(title: str, data: Mapping[str, Any]) -> tuple[str, dt.date | None, dt.date | None]:
    return title, _day(data.get(SINCE)), _day(data.get(UNTIL))


def _day(said: object) -> dt.date | None:
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(str(said or "").strip(), form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return None
