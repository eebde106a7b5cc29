"""Tell the exposure of a person, or count everybody again."""

import datetime as dt
import json
import sys
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from medtrud.domains.hazards.public import exposure_of, exposures_recount
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refusal

REFUSED = 2
JOB = Actor.job("экспозиция из командной строки")


class Command(BaseCommand):
    """Read one career, or recount all."""

    help = "Экспозиция человека за стаж (--person) или пересчёт всех (--all)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the words."""
        parser.add_argument("--person", type=UUID, help="uid карты человека")
        parser.add_argument("--on", type=dt.date.fromisoformat, default=None, help="на день, 2026-09-01")
        parser.add_argument("--all", action="store_true", help="пересчитать всех")

    def handle(self, *args: object, **options: Any) -> None:
        """Answer in JSON; what cannot be answered ends with status 2."""
        on = options["on"] or today()
        try:
            if options["all"]:
                count = exposures_recount(JOB, persons=None, on=on, cause="пересчёт всех", told=self._told)
                self.stdout.write(json.dumps({"versions": count}))
            elif options["person"]:
                self.stdout.write(json.dumps(_career(options["person"], on), ensure_ascii=False, indent=2))
            else:
                self._refuse("Укажите --person UID или --all.")
        except Refusal as refusal:
            self._refuse(str(refusal))

    def _told(self, done: int, total: int, text: str) -> None:
        self.stderr.write(f"{done} из {total}: {text}")

    def _refuse(self, text: str) -> None:
        self.stdout.write(json.dumps({"error": text}, ensure_ascii=False))
        sys.exit(REFUSED)


def _career(person: UUID, on: dt.date) -> dict[str, Any]:
    told = exposure_of(JOB, person, on=on)
    return {
        "person": str(person),
        "on": on.isoformat(),
        "gaps": list(told.gaps),
        "factors": [
            {
                "code": each.code,
                "title": each.title,
                "figures": {
                    figure.code: {"value": figure.value, "unit": figure.unit, "formula": figure.formula}
                    for figure in each.figures
                },
                "gaps": list(each.gaps),
                "flags": list(each.flags),
            }
            for each in (told.total, *told.factors)
        ],
    }
