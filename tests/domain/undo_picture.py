"""What must be the same again after an undo."""

from collections import deque

from hub.domain.clinic import Clinic, Flow, twin
from smartqueue.terms import Instant

HOUR_MS = 3_600_000


def picture(state: Clinic, at: Instant) -> Clinic:
    """All that there is at that time, but for what undo itself keeps.

    at: departures of the hour before it count. Of the calls that the board remembers, the oldest may have dropped out.
    """
    copied = twin(state)
    copied.calls = deque(list(state.calls)[-100:])
    copied.counted, copied.runs = {}, {department: run for department, run in state.runs.items() if run}
    for token in copied.tokens.values():
        token.touched = 0
    for desk in copied.desks.values():
        desk.undo = None
    for flow in copied.flows.values():
        _of_the_last_hour(flow, at)
    return copied


def _of_the_last_hour(flow: Flow, at: Instant) -> None:
    flow.departures = deque(one for one in flow.departures if at - one.at <= HOUR_MS)
    flow.busy_ms, flow.by_room = sum(one.busy_ms for one in flow.departures), {}
    for one in flow.departures:
        known, busy_ms = flow.by_room.get(one.room, (0, 0))
        flow.by_room[one.room] = known + 1, busy_ms + one.busy_ms
