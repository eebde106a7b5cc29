"""Two cards of one person become one, and the way back."""

from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import Acquaintance, Double, Merge, Person
from ..queries import person_of
from ..types import PersonsMerged, PersonsUnmerged

_SHARE_BOTH = """
INSERT INTO people_acquaintance (uid, person_id, organization, until, merge_id)
SELECT gen_random_uuid(), %(to)s, a.organization, a.until, %(merge)s FROM (
    SELECT organization, until FROM people_acquaintance
    WHERE person_id = %(from)s AND (until IS NULL OR until > now()::date)
    UNION SELECT entered_for, NULL FROM people_person WHERE id = %(from)s AND entered_for IS NOT NULL) a
WHERE true
AND NOT EXISTS (SELECT 1 FROM people_acquaintance b WHERE b.person_id = %(to)s
    AND b.organization = a.organization
    AND (b.until IS NULL OR b.until >= coalesce(a.until, 'infinity'::date)))
"""


@action
def persons_merge(actor: Actor, *, kept: UUID, gone: UUID, reason: str) -> Merge:
    """Let the second card lead to the first; records made with it stay as they are and follow."""
    stays, leaves = person_of(actor, kept), person_of(actor, gone)
    if stays.pk == leaves.pk:
        raise Refused("Это уже одна карта. Выберите две разные карты.")
    everybody = Person.objects.unscoped("both cards were found for the actor above")
    locked = everybody.filter(pk__in=[stays.pk, leaves.pk]).order_by("pk").select_for_update(of=("self",))
    if any(card.root_id for card in locked):
        raise Refused("Одну из карт только что объединили с другой. Обновите страницу и повторите.")
    if (
        stays.snils_hash
        and leaves.snils_hash
        and stays.snils_hash != leaves.snils_hash
        and not reason.strip()
    ):
        raise Refused("В картах разные СНИЛС. Укажите, какой документ подтверждает, что это один человек.")
    merge = Merge(kept=stays, gone=leaves, reason=reason.strip(), merged_by=actor.account)
    merge.save()
    everybody.filter(root=leaves.pk).update(root=stays.pk)
    everybody.filter(pk=leaves.pk).update(merged_into=stays.pk, root=stays.pk)
    with connection.cursor() as cursor:
        for source, target in ((leaves.pk, stays.pk), (stays.pk, leaves.pk)):
            cursor.execute(_SHARE_BOTH, {"from": source, "to": target, "merge": merge.pk})
    publish(PersonsMerged(stays.pk, leaves.pk))
    record(actor, "people.persons_merge", merge, kept=stays.uid, gone=leaves.uid)
    return merge


@action
def persons_unmerge(actor: Actor, *, merge: UUID) -> Person:
    """Undo a merge: the card stands for itself again, with those that had been merged into it."""
    row = find(Merge, actor, merge)
    everybody = Person.objects.unscoped("the cards of a merge the actor has found")
    locked = (
        everybody.filter(pk__in=[row.kept_id, row.gone_id]).order_by("pk").select_for_update(of=("self",))
    )
    cards = {card.pk: card for card in locked}
    if row.undone_at or cards[row.gone_id].merged_into_id != row.kept_id:
        raise Refused("Это объединение уже отменено. Обновите страницу.")
    if cards[row.kept_id].root_id:
        raise Refused(
            "Основную карту позже присоединили к другой. Сначала отмените более позднее объединение."
        )
    try:
        with transaction.atomic():
            everybody.filter(pk=row.gone_id).update(merged_into=None, root=None)
    except IntegrityError as error:
        raise Refused(
            "СНИЛС этой карты теперь записан в другой. Исправьте номер в той карте и повторите."
        ) from error
    below = [row.gone_id]
    while below := list(everybody.filter(merged_into__in=below).values_list("pk", flat=True)):
        everybody.filter(pk__in=below).update(root=row.gone_id)
    Acquaintance.objects.unscoped("they came with this merge").filter(merge=row).update(
        until=TruncDate(Now())
    )
    Merge.objects.unscoped("found above").filter(pk=row.pk).update(undone_at=Now(), undone_by=actor.account)
    card: Person = cards[row.gone_id]
    publish(PersonsUnmerged(row.kept_id, row.gone_id))
    record(actor, "people.persons_unmerge", row, apart=card.uid)
    return card


@action
def double_dismiss(actor: Actor, *, double: UUID) -> None:
    """Say that two alike cards are of different people; they are not offered again."""
    row = find(Double, actor, double)
    same = Double.objects.unscoped("found above").filter(Q(pk=row.pk), different_at__isnull=True)
    same.update(different_at=Now(), different_by=actor.account)
    record(actor, "people.double_dismiss", row)
