"""medtrud semd: listed among the commands; only `build` needs the database."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from medtrud.project.semd import HELP, run


class Command(BaseCommand):
    """Check a document, load schemas."""

    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        """Take every word as it stands."""
        parser.add_argument("words", nargs="*", help="validate, load, schemas, build и их слова")
        parser.add_argument("--json", action="store_true", help="ответить в JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the same as the fast way."""
        sys.exit(run([*options["words"], *(["--json"] if options["json"] else [])]))
