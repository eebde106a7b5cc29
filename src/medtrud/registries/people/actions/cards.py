"""How a card is written: the box, the hashes, the place in the alphabet. One code for one and for 100 000."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from struct import Struct
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import IntegrityError, connection
from django.db.models import Max, Min

from medtrud.engines.signing.public import digester, key_current, sealer
from medtrud.engines.store.public import NULL, copy_packed, ids_take, uids_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.identifiers import snils_controls, snils_digits

from ..models import Person
from ..queries import open_box
from ..rules import NameKey, folded, name_words, order_key, same_text, snils_text, surname_words, tidy_name
from ..types import Identity, PersonRow, Sex

COLUMNS = (
    "id", "uid", "box", "key", "birth_date", "sex", "snils_hash", "snils_doubtful",
    "same_hash", "search", "name_rank", "changed_by", "entered_for",
)  # fmt: skip
STEP = 1024.0  # between two neighbours in the alphabet
NARROWEST = 1e-6  # a gap that small is closed by the nightly renumbering
_MERGE_SHARE, _MERGE_FREE = 4, 5000  # so many known cards are opened to place a batch among them
_EPOCH = dt.date(2000, 1, 1).toordinal()  # the database packs a day as a distance from it
# Every value is packed behind its length: 8 for a bigint, 16 for a uid, 4 for a day.
_HEAD, _PLACE, _ITEM = Struct("!hiqi16si"), Struct("!ihii"), 12
_NUMBER, _MARK, _SAME = Struct("!i8s"), Struct("!i?"), Struct("!i8siiiiii")
_LONG, _REAL = Struct("!iq"), Struct("!id")
_BIGINT, _ARRAY = 20, 20  # the type of the elements as the database numbers it; bytes before the first one

Values = tuple[str, ...]  # of an identity, in the order of its fields


class Sealed(NamedTuple):
    """The columns of one card that follow from its identity, hashes as the database packs them."""

    box: bytes
    key: int
    snils: bytes  # eight bytes, or none
    doubtful: bool
    same: bytes
    search: bytes  # each hash behind its length

    def columns(self) -> dict[str, Any]:
        """Return them as the fields of a card."""
        return {
            "box": self.box,
            "key": self.key,
            "snils_hash": _number(self.snils) if self.snils else None,
            "snils_doubtful": self.doubtful,
            "same_hash": _number(self.same),
            "search": [_number(self.search[at - 8 : at]) for at in range(_ITEM, len(self.search) + 1, _ITEM)],
        }


class Sealer:
    """Seals identities one after another; equal words of a batch are hashed once."""

    def __init__(self) -> None:
        """Bind the keys."""
        self.digest, self.box, self.key = digester(), sealer(), key_current()
        self._words: dict[tuple[str, str], bytes] = {}

    def seal(self, values: Values, name: NameKey, uid: bytes, birth_date: dt.date) -> Sealed:
        """Seal one identity."""
        last, first, middle, snils, *_ = values
        return Sealed(
            self.box(orjson.dumps(values), uid),
            self.key,
            self.digest(snils_text(snils)) if snils else b"",
            bool(snils) and not snils_controls(snils),
            self.digest(same_text(name, birth_date)),
            self.words("l", last) + self.words("f", first) + self.words("m", middle),
        )

    def words(self, mark: str, name: str) -> bytes:
        """Return the hashes a part of the name is found by."""
        known = self._words.get((mark, name))
        if known is None:
            words = surname_words(name) if mark == "l" else name_words(mark, name)
            hashes = sorted(map(self.digest, words), key=_number)
            known = self._words[mark, name] = b"".join(_NUMBER.pack(8, value) for value in hashes)
        return known


def sealed(identity: Identity, uid: UUID, birth_date: dt.date) -> Sealed:
    """Seal one identity."""
    return Sealer().seal(tuple(identity.as_list()), order_key(identity), uid.bytes, birth_date)


def _number(value: bytes) -> int:
    return int.from_bytes(value, "big", signed=True)


def values_of(row: PersonRow) -> Values:
    """Return what a row brings for the box, tidied."""
    try:
        snils = snils_digits(row.snils) if row.snils else ""
    except ValueError as error:
        raise Refused(str(error)) from None
    last, first = tidy_name(row.last_name), tidy_name(row.first_name)
    if not (last and first):
        raise Refused("Карта без фамилии и имени не заводится. Впишите их, как в документе.")
    rest = row.phone.strip(), row.email.strip(), row.policy.strip(), row.address.strip()
    return last, first, tidy_name(row.middle_name), snils, *rest


def cards_write(actor: Actor, rows: Sequence[PersonRow]) -> list[int]:
    """Write new cards by COPY; return their keys in the order of the rows."""
    values = [values_of(row) for row in rows]
    names = [(folded(last), folded(first), folded(middle)) for last, first, middle, *_ in values]
    ids, ranks = ids_take(Person, len(rows)), ranks_for(names)
    with connection.cursor() as cursor:
        # The search index takes a batch as a list first and is put in order when nobody waits.
        cursor.execute("SET LOCAL gin_pending_list_limit = '256MB'")
    try:
        copy_packed(
            "people_person", COLUMNS, _packed(actor, rows, zip(values, names, ids, ranks, strict=True))
        )
    except IntegrityError as error:
        raise Refused(
            "СНИЛС из списка уже записан в карте другого человека. Повторите проверку списка: "
            "пока вы работали, эту карту завели."
        ) from error
    return ids


def _packed(
    actor: Actor, rows: Sequence[PersonRow], cards: Iterable[tuple[Values, NameKey, int, float | None]]
) -> Iterator[bytes]:
    """Pack cards the way COPY takes them."""
    sealer, count = Sealer(), len(COLUMNS)
    sexes = {sex.value: len(sex).to_bytes(4) + sex.encode() for sex in Sex}
    tail = _nullable(_LONG, actor.account) + _nullable(_LONG, actor.organization or None)
    for row, uid, (values, name, pk, rank) in zip(rows, uids_take(len(rows)), cards, strict=True):
        box, key, snils, doubtful, same, search = sealer.seal(values, name, uid, row.birth_date)
        yield b"".join((
            _HEAD.pack(count, 8, pk, 16, uid, len(box)),
            box,
            _PLACE.pack(2, key, 4, row.birth_date.toordinal() - _EPOCH),
            sexes[row.sex],
            _NUMBER.pack(8, snils) if snils else NULL,
            _MARK.pack(1, doubtful),
            _SAME.pack(8, same, _ARRAY + len(search), 1, 0, _BIGINT, len(search) // _ITEM, 1),
            search,
            _nullable(_REAL, rank),
            tail,
        ))  # fmt: skip


def _nullable(pack: Struct, value: float | None) -> bytes:
    return NULL if value is None else pack.pack(8, value)


def ranks_for(names: Sequence[NameKey]) -> list[float | None]:
    """Place new names among the known ones; a small batch in a huge register waits for the renumbering."""
    if len(names) == 1:
        return [_rank_of_one(names[0])]
    order = sorted(range(len(names)), key=names.__getitem__)
    ranks: list[float | None] = [None] * len(names)
    everybody = Person.objects.unscoped("the alphabet has everybody in it")
    free = _MERGE_SHARE * len(names) + _MERGE_FREE
    known_rows = everybody.filter(name_rank__isnull=False).order_by("name_rank", "pk")
    known = list(known_rows.values_list("name_rank", "uid", "box", "key")[: free + 1])
    if len(known) > free:
        return ranks
    others = [(order_key(open_box(box, uid, key)), rank) for rank, uid, box, key in known]
    _merge(order, [names[place] for place in order], others, ranks)
    return ranks


def _merge(
    order: list[int],
    new: list[NameKey],
    known: list[tuple[NameKey, float]],
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


def _rank_of_one(name: NameKey) -> float:
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
