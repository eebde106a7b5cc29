"""What the schedule looks for: certificates that end soon, signatures nobody has checked for long."""

import datetime as dt

from django.db.models import QuerySet

from medtrud.engines.access.public import Account
from medtrud.engines.signing.models import Certificate, Signature

SOON = dt.timedelta(days=30)
OLD = dt.timedelta(days=180)
DAY = dt.timedelta(days=1)
WHOLE = "the schedule looks at everything"


def certificates_soon(at: dt.datetime) -> list[Certificate]:
    """Return the certificates that end in thirty days, to the day, and were not renewed."""
    renewed = Certificate.objects.unscoped(WHOLE).filter(renews__isnull=False).values("renews")
    rows = Certificate.objects.unscoped(WHOLE).filter(own=True, kind__in=("person", "seal"), state="active")
    return list(rows.filter(until__range=(at + SOON, at + SOON + DAY)).exclude(pk__in=renewed))


def signatures_before(moment: dt.datetime) -> QuerySet[Signature]:
    """Return the signatures last checked before the moment, the oldest check first."""
    rows: QuerySet[Signature] = Signature.objects.unscoped(WHOLE).filter(checked_at__lt=moment)
    return rows.order_by("checked_at", "pk")


def account_behind(uid: object) -> Account | None:
    """Return an account by the uid of an event."""
    row: Account | None = Account.objects.unscoped("an event named the account").filter(uid=uid).first()
    return row
