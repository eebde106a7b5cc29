"""Later time stamps over a container: each covers the manifest, the seal and every renewal before it."""

import hashlib
import re
from collections.abc import Callable

from lxml import etree

from ..types.archive import MANIFEST, RENEWALS, SEALED, BrokenError, Fault
from . import papers
from .trial import Kept, Trial
from .vessel import whole

NAME = re.compile(r"renewals/(\d{4})\.(xml|tst)")


def look(trial: Trial) -> None:
    """Judge every renewal in turn."""
    names = sorted(name for name in trial.vessel.sizes if NAME.fullmatch(name))
    numbers = sorted({int(name[len(RENEWALS) :][:4]) for name in names})
    if numbers != list(range(1, len(numbers) + 1)) or len(names) != 2 * len(numbers):
        trial.say(Fault.RENEWAL, RENEWALS, "Продления идут не подряд.")
        return
    covered = b"".join(whole(trial.vessel, name) for name in (MANIFEST, SEALED) if name in trial.vessel.sizes)
    for number in numbers:
        with Kept(trial):
            covered += _renewal(trial, number, covered)
    if numbers:
        trial.facts["renewals"] = len(numbers)


def _renewal(trial: Trial, number: int, covered: bytes) -> bytes:
    path = f"{RENEWALS}{number:04}.xml"
    data, token = whole(trial.vessel, path), whole(trial.vessel, f"{RENEWALS}{number:04}.tst")
    root = papers.read(data, path, "renewal")
    near = [line["hash"] for line in papers.each(root, "near")]
    same = (
        papers.dump(_regular(root, near)) == data
        and hashlib.sha256(token).hexdigest() == root.get("token")
        and int(root.get("number", 0)) == number
    )

    def streebog(data: bytes) -> bytes:
        running = trial.judge.digest("streebog256")
        running.update(data)
        return running.digest()

    leaf = streebog(b"\x00" + streebog(covered))
    top = climbed(leaf, int(root.get("place", 0)), near, streebog)
    if not same or leaf.hex() != root.get("leaf") or top.hex() != root.get("root"):
        raise BrokenError(Fault.RENEWAL, path)
    stamped, text = trial.judge.stamped(token, top, trial.trust, trial.at)
    if stamped is None:
        raise BrokenError(Fault.RENEWAL, path, text)
    trial.facts["renewed_at"] = stamped.isoformat()
    return data + token


def _regular(root: etree._Element, near: list[str]) -> etree._Element:
    """Return the same renewal as the archive writes it: not a space may differ."""
    return papers.element("renewal", papers.facts_of(root), [papers.near(each) for each in near])


def climbed(leaf: bytes, place: int, near: list[str], digest: Callable[[bytes], bytes]) -> bytes:
    """Return the root that a leaf and its neighbours lead to."""
    value = leaf
    for other in near:
        if other:
            beside = bytes.fromhex(other)
            value = digest(b"\x01" + (beside + value if place & 1 else value + beside))
        place >>= 1
    return value
