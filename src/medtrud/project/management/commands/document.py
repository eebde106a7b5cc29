"""medtrud document render: the visual copy of a document as a file."""

from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from medtrud.domains.documents.public import document_copy
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refusal, system_said


class Command(BaseCommand):
    """Documents from the command line."""

    help = "Документы: render UID --out ФАЙЛ — копия с отметкой о подписи (PDF/A-3)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, with what, and where to write."""
        parser.add_argument("what", choices=["render"], help="render — изготовить копию")
        parser.add_argument("uid", metavar="UID", help="идентификатор документа")
        parser.add_argument("--out", required=True, metavar="ФАЙЛ", help="куда записать PDF")

    def handle(self, *args: object, **options: str) -> None:
        """Make the copy."""
        try:
            uid = UUID(options["uid"])
            content = document_copy(Actor.job("medtrud document render"), document=uid)
            Path(options["out"]).write_bytes(content)
        except ValueError as error:
            raise CommandError(
                f"«{options['uid']}» не похоже на идентификатор документа. Он виден в адресе."
            ) from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(
                f"Файл {options['out']} не записан: {system_said(error)}. Укажите другое место."
            ) from error
        self.stdout.write(f"Копия записана: {options['out']}, {len(content)} байт")
