"""Rows behind the session store of the web server."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from medtrud.engines.access.drivers import plain_hash
from medtrud.engines.access.models import Session
from medtrud.engines.access.queries import limits_of
from medtrud.engines.access.types import Rule

TOUCH = dt.timedelta(minutes=1)  # finer than any limit, which is in minutes; not every request writes


class SessionRows:
    """What the session store may do with its table; it carries no rights, only cookies."""

    @staticmethod
    def read(key: str, *, now: dt.datetime, on: dt.date) -> str | None:
        """Return the data of a session that has not run out; note that it was seen."""
        row: Session | None = _rows().filter(key_hash=plain_hash(key)).first()
        if row is None:
            return None
        allowed = limits_of([Rule.IDLE, Rule.SESSION], on)
        idle = dt.timedelta(minutes=allowed[Rule.IDLE])
        longest = dt.timedelta(hours=allowed[Rule.SESSION])
        if row.seen_at + idle <= now or row.started_at + longest <= now:
            _rows().filter(pk=row.pk).delete()
            return None
        if row.seen_at + TOUCH <= now:
            _rows().filter(pk=row.pk).update(seen_at=now)
        return str(row.data)

    @staticmethod
    def known(key: str) -> bool:
        """Tell whether a key is taken."""
        return _rows().filter(key_hash=plain_hash(key)).exists()

    @staticmethod
    def create(key: str, data: str, *, now: dt.datetime, about: dict[str, object]) -> bool:
        """Keep a new session; False when the key is taken."""
        try:
            with transaction.atomic():
                Session(
                    key_hash=plain_hash(key), data=data, started_at=now, seen_at=now, **_columns(about)
                ).save(force_insert=True)
        except IntegrityError:
            return False
        return True

    @staticmethod
    def update(key: str, data: str, *, now: dt.datetime, about: dict[str, object]) -> bool:
        """Keep changed data; False when the session was ended meanwhile."""
        rows = _rows().filter(key_hash=plain_hash(key))
        return rows.update(data=data, seen_at=now, **_columns(about)) == 1

    @staticmethod
    def drop(key: str) -> None:
        """End one session."""
        _rows().filter(key_hash=plain_hash(key)).delete()

    @staticmethod
    def clear(*, now: dt.datetime, on: dt.date) -> int:
        """Delete the sessions that ran out."""
        allowed = limits_of([Rule.IDLE, Rule.SESSION], on)
        idle = _rows().filter(seen_at__lte=now - dt.timedelta(minutes=allowed[Rule.IDLE]))
        old = _rows().filter(started_at__lte=now - dt.timedelta(hours=allowed[Rule.SESSION]))
        return int(idle.delete()[0]) + int(old.delete()[0])


def _rows() -> QuerySet[Session]:
    return Session.objects.unscoped("the cookie is the right")


def _columns(about: dict[str, object]) -> dict[str, object]:
    account = about.get("_auth_user_id")
    return {
        "account": int(str(account)) if account else None,
        "address": str(about.get("address", ""))[:45],
        "agent": str(about.get("agent", ""))[:200],
    }
