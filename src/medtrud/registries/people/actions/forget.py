"""Cards entered by mistake: a list that was taken back."""

from collections.abc import Sequence

from django.db.models import Exists, ManyToOneRel, OuterRef

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import GuardedModel, action
from medtrud.kernel.actor import Actor

from ..models import Acquaintance, Double, Person

LOOSE = (Acquaintance, Double)  # they only say who sees a card, or what it is like
WHY = "whether anything of anybody refers to the card"


@action
def persons_forget_many(actor: Actor, *, persons: Sequence[int]) -> int:
    """Delete cards the organisation has entered and nothing refers to; return how many."""
    cards = Person.objects.visible_to(actor).filter(pk__in=persons)
    if actor.organization:
        cards = cards.filter(entered_for=actor.organization)
    for relation in Person._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model in LOOSE:
            continue
        if issubclass(relation.related_model, GuardedModel):
            users = relation.related_model.objects.unscoped(WHY).filter(
                **{relation.field.name: OuterRef("pk")}
            )
            cards = cards.filter(~Exists(users))
    ids = list(cards.values_list("pk", flat=True))
    for column in ("first", "second"):
        Double.objects.unscoped("of the cards to be deleted").filter(**{f"{column}__in": ids}).delete()
    Acquaintance.objects.unscoped("of the cards to be deleted").filter(person__in=ids).delete()
    Person.objects.unscoped("chosen above").filter(pk__in=ids).delete()
    record(actor, "people.persons_forget_many", count=len(ids))
    return len(ids)
