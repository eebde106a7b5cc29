"""Work over the whole register: the alphabet, doubles, a new key."""

from itertools import combinations, groupby
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from medtrud.engines.journal.public import record
from medtrud.engines.signing.public import key_current
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor

from ..models import Double, Person, PersonVersion
from ..queries import open_box
from ..rules import likeness, order_key
from .cards import STEP, sealed

_RANK = """
UPDATE people_person p SET name_rank = new.rank FROM unnest(%s::bigint[], %s::float8[]) AS new(id, rank)
WHERE p.id = new.id AND p.name_rank IS DISTINCT FROM new.rank
"""
PORTION = 1000


@action
def persons_settle(actor: Actor) -> None:
    """Finish what a list of new people left for later: the alphabet, the search index, doubles."""
    if _everybody().filter(name_rank__isnull=True).exists():
        persons_rank(actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('people_person_search')")
    doubles_find(actor)


@action
def persons_rank(actor: Actor) -> int:
    """Number everybody by the alphabet anew; return how many cards there are."""
    rows = _everybody().values_list("pk", "uid", "box", "key", "birth_date")
    names = [
        (order_key(open_box(box, uid, key)), born, pk) for pk, uid, box, key, born in rows.iterator(PORTION)
    ]
    names.sort()
    with connection.cursor() as cursor:
        cursor.execute(
            _RANK, [[pk for *_, pk in names], [place * STEP for place in range(1, len(names) + 1)]]
        )
        cursor.execute("SELECT gin_clean_pending_list('people_person_search')")
    record(actor, "people.persons_rank", count=len(names))
    return len(names)


@action
def doubles_find(actor: Actor) -> int:
    """Compare the cards born on one day; remember new pairs that may be one person."""
    rows = _everybody().filter(root__isnull=True).order_by("birth_date", "pk")
    columns = rows.values_list("birth_date", "pk", "uid", "box", "key")
    found = []
    for _, day in groupby(columns.iterator(PORTION), key=lambda row: row[0]):
        people = [(pk, open_box(box, uid, key)) for _, pk, uid, box, key in day]
        for (first, one), (second, other) in combinations(people, 2):
            if text := likeness(one, other):
                found.append(Double(first_id=first, second_id=second, likeness=text, found_at=Now()))
    pairs = Double.objects.unscoped("pairs are found for everybody")
    before = pairs.count()
    pairs.bulk_create(found, ignore_conflicts=True)
    fresh = pairs.count() - before
    record(actor, "people.doubles_find", fresh=fresh)
    return fresh


def _everybody() -> QuerySet[Person]:
    return Person.objects.unscoped("the whole register is worked over; nobody is shown to anybody")


@action
def persons_reseal(actor: Actor) -> int:
    """Seal anew, with the current key, every box an older key sealed; return how many."""
    done = 0
    for model in (Person, PersonVersion):
        old: QuerySet[Any] = (
            model.objects.unscoped("every box is sealed anew").exclude(key=key_current()).order_by("pk")
        )
        for row in old.select_for_update(of=("self",)).iterator(PORTION):
            uid, born = (row.uid, row.birth_date) if model is Person else (row.person.uid, row.birth_date)
            fresh = sealed(open_box(row.box, uid, row.key), uid, born)
            model.objects.unscoped("found above").filter(pk=row.pk).update(box=fresh["box"], key=fresh["key"])
            done += 1
    record(actor, "people.persons_reseal", count=done)
    return done
