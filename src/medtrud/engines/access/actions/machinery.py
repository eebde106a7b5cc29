"""What the edge of the product writes for itself: no person acts here, so these are no actions."""

import datetime as dt
from dataclasses import dataclass

from medtrud.engines.access import drivers
from medtrud.engines.access.models import StoredAnswer, Token
from medtrud.engines.access.queries import limit_of
from medtrud.engines.access.types import Rule
from medtrud.kernel.actor import Actor


@dataclass(frozen=True)
class Answer:
    """What is known of a request with an Idempotency-Key."""

    fresh: bool  # never seen: do it
    matches: bool = True  # seen with the same content
    status: int = 0
    content_type: str = ""
    body: bytes = b""


class AnswerRows:
    """Stored answers; call both inside one transaction with the request itself."""

    @staticmethod
    def claim(actor: Actor, *, key: str, request_hash: str, now: dt.datetime, on: dt.date) -> Answer:
        """Claim a key; whoever comes second waits here until the first one has committed."""
        rows = StoredAnswer.objects.unscoped("the edge replays an answer to the account that asked")
        mine = rows.filter(account_id=actor.account, key=key)
        kept = dt.timedelta(hours=limit_of(Rule.ANSWER_HOURS, on))
        mine.filter(made_at__lte=now - kept).delete()
        fresh = StoredAnswer(
            account_id=int(actor.account or 0),
            seat=actor.seat,
            key=key,
            request_hash=request_hash,
            made_at=now,
        )
        rows.bulk_create([fresh], ignore_conflicts=True)
        row: StoredAnswer = mine.get()
        if row.uid == fresh.uid:
            return Answer(fresh=True)
        return Answer(
            fresh=False,
            matches=row.request_hash == request_hash and row.seat == actor.seat,
            status=row.status,
            content_type=row.content_type,
            body=drivers.unbox(bytes(row.body), str(row.uid)) if row.body else b"",
        )

    @staticmethod
    def keep(actor: Actor, *, key: str, status: int, content_type: str, body: bytes) -> None:
        """Keep the answer of a claimed key."""
        rows = StoredAnswer.objects.unscoped("the edge keeps the answer it gives")
        row: StoredAnswer = rows.get(account_id=actor.account, key=key)
        row.status, row.content_type, row.body = status, content_type, drivers.box(body, str(row.uid))
        row.save(update_fields=["status", "content_type", "body"])

    @staticmethod
    def clear(*, now: dt.datetime, on: dt.date) -> int:
        """Delete the answers nobody may ask for again."""
        kept = dt.timedelta(hours=limit_of(Rule.ANSWER_HOURS, on))
        rows = StoredAnswer.objects.unscoped("answers run out")
        return int(rows.filter(made_at__lte=now - kept).delete()[0])


class TokenRows:
    """Use of tokens."""

    TOUCH = dt.timedelta(minutes=1)

    @classmethod
    def seen(cls, token: Token, *, now: dt.datetime) -> None:
        """Note that a token was used; not on every request."""
        if token.used_at is None or token.used_at + cls.TOUCH <= now:
            Token.objects.unscoped("the edge notes its use").filter(pk=token.pk).update(used_at=now)
