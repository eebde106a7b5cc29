"""Several processes as one: started together, started again when one falls, stopped together."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from types import FrameType

GRACE = 40.0  # seconds for a clean end; then the process is killed
PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)
CALM = 60.0  # seconds without a fall, after which pauses begin anew
STEP = 0.2


@dataclass
class Child:
    """One process and its falls."""

    title: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    falls: int = 0
    next_start: float = field(default=0.0)

    def care(self, moment: float) -> str:
        """Start it when it is time; return what has happened in words."""
        if self.process is None:
            if moment >= self.next_start:
                self.process, self.started = subprocess.Popen(self.command), moment  # noqa: S603 - our own words
            return ""
        status = self.process.poll()
        if status is None:
            return ""
        self.falls = 1 if moment - self.started > CALM else self.falls + 1
        pause = PAUSES[min(self.falls, len(PAUSES)) - 1]
        self.process, self.next_start = None, moment + pause
        return f"{self.title}: остановка с кодом {status}. Новый запуск через {pause:.0f} с."

    def end(self) -> None:
        """Ask it to stop."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end; kill it when it takes too long."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def supervise(
    children: list[Child], say: Callable[[str], None], each_step: Callable[[], None] = lambda: None
) -> None:
    """Keep the children running until SIGTERM or SIGINT comes; leave none behind."""
    stop = Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {name: signal.signal(name, ask) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        while not stop.wait(STEP):
            for child in children:
                if told := child.care(time.monotonic()):
                    say(told)
            each_step()
    finally:
        for child in children:
            child.end()
        until = time.monotonic() + GRACE
        for child in children:
            child.wait(until)
        for name, handler in before.items():
            signal.signal(name, handler)
