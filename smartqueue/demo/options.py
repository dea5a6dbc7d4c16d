"""What the demo was asked for, and where its things lie."""

from dataclasses import dataclass
from pathlib import Path

CALLERS = {"desk-3": "room-3", "desk-5": "room-5"}
"""Caller units by name, and their rooms."""
DEPARTMENTS = ("general-medicine", "laboratory")
"""What those rooms call for: simulated patients go there."""


@dataclass(frozen=True, slots=True)
class Options:
    """seconds: limit of the whole run, 0 = none. port: of the hub, 0 = a free one. out: where pictures and sound go."""

    headless: bool
    seconds: float
    patients: int
    out: Path
    port: int
    faults: bool

    @property
    def logs(self) -> Path:
        return self.out / "logs"

    @property
    def tickets(self) -> Path:
        return self.out / "tickets"

    @property
    def announcements(self) -> Path:
        return self.out / "announcements"

    @property
    def screens(self) -> Path:
        return self.out / "screens"
