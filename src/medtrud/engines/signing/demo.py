"""An invented authority of two families, and tokens in the stock."""

from medtrud.kernel.actor import Actor

from .actions import authority_open, carrier_add
from .queries import authorities, carriers

FAMILIES = (("gost256", "Учебный удостоверяющий центр"), ("ec", "Учебный удостоверяющий центр (ECDSA)"))
TOKENS = ("0734115020", "0734115021", "0734115022", "0734115023")


def fill(actor: Actor) -> None:
    """Open it once."""
    if any(row.own for row in authorities(actor)):
        return
    for algorithm, name in FAMILIES:
        authority_open(actor, algorithm=algorithm, name=name, organization="Медтруд, учебная установка")
    if not carriers(actor).exists():
        for number in TOKENS:
            carrier_add(actor, number=number, title="Рутокен ЭЦП 3.0", maker="Актив")
