"""Look after the journal of actions."""

import re
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from medtrud.engines.journal.public import verify


class Command(BaseCommand):
    """Verify the chain of hashes."""

    help = "Журнал действий: verify - проверить, что ни одна строка не изменена и не удалена"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the parts."""
        parser.add_argument("what", choices=["verify"], metavar="verify", help="проверить цепочку отпечатков")
        parser.add_argument(
            "--expect",
            metavar="НОМЕР:ОТПЕЧАТОК",
            default="",
            help="строка, записанная вне базы после прошлой проверки: она должна стоять на месте",
        )

    def handle(self, *args: object, **options: object) -> None:
        """Print what was found; a break ends with status 1."""
        expect = str(options["expect"])
        if expect and not re.fullmatch(r"\d+:[0-9a-f]{64}", expect):
            self.stderr.write(
                "Прежний конец журнала пишут как НОМЕР:ОТПЕЧАТОК, например 120:3fa9… (64 знака)."
            )
            sys.exit(2)
        check = verify(expect=expect)
        (self.stderr if check.broken else self.stdout).write(check.text)
        if check.broken:
            sys.exit(1)
