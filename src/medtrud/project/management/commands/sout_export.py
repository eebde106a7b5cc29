"""Write the current cards of an employer as the exchange file."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from medtrud.domains.hazards.public import employer_named, lacks_said, sout_export, sout_export_check
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refusal

REFUSED = 2
JOB = Actor.job("выгрузка отчёта СОУТ из командной строки")


class Command(BaseCommand):
    """Write XML to standard output."""

    help = "СОУТ: выгрузить действующие карты работодателя в XML для ФГИС СОУТ"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the words."""
        parser.add_argument("employer", metavar="EMPLOYER", help="ИНН, uid или полное название")

    def handle(self, *args: object, **options: object) -> None:
        """Write the file; what keeps it from being valid is said on standard error."""
        try:
            employer = employer_named(JOB, str(options["employer"]))
            check = sout_export_check(JOB, employer=employer, on=today())
            if not check.ready:
                for text in lacks_said(check):
                    self.stderr.write(text)
                self.stderr.write(
                    "Файл не записан: впишите сведения на странице «Карты СОУТ → Выгрузить в XML»."
                )
                sys.exit(REFUSED)
            out = sys.stdout.buffer
            for piece in sout_export(JOB, employer=employer, on=today(), checked=check):
                out.write(piece.encode())
        except Refusal as refusal:
            self.stderr.write(str(refusal))
            sys.exit(REFUSED)
        out.flush()
