"""A clinic whose every step is looked at: nothing happens in it that the rules do not explain."""

from clinic_script import ClinicScript
from queue_model import OPEN, QueueModel
from slow_queue import slow_lanes

from hub.domain.clinic import Clinic, Moment, twin
from hub.domain.commands import Command
from hub.domain.decide import decide
from hub.domain.events import DayOpened, Event, LeaseGranted, TokenIssued
from hub.domain.evolve import evolve
from hub.domain.results import Decision
from hub.journal.codec import KINDS, decode, encode
from smartqueue.terms import CommandId, DepartmentId, LeaseId, RoomId, TokenState


class Numbers:
    """The series by their sentence: dense, but for the skip list, kiosks' blocks and labels that live on."""

    def __init__(self) -> None:
        self.last: dict[DepartmentId, int] = {}
        self.leases: dict[LeaseId, LeaseGranted] = {}
        self.used: dict[LeaseId, set[int]] = {}
        self.carried: set[str] = set()

    def apply(self, clinic: Clinic, event: Event) -> None:
        match event:
            case DayOpened():
                self.last, self.carried = {}, {token.label for token in event.carried}
                known = {lease.id for lease in event.leases}
                self.leases = {lease: granted for lease, granted in self.leases.items() if lease in known}
            case LeaseGranted():
                own = range(event.first, event.last + 1)
                others = [one for one in self.leases.values() if one.department == event.department]
                assert not any(other.first in own or other.last in own for other in others), "blocks share no number"
                assert event.first > self.last.get(event.department, 0)
                self.leases[event.lease], self.used[event.lease] = event, set()
            case TokenIssued(lease=None):
                assert event.number == self._next(clinic, event.department)
                self.last[event.department] = event.number
            case TokenIssued():
                lease = self.leases[event.lease]
                assert lease.first <= event.number <= lease.last
                assert event.number not in self.used[event.lease], "merged once"
                self.used[event.lease].add(event.number)

    def _next(self, clinic: Clinic, identifier: DepartmentId) -> int:
        department, number = clinic.departments[identifier], self.last.get(identifier, 0) + 1
        blocks = [
            range(lease.first, lease.last + 1)
            for lease in self.leases.values()
            if lease.department == identifier and (department.always_open or lease.day >= clinic.day)
        ]
        skip = clinic.configured().skip_numbers
        while number in skip or f"{department.letter}{number:03}" in self.carried or any(number in b for b in blocks):
            number += 1
        return number


class WatchedClinic(ClinicScript):
    """`ClinicScript` with a model beside it and a second state; events are as the journal has them."""

    def __init__(self) -> None:
        super().__init__()
        self.model, self.numbers = QueueModel(), Numbers()

    def _decide(self, command: Command, moment: Moment) -> Decision:
        before = twin(self.state)
        try:
            return decide(self.state, command, moment)
        finally:
            assert self.state == before, "deciding changes nothing"

    def _happened(self, event: Event, command: CommandId | None = None) -> None:
        assert decode(KINDS[type(event)], encode(event)) == event
        self.numbers.apply(self.state, event)
        self.model.apply(self.state, self.seq + 1, self.now, event, command)
        super()._happened(event, command)

    def restart(self) -> None:
        """The hub replays its journal, whole and from the last day on, and publishes from a twin."""
        days = [place for place, event in enumerate(self.events) if isinstance(event, DayOpened)]
        for first in (0, days[-1]):
            fresh = Clinic()
            for seq, at, event, command in self.journal[first:]:
                evolve(fresh, seq, at, decode(KINDS[type(event)], encode(event)), command)
            assert fresh == self.state
        self.state, self._again = fresh, twin(fresh)

    def look(self) -> None:
        self.model.compare(self.state)
        assert self._again == self.state, "the same events give the same state, and twins share nothing"
        _labels(self.state)
        _places(self.state)
        _queues(self.state)
        _figures(self.state)


def _labels(clinic: Clinic) -> None:
    labels = [token.label for token in clinic.tokens.values()]
    assert len(set(labels)) == len(labels), "no label twice"


def _places(clinic: Clinic) -> None:
    """Nobody is in two rooms; every open token has exactly one place."""
    queued = [item[-1] for queue in clinic.queues.values() for item in queue.entries]
    in_rooms = [desk.current for desk in clinic.desks.values() if desk.current is not None]
    parked = [token.id for token in clinic.tokens.values() if token.state is TokenState.PARKED]
    places = [*queued, *in_rooms, *parked]
    assert sorted(places) == sorted(token.id for token in clinic.tokens.values() if token.state in OPEN)
    for room, desk in clinic.desks.items():
        if desk.current is not None:
            assert clinic.tokens[desk.current].room == room


def _queues(clinic: Clinic) -> None:
    for department, queue in clinic.queues.items():
        waiting = [clinic.tokens[item[-1]] for item in queue.entries]
        assert all(token.department == department for token in waiting)
        ordered = sorted(item[-1] for item in (*queue.emergencies, *queue.order))
        assert ordered == sorted(token.id for token in waiting)
        assert queue.lanes == slow_lanes(waiting)


def _figures(clinic: Clinic) -> None:
    """Sums are those of what they sum up."""
    for flow in clinic.flows.values():
        assert flow.busy_ms == sum(one.busy_ms for one in flow.departures)
        by_room: dict[RoomId, tuple[int, int]] = {}
        for one in flow.departures:
            known, busy_ms = by_room.get(one.room, (0, 0))
            by_room[one.room] = known + 1, busy_ms + one.busy_ms
        assert flow.by_room == by_room
