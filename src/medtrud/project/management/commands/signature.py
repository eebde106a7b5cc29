"""medtrud signature: listed among the commands; the work is done before Django starts."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from medtrud.project.signature import HELP, run


class Command(BaseCommand):
    """Check or make a signature."""

    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        """Take every word as it stands."""
        parser.add_argument("words", nargs="*", help="verify, sign или backend и их слова")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the same as the fast way."""
        sys.exit(run(options["words"]))
