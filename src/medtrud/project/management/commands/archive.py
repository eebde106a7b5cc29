"""medtrud archive: listed among the commands; the work is done before Django starts."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from medtrud.project.archive import HELP, run


class Command(BaseCommand):
    """Prove a container."""

    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        """Take every word as it stands."""
        parser.add_argument("words", nargs="*", help="verify и его слова")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the same as the fast way."""
        sys.exit(run(options["words"]))
