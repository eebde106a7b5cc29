"""Which organisation may see whom."""

import datetime as dt
from collections.abc import Collection

from django.db import connection
from django.db.models import Q

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, id_array
from medtrud.kernel.actor import Actor

from ..models import Acquaintance
from ..queries import current_persons

_SHARE = """
INSERT INTO people_acquaintance (uid, person_id, organization, until)
SELECT gen_random_uuid(), asked.id, %s, %s FROM unnest(%s::bigint[]) AS asked(id)
WHERE NOT EXISTS (
    SELECT 1 FROM people_acquaintance a WHERE a.organization = %s AND a.person_id = asked.id
    AND (a.until IS NULL OR a.until >= coalesce(%s::date, 'infinity'::date)))
AND NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = asked.id AND p.entered_for = %s)
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
    """Let an organisation see people until a day, or until it is taken back."""
    everyone = list({*persons, *current_persons(persons).values()})
    with connection.cursor() as cursor:
        cursor.execute(_SHARE, [organization, until, id_array(everyone), organization, until, organization])


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
