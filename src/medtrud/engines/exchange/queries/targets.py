"""What can be imported: declared by upper modules at start."""

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound

from ..types import Target

_targets: dict[str, Target] = {}


def target_declare(target: Target) -> None:
    """Remember what can be imported; called from a `jobs` room at start."""
    _targets[target.code] = target


def targets(actor: Actor) -> list[Target]:
    """Return what this seat may import."""
    return [target for target in _targets.values() if actor.may(target.permission)]


def targets_elsewhere(actor: Actor) -> list[Target]:
    """Return what others load, when they say who they are."""
    return [t for t in _targets.values() if t.elsewhere and not actor.may(t.permission)]


def target_of(actor: Actor, code: str) -> Target:
    """Return one target; a seat without its permission is refused."""
    target = _targets.get(code)
    if target is None:
        raise NotFound("Такой загрузки нет. Откройте раздел «Загрузка файлов» и выберите, что загрузить.")
    actor.require(target.permission)
    return target
