"""A small world of certificates for tests: a root, an issuer, people."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

from medtrud.engines.signing.drivers import answers, authority, oids
from medtrud.engines.signing.drivers.backends import PrivateKey
from medtrud.engines.signing.drivers.chain import Store
from medtrud.engines.signing.drivers.keys import KeyPair, key_new
from medtrud.engines.signing.drivers.sign import sign
from medtrud.engines.signing.drivers.verify import Content, verify
from medtrud.engines.signing.types import Report

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
TEXT = "Заключение № 15: противопоказаний нет.\n".encode() * 20


@cache
def key(kind: str, number: int = 0) -> PrivateKey:
    return key_new(kind)


@dataclass
class World:
    kind: str = "gost256"
    root_key: PrivateKey = field(init=False)
    issuer_key: PrivateKey = field(init=False)
    root: bytes = field(init=False)
    issuer: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.root_key, self.issuer_key = key(self.kind, 1), key(self.kind, 2)
        self.root = self.made(self.root_key, None, self.root_key, "Корневой центр", "root", days=3650)
        self.issuer = self.made(self.root_key, self.root, self.issuer_key, "Издатель", "authority", days=1800)

    def made(
        self,
        by: PrivateKey,
        above: bytes | None,
        own: PrivateKey,
        name: str,
        profile: str = "person",
        *,
        days: int = 365,
        serial: int = 0,
        since: dt.datetime = NOW - DAY,
    ) -> bytes:
        names = {"common_name": name, "organization": "Медцентр", "country": "RU"}
        return authority.certificate_new(
            by,
            above,
            subject=authority.name_of(names),
            public=own.public,
            serial=serial or authority.serial_new(),
            since=since,
            until=since + days * DAY,
            profile=profile,
        )

    def person(self, name: str = "Петрова Анна", number: int = 3, **facts: object) -> KeyPair:
        own = key(self.kind, number)
        der = self.made(self.issuer_key, self.issuer, own, name, **facts)  # type: ignore[arg-type]
        return KeyPair(own, (der, self.issuer))

    def store(self, crls: Iterable[bytes] = (), *, pool: Iterable[bytes] = ()) -> Store:
        return Store.of([self.root], pool, crls)

    def lists(self, *entries: authority.Entry, since: dt.datetime = NOW - DAY) -> list[bytes]:
        def made(by: PrivateKey, above: bytes, rows: Iterable[authority.Entry]) -> bytes:
            return authority.list_new(by, above, number=1, entries=rows, since=since, until=since + 7 * DAY)

        return [made(self.issuer_key, self.issuer, entries), made(self.root_key, self.root, ())]

    def clock(self, at: dt.datetime) -> Callable[[bytes], bytes]:
        own = self.person("Служба времени", 4, profile="stamps")
        digest = oids.KEY_DIGESTS[self.kind]
        return lambda data: answers.stamp_token(own, answers.imprint_of(data, digest), at, serial=1)


@cache
def world(kind: str = "gost256") -> World:
    return World(kind)


def signed(pair: KeyPair, content: bytes = TEXT, at: dt.datetime = NOW, **facts: object) -> bytes:
    return sign(pair.key, pair.certificates, Content(content), at, **facts)  # type: ignore[arg-type]


def judged(message: bytes, store: Store, content: bytes | None = TEXT, at: dt.datetime = NOW) -> Report:
    return verify(message, Content(content), store, at)
