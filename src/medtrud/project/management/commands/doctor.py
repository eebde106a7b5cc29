"""Say what runs, where the data lie and what is missing."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand

from medtrud.project.doctor import examine

MARKS = {"ok": "✓", "note": "•", "bad": "✗"}


class Command(BaseCommand):
    """Report in Russian, or in JSON; the exit status is 1 when something must be mended."""

    help = "Проверить установку: что работает, где данные, чего не хватает"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form."""
        parser.add_argument("--json", action="store_true", help="ответить в JSON")

    def handle(self, *args: object, **options: object) -> None:
        """Examine and tell."""
        found = examine()
        bad = any(finding.state == "bad" for finding in found)
        if options["json"]:
            answer = {"ok": not bad, "findings": [asdict(finding) for finding in found]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            for finding in found:
                self.stdout.write(f"{MARKS[finding.state]} {finding.title}: {finding.text}")
                if finding.step:
                    self.stdout.write(f"    → {finding.step}")
            self.stdout.write("\nЕсть что исправить." if bad else "\nВсё необходимое на месте.")
        if bad:
            sys.exit(1)
