"""What other modules print becomes documents: one by one or a thousand at once."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection

from medtrud.engines.files.public import files_put_many
from medtrud.engines.journal import public as journal
from medtrud.engines.messages.public import message_send
from medtrud.engines.store.public import action, keep_many, now, today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Forbidden, Refused

from ..models import Document, Request, Version
from ..queries.filing import papers_known
from ..types import DocumentState, Flow, file_limit, kind_of
from ..types.filing import Filed, Paper
from ..types.signing import SEAL, RequestState
from .documents import archived_refuse, complete, first_state, flow_of, house_of, requests_withdraw, row_new

LOCK = 7_205_003  # first key of the advisory lock: one filing at a time per house
MEDICINE = {Role.CLINIC, Role.COMMISSION, Role.CENTER, Role.SYSTEM}


@action
def papers_file(actor: Actor, *, papers: Sequence[Paper]) -> Filed:
    """Keep what was printed: a new row is a new document, other bytes of a known one are its next version.

    All papers belong to one house. The same bytes again change nothing. A row that stands twice in the list
    is two versions, in this order.
    """
    if not papers:
        return Filed()
    house = _one_house(actor, papers)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, house % 2**31])
    filed = sum((_file(actor, house, each) for each in _rounds(papers)), Filed())
    journal.record(
        actor, "documents.papers_file", None, added=filed.added, changed=filed.changed, same=filed.unchanged
    )
    return filed


def _rounds(papers: Sequence[Paper]) -> list[list[Paper]]:
    """Split papers so that none prints the same row as another of its part."""
    rounds: list[list[Paper]] = []
    times: Counter[tuple[str, UUID]] = Counter()
    for paper in papers:
        place = 0
        if paper.document.about is not None:
            key = paper.document.kind, paper.document.about
            place, times[key] = times[key], times[key] + 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(paper)
    return rounds


def _file(actor: Actor, house: int, papers: Sequence[Paper]) -> Filed:
    new, nexts, unchanged = _sorted(actor, papers, papers_known(house, papers))
    archived_refuse([row for _, row, _ in nexts])
    keep_many([row for _, row, _ in new])
    versions = _versions(actor, house, [*new, *nexts])
    for paper, row, _ in nexts:
        row.state = first_state(kind_of(paper.document.kind, row.on), Flow(row.flow))
        row.save(update_fields=["state"])
    _ask(actor, versions)
    for _, row, _ in new:
        journal.record(actor, "documents.document_create", row, kind=row.kind, flow=row.flow)
    for _, row, number in nexts:
        journal.record(actor, "documents.version_add", row, version=number)
    return Filed(len(new), len(nexts), unchanged)


Entered = tuple[Paper, Document, int]  # the number of the version it becomes
Written = list[tuple[tuple[Paper, Document], Version]]


def _sorted(
    actor: Actor, papers: Iterable[Paper], known: Mapping[tuple[str, UUID | None], Version]
) -> tuple[list[Entered], list[Entered], int]:
    """Tell what is new, what has changed, and how many are the same; the changed ask nobody any more."""
    new: list[Entered] = []
    changed: list[Entered] = []
    unchanged = 0
    for paper in papers:
        standing = known.get((paper.document.kind, paper.document.about))
        if standing is None:
            new.append((paper, _drafted(actor, paper), 1))
        elif standing.sha256 == hashlib.sha256(paper.content).hexdigest():
            unchanged += 1
        else:
            requests_withdraw(standing)
            changed.append((paper, standing.document, standing.number + 1))
    return new, changed, unchanged


def _one_house(actor: Actor, papers: Iterable[Paper]) -> int:
    houses = {house_of(actor, paper.document) for paper in papers}
    if len(houses) > 1:
        raise Refused("Документы разных организаций вносят по отдельности. Разделите список по организациям.")
    if actor.role not in MEDICINE and any(
        kind_of(each.document.kind, each.document.on).medical for each in papers
    ):
        raise Forbidden("Среди документов есть врачебная тайна: их ведёт медицинская организация.")
    return houses.pop()


def _drafted(actor: Actor, paper: Paper) -> Document:
    kind = kind_of(paper.document.kind, paper.document.on)
    complete(kind, paper.document)
    return row_new(actor, paper.document, kind, flow_of(kind, paper.document))


def _versions(actor: Actor, house: int, entered: Sequence[Entered]) -> Written:
    contents = [(paper.name, paper.content) for paper, _, _ in entered]
    files = files_put_many(actor, contents=contents, organization=house, limit=file_limit(today()))
    rows = [
        Version(
            document=row,
            number=number,
            file=file,
            sha256=file.sha256,
            reason=paper.reason if number > 1 else "",
            made_at=now(),
            author=actor.account,
        )
        for (paper, row, number), file in zip(entered, files, strict=True)
    ]
    keep_many(rows)
    return [((paper, row), version) for (paper, row, _), version in zip(entered, rows, strict=True)]


def _ask(actor: Actor, versions: Written) -> None:
    """Ask those who are named to sign; each is told once, however many papers wait for him."""
    asked: list[Request] = []
    waiting: dict[int, list[Document]] = {}
    for (paper, row), version in versions:
        kind = kind_of(row.kind, row.on)
        if not paper.signers or len(paper.signers) != len(kind.signers):
            continue
        roles: list[tuple[str, int | None]] = [*zip(kind.signers, paper.signers, strict=True)]
        roles += [(SEAL, None)] if kind.seal else []
        for order, (role, account) in enumerate(roles):
            state = RequestState.LATER if order else RequestState.WAIT
            asked.append(
                Request(
                    version=version,
                    order=order,
                    role=role,
                    account=account,
                    organization_id=row.organization_id,
                    state=state,
                    asked_at=now(),
                )
            )
        waiting.setdefault(paper.signers[0], []).append(row)
    keep_many(asked)
    keys = [row.pk for rows in waiting.values() for row in rows]
    Document.objects.unscoped("entered above").filter(pk__in=keys).update(state=DocumentState.SIGNING)
    for account, rows in waiting.items():
        if account != actor.account:
            one = rows[0] if len(rows) == 1 else None
            text = one.title if one else f"{rows[0].title} и другие, всего документов: {len(rows)}."
            message_send(
                actor, account=account, kind="documents.sign", text=text, about=one.uid if one else None
            )
