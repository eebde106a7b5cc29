"""Which organisation may see whom."""

import datetime as dt
from collections.abc import Collection

from django.db import connection
from django.db.models import Q

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, id_array
from medtrud.kernel.actor import Actor

from ..models import Acquaintance

_SHARE = """
WITH card AS (
    SELECT p.id, p.root_id, p.entered_for FROM people_person p
    WHERE p.id = ANY(%(persons)s::bigint[])
    AND (p.entered_for IS DISTINCT FROM %(organization)s OR p.root_id IS NOT NULL)),
everyone AS (
    SELECT id FROM card WHERE entered_for IS DISTINCT FROM %(organization)s
    UNION
    SELECT p.id FROM card JOIN people_person p ON p.id = card.root_id
    WHERE p.entered_for IS DISTINCT FROM %(organization)s)
INSERT INTO people_acquaintance (uid, person_id, organization, until)
SELECT gen_random_uuid(), everyone.id, %(organization)s, %(until)s FROM everyone
WHERE NOT EXISTS (
    SELECT 1 FROM people_acquaintance a WHERE a.organization = %(organization)s AND a.person_id = everyone.id
    AND (a.until IS NULL OR a.until >= coalesce(%(until)s::date, 'infinity'::date)))
"""
_UNSHARE = """
WITH card AS (
    UPDATE people_person p SET entered_for = NULL
    WHERE p.entered_for = %(organization)s AND p.id = ANY(%(persons)s)
    RETURNING p.id, p.changed_at)
INSERT INTO people_acquaintance (uid, person_id, organization, shared_at, until)
SELECT gen_random_uuid(), card.id, %(organization)s, card.changed_at, %(on)s FROM card
"""


def share(persons: Collection[int], organization: int, until: dt.date | None = None) -> None:
    """Let an organisation see people and the cards they were merged into until a day, or until taken back."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARE, {"persons": id_array(persons), "organization": organization, "until": until})


@action
def person_share(
    actor: Actor, *, persons: Collection[int], organization: int, until: dt.date | None = None
) -> None:
    """Let an organisation see who people are; the caller has checked the ground: a contract, a referral."""
    share(persons, organization, until)
    record(actor, "people.person_share", organization=organization, count=len(persons))


@action
def person_unshare(actor: Actor, *, persons: Collection[int], organization: int, on: dt.date) -> None:
    """Take the sight back from a day on."""
    known = Acquaintance.objects.unscoped("the rows of the named organisation").filter(
        organization=organization
    )
    known.filter(Q(until__isnull=True) | Q(until__gt=on), person__in=persons).update(until=on)
    with connection.cursor() as cursor:
        cursor.execute(_UNSHARE, {"on": on, "organization": organization, "persons": list(persons)})
    record(actor, "people.person_unshare", organization=organization, count=len(persons))
