"""When the sound is tried by itself: once on each clinic day, as soon as a department is open. Pure."""

from collections.abc import Iterable

from smartqueue.terms import Day
from smartqueue.wire import DepartmentView


class Opening:
    """tested: the last clinic day on which it was tried, from before a restart."""

    def __init__(self, tested: Day | None = None) -> None:
        self.tested = tested

    def due(self, day: Day, departments: Iterable[DepartmentView]) -> bool:
        """departments: those that this display shows."""
        return day != self.tested and any(one.open for one in departments)

    def done(self, day: Day) -> None:
        self.tested = day
