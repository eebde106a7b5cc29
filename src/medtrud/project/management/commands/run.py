"""The whole product in one command."""

import os
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from medtrud.project.static_files import static_collect
from medtrud.project.supervisor import Child, supervise


class Command(BaseCommand):
    """Prepare the database and the static files, serve pages, do background work."""

    help = "Запустить сайт и фоновые работы"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say where to listen and how much to start."""
        parser.add_argument("--host", default="127.0.0.1", metavar="АДРЕС", help="адрес, на котором слушать")
        parser.add_argument("--port", type=int, default=8000, metavar="ПОРТ", help="порт, по умолчанию 8000")
        parser.add_argument(
            "--processes",
            type=int,
            default=min(4, os.cpu_count() or 1),
            metavar="N",
            help="сколько процессов отвечают на запросы",
        )
        parser.add_argument(
            "--no-work", action="store_true", help="без фоновых работ: их ведут отдельные medtrud work"
        )

    def handle(self, *args: Any, **given: Any) -> None:
        """Start everything and stay until Ctrl+C or SIGTERM."""
        host, port = given["host"], given["port"]
        if busy(host, port):
            self.stderr.write(
                f"Адрес {host}:{port} занят другой программой или недоступен. "
                f"Остановите её или выберите другой порт: medtrud run --port {port + 80}."
            )
            sys.exit(1)
        call_command("migrate", verbosity=0, interactive=False)
        static_collect()
        connections.close_all()
        processes = children(host, port, given["processes"], work=not given["no_work"])
        supervise(processes, self.stderr.write, self.opening(host, port))
        self.stdout.write("Медтруд остановлен.")

    def opening(self, host: str, port: int) -> Callable[[], None]:
        """Return a step that says once that the site answers."""
        told = False

        def step() -> None:
            nonlocal told
            if not told and answers(host, port):
                told = True
                self.stdout.write(f"Медтруд открыт: http://{shown(host)}:{port}/ Остановить: Ctrl+C.")
                self.stdout.flush()

        return step


def shown(host: str) -> str:
    """Return the address for a browser on this machine."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - only told, not listened to
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def answers(host: str, port: int) -> bool:
    """Tell whether the site is there."""
    try:
        with socket.create_connection((shown(host).strip("[]"), port), timeout=0.5):
            return True
    except OSError:
        return False


def children(host: str, port: int, processes: int, *, work: bool) -> list[Child]:
    """Return the processes to run."""
    own = ["--parent", str(os.getpid())]
    python = [sys.executable, "-m"]
    where = ["--host", host, "--port", str(port), "--workers", str(processes)]
    site = Child("Сайт", [*python, "medtrud.project.serving", *where, *own])
    worker = Child("Фоновые работы", [*python, "medtrud.project", "work", *own])
    return [site, worker] if work else [site]


def busy(host: str, port: int) -> bool:
    """Tell whether nobody can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
