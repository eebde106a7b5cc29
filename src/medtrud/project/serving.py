"""The web server as a process of its own, started by `medtrud run`."""

import os
import signal
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

WATCH = 2.0  # seconds


def parent_lives(parent: int) -> Callable[[], bool]:
    """Return a question: is the process that started this one still there; without one, always yes."""
    return lambda: not parent or os.getppid() == parent


def leave_with(parent: int) -> None:
    """End this process when its parent was killed, so that nothing is left running."""
    lives = parent_lives(parent)

    def watch() -> None:
        while lives():
            time.sleep(WATCH)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def main(words: list[str]) -> None:
    """Serve until told to stop."""
    parser = ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--parent", type=int, default=0)
    given = parser.parse_args(words)
    leave_with(given.parent)
    Server(
        "medtrud.project.wsgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.WSGI,
        workers=given.workers,
        blocking_threads=8,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1:])
