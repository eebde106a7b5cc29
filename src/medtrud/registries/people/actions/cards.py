"""How a card is written: the box, the hashes, the place in the alphabet. One code for one and for 100 000."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from struct import Struct
from typing import Any
from uuid import UUID

import orjson
from django.db import IntegrityError, connection
from django.db.models import Max, Min

from medtrud.engines.signing.public import hasher, key_current, seal, sealer
from medtrud.engines.store.public import NULL, copy_packed, ids_take, uids_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.identifiers import snils_controls, snils_digits

from ..models import Person
from ..queries import open_box
from ..rules import NameKey, folded, name_words, order_key, same_text, snils_text, surname_words, tidy_name
from ..types import Identity, PersonKeys, PersonRow, Sex

COLUMNS = (
    "id", "uid", "box", "key", "birth_date", "sex", "snils_hash", "snils_doubtful",
    "same_hash", "search", "name_rank", "changed_by", "entered_for",
)  # fmt: skip
STEP = 1024.0  # between two neighbours in the alphabet
NARROWEST = 1e-6  # a gap that small is closed by the nightly renumbering
_MERGE_SHARE, _MERGE_FREE = 4, 5000  # so many known cards are opened to place a batch among them
_EPOCH = dt.date(2000, 1, 1).toordinal()  # the database packs a day as a distance from it
# Every value is packed behind its length: 8 for a bigint, 16 for a uid, 4 for a day.
_HEAD, _KEY, _DAY = Struct("!hiqi16si"), Struct("!ihi"), Struct("!i")
_SAME, _LONG, _REAL = Struct("!i?iqiiiiii"), Struct("!iq"), Struct("!id")
_BIGINT, _ARRAY = 20, 20  # the type of the elements as the database numbers it; bytes before the first one

Values = tuple[str, ...]  # of an identity, in the order of its fields


class Words:
    """The hashes cards are found by, as the database packs them; equal words of a batch are hashed once."""

    def __init__(self) -> None:
        """Bind the key."""
        self._digest = hasher()
        self._known: dict[tuple[str, str], bytes] = {}

    def of(self, mark: str, name: str) -> bytes:
        """Return the hashes a part of the name is found by, in their order, each behind its length."""
        known = self._known.get((mark, name))
        if known is None:
            words = surname_words(name) if mark == "l" else name_words(mark, name)
            hashes = sorted(map(self._digest, words))
            known = self._known[mark, name] = b"".join(_LONG.pack(8, value) for value in hashes)
        return known


def sealed(identity: Identity, uid: UUID, birth_date: dt.date) -> dict[str, Any]:
    """Return the columns of one card that follow from its identity."""
    digest, words = hasher(), Words()
    search = b"".join(
        words.of(mark, name)
        for mark, name in zip(
            "lfm", (identity.last_name, identity.first_name, identity.middle_name), strict=True
        )
    )
    return {
        "box": seal(orjson.dumps(identity.as_list()), uid.bytes),
        "key": key_current(),
        "snils_hash": digest(snils_text(identity.snils)) if identity.snils else None,
        "snils_doubtful": bool(identity.snils) and not snils_controls(identity.snils),
        "same_hash": digest(same_text(order_key(identity), birth_date)),
        "search": [value for _, value in _LONG.iter_unpack(search)],
    }


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


def cards_write(actor: Actor, rows: Sequence[PersonRow], keys: Sequence[PersonKeys]) -> list[int]:
    """Write new cards by COPY; return their keys in the order of the rows."""
    values = [values_of(row) for row in rows]
    ids = ids_take(Person, len(rows))
    ranks = ranks_for([(folded(last), folded(first), folded(middle)) for last, first, middle, *_ in values])
    with connection.cursor() as cursor:
        # The search index takes a batch as a list first and is put in order when nobody waits.
        cursor.execute("SET LOCAL gin_pending_list_limit = '256MB'")
    try:
        copy_packed(
            "people_person", COLUMNS, _packed(actor, zip(rows, keys, values, ids, ranks, strict=True))
        )
    except IntegrityError as error:
        raise Refused(
            "СНИЛС из списка уже записан в карте другого человека. Повторите проверку списка: "
            "пока вы работали, эту карту завели."
        ) from error
    return ids


def _packed(
    actor: Actor, cards: Iterable[tuple[PersonRow, PersonKeys, Values, int, float | None]]
) -> Iterator[bytes]:
    """Pack cards the way COPY takes them."""
    box_of, words, dumps, count = sealer(), Words().of, orjson.dumps, len(COLUMNS)
    sexes = {sex.value: len(sex).to_bytes(4) + sex.encode() for sex in Sex}
    key = _KEY.pack(2, key_current(), 4)
    tail = _nullable(_LONG, actor.account) + _nullable(_LONG, actor.organization or None)
    for (row, (number, same), values, pk, rank), uid in zip(cards, uids_take(), strict=False):
        last, first, middle, snils, *_ = values
        box = box_of(dumps(values), uid)
        search = words("l", last) + words("f", first) + words("m", middle)
        doubtful = bool(snils) and not snils_controls(snils)
        yield b"".join((
            _HEAD.pack(count, 8, pk, 16, uid, len(box)),
            box,
            key,
            _DAY.pack(row.birth_date.toordinal() - _EPOCH),
            sexes[row.sex],
            NULL if number is None else _LONG.pack(8, number),
            _SAME.pack(
                1, doubtful, 8, same, _ARRAY + len(search), 1, 0, _BIGINT, len(search) // _LONG.size, 1
            ),
            search,
            NULL if rank is None else _REAL.pack(8, rank),
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
