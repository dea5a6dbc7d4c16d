"""What reports are made from: events in their envelope, without those that an undo took back."""

from collections import deque
from collections.abc import Iterator
from typing import Protocol

from hub.domain.events import CommandUndone, Event
from smartqueue.terms import CommandId, Day, Instant

HELD_MS = 10 * 60_000
"""How long after a command its undo is looked for: far longer than the rules allow one."""


class Record(Protocol):
    """An event of the journal. day: clinic day. by: who asked. command_id: None where only time asked."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> Instant: ...
    @property
    def day(self) -> Day: ...
    @property
    def event(self) -> Event: ...
    @property
    def by(self) -> str: ...
    @property
    def command_id(self) -> CommandId | None: ...


class Lasting:
    """Lets records through, in order and a little later, and drops the events of every command that was undone.

    The undo itself is dropped too: it is as if neither had been.
    """

    def __init__(self) -> None:
        self._held: deque[Record] = deque()

    def after(self, record: Record) -> Iterator[Record]:
        """Takes the next record; gives those that nothing can take back any more."""
        if isinstance(record.event, CommandUndone):
            undone = record.event.command
            self._held = deque(held for held in self._held if held.command_id != undone)
        else:
            self._held.append(record)
        while self._held and self._held[0].at < record.at - HELD_MS:
            yield self._held.popleft()

    def rest(self) -> Iterator[Record]:
        """Those that are left when there are no more."""
        while self._held:
            yield self._held.popleft()
