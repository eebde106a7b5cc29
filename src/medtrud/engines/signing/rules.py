"""What is decided without tables: states of certificates, moves of carriers, the tree of the archive."""

import hashlib
import re
from collections.abc import Callable, Sequence

from medtrud.kernel.errors import Refused

RULES = 1  # the version of the rules of checking, kept with every check
REASONS = {
    "key_compromise": "ключ мог попасть к другим",
    "affiliation_changed": "изменились сведения о владельце",
    "superseded": "выдан новый сертификат",
    "cessation_of_operation": "владелец больше не работает",
    "privilege_withdrawn": "полномочия отозваны",
}
STATES = {"active": "действует", "hold": "приостановлен", "revoked": "отозван"}
CARRIER_STATES = {
    "stock": "на складе",
    "issued": "выдан",
    "due": "ждёт возврата",
    "lost": "утрачен",
    "destroyed": "уничтожен",
}
STEPS = {
    "stock": {"issued", "destroyed", "lost"},
    "issued": {"stock", "due", "lost"},
    "due": {"stock", "lost"},
    "lost": {"stock", "destroyed"},
    "destroyed": set[str](),
}
FINAL = "Отозванный сертификат не возобновляют: выпустите новый."
CHANGES = {"active": {"hold", "revoked"}, "hold": {"active", "revoked"}, "revoked": set[str]()}
KINDS = {
    "anchor": "доверенный корень",
    "authority": "удостоверяющий центр",
    "stamps": "служба времени",
    "answers": "служба справок",
    "person": "сотрудник",
    "seal": "печать организации",
}


def change_check(number: str, now: str, then: str) -> None:
    """Refuse a change of state that makes no sense."""
    if then not in CHANGES[now]:
        step = FINAL if now == "revoked" else "Делать ничего не нужно."
        raise Refused(f"Сертификат {number} уже {STATES[now]}. {step}")


def reason_of(said: str) -> str:
    """Return the code of a reason of revocation, also as RFC 5280 spells it: keyCompromise."""
    code = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", said.strip()).casefold()
    if code not in REASONS:
        known = "; ".join(f"{code} — {title}" for code, title in REASONS.items())
        raise Refused(f"Причины отзыва «{said}» нет. Назовите одну из них: {known}.")
    return code


def move_check(number: str, now: str, then: str) -> None:
    """Refuse a move of a carrier that makes no sense."""
    if then not in STEPS[now]:
        raise Refused(
            f"Носитель {number} {CARRIER_STATES[now]}: записать «{CARRIER_STATES[then]}» нельзя. "
            "Откройте его карточку: на ней только то, что сейчас возможно."
        )


Hash = Callable[[bytes], bytes]


def sha256(data: bytes) -> bytes:
    """Return the digest used when GOST is not asked for."""
    return hashlib.sha256(data).digest()


def leaf_of(data: bytes, digest: Hash = sha256) -> bytes:
    """Return the hash of an object; the first byte keeps leaves and knots apart."""
    return digest(b"\x00" + data)


def tree(leaves: Sequence[bytes], digest: Hash = sha256) -> tuple[bytes, list[list[str]]]:
    """Return the root over the leaves and each leaf's neighbours on its way up ("" = it goes alone)."""
    if not leaves:
        raise Refused("Заверять нечего: не выбрано ни одного документа.")
    paths: list[list[str]] = [[] for _ in leaves]
    level, places = list(leaves), list(range(len(leaves)))
    while len(level) > 1:
        for leaf, place in enumerate(places):
            other = place ^ 1
            paths[leaf].append(level[other].hex() if other < len(level) else "")
        level = [
            digest(b"\x01" + level[at] + level[at + 1]) if at + 1 < len(level) else level[at]
            for at in range(0, len(level), 2)
        ]
        places = [place >> 1 for place in places]
    return level[0], paths


def root_of(leaf: bytes, place: int, path: Sequence[str], digest: Hash = sha256) -> bytes:
    """Return the root that a leaf and its path lead to."""
    value = leaf
    for other in path:
        if other:
            near = bytes.fromhex(other)
            value = digest(b"\x01" + (near + value if place & 1 else value + near))
        place >>= 1
    return value
