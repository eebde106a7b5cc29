"""Looking after what is kept: containers are proved again, and their time stamps renewed, by the schedule."""

import zipfile
from collections.abc import Sequence

from medtrud.engines.journal import public as journal
from medtrud.engines.signing.public import hashes_stamp
from medtrud.engines.store.public import action, keep, now
from medtrud.kernel.actor import Actor

from ..drivers import container
from ..drivers.proof import prove
from ..models import CaseCheck, Vessel, VesselStamp
from ..queries.prints import vessel_path
from ..types.archive import MANIFEST, SEALED
from .transfers import JUDGE


@action
def vessel_check(actor: Actor, *, vessel: Vessel) -> CaseCheck:
    """Prove a kept container from itself alone once more."""
    at = now()
    proof = prove(vessel_path(vessel), JUDGE, at)
    vessel.checked_at, vessel.sound = at, proof.whole
    keep(vessel, "checked_at", "sound")
    facts = {"verdict": proof.as_json()["verdict"], "sha256": vessel.sha256}
    check = CaseCheck(
        case=vessel.case, code="proof", ok=proof.whole, text=proof.text[:1000], facts=facts, at=at
    )
    keep(check)
    journal.record(actor, "documents.vessel_check", vessel.case, ok=proof.whole)
    return check


@action
def vessels_stamp(actor: Actor, *, vessels: Sequence[Vessel]) -> int:
    """Renew the proof of many containers by one time stamp over the root of their hashes."""
    rows = list(vessels)
    stamp, paths = hashes_stamp(actor, hashes=[(row.uid, _covered(row)) for row in rows])
    for row, path in zip(rows, paths, strict=True):
        number = row.stamps.count() + 1
        text, token = container.renewal(
            number,
            path.place,
            path.path,
            bytes.fromhex(path.leaf),
            bytes.fromhex(stamp.root),
            bytes(stamp.token),
        )
        keep(
            VesselStamp(
                vessel=row, number=number, text=text.content, token=token.content, stamped_at=stamp.stamped_at
            )
        )
        row.stamped_at = stamp.stamped_at
        keep(row, "stamped_at")
    journal.record(actor, "documents.vessels_stamp", stamp, count=len(rows))
    return len(rows)


def _covered(row: Vessel) -> bytes:
    """Return the digest of what a renewal covers: the manifest, its seal, the renewals before."""
    with zipfile.ZipFile(vessel_path(row)) as archive:
        whole = archive.read(MANIFEST) + archive.read(SEALED)
    for stamp in row.stamps.order_by("number"):
        whole += bytes(stamp.text) + bytes(stamp.token)
    running = JUDGE.digest("streebog256")
    running.update(whole)
    return running.digest()
