"""What kind of electronic signature a document has: simple, unqualified, qualified; or that nobody knows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

ISSUERS = "accredited_issuers"  # the book an operator loads; the product ships it empty
SINCE, UNTIL = "Аккредитован с", "Аккредитован по"  # its columns; the last day counts


class SignatureKind(StrEnum):
    """The kind of a signature; a certificate is qualified by the list of accredited issuers."""

    NONE = "none"
    BAD = "bad"
    SIMPLE = "simple"
    UNKNOWN = "unknown"
    UNQUALIFIED = "unqualified"
    QUALIFIED = "qualified"

    @property
    def title_ru(self) -> str:
        """Return the kind as a reader calls it."""
        return TITLES[self.value]

    @property
    def whole(self) -> bool:
        """Tell whether a whole signature made with a certificate stands behind it."""
        return self in {SignatureKind.UNKNOWN, SignatureKind.UNQUALIFIED, SignatureKind.QUALIFIED}


TITLES = {
    "none": "нет",
    "bad": "неверная",
    "simple": "простая (вход в систему)",
    "unknown": "усиленная, квалифицированная ли – нет данных",
    "unqualified": "усиленная неквалифицированная",
    "qualified": "усиленная квалифицированная",
}
ORDER = tuple(SignatureKind)  # several signatures are as strong as the weakest of them


@dataclass(frozen=True)
class Judged:
    """The kind of a signature and why it is so."""

    kind: SignatureKind
    why: str = ""


@dataclass(frozen=True)
class Issuers:
    """The list of accredited issuers in force on a day: names and dates by the identifier of the key."""

    version: str
    rows: Mapping[str, tuple[str, dt.date | None, dt.date | None]]


def judged(issuer: str, on: dt.date, known: Issuers | None, *, good: bool, own: bool) -> Judged:
    """Tell the kind of a signature made on a day with a certificate of an issuer.

    own: the certificate was issued by the product's own authority. known None: no list is loaded.
    """
    if not good:
        return Judged(SignatureKind.BAD, "последняя проверка подпись не подтвердила")
    if own:
        return Judged(SignatureKind.UNQUALIFIED, "сертификат выдан собственным центром системы")
    if known is None:
        return Judged(
            SignatureKind.UNKNOWN,
            "список аккредитованных центров не загружен: справочник «Аккредитованные удостоверяющие центры»",
        )
    name, since, until = known.rows.get(issuer, ("", None, None))
    if not name:
        why = f"издателя сертификата нет в списке аккредитованных, издание {known.version}"
        return Judged(SignatureKind.UNQUALIFIED, why)
    if (since and on < since) or (until and on > until):
        why = f"«{name}» на {on:%d.%m.%Y} не аккредитован, издание {known.version}"
        return Judged(SignatureKind.UNQUALIFIED, why)
    why = f"издатель «{name}» аккредитован, издание {known.version}; средство подписи не проверялось"
    return Judged(SignatureKind.QUALIFIED, why)


def weakest(found: list[Judged]) -> Judged:
    """Return the weakest of several; without any there is no signature."""
    return min(found, key=lambda one: ORDER.index(one.kind), default=Judged(SignatureKind.NONE))
