"""The range somebody is shown goes on from what was shown before, until the token enters another queue."""

from dataclasses import replace

from hub.domain import queues
from hub.domain.clinic import Clinic, Desk, Flow, Queue, Token
from hub.domain.configuration import Department, Room, Site
from hub.domain.events import Promise
from hub.domain.queues import enter
from hub.shown import ShownRanges
from smartqueue.terms import DepartmentId, EstimateMethod, Instant, Label, Language, Priority, RoomId, TokenId

EN, MEDICINE, ROOM = Language("en"), DepartmentId("medicine"), RoomId("room-1")
AT = Instant(1_800_000_000_000)
MINUTE = 60_000


def clinic(waiting):
    """So many people wait in front of one room, ten minutes each."""
    department = Department(MEDICINE, "A", {EN: "Medicine"}, {}, "stethoscope", 0)
    state = Clinic(site=Site("clinic", {EN: "Clinic"}, (EN,), EN, "UTC"), day="2027-01-15")
    state.departments[MEDICINE] = department
    state.queues[MEDICINE], state.flows[MEDICINE] = Queue(), Flow()
    state.rooms[ROOM] = Room(ROOM, "1", (MEDICINE,))
    state.desks[ROOM] = Desk(departments=(MEDICINE,))
    state.serving_rooms = {MEDICINE: (ROOM,)}
    for number in range(waiting):
        token = Token(
            TokenId(f"t-{number}"), Label(f"A{number:03}"), MEDICINE, EN, (), Priority.NORMAL, trial=False,
            issued_at=AT, entered_at=AT, entry=number + 1, base=AT, first_base=AT,
        )  # fmt: skip
        state.tokens[token.id] = token
        enter(state.queues[MEDICINE], token)
    return state


def leave(state, number):
    """Somebody before it is called."""
    queues.leave(state.queues[MEDICINE], state.tokens[TokenId(f"t-{number}")])


def latest(ranges, state, token, minutes):
    return (ranges.of(state, token, Instant(AT + minutes * MINUTE))[1].latest - AT) // MINUTE


def test_a_small_rise_is_held_back_and_a_fall_is_shown_at_once():
    state, ranges = clinic(4), ShownRanges()
    token = state.tokens[TokenId("t-3")]
    assert latest(ranges, state, token, 0) == 60
    assert [latest(ranges, state, token, minutes) for minutes in (4, 8)] == [60, 60]
    leave(state, 0)
    assert latest(ranges, state, token, 9) < 60


def test_another_reader_of_the_same_token_sees_the_same():
    state, ranges = clinic(4), ShownRanges()
    token = state.tokens[TokenId("t-3")]
    first = ranges.of(state, token, AT)
    assert ranges.of(state, token, AT) == first
    assert ShownRanges().of(state, token, AT) == first


def test_it_starts_from_the_promise_that_was_made_when_it_was_issued():
    state = clinic(4)
    promise = Promise(0, 20 * 60, 30 * 60, 55 * 60, 60 * 60, EstimateMethod.COLD, 3)
    token = replace(state.tokens[TokenId("t-3")], promise=promise)
    state.tokens[token.id] = token
    assert latest(ShownRanges(), state, token, 4) == 55
    assert latest(ShownRanges(), state, replace(token, promise=None), 4) > 55


def test_in_another_queue_it_starts_anew():
    state, ranges = clinic(4), ShownRanges()
    token = state.tokens[TokenId("t-3")]
    assert latest(ranges, state, token, 0) == 60
    moved = replace(token, entry=99)
    assert latest(ranges, state, moved, 4) > 60


def test_nothing_is_shown_where_no_room_is_open_and_what_was_shown_is_kept():
    state, ranges = clinic(4), ShownRanges()
    token = state.tokens[TokenId("t-3")]
    assert latest(ranges, state, token, 0) == 60
    state.serving_rooms[MEDICINE] = ()
    assert ranges.of(state, token, Instant(AT + 3 * MINUTE)) == (3, None)
    state.serving_rooms[MEDICINE] = (ROOM,)
    assert latest(ranges, state, token, 4) == 60


def test_tokens_of_a_day_that_is_over_are_forgotten():
    state, ranges = clinic(4), ShownRanges()
    token = state.tokens[TokenId("t-3")]
    assert latest(ranges, state, token, 0) == 60
    ranges.forget(Clinic())
    assert latest(ranges, state, token, 4) > 60
