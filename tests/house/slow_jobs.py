"""Jobs slow enough to be killed in the middle, and a worker that knows them."""

import sys
import time
from dataclasses import dataclass

import django
from django.core.management import call_command

STEPS, PAUSE = 8, 0.25


@dataclass(frozen=True)
class BellRung:
    hour: int


def declare() -> None:
    from medtrud.engines.background.jobs.outbox import subscribe_as  # noqa: PLC0415 - after setup
    from medtrud.engines.background.public import job, position, position_save, progress  # noqa: PLC0415 - after setup
    from medtrud.engines.store.public import numbers_take, together  # noqa: PLC0415 - after setup
    from medtrud.kernel.actor import Actor  # noqa: PLC0415 - after setup

    @job("house.portions")
    def portions(actor: Actor) -> dict[str, object]:
        """Commits each portion with its place."""
        for step in range(position().get("next", 0), STEPS):
            with together():
                numbers_take("portions", 2026)
                time.sleep(PAUSE)
                position_save({"next": step + 1})
            progress(step + 1, STEPS)
        return {"text": actor.name}

    @job("house.whole", whole=True)
    def whole(actor: Actor) -> dict[str, object]:
        """Commits everything at once, at its very end."""
        for step in range(STEPS):
            numbers_take("whole", 2026)
            time.sleep(PAUSE)
            progress(step + 1, STEPS)
        return {}

    subscribe_as(BellRung, "house.listen", lambda event: numbers_take("bell", 2026, count=event.hour))


def main() -> None:
    django.setup()
    declare()
    call_command("work", *sys.argv[1:])
