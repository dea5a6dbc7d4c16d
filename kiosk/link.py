"""What every way to a printer offers: open for one job, write and read with time limits, close. And what goes wrong.

All calls block and belong in the printer's own thread.
"""

import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Protocol

from smartqueue.errors import PrinterFault

Clock = Callable[[], float]


class Answers(StrEnum):
    """Whether a printer at the end of this kind of link can answer."""

    ALWAYS = "always"
    """No answer means that something is wrong."""
    PERHAPS = "perhaps"
    NEVER = "never"


class CannotConnect(PrinterFault):
    """No link: refused, unplugged, not permitted, host away. Nothing has been sent."""


class LinkLost(PrinterFault):
    """The other side has gone. taken: bytes of the last write that were handed over before."""

    def __init__(self, text: str, taken: int = 0) -> None:
        super().__init__(text)
        self.taken = taken


class LinkStalled(PrinterFault):
    """It takes no more bytes within the time limit. taken: bytes of the last write that were handed over before."""

    def __init__(self, text: str, taken: int = 0) -> None:
        super().__init__(text)
        self.taken = taken


class Link(Protocol):
    """An open connection to a printer, for one job."""

    def write(self, data: bytes, timeout_s: float) -> None:
        """Hand over all of it. Raises LinkLost, LinkStalled."""

    def read(self, timeout_s: float) -> bytes:
        """Some bytes, as soon as there are any; empty when none came in time. Raises LinkLost."""

    def close(self, wait_s: float) -> None:
        """Let go; wait at most so long for what is still on its way out. Never raises."""


class Transport(Protocol):
    """A way to a printer. bytes_per_s: how fast it can carry at most, if that is slow enough to matter."""

    @property
    def url(self) -> str: ...

    @property
    def answers(self) -> Answers: ...

    @property
    def bytes_per_s(self) -> float | None: ...

    def open(self, timeout_s: float) -> Link:
        """Raises CannotConnect."""


def until(timeout_s: float, clock: Clock = time.monotonic) -> Iterator[float]:
    """Seconds that are left, again and again, while there are any; once at least."""
    end = clock() + timeout_s
    left = max(0.0, timeout_s)
    while True:
        yield left
        left = end - clock()
        if left <= 0:
            return
