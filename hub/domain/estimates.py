"""How long until the call: configured minutes first, then the throughput of the last hour (queue-rules, Estimates).

The third level, which knows doctors, and its calibration join here: another method beside these two.
"""

from collections.abc import Sequence

from hub.domain import flows, queues, throughput
from hub.domain.clinic import Clinic, Desk, Flow, Token
from hub.domain.events import Promise
from hub.domain.queues import Place
from smartqueue.terms import DepartmentId, EstimateMethod, Instant, OperatorId, Priority, RoomId, RoomState, TokenState


def newcomer(clinic: Clinic, department: DepartmentId, at: Instant) -> Promise | None:
    """For somebody of `normal` priority who takes a token now; None when no room is open."""
    place = queues.new_place(clinic.rules(department), Priority.NORMAL, at, at)
    return promise(clinic, department, place, at)


def until_closing(clinic: Clinic, department: DepartmentId, at: Instant) -> Promise | None:
    """The same for the last of the day: a break that ends does not stop the department (queue-rules, Next)."""
    place = queues.new_place(clinic.rules(department), Priority.NORMAL, at, at)
    return promise(clinic, department, place, at, breaks=True)


def shown(clinic: Clinic, department: DepartmentId, made: Promise | None) -> Promise | None:
    """None instead of a range that could not be kept: promises of this department have held too seldom or too often."""
    return made if flows.trusted(clinic.flows[department]) else None


def of_token(clinic: Clinic, token: Token, at: Instant) -> tuple[int | None, Promise | None]:
    """How many are before a token that waits, and what may be shown; nothing for any other."""
    if token.state is not TokenState.WAITING:
        return None, None
    place = queues.place_of(token)
    made = promise(clinic, token.department, place, at, queues.bound_to(token))
    ahead = made.ahead if made else queues.count_before(clinic.queues[token.department], place)
    return ahead, shown(clinic, token.department, made)


def promise(
    clinic: Clinic,
    department: DepartmentId,
    place: Place,
    at: Instant,
    doctor: OperatorId | None = None,
    *,
    breaks: bool = False,
) -> Promise | None:
    """Seconds until the call of somebody at this place, who waits for this doctor or for any.

    breaks: rooms that are paused and will be back count as open. None when no room is open that could call.
    """
    rooms = _rooms(clinic, department, doctor, breaks=breaks)
    if not rooms:
        return None
    ahead = ahead_of(clinic, department, place, rooms)
    first = ahead if doctor is None else _first(clinic, department, place, rooms, at)
    flow = clinic.flows[department]
    if not flows.knows_enough(flow):
        minutes = clinic.departments[department].minutes
        return Promise(*throughput.cold_quantiles(first, minutes, len(rooms)), EstimateMethod.COLD, ahead)
    departures, busy_ms = flows.of_last_hour(flow, at)
    busy = all(clinic.desks[room].current is not None for room in rooms)
    quantiles = throughput.wait_quantiles(
        first + busy,
        departures,
        busy_ms / 60_000,
        _prior_min(clinic, department, flow),
        _rate(clinic, department, rooms, at),
    )
    return Promise(*quantiles, EstimateMethod.THROUGHPUT, ahead)


def ahead_of(clinic: Clinic, department: DepartmentId, place: Place, rooms: Sequence[RoomId]) -> int:
    """How many are ordered before that place that one of these rooms could call."""
    unbound, bound = _before(clinic, department, place, rooms)
    return unbound + bound


def _first(clinic: Clinic, department: DepartmentId, place: Place, rooms: Sequence[RoomId], at: Instant) -> int:
    """How many of those before somebody who waits for one doctor that doctor's rooms will probably call.

    Whoever waits for any doctor is called by all rooms, each by its share of the department
    (docs/decisions/0010-estimates-in-real-clinics.md).
    """
    unbound, bound = _before(clinic, department, place, rooms)
    everywhere = _rate(clinic, department, _rooms(clinic, department, None, breaks=True), at)
    return bound + round(unbound * min(_rate(clinic, department, rooms, at) / everywhere, 1.0))


def _before(clinic: Clinic, department: DepartmentId, place: Place, rooms: Sequence[RoomId]) -> tuple[int, int]:
    """How many are ordered before that place and wait for any doctor; how many for one of these rooms' doctors."""
    queue, doctors = clinic.queues[department], {clinic.desks[room].operator for room in rooms} - {None}
    bound = sum(queues.count_in_lane(queue, place, doctor) for doctor in doctors)
    return queues.count_in_lane(queue, place, None), bound


def _rooms(clinic: Clinic, department: DepartmentId, doctor: OperatorId | None, *, breaks: bool) -> list[RoomId]:
    """Open rooms that could call somebody who waits for this doctor, or for any."""
    desks = ((room, clinic.desks[room]) for room in clinic.serving_rooms.get(department, ()))
    return [room for room, desk in desks if _works(desk, breaks=breaks) and (doctor is None or desk.operator == doctor)]


def _works(desk: Desk, *, breaks: bool) -> bool:
    return desk.state is RoomState.OPEN or (breaks and desk.state is RoomState.PAUSED and desk.back_at is not None)


def _prior_min(clinic: Clinic, department: DepartmentId, flow: Flow) -> float:
    return flow.mean_s / 60 if flow.learned else float(clinic.departments[department].minutes)


def _rate(clinic: Clinic, department: DepartmentId, rooms: Sequence[RoomId], at: Instant) -> float:
    """r: the department's shares of the busy minutes of these rooms, added up; equal shares where nothing is known."""
    rate = sum(_share(clinic, department, room, at) for room in rooms)
    return rate or sum(1 / len(clinic.desks[room].departments) for room in rooms)


def _share(clinic: Clinic, department: DepartmentId, room: RoomId, at: Instant) -> float:
    departments = clinic.desks[room].departments
    known = {identifier: flows.of_room(clinic.flows[identifier], room, at) for identifier in departments}
    busy_ms = sum(busy for _, busy in known.values())
    if sum(count for count, _ in known.values()) < flows.ENOUGH or not busy_ms:
        return 1 / len(departments)
    return known[department][1] / busy_ms
