"""medtrud simulate egisz: a registry of medical documents on this machine, for trials and training."""

import time
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from medtrud.engines.signing.public import signature_check
from medtrud.engines.store.public import now
from medtrud.kernel.errors import system_said

MODULE = "medtrud.connectors.egisz"


class Command(BaseCommand):
    """Take documents, judge them as the registry does, and call back."""

    help = "Имитатор внешней системы: egisz — реестр медицинских документов"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to simulate, the port and the pause before an answer."""
        parser.add_argument("system", choices=["egisz"])
        parser.add_argument("--port", type=int, default=8899)
        parser.add_argument("--delay", type=float, default=2.0, help="секунд до ответа")

    def handle(self, *args: object, **options: Any) -> None:
        """Serve until stopped."""
        drivers = import_module(f"{MODULE}.drivers.simulator")
        try:
            server = drivers.serve(
                drivers.Simulator(judge=self._judge), port=options["port"], delay=options["delay"]
            )
        except OSError as error:
            raise CommandError(
                f"Порт {options['port']} занят: {system_said(error)}. Укажите другой: --port 8898."
            ) from error
        self.stdout.write(
            f"Имитатор реестра: http://127.0.0.1:{server.server_port}/emdr. Остановить: Ctrl C."
        )
        self.stdout.flush()
        try:
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            server.shutdown()

    def _judge(self, content: bytes, signatures: list[bytes]) -> list[Any]:
        fault = import_module(f"{MODULE}.types.exchange").Fault
        books = import_module(f"{MODULE}.queries").books_now()
        report = import_module(f"{MODULE}.rules").semd_check(
            content, schemas=settings.SEMD_FOLDER, books=books
        )
        faults = [fault(found.rule, found.text) for found in report.errors]
        for signature in signatures:
            verdict = signature_check(signature, content, at=now())
            if not verdict.verdict.good:
                faults.append(fault("SIGNATURE", verdict.text))
        connection.close()  # the thread of one answer ends here
        return faults
