"""Acquaintance sheets: opened, signed by password, by a qualified signature or on paper."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from medtrud.engines.access.public import accounts
from medtrud.engines.files.public import content_of
from medtrud.engines.files.types import Opened
from medtrud.engines.journal import public as journal
from medtrud.engines.messages.public import message_send_many
from medtrud.engines.messages.types import NewNotice
from medtrud.engines.signing.public import signature_attach
from medtrud.engines.store.public import action, find, keep, keep_many, now, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import employments_on, organization_of

from ..models import Acquaintance, AcquaintanceLine
from ..queries import versions_of
from ..queries.acquaintance import lines_late
from ..queries.archive import author
from ..queries.signing import path_of
from ..types import DocumentState
from ..types.acquaintance import How
from .documents import own_document

NOTICE = "documents.acquaint"
ADDRESS = "/documents/acquaintance/mine/"


@action
def acquaintance_open(
    actor: Actor, *, document: UUID, divisions: Sequence[UUID], due: dt.date
) -> Acquaintance:
    """Begin a sheet for everybody at work in these divisions, or in the whole house; each is told."""
    row, on = own_document(actor, document), today()
    if row.medical or row.state in {DocumentState.DRAFT, DocumentState.SIGNING}:
        raise Refused(f"С документом «{row.title}» ещё не знакомят: он не подписан или врачебная тайна.")
    if due < on:
        raise Refused("День, до которого нужно ознакомить, уже прошёл. Укажите более поздний.")
    staff = employments_on(actor, employer=organization_of(actor).pk, on=on).select_related("post")
    staff = staff.filter(division__uid__in=divisions) if divisions else staff
    people = {each.person_id: str(each.post) for each in staff.order_by("-pk")}
    if not people:
        raise Refused("В выбранных подразделениях никто не работает. Выберите другие.")
    sheet = Acquaintance(
        document=row,
        version=versions_of(actor, row)[0],
        organization_id=row.organization_id,
        due=due,
        opened_on=on,
        author_name=author(actor),
    )
    keep(sheet)
    keep_many([AcquaintanceLine(sheet=sheet, person_id=person, post=post) for person, post in people.items()])
    text = f"Ознакомьтесь с документом «{row.title}» до {due:%d.%m.%Y}."
    _tell(actor, people, text)
    journal.record(actor, "documents.acquaintance_open", row, people=len(people), due=due)
    return sheet


@action
def acquaintance_read(actor: Actor, *, line: UUID) -> Opened:
    """Open what one is to know; the journal knows that he did."""
    row: AcquaintanceLine = find(AcquaintanceLine, actor, line)
    file = row.sheet.version.file
    path = content_of(Actor.job("the line was shown to its person"), file.uid)
    journal.record(actor, "documents.acquaintance_read", row.sheet.document, person=row.person_id)
    return Opened(file.uid, file.name, file.mime, file.size, str(path))


@action
def acquaintance_sign(actor: Actor, *, line: UUID, password: str) -> AcquaintanceLine:
    """Sign by a simple electronic signature: one is signed in and repeats his password."""
    row = _own_line(actor, line)
    account = accounts(actor).get(pk=actor.account or 0)
    if not account.check_password(password):
        raise Refused("Пароль не подошёл: подпись не поставлена. Проверьте раскладку и клавишу Caps Lock.")
    return _signed(actor, row, How.SIMPLE)


@action
def acquaintance_sign_own(actor: Actor, *, line: UUID, signature: bytes) -> AcquaintanceLine:
    """Sign by a qualified signature made elsewhere; a bad one is refused with its verdict."""
    row = _own_line(actor, line)
    content = path_of(row.sheet.version)
    kept = signature_attach(actor, target=row.uid, content=content, signature=signature, good=True)
    row.signature = kept.uid
    keep(row, "signature")
    return _signed(actor, row, How.QUALIFIED)


@action
def acquaintance_paper(actor: Actor, *, lines: Sequence[UUID]) -> int:
    """Note who has signed the printed sheet by hand; return how many."""
    rows = AcquaintanceLine.objects.visible_to(actor).filter(uid__in=lines, signed_at__isnull=True)
    noted = rows.update(signed_at=now(), how=How.PAPER, account=actor.account)
    if not noted:
        raise Refused("Среди отмеченных все уже ознакомлены. Обновите лист.")
    journal.record(actor, "documents.acquaintance_paper", None, people=noted)
    return noted


@action
def acquaintance_remind(actor: Actor, *, on: dt.date) -> int:
    """Remind, once a day, those whose day has passed; return how many."""
    rows = list(lines_late(on))
    people = {row.person_id: row for row in rows}
    _tell(actor, people, "Срок ознакомления с документом прошёл. Откройте раздел «Ознакомление».")
    AcquaintanceLine.objects.unscoped("reminded above").filter(pk__in=[row.pk for row in rows]).update(
        reminded_on=on
    )
    journal.record(actor, "documents.acquaintance_remind", None, told=len(people))
    return len(people)


def _own_line(actor: Actor, uid: UUID) -> AcquaintanceLine:
    row: AcquaintanceLine = find(AcquaintanceLine, actor, uid)
    locked = AcquaintanceLine.objects.unscoped("found above").select_for_update(of=("self",))
    row.refresh_from_db(from_queryset=locked)
    if actor.person is None or row.person_id != actor.person:
        raise Refused("За другого не расписываются: этот лист ждёт подписи другого человека.")
    if row.signed_at:
        raise Refused(f"Вы уже ознакомились {row.signed_at:%d.%m.%Y}.")
    return row


def _signed(actor: Actor, row: AcquaintanceLine, how: How) -> AcquaintanceLine:
    row.signed_at, row.how, row.account = now(), how, actor.account
    keep(row, "signed_at", "how", "account")
    version = row.sheet.version
    journal.record(
        actor, f"documents.acquaintance_{'sign' if how is How.SIMPLE else 'sign_own'}", row.sheet.document,
        version=version.number, sha256=version.sha256, person=row.person_id,
    )  # fmt: skip
    return row


def _tell(actor: Actor, people: Iterable[int], text: str) -> None:
    letters = [NewNotice(person=person, text=text, link=ADDRESS) for person in people]
    message_send_many(actor, kind=NOTICE, letters=letters)
