"""Take an exchange file of working conditions in, or say what it would change."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from medtrud.domains.hazards.public import employer_named, sout_check, sout_import, sout_requisites
from medtrud.domains.hazards.types import SoutOutcome
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refusal
from medtrud.registries.organizations.public import organization_open
from medtrud.registries.organizations.types import Kind

REFUSED = 2
SHOWN = 50
JOB = Actor.job("загрузка отчёта СОУТ из командной строки")
TITLES = {
    "places": "рабочих мест в файле", "new": "новых", "changed": "изменённых", "unchanged": "без изменений",
    "removed": "нет в файле", "class_changed": "с другим классом",
    "differs": "класс расходится с измерениями",
    "bad": "не принято", "errors": "ошибок", "warnings": "замечаний",
}  # fmt: skip


class Command(BaseCommand):
    """Read .suot or XML."""

    help = "СОУТ: загрузить отчёт (.suot или XML); с --dry-run только показать, что изменится"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the words."""
        parser.add_argument("file", metavar="FILE", help="файл .suot или XML")
        parser.add_argument("--dry-run", action="store_true", help="только проверить, ничего не записывать")
        parser.add_argument("--json", action="store_true", help="ответить в JSON")
        parser.add_argument(
            "--employer", default="", help="работодатель: ИНН, uid или название; иначе по ИНН отчёта"
        )
        parser.add_argument(
            "--open", action="store_true", help="завести работодателя по отчёту, если его ещё нет"
        )
        parser.add_argument(
            "--whole", action="store_true", help="прекратить карты мест, которых нет в отчёте"
        )
        parser.add_argument(
            "--xsd", default=settings.SOUT_XSD, help="путь к официальной схеме, если она у вас есть"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Check or write; what cannot be read at all ends with status 2."""
        try:
            outcome = self._run(options)
        except Refusal as refusal:
            line = getattr(refusal.__cause__, "line", 0)
            self._refuse(str(refusal), line, as_json=bool(options["json"]))
        self._tell(outcome, str(options["file"]), dry=bool(options["dry_run"]), as_json=bool(options["json"]))
        if outcome.counts["places"] and outcome.counts["bad"] == outcome.counts["places"]:
            sys.exit(REFUSED)

    def _run(self, options: dict[str, object]) -> SoutOutcome:
        path, dry = str(options["file"]), bool(options["dry_run"])
        employer = employer_named(JOB, str(options["employer"])) if options["employer"] else None
        wanted = employer is None and options["open"] and not dry
        if wanted and (found := sout_requisites(JOB, path=path)) is not None:
            organization_open(JOB, kind=Kind.EMPLOYER, requisites=found, since=today())
        if dry:
            return sout_check(
                JOB,
                path=path,
                employer=employer,
                on=today(),
                whole=bool(options["whole"]),
                xsd=str(options["xsd"]),
            )
        return sout_import(JOB, path=path, employer=employer, on=today(), whole=bool(options["whole"]))

    def _refuse(self, text: str, line: int, *, as_json: bool) -> None:
        if as_json:
            said = {
                "refused": text, "counts": dict.fromkeys(TITLES, 0) | {"errors": 1}, "differences": [],
                "errors": [{"line": line, "place": "файл", "text": text, "level": "error"}],
            }  # fmt: skip
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        self.stderr.write(text)
        sys.exit(REFUSED)

    def _tell(self, outcome: SoutOutcome, path: str, *, dry: bool, as_json: bool) -> None:
        report = outcome.report
        if as_json:
            said = {
                "file": Path(path).name,
                "dry_run": dry,
                "report": {
                    "approved_on": report.approved_on.isoformat(), "act": report.act,
                    "employer": report.employer_name, "inn": report.employer_inn, "assessor": report.assessor,
                },
                "counts": {name: outcome.counts[name] for name in TITLES},
                "differences": [asdict(each) for each in outcome.differences],
                "errors": [asdict(each) for each in outcome.problems],
            }  # fmt: skip
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1, default=str))
            return
        self.stdout.write(
            f"Отчёт от {report.approved_on:%d.%m.%Y}, {report.employer_name}, ИНН {report.employer_inn}"
        )
        self.stdout.write("\n".join(f"  {title}: {outcome.counts[name]}" for name, title in TITLES.items()))
        for each in outcome.problems[:SHOWN]:
            self.stdout.write(f"строка {each.line}, {each.place}: {each.text}")
        self.stdout.write("Проверка: ничего не записано." if dry else "Загружено.")
