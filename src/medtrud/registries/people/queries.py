"""Reading people: opening boxes, names of a page, search, matching."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Q, QuerySet

from medtrud.engines.signing.public import hasher, keyed_hash, unseal
from medtrud.engines.store.public import find, id_array
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound
from medtrud.kernel.identifiers import snils_digits, snils_format

from .models import Double, Merge, Person, PersonVersion
from .rules import (
    Hasher,
    asked_words,
    folded,
    looks_like_snils,
    same_text,
    snils_text,
    starts_like,
)
from .types import Identity, Match, Matches, MatchKind, PersonKeys, PersonName, PersonRow

CANDIDATES = 2000  # opened at most when a typed name is only the beginning of words
_STRANGER = "Карта не найдена. Проверьте СНИЛС или имя; карту другой организации открывает её владелец."


def open_box(box: bytes | memoryview, uid: UUID, key: int) -> Identity:
    """Open the box of one card."""
    return Identity(*orjson.loads(unseal(bytes(box), uid.bytes, key)))


def identity_of(person: Person) -> Identity:
    """Return the identity on a card the actor was allowed to load."""
    return open_box(person.box, person.uid, person.key)


def names_of(actor: Actor, ids: Iterable[int]) -> dict[int, PersonName]:
    """Return the names behind keys in one query; a key of a merged card gets the surviving name.

    Whom the actor may not see is missing in the answer.
    """
    columns = ("pk", "uid", "box", "key", "birth_date", "sex", "snils_doubtful")
    asked = Person.objects.visible_to(actor).filter(pk__in=set(ids))
    rows = asked.values_list("pk", *columns, "root_id", *(f"root__{column}" for column in columns[1:]))
    found = {}
    for asked_pk, *values in rows:
        pk, uid, box, key, birth_date, sex, doubtful = values[7:] if values[7] else values[:7]
        who = open_box(box, uid, key)
        number = snils_format(who.snils)
        found[asked_pk] = PersonName(pk, uid, who.full, who.short, birth_date, sex, number, doubtful)
    return found


def policies_of(actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Return the numbers of medical insurance policies behind keys, in one query; for printed forms."""
    rows = Person.objects.visible_to(actor).filter(pk__in=set(ids)).select_related("root")
    return {row.pk: identity_of(row.root or row).policy for row in rows}


def identities_of(actor: Actor, ids: Iterable[int]) -> dict[int, Identity]:
    """Return the whole identity behind keys, in one query; for documents that name every part of it."""
    rows = Person.objects.visible_to(actor).filter(pk__in=set(ids)).select_related("root")
    return {row.pk: identity_of(row.root or row) for row in rows}


def name_of(actor: Actor, person: int) -> PersonName:
    """Return the name behind one key."""
    found = names_of(actor, [person])
    if person not in found:
        raise NotFound(_STRANGER)
    return found[person]


def persons(actor: Actor) -> QuerySet[Person]:
    """Return the cards that stand for themselves, in alphabetical order."""
    return Person.objects.visible_to(actor).filter(root__isnull=True).order_by("name_rank", "pk")


def person_of(actor: Actor, uid: UUID) -> Person:
    """Return the card behind an address; the address of a merged card leads to the surviving one."""
    card: Person | None = Person.objects.visible_to(actor).filter(uid=uid).select_related("root").first()
    if card is None:
        raise NotFound(_STRANGER)
    return card.root or card


def person_find(actor: Actor, *, snils: str) -> Person:
    """Return the card with this СНИЛС among those the actor may see."""
    try:
        digits = snils_digits(snils)
    except ValueError as error:
        raise NotFound(str(error)) from None
    card = _by_snils(actor, digits).first()
    if card is None:
        raise NotFound(_STRANGER)
    return card.root or card


def _by_snils(actor: Actor, digits: str) -> QuerySet[Person]:
    """Return the cards with the number, standing or merged; two halves, because each has its own index."""
    same = keyed_hash(snils_text(digits))
    wanted = Q(snils_hash=same, root__isnull=True) | Q(snils_hash=same, root__isnull=False)
    return Person.objects.visible_to(actor).filter(wanted).select_related("root").order_by("root", "pk")


def persons_search(actor: Actor, text: str, *, limit: int = 200) -> list[int]:
    """Return the cards found by СНИЛС, by the beginning of the surname, by a name in any order."""
    if looks_like_snils(text):
        holders = _by_snils(actor, snils_digits(text)).values_list("pk", "root_id")
        return [root or pk for pk, root in holders[:limit]]
    digest, alternatives = hasher(), asked_words(text)
    if not alternatives:
        return []
    whole = Q(
        *(Q(search__contains=[digest(word) for word in words]) for words in alternatives), _connector=Q.OR
    )
    found = list(persons(actor).filter(whole).values_list("pk", flat=True)[:limit])
    return found or _by_beginnings(actor, text, alternatives, digest)[:limit]


def _by_beginnings(actor: Actor, text: str, alternatives: list[set[str]], digest: Hasher) -> list[int]:
    surnames = {word for words in alternatives for word in words if word.startswith("l ")}
    if len(alternatives) == 1:
        return []
    wanted = Q(search__overlap=[digest(word) for word in surnames])
    rows = persons(actor).filter(wanted).values_list("pk", "uid", "box", "key")[:CANDIDATES]
    return [pk for pk, uid, box, key in rows if starts_like(open_box(box, uid, key), text)]


def current_person(person: int) -> int:
    """Return the surviving card a key leads to."""
    return current_persons([person]).get(person, person)


def current_persons(ids: Collection[int]) -> dict[int, int]:
    """Return the surviving card of every key that was merged; a key that is missing stands for itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, root_id FROM people_person WHERE id = ANY(%s::bigint[]) AND root_id IS NOT NULL",
            [id_array(ids)],
        )
        return dict(cursor.fetchall())


def ids_of(person: int) -> list[int]:
    """Return every key that means this person: the surviving card and those merged into it."""
    root = current_person(person)
    everybody = Person.objects.unscoped("keys are resolved for everybody alike")
    return list(everybody.filter(Q(pk=root) | Q(root=root)).order_by("pk").values_list("pk", flat=True))


def versions_of(actor: Actor, person: Person) -> list[tuple[PersonVersion, Identity]]:
    """Return how the card read before, newest first."""
    rows = PersonVersion.objects.visible_to(actor).filter(person=person)
    return [(row, open_box(row.box, person.uid, row.key)) for row in rows]


def merges_of(actor: Actor, person: Person) -> list[Merge]:
    """Return what was merged into the card and what of it was undone, newest first."""
    rows = Merge.objects.visible_to(actor).filter(Q(kept=person) | Q(gone=person))
    return list(rows.select_related("kept", "gone").order_by("-merged_at", "-pk"))


def doubles(actor: Actor) -> QuerySet[Double]:
    """Return the pairs nobody has looked at yet, of cards that still stand for themselves."""
    open_pairs = Double.objects.visible_to(actor).filter(different_at__isnull=True)
    standing = open_pairs.filter(first__root__isnull=True, second__root__isnull=True)
    return standing.select_related("first", "second").order_by("first__name_rank", "pk")


def double_of(actor: Actor, uid: UUID) -> Double:
    """Return one pair, with both cards."""
    found = find(Double, actor, uid)
    pair: Double = Double.objects.visible_to(actor).select_related("first", "second").get(pk=found.pk)
    return pair


class _Card(NamedTuple):
    """A known card: the surviving key and what it is compared by."""

    pk: int
    snils: int | None
    same: int


_NEW = Match(MatchKind.NEW)
_KNOWN = """
SELECT p.{column}, coalesce(p.root_id, p.id), p.snils_hash, p.same_hash
FROM unnest(%s::bigint[]) AS asked(hash) JOIN people_person p ON p.{column} = asked.hash AND p.root_id IS NULL
UNION
SELECT p.{column}, p.root_id, p.snils_hash, p.same_hash
FROM unnest(%s::bigint[]) AS asked(hash)
JOIN people_person p ON p.{column} = asked.hash AND p.root_id IS NOT NULL
ORDER BY 2
"""


def persons_match(actor: Actor, rows: Sequence[PersonRow]) -> Matches:
    """Tell for every row whether the person is known; for importers, before they register.

    The whole register is compared, not only what the actor sees: one person has one card. The answer
    names nobody: it holds keys, and text about the row's own data.
    """
    keys = keys_of(rows)
    by_snils = _known("snils_hash", [key.snils for key in keys if key.snils is not None])
    by_name = _known("same_hash", [key.same for key in keys])
    earlier: dict[int, int] = {}
    matches = []
    for index, (row, key) in enumerate(zip(rows, keys, strict=True)):
        match = _NEW
        if key.snils in by_snils or key.same in by_name:
            match = _match_known(row, key, by_snils, by_name)
        if match.kind is MatchKind.NEW:
            match = _match_batch(row, key, keys, earlier, index)
        matches.append(match)
    return Matches(matches, keys)


def keys_of(rows: Sequence[PersonRow]) -> list[PersonKeys]:
    """Return what rows are compared by."""
    digest = hasher()
    keys = []
    for last, first, middle, born, _, snils, *_ in rows:
        same = digest(same_text((folded(last), folded(first), folded(middle)), born))
        keys.append(PersonKeys(digest(snils_text(snils_digits(snils))) if snils else None, same))
    return keys


def _known(column: str, hashes: list[int]) -> dict[int, list[_Card]]:
    """Return the cards by hash; the whole register, because one person has one card everywhere."""
    known: dict[int, list[_Card]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN.format(column=column), [id_array(hashes)] * 2)
        for value, *card in cursor.fetchall():
            known.setdefault(value, []).append(_Card(*card))
    return known


def _match_known(
    row: PersonRow,
    key: PersonKeys,
    by_snils: dict[int, list[_Card]],
    by_name: dict[int, list[_Card]],
) -> Match:
    holders = by_snils.get(key.snils, []) if key.snils is not None else []
    if holders:
        mine = next((card.pk for card in holders if card.same == key.same), None)
        if mine is not None:
            return Match(MatchKind.KNOWN, mine)
        return Match(MatchKind.CONFLICT, holders[0].pk, text=_number_of_another(row))
    namesakes = by_name.get(key.same, [])
    alike = {card.pk for card in namesakes if card.snils is None or key.snils is None}
    if len(alike) == 1:
        return Match(MatchKind.KNOWN, alike.pop())
    if len(alike) > 1:
        return Match(MatchKind.CONFLICT, namesakes[0].pk, text=_several(row))
    if namesakes:
        return Match(MatchKind.NAMESAKE, namesakes[0].pk, text=_another_number(row))
    return _NEW


def _match_batch(
    row: PersonRow, key: PersonKeys, keys: list[PersonKeys], earlier: dict[int, int], index: int
) -> Match:
    same_number = earlier.get(key.snils) if key.snils is not None else None
    same_name = earlier.get(key.same)
    if same_number is not None:
        if keys[same_number].same == key.same:
            return Match(MatchKind.REPEAT, row=same_number)
        return Match(MatchKind.CONFLICT, row=same_number, text=_number_twice(row))
    if same_name is not None:
        if keys[same_name].snils is None or key.snils is None:
            return Match(MatchKind.REPEAT, row=same_name)
        return Match(MatchKind.NAMESAKE, row=same_name, text=_another_number(row))
    earlier[key.same] = index
    if key.snils is not None:
        earlier[key.snils] = index
    return _NEW


def _number_of_another(row: PersonRow) -> str:
    number = snils_format(snils_digits(row.snils))
    return (
        f"СНИЛС {number} записан в карте с другим именем или датой рождения. "
        "Сверьте номер с документом; если человек сменил фамилию, исправьте его карту."
    )


def _another_number(row: PersonRow) -> str:
    return (
        f"{_who(row)}: уже есть карта с другим СНИЛС. "
        "Сверьте номер; если это полный тёзка, заведите его карту вручную."
    )


def _several(row: PersonRow) -> str:
    return f"{_who(row)}: таких карт несколько. Укажите СНИЛС, чтобы выбрать одну."


def _who(row: PersonRow) -> str:
    name = " ".join(part for part in (row.last_name, row.first_name, row.middle_name) if part)
    return f"{name}, {row.birth_date:%d.%m.%Y}"


def _number_twice(row: PersonRow) -> str:
    number = snils_format(snils_digits(row.snils))
    return f"СНИЛС {number} стоит в файле у двух разных людей. Сверьте номера с документами."


def email_of(person: int) -> str:
    """Return where letters to a person go, or nothing; only the sending connector asks."""
    rows = Person.objects.unscoped("a letter goes to the receiver of the notice").filter(pk=person)
    card: Person | None = rows.select_related("root").first()
    return identity_of(card.root or card).email if card else ""


def key_by_snils(snils: str) -> int | None:
    """Return the key of the person an account is bound to by his number; it names nobody."""
    try:
        digits = snils_digits(snils)
    except ValueError:
        return None
    card = _by_snils(Actor.job("an account is bound to its owner"), digits).first()
    return (card.root_id or card.pk) if card else None
