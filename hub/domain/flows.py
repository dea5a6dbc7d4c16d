"""What is learned from each departure: the figures that estimates rest on (queue-rules, Estimates)."""

from collections import deque
from itertools import takewhile
from typing import TypeVar

from hub.domain.carry_over import Learned
from hub.domain.clinic import HITS_KEPT, Departure, Flow
from hub.domain.events import (
    Promise,
)
from smartqueue.terms import Instant, RoomId

T = TypeVar("T")

WINDOW_MS = 3_600_000
ENOUGH = 5
"""Departures from which on figures count more than what was configured."""
ENOUGH_SERVICES = 10
USUAL_TIMES = 3
"""A service longer than this many times the 90th percentile is taken for a forgotten Finish."""
MEMORY = 200
"""Departures that the learned mean rests on at most, so that it follows how the clinic changes."""
COVERAGE = 0.65, 0.92
"""Share of the last calls inside the promised q10-q90 between which a range is shown."""


def longest_usual_ms(flow: Flow) -> int | None:
    """How long a service may take before one should ask "still in the room?"; None while too few are known."""
    if len(flow.services) < ENOUGH_SERVICES:
        return None
    ranked = sorted(flow.services)
    return USUAL_TIMES * ranked[-(-len(ranked) * 9 // 10) - 1]


def depart(flow: Flow, departure: Departure) -> bool:
    """Counts somebody who left a room, unless Finish was forgotten; tells whether it was counted."""
    limit = longest_usual_ms(flow)
    if limit is not None and departure.busy_ms > limit:
        return False
    forget(flow, departure.at)
    flow.departures.append(departure)
    flow.served += 1
    flow.busy_today_ms += departure.busy_ms
    _add(flow, departure.room, 1, departure.busy_ms)
    return True


def serve(flow: Flow, service_ms: int) -> bool:
    """Counts the time of one service that somebody started and finished; tells whether it was counted."""
    limit = longest_usual_ms(flow)
    if limit is not None and service_ms > limit:
        return False
    flow.services.append(service_ms)
    return True


def score(flow: Flow, promise: Promise, waited_ms: int) -> bool | None:
    """Remembers whether what was promised held, and tells it.

    None for "no wait at all": that says nothing about how good ranges are, and no call comes in no time.
    """
    if promise.q90 == 0:
        return None
    held = promise.q10 <= waited_ms / 1000 <= promise.q90
    flow.hits.append(held)
    return held


def forget(flow: Flow, at: Instant) -> None:
    """Departures of more than an hour ago no longer count."""
    while flow.departures and flow.departures[0].at < at - WINDOW_MS:
        old = flow.departures.popleft()
        _add(flow, old.room, -1, -old.busy_ms)


def of_last_hour(flow: Flow, at: Instant) -> tuple[int, int]:
    """Departures and their busy ms; nobody may have left for a while."""
    old = _old(flow, at)
    return len(flow.departures) - len(old), flow.busy_ms - sum(one.busy_ms for one in old)


def of_room(flow: Flow, room: RoomId, at: Instant) -> tuple[int, int]:
    """The same of one room."""
    count, busy_ms = flow.by_room.get(room, (0, 0))
    old = [one for one in _old(flow, at) if one.room == room]
    return count - len(old), busy_ms - sum(one.busy_ms for one in old)


def take_back_departure(flow: Flow, departure: Departure) -> None:
    """As if it had not been counted; it may have left the last hour meanwhile."""
    flow.served -= 1
    flow.busy_today_ms -= departure.busy_ms
    if departure in flow.departures:
        flow.departures.remove(departure)
        _add(flow, departure.room, -1, -departure.busy_ms)


def take_back_service(flow: Flow, service_ms: int) -> None:
    _remove_last(flow.services, service_ms)


def take_back_score(flow: Flow, held: bool) -> None:
    _remove_last(flow.hits, held)


def trusted(flow: Flow) -> bool:
    """Whether promises have held as often as they should; also while too few have been watched to say."""
    if len(flow.hits) < HITS_KEPT:
        return True
    low, high = COVERAGE
    return low <= sum(flow.hits) / len(flow.hits) <= high


def knows_enough(flow: Flow) -> bool:
    return flow.served >= ENOUGH or flow.learned >= ENOUGH


def learned(flow: Flow) -> Learned:
    """What the day leaves to the next one: earlier days and this one, weighed by how many departures they saw."""
    together = flow.learned + flow.served
    if not together:
        return Learned(0.0, 0, tuple(flow.hits))
    mean_s = (flow.mean_s * flow.learned + flow.busy_today_ms / 1000) / together
    return Learned(round(mean_s, 3), min(together, MEMORY), tuple(flow.hits))


def begin(known: Learned) -> Flow:
    flow = Flow(mean_s=known.mean_s, learned=known.served)
    flow.hits.extend(known.hits)
    return flow


def _old(flow: Flow, at: Instant) -> list[Departure]:
    return list(takewhile(lambda one: one.at < at - WINDOW_MS, flow.departures))


def _add(flow: Flow, room: RoomId, count: int, busy_ms: int) -> None:
    flow.busy_ms += busy_ms
    known, known_ms = flow.by_room.pop(room, (0, 0))
    if known + count:
        flow.by_room[room] = known + count, known_ms + busy_ms


def _remove_last(figures: deque[T], figure: T) -> None:
    """It may have dropped out of those that are kept."""
    for place in range(len(figures) - 1, -1, -1):
        if figures[place] == figure:
            del figures[place]
            return
