"""The papers of an invented clinic: a year closed, handed over to its archive, and what waits there."""

from collections.abc import Callable
from pathlib import Path

from medtrud.kernel.actor import Actor

from . import accounting, archive, office

AFTER = ("hazards", "exams")
Say = Callable[[str], None]


def fill(actor: Actor) -> None:
    """Play the same and say nothing."""
    archive.play(actor)
    office.play(actor)
    accounting.play(actor)


def play(actor: Actor, say: Say, folder: Path) -> None:
    """Close and hand over the year before, and put the package where it can be proved."""
    made = archive.play(actor)
    office.play(actor)
    accounting.play(actor)
    if made is not None:
        place = archive.package_write(actor, made, folder)
        say(f"Архив: {made}, дел принято {made.cases.filter(state='kept').count()}; пакет года: {place}")
        say(f"  доказать его по нему одному: medtrud archive verify {place}")
