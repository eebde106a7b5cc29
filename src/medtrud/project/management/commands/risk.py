"""medtrud risk: listed among the commands; the work is done before Django starts."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from medtrud.project.risk import HELP, run


class Command(BaseCommand):
    """Answer a risk model from standard input."""

    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the same words as the fast way."""
        parser.add_argument("model", nargs="?", help="код модели")
        parser.add_argument("--json", action="store_true", help="ответить в JSON")
        parser.add_argument("--list", action="store_true", help="назвать модели")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the same as the fast way."""
        words = [options["model"]] if options["model"] else []
        sys.exit(run([*words, *(f"--{flag}" for flag in ("json", "list") if options[flag])]))
