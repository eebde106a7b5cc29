"""Stop the embedded server that nobody uses any more."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from medtrud.project.postgres.server import stop


class Command(BaseCommand):
    """Stop it cleanly, or say who still uses it."""

    help = "Остановить встроенный PostgreSQL"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the force."""
        parser.add_argument("--force", action="store_true", help="даже если базой ещё пользуются")

    def handle(self, *args: object, force: bool = False, **options: object) -> None:
        """Stop."""
        folder = settings.DATABASES["default"].get("EMBEDDED")
        if not folder:
            self.stdout.write("База данных задана в DATABASE_URL: этим сервером управляете вы.")
        elif stop(Path(folder), force=force):
            self.stdout.write("Встроенный PostgreSQL остановлен.")
        else:
            self.stdout.write("Встроенный PostgreSQL не запущен.")
