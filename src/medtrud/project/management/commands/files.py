"""Look after the store of files."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from medtrud.engines.files.public import verify


class Command(BaseCommand):
    """Hash all content again."""

    help = "Файлы: verify - сверить содержимое всех файлов с их хэшами"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the parts."""
        parser.add_argument("what", choices=["verify"], metavar="verify", help="сверить содержимое с хэшами")

    def handle(self, *args: object, **options: object) -> None:
        """Print what was found; lost or changed content ends with status 1."""
        report = verify()
        for finding in report.findings:
            self.stderr.write(f"{finding.sha256}: {finding.fault}")
        self.stdout.write(
            f"Проверено: {report.checked}, байт: {report.size}, замечаний: {len(report.findings)}."
        )
        if not report.sound:
            sys.exit(1)
