"""How a card is written: the box, the hashes, the place in the alphabet. One code for one and for 100 000."""

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Max, Min
from psycopg.errors import UniqueViolation

from medtrud.engines.signing.public import hasher, key_current, seal
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.identifiers import snils_controls, snils_digits

from ..models import Person
from ..queries import open_box
from ..rules import Hasher, name_words, order_key, same_text, snils_text, surname_words, tidy_name
from ..types import Identity, PersonRow

COLUMNS = (
    "id", "uid", "box", "key", "birth_date", "sex", "snils_hash", "snils_doubtful",
    "same_hash", "search", "name_rank", "changed_by", "entered_for",
)  # fmt: skip
STEP = 1024.0  # between two neighbours in the alphabet
NARROWEST = 1e-6  # a gap that small is closed by the nightly renumbering
PORTION = 1000  # lines sent at once
_MERGE_SHARE, _MERGE_FREE = 4, 5000  # so many known cards are opened to place a batch among them


class Sealed(NamedTuple):
    """The columns of one card that follow from its identity."""

    box: bytes
    key: int
    snils_hash: int | None
    snils_doubtful: bool
    same_hash: int
    search: list[int]


class Sealer:
    """Seals identities one after another; equal words of a batch are hashed once."""

    def __init__(self) -> None:
        """Bind the keys."""
        self.digest: Hasher = hasher()
        self.key = key_current()
        self._words: dict[tuple[str, str], list[int]] = {}

    def seal(self, identity: Identity, uid: UUID, birth_date: dt.date) -> Sealed:
        """Seal one identity."""
        values = identity.as_list()
        last, first, middle, snils = values[:4]
        return Sealed(
            seal(orjson.dumps(values), uid.bytes),
            self.key,
            self.digest(snils_text(snils)) if snils else None,
            bool(snils) and not snils_controls(snils),
            self.digest(same_text(order_key(identity), birth_date)),
            self.words("l", last) + self.words("f", first) + self.words("m", middle),
        )

    def words(self, mark: str, name: str) -> list[int]:
        """Return the hashes a part of the name is found by."""
        known = self._words.get((mark, name))
        if known is None:
            words = surname_words(name) if mark == "l" else name_words(mark, name)
            known = self._words[mark, name] = sorted(map(self.digest, words))
        return known


def identity_from(row: PersonRow) -> Identity:
    """Return the identity a row brings, tidied."""
    try:
        snils = snils_digits(row.snils) if row.snils else ""
    except ValueError as error:
        raise Refused(str(error)) from None
    last, first = tidy_name(row.last_name), tidy_name(row.first_name)
    if not (last and first):
        raise Refused("Карта без фамилии и имени не заводится. Впишите их, как в документе.")
    middle, rest = tidy_name(row.middle_name), (row.phone, row.email, row.policy, row.address)
    return Identity(last, first, middle, snils, *(text.strip() for text in rest))


def cards_write(actor: Actor, rows: Sequence[PersonRow]) -> list[int]:
    """Write new cards by COPY; return their keys in the order of the rows."""
    identities = [identity_from(row) for row in rows]
    ranks = ranks_for(identities)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('people_person', 'id')) FROM generate_series(1, %s)",
            [len(rows)],
        )
        ids = [pk for (pk,) in cursor.fetchall()]
        # The search index takes a batch as a list first and is put in order when nobody waits.
        cursor.execute("SET LOCAL gin_pending_list_limit = '256MB'")
        lines = _lines(zip(rows, identities, ids, ranks, strict=True), actor)
        try:
            with cursor.cursor.copy(
                f"COPY people_person ({', '.join(COLUMNS)}) FROM STDIN (NULL '')"
            ) as copy:
                while portion := "".join(islice(lines, PORTION)):
                    copy.write(portion)
        except UniqueViolation as error:
            raise Refused(
                "СНИЛС из списка уже записан в карте другого человека. Повторите проверку списка: "
                "пока вы работали, эту карту завели."
            ) from error
    return ids


def _lines(cards: Iterable[tuple[PersonRow, Identity, int, float | None]], actor: Actor) -> Iterator[str]:
    """Write cards as lines of COPY; there is no free text in them, so nothing needs escaping."""
    who = "" if actor.account is None else actor.account
    tail, sealer = f"{who}\t{actor.organization or ''}\n", Sealer()
    for row, identity, pk, rank in cards:
        uid = UUID(bytes=os.urandom(16), version=4)
        box, key, snils, doubtful, same, search = sealer.seal(identity, uid, row.birth_date)
        yield (
            f"{pk}\t{uid}\t\\\\x{box.hex()}\t{key}\t{row.birth_date}\t{row.sex}\t"
            f"{'' if snils is None else snils}\t{doubtful}\t{same}\t"
            f"{{{','.join(map(str, search))}}}\t{'' if rank is None else rank}\t{tail}"
        )


def ranks_for(identities: Sequence[Identity]) -> list[float | None]:
    """Place new names among the known ones; a small batch in a huge register waits for the renumbering."""
    order = sorted(range(len(identities)), key=lambda place: order_key(identities[place]))
    everybody = Person.objects.unscoped("the alphabet has everybody in it")
    ranks: list[float | None] = [None] * len(identities)
    if len(identities) == 1:
        ranks[0] = _rank_of_one(order_key(identities[0]))
        return ranks
    free = _MERGE_SHARE * len(identities) + _MERGE_FREE
    known_rows = everybody.filter(name_rank__isnull=False).order_by("name_rank", "pk")
    known = list(known_rows.values_list("name_rank", "uid", "box", "key")[: free + 1])
    if len(known) > free:
        return ranks
    names = [(order_key(open_box(box, uid, key)), rank) for rank, uid, box, key in known]
    _merge(order, [order_key(identities[place]) for place in order], names, ranks)
    return ranks


def _merge(
    order: list[int],
    new: list[tuple[str, str, str]],
    known: list[tuple[tuple[str, str, str], float]],
    ranks: list[float | None],
) -> None:
    """Give every new name a number between its known neighbours."""
    at = 0
    for gap in range(len(known) + 1):
        ceiling = known[gap][0] if gap < len(known) else None
        first = at
        while at < len(new) and (ceiling is None or new[at] < ceiling):
            at += 1
        count = at - first
        if not count:
            continue
        below = known[gap - 1][1] if gap else None
        above = known[gap][1] if gap < len(known) else None
        low, step = _spread(below, above, count)
        for place in range(count):
            ranks[order[first + place]] = low + step * (place + 1)


def _spread(below: float | None, above: float | None, count: int) -> tuple[float, float]:
    if below is None and above is None:
        return 0.0, STEP
    if above is None:
        return below or 0.0, STEP
    if below is None:
        return above - STEP * (count + 1), STEP
    return below, (above - below) / (count + 1)


def _rank_of_one(name: tuple[str, str, str]) -> float:
    """Find the neighbours by halving: some seventeen short queries among 100 000."""
    ranked = Person.objects.unscoped("the alphabet has everybody in it").filter(name_rank__isnull=False)
    ends = ranked.aggregate(low=Min("name_rank"), high=Max("name_rank"))
    if ends["low"] is None:
        return STEP
    below, above = ends["low"] - 2 * STEP, ends["high"] + 2 * STEP
    columns = ("name_rank", "uid", "box", "key")
    while above - below > NARROWEST:
        middle = (below + above) / 2
        row = ranked.filter(name_rank__gte=middle, name_rank__lt=above).order_by("name_rank")
        found = row.values_list(*columns).first()
        if found is None:
            row = ranked.filter(name_rank__gt=below, name_rank__lt=middle).order_by("-name_rank")
            found = row.values_list(*columns).first()
        if found is None:
            break
        rank, uid, box, key = found
        if order_key(open_box(box, uid, key)) <= name:
            below = rank
        else:
            above = rank
    return float(below + above) / 2
