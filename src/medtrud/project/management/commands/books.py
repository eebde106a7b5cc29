"""Reference books the product brings with it: load them, or cut their files from federal books."""

import csv
import gzip
import io
from argparse import ArgumentParser
from pathlib import Path

import yaml
from django.core.management.base import BaseCommand, CommandError

from medtrud.kernel.actor import Actor
from medtrud.project.discover import ROOT
from medtrud.registries.reference.public import books_load

SHIPPED = ROOT / "registries" / "reference" / "books"


class Command(BaseCommand):
    """Load is harmless when repeated; pack is for those who prepare a release."""

    help = "Справочники: load – загрузить из поставки, pack ПАПКА – обновить поставку из файлов ФНСИ"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the verb and, for pack, the folder."""
        parser.add_argument("verb", choices=["load", "pack"])
        parser.add_argument("folder", nargs="?", type=Path)

    def handle(self, *args: object, **options: object) -> None:
        """Do the verb."""
        if options["verb"] == "load":
            loaded = books_load(Actor.job("загрузка справочников из поставки"))
            self.stdout.write(
                "\n".join(f"Загружено: {line}" for line in loaded) or "Все справочники уже загружены."
            )
        elif isinstance(folder := options["folder"], Path) and folder.is_dir():
            for line in _pack(folder):
                self.stdout.write(line)
        else:
            raise CommandError("Укажите папку с файлами справочников: medtrud books pack ПАПКА")


def _pack(folder: Path) -> list[str]:
    """Cut every listed book to the columns of its passport."""
    lines = []
    for about in yaml.safe_load((SHIPPED / "passports.yaml").read_text(encoding="utf8")):
        if not about.get("file"):
            continue  # an operator loads it
        found = sorted(folder.glob(f"{about['oid']}_{about['version']}.csv*"))
        if not found:
            raise CommandError(f"В папке нет файла {about['oid']}_{about['version']}.csv[.gz].")
        content = found[0].read_bytes()
        text = (gzip.decompress(content) if found[0].suffix == ".gz" else content).decode("utf-8-sig")
        columns = list(about["aliases"])
        target = io.StringIO(newline="")
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(columns)
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        writer.writerows([row[column] for column in columns] for row in rows)
        (SHIPPED / about["file"]).write_bytes(gzip.compress(target.getvalue().encode(), 9, mtime=0))
        lines.append(f"{about['file']}: строк {len(rows)}")
    return lines
