"""A worker alone."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from medtrud.engines.background.public import work
from medtrud.project.serving import parent_lives


class Command(BaseCommand):
    """Deliver events, run jobs, follow the schedule."""

    help = "Выполнять фоновые работы отдельным процессом (для больших установок)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how much at once, and how soon a killed worker is noticed."""
        parser.add_argument(
            "--jobs", type=int, default=2, metavar="N", help="сколько работ вести одновременно"
        )
        parser.add_argument(
            "--heartbeat", type=float, default=10.0, metavar="С", help="как часто подавать знак, секунды"
        )
        parser.add_argument(
            "--stalled",
            type=float,
            default=30.0,
            metavar="С",
            help="через сколько секунд молчания исполнитель считается остановленным",
        )
        parser.add_argument(
            "--parent", type=int, default=0, metavar="PID", help="завершиться вместе с процессом"
        )

    def handle(self, *args: Any, **given: Any) -> None:
        """Work until told to stop."""
        if not given["parent"]:
            self.stdout.write("Фоновые работы выполняются. Остановить: Ctrl+C.")
            self.stdout.flush()
        work(
            jobs=given["jobs"],
            heartbeat=given["heartbeat"],
            stalled=given["stalled"],
            alive=parent_lives(given["parent"]),
        )
