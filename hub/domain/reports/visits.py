"""What each token goes through, folded from its events into the tallies of a report.

Tokens for trials are left out of everything: they are never known here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hub.domain import clinic_day
from hub.domain.carry_over import CarriedToken
from hub.domain.configuration import Department
from hub.domain.events import (
    DayClosed,
    DayOpened,
    Event,
    NoShowMarked,
    PrioritySet,
    ServiceFinished,
    ServiceStarted,
    TokenCalled,
    TokenCancelled,
    TokenIssued,
    TokenParked,
    TokenResumed,
    TokenReturned,
    TokenTransferred,
)
from hub.domain.reports.promises import Given, PromiseTally
from hub.domain.reports.tallies import Tallies
from smartqueue.terms import (
    CancelReason,
    DepartmentId,
    EntryKind,
    Instant,
    Need,
    OperatorId,
    Priority,
    TokenId,
    TokenState,
)


@dataclass(slots=True)
class Visit:
    """A token that is still open. since: begin of its state; None = nobody knows.

    entered_at: into this queue. stay_ms: waited in it, whole_ms: in all; whole: that is all of it. asked: it has been
    called from this queue before. given: the promise, as long as it stands. overtaken: how often, by department.
    """

    department: DepartmentId
    needs: tuple[Need, ...]
    priority: Priority
    state: TokenState
    since: Instant | None
    entered_at: Instant
    asked: bool = False
    stay_ms: int = 0
    whole_ms: int = 0
    whole: bool = True
    operator: OperatorId | None = None
    given: Given | None = None
    overtaken: dict[DepartmentId, int] = field(default_factory=dict)


class Visits:
    """Takes the events of tokens in their order. departments, zone: as configured at that moment."""

    def __init__(self, tallies: Tallies) -> None:
        self.departments: Mapping[DepartmentId, Department] = {}
        self.zone = "UTC"
        self._tallies = tallies
        self._open: dict[TokenId, Visit] = {}

    def take(self, at: Instant, event: Event) -> None:  # noqa: PLR0912 - one line an event
        match event:
            case TokenIssued():
                self._issued(at, event)
            case TokenCalled():
                self._called(at, event)
            case ServiceStarted():
                self._started(at, event)
            case ServiceFinished():
                self._finished(at, event)
            case NoShowMarked():
                self._no_show(at, event)
            case TokenReturned():
                self._returned(at, event)
            case TokenParked():
                self._parked(at, event)
            case TokenResumed():
                self._resumed(at, event)
            case TokenTransferred():
                self._transferred(at, event)
            case PrioritySet():
                self._prioritised(event)
            case TokenCancelled():
                self._cancelled(at, event)
            case DayClosed():
                self._day_closed(event)
            case DayOpened():
                self._day_opened(event)
            case _:
                pass

    def end(self) -> None:
        """There are no more events: what open tokens went through so far counts too."""
        for visit in self._open.values():
            self._count_overtaken(visit)

    # --- arrivals -------------------------------------------------------------------------------------

    def _issued(self, at: Instant, event: TokenIssued) -> None:
        if event.trial:
            return
        entered_at = at if event.entered_at is None else event.entered_at
        visit = Visit(event.department, event.needs, event.priority, TokenState.WAITING, entered_at, entered_at)
        visit.overtaken[event.department] = 0
        self._open[event.token] = visit
        for tally in self._tallies.of(event.department):
            tally.issued += 1
            tally.offline += event.lease is not None
            tally.appointments += event.appointment is not None
        self._tallies.hours[self._hour(min(at, entered_at))].arrivals += 1
        for need in set(event.needs):
            self._tallies.need(need).arrivals += 1
        if event.promise is not None and event.promise.q90 > 0:
            visit.given = Given(event.promise, at, event.low_s is not None)
            self._promises(visit.given).made += 1

    def _enter(self, visit: Visit, department: DepartmentId, at: Instant) -> None:
        """It waits elsewhere now; in the same department when only the doctor is another one."""
        moved = department != visit.department
        visit.department, visit.entered_at = department, at
        visit.asked, visit.stay_ms, visit.given = False, 0, None
        visit.overtaken.setdefault(department, 0)
        visit.state, visit.since = TokenState.WAITING, at
        for tally in self._tallies.of(department):
            tally.moved_in += moved

    # --- calls ----------------------------------------------------------------------------------------

    def _called(self, at: Instant, event: TokenCalled) -> None:
        visit = self._open.get(event.token)
        if visit is None:
            return
        if event.attempt > 1:
            self._recalled(visit, event.operator)
            return
        self._leave(visit, at)
        if not visit.asked:
            self._first_call(visit, at)
        visit.asked, visit.operator = True, event.operator
        visit.state, visit.since = TokenState.CALLED, at
        overtook = sum(self._overtaken(other) for other in event.overtook)
        for tally in self._tallies.of(visit.department):
            tally.calls += 1
            tally.reasons[event.reason] += 1
            tally.overtook[event.reason] += overtook
            tally.capped += event.capped
        self._tallies.hours[self._hour(at)].calls += 1
        self._tallies.operator(event.operator).calls += 1

    def _recalled(self, visit: Visit, operator: OperatorId | None) -> None:
        for tally in self._tallies.of(visit.department):
            tally.recalls += 1
        self._tallies.operator(operator).recalls += 1

    def _first_call(self, visit: Visit, at: Instant) -> None:
        """From this queue: how long it waited here, and whether that was what was promised."""
        configured = self.departments.get(visit.department)
        for tally in self._tallies.of(visit.department):
            tally.waits.append(visit.stay_ms)
            tally.within_target += configured is not None and visit.stay_ms <= configured.target_min * 60_000
            if visit.priority is Priority.NORMAL:
                tally.normal_waits.append(visit.stay_ms)
        self._tallies.hours[self._hour(visit.entered_at)].waits.append(visit.stay_ms)
        for need in set(visit.needs):
            self._tallies.need(need).waits.append(visit.stay_ms)
        if visit.given is not None:
            hour = self._tallies.hours[self._hour(visit.given.at)]
            hour.promised += 1
            hour.kept += self._promises(visit.given).score(visit.given, at)
            visit.given = None

    def _overtaken(self, token: TokenId) -> bool:
        """Whether it counts: a trial does not."""
        visit = self._open.get(token)
        if visit is None:
            return False
        visit.overtaken[visit.department] = visit.overtaken.get(visit.department, 0) + 1
        return True

    # --- in the room ----------------------------------------------------------------------------------

    def _started(self, at: Instant, event: ServiceStarted) -> None:
        visit = self._open.get(event.token)
        if visit is None:
            return
        if not event.implied and visit.since is not None and visit.state is TokenState.CALLED:
            walk_ms = at - visit.since
            for tally in self._tallies.of(visit.department):
                tally.walks.append(walk_ms)
            self._tallies.operator(visit.operator).walks.append(walk_ms)
        visit.state, visit.since = TokenState.SERVING, None if event.implied else at

    def _finished(self, at: Instant, event: ServiceFinished) -> None:
        visit = self._open.get(event.token)
        if visit is None:
            return
        self._leave(visit, at)
        for tally in self._tallies.of(visit.department):
            tally.consultations += 1
            tally.served += event.next is None
        self._tallies.hours[self._hour(at)].consultations += 1
        self._tallies.operator(visit.operator).consultations += 1
        if event.next is not None:
            self._enter(visit, event.next, at)
            return
        if visit.whole:
            self._tallies.visit_waits.append(visit.whole_ms)
        self._close(event.token)

    def _no_show(self, at: Instant, event: NoShowMarked) -> None:
        visit = self._open.get(event.token)
        if visit is None:
            return
        visit.state, visit.since = TokenState.NO_SHOW, at
        for tally in self._tallies.of(visit.department):
            tally.no_shows += 1
        self._tallies.operator(visit.operator).no_shows += 1

    def _returned(self, at: Instant, event: TokenReturned) -> None:
        visit = self._open.get(event.token)
        if visit is None:
            return
        visit.state, visit.since, visit.given = TokenState.WAITING, at, None
        for tally in self._tallies.of(visit.department):
            tally.returns += 1

    # --- away, elsewhere, out -------------------------------------------------------------------------

    def _parked(self, at: Instant, event: TokenParked) -> None:
        visit = self._open.get(event.token)
        if visit is not None:
            self._leave(visit, at)
            visit.state, visit.since, visit.given = TokenState.PARKED, at, None

    def _resumed(self, at: Instant, event: TokenResumed) -> None:
        visit = self._open.get(event.token)
        if visit is not None:
            self._leave(visit, at)
            visit.state, visit.since = TokenState.WAITING, max(at, visit.entered_at)

    def _transferred(self, at: Instant, event: TokenTransferred) -> None:
        visit = self._open.get(event.token)
        if visit is not None:
            self._leave(visit, at)
            self._enter(visit, event.department, at)

    def _prioritised(self, event: PrioritySet) -> None:
        visit = self._open.get(event.token)
        if visit is not None:
            visit.priority = event.priority

    def _cancelled(self, at: Instant, event: TokenCancelled) -> None:
        visit = self._open.get(event.token)
        if visit is None:
            return
        self._leave(visit, at)
        by_patient = event.reason is CancelReason.PATIENT
        for tally in self._tallies.of(visit.department):
            tally.left += by_patient
            tally.withdrawn += not by_patient
        self._close(event.token)

    # --- days -----------------------------------------------------------------------------------------

    def _day_closed(self, event: DayClosed) -> None:
        """Nobody knows how long those were really served or away that are open still: their last state is not timed."""
        for token, visit in self._these(event.unserved):
            for tally in self._tallies.of(visit.department):
                tally.unserved += 1
            self._close(token)
        for token, visit in self._these(tuple(self._open)):
            if visit.state is TokenState.NO_SHOW:
                for tally in self._tallies.of(visit.department):
                    tally.never_returned += 1
                self._close(token)

    def _day_opened(self, event: DayOpened) -> None:
        """What is carried over from a day that is not in this report begins in the middle."""
        carried = {token.id: token for token in event.carried if not token.trial}
        self._open = {
            identifier: self._open.get(identifier) or _in_the_middle(token) for identifier, token in carried.items()
        }

    def _these(self, tokens: tuple[TokenId, ...]) -> Iterator[tuple[TokenId, Visit]]:
        for token in tokens:
            if (visit := self._open.get(token)) is not None:
                yield token, visit

    # --- what they share ------------------------------------------------------------------------------

    def _leave(self, visit: Visit, at: Instant) -> None:
        """Counts the time in the state that it is in now."""
        if visit.since is None:
            return
        spent_ms = max(0, at - visit.since)
        match visit.state:
            case TokenState.WAITING:
                visit.stay_ms += spent_ms
                visit.whole_ms += spent_ms
            case TokenState.SERVING:
                self._tallies.serve(visit.department, visit.operator, spent_ms)
            case TokenState.PARKED:
                for tally in self._tallies.of(visit.department):
                    tally.away.append(spent_ms)

    def _close(self, token: TokenId) -> None:
        visit = self._open.pop(token)
        self._count_overtaken(visit)
        if visit.given is not None:
            self._promises(visit.given).abandoned += 1

    def _count_overtaken(self, visit: Visit) -> None:
        times = sum(visit.overtaken.values())
        if visit.priority is not Priority.NORMAL and not times:
            return
        self._tallies.site.overtaken[times] += 1
        for department, here in visit.overtaken.items():
            self._tallies.of(department)[-1].overtaken[here] += 1

    def _promises(self, given: Given) -> PromiseTally:
        return self._tallies.promise(given.promise.method)

    def _hour(self, at: Instant) -> int:
        return clinic_day.local_hour(at, self.zone)


def _in_the_middle(token: CarriedToken) -> Visit:
    """Of a token that was carried over only some instants are known: what can't be told is left out."""
    asked = token.came_by is EntryKind.RETURN or token.called_at >= token.entered_at
    visit = Visit(token.department, token.needs, token.priority, token.state, None, token.entered_at, asked)
    visit.whole = False
    visit.overtaken[token.department] = 0
    if token.state is TokenState.CALLED:
        visit.since = token.first_called_at
    elif token.state is TokenState.WAITING and not asked:
        visit.since = token.entered_at
    return visit
