"""What is promised: cold start first, then the throughput of the last hour (queue-rules, Estimates)."""

from hub.domain.estimates import newcomer
from smartqueue.terms import DepartmentId, EstimateMethod, RoomId, RoomState

MEDICINE = DepartmentId("medicine")


def test_the_range_is_half_to_twice_the_configured_minutes_per_open_room(clinic):
    for _ in range(6):
        clinic.issue()
    promise = newcomer(clinic.state, MEDICINE, clinic.now)
    assert (promise.q20, promise.q85) == (6 * 600 // 3 // 2, 6 * 600 // 3 * 2)
    assert (promise.method, promise.ahead) == (EstimateMethod.COLD, 6)


def test_without_an_open_room_there_is_no_range(clinic):
    for number in ("3", "4", "6"):
        clinic.state.desks[RoomId(f"room-{number}")].state = RoomState.PAUSED
    assert newcomer(clinic.state, MEDICINE, clinic.now) is None
