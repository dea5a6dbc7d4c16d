"""Numbers of kiosks' blocks that nobody got (queue-rules, Numbering, Lease)."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from hub.domain import numbering
from hub.domain.carry_over import KnownLease
from hub.domain.configuration import Department, Site
from hub.domain.events import DayOpened, LeaseGranted
from smartqueue.terms import Day, DepartmentId, Label, LeaseId


@dataclass(slots=True)
class _Block:
    department: DepartmentId
    unused: int


class Blocks:
    """The blocks of one clinic day. A number is burnt when its block is revoked or the day ends without it."""

    def __init__(self) -> None:
        self._blocks: dict[LeaseId, _Block] = {}
        self._carried: Set[Label] = frozenset()

    def begin(self, event: DayOpened) -> Iterator[tuple[DepartmentId, int]]:
        """Gives those that are burnt already: of blocks that were revoked before their day."""
        self._carried = frozenset(token.label for token in event.carried)
        self._blocks = {}
        departments = {department.id: department for department in event.departments}
        for lease in event.leases:
            if lease.day == event.day:
                self._grant(lease.id, lease, event.site, departments.get(lease.department), len(lease.used))
                if lease.revoked:
                    yield from self.revoke(lease.id)

    def grant(self, event: LeaseGranted, today: Day, site: Site, department: Department | None) -> None:
        """Blocks of later days are counted on their day."""
        if event.day == today:
            self._grant(event.lease, event, site, department, 0)

    def use(self, lease: LeaseId) -> None:
        """One of its numbers has been given out."""
        if lease in self._blocks:
            self._blocks[lease].unused -= 1

    def revoke(self, lease: LeaseId) -> Iterator[tuple[DepartmentId, int]]:
        block = self._blocks.pop(lease, None)
        if block is not None:
            yield block.department, max(0, block.unused)

    def end(self) -> Iterator[tuple[DepartmentId, int]]:
        """The day is over."""
        for lease in list(self._blocks):
            yield from self.revoke(lease)

    def _grant(
        self, lease: LeaseId, block: KnownLease | LeaseGranted, site: Site, department: Department | None, used: int
    ) -> None:
        letter = department.letter if department is not None else ""
        usable = sum(
            number not in site.skip_numbers and numbering.label(letter, number) not in self._carried
            for number in range(block.first, block.last + 1)
        )
        self._blocks[lease] = _Block(block.department, usable - used)
