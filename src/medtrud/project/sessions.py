"""Sessions of browsers in our own guarded table, and who is signed in by one."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.core.exceptions import SuspiciousOperation

from medtrud.engines.access.public import Account, SessionRows
from medtrud.engines.store.public import now, today


class SessionStore(SessionBase):
    """The store Django asks for; idle and absolute limits are rows of the operator."""

    def load(self) -> dict[str, Any]:
        """Return the data of a session that has not run out."""
        key = self.session_key
        data = SessionRows.read(key, now=now(), on=today()) if key else None
        if data is None:
            self._session_key = None
            return {}
        return self.decode(data)

    def exists(self, session_key: str) -> bool:
        """Tell whether a key is taken."""
        return SessionRows.known(session_key)

    def create(self) -> None:
        """Begin a session under a fresh key."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Keep the data; a session ended meanwhile stays ended."""
        if self.session_key is None:
            self.create()
            return
        values = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        data = self.encode(values)
        if must_create:
            if not SessionRows.create(self.session_key, data, now=now(), about=values):
                raise CreateError
        elif not SessionRows.update(self.session_key, data, now=now(), about=values):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """End a session."""
        if key := session_key or self.session_key:
            SessionRows.drop(key)

    @classmethod
    def clear_expired(cls) -> None:
        """Delete what ran out."""
        SessionRows.clear(now=now(), on=today())


class AccountBackend(BaseBackend):
    """Finds the account of a session; passwords are checked by access.sign_in and nowhere else."""

    def get_user(self, user_id: int) -> Account | None:
        """Return the account unless it was blocked."""
        rows = Account.objects.unscoped("the session names its account")
        found: Account | None = rows.filter(pk=user_id, is_active=True).first()
        return found

    def authenticate(self, *args: object, **credentials: object) -> None:
        """Refuse: this way would pass by the lock-out and the second factor."""
        raise SuspiciousOperation("sign in through access.sign_in")
