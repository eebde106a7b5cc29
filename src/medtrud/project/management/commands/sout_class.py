"""medtrud sout-class: listed among the commands; the work is done before Django starts."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from medtrud.project.sout_class import HELP, run


class Command(BaseCommand):
    """Answer classes of conditions from standard input."""

    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the same words as the fast way."""
        parser.add_argument("--json", action="store_true", help="ответить в JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the same as the fast way."""
        sys.exit(run(["--json"] if options["json"] else []))
