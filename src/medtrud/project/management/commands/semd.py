"""medtrud semd: listed among the commands; only `build` needs the database."""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refusal, Refused, system_said
from medtrud.project.semd import HELP, REFUSED, run

JOB = Actor.job("medtrud semd build")


class Command(BaseCommand):
    """Check a document, load schemas."""

    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        """Take every word as it stands."""
        parser.add_argument("words", nargs="*", help="validate, load, schemas, build и их слова")
        parser.add_argument("--json", action="store_true", help="ответить в JSON")
        parser.add_argument("--out", type=Path, metavar="ФАЙЛ", help="куда записать XML (build)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write a document; all else is done as the fast way does it."""
        words = options["words"]
        if words[:1] != ["build"]:
            sys.exit(run([*words, *(["--json"] if options["json"] else [])]))
        try:
            if len(words) != 2:  # noqa: PLR2004 - the verb and the conclusion
                raise Refused("Назовите заключение: medtrud semd build UID [--out ФАЙЛ].")
            content = self._built(words[1])
            if options["out"]:
                options["out"].write_bytes(content)
            else:
                self.stdout.write(content.decode())
        except Refusal as refusal:
            self._refuse(str(refusal), as_json=options["json"])
        except OSError as error:
            self._refuse(
                f"Файл не записан: {system_said(error)}. Укажите другое место.", as_json=options["json"]
            )

    def _built(self, text: str) -> bytes:
        try:
            uid = UUID(text)
        except ValueError as error:
            raise Refused(f"«{text}» не похоже на идентификатор заключения. Он виден в API.") from error
        module = "medtrud.connectors.egisz"
        facts, lacks = import_module(f"{module}.queries").facts_by_uid(JOB, uid)
        if facts is None:
            listed = "\n".join(f"  {lack.what} — {lack.where}" for lack in lacks)
            raise Refused(f"Документ не составлен, не хватает данных:\n{listed}")
        content: bytes = import_module(f"{module}.rules").semd_xml(facts)
        return content

    def _refuse(self, text: str, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": text}, ensure_ascii=False))
        self.stderr.write(text)
        sys.exit(REFUSED)
