"""Many who wait for one doctor at a queue's head cost the others nothing: lanes tell what a look at all would tell."""

from clinic_script import ClinicScript, department, doctor, room
from hypothesis import given
from hypothesis import strategies as st
from slow_queue import (
    by_entry,
    slow_before,
    slow_count,
    slow_earliest,
    slow_first,
    slow_lanes,
    slow_oldest_normal,
    slow_overtaken,
)

from hub.domain import estimates, ordering, queues
from hub.domain.clinic import Clinic, Queue, Token
from smartqueue.terms import (
    DepartmentId,
    Instant,
    Label,
    Language,
    OperatorId,
    Priority,
    RoomId,
    TokenId,
)

MEDICINE = DepartmentId("medicine")
ADA, BEN = OperatorId("ada"), OperatorId("ben")
ROOMS = ("3", "4", "5")
PLAIN = ClinicScript().configure(
    department(MEDICINE, "A"),
    rooms=tuple(room(number, MEDICINE) for number in ROOMS),
    operators=(doctor("ada", "3"), doctor("ben", "4")),
)


def token(number: int, *, minute: int, credit_min: int = 0, bound: OperatorId | None = None, priority=Priority.NORMAL):
    at = Instant(PLAIN.now + minute * 60_000)
    return Token(
        TokenId(f"t{number:04}"), Label(f"A{number:03}"), MEDICINE, Language("en"), (), priority, trial=False,
        issued_at=at, entered_at=at, entry=number, base=at, first_base=at, credit_ms=credit_min * 60_000, doctor=bound,
    )  # fmt: skip


def clinic_with(tokens: list[Token]) -> Clinic:
    state = PLAIN.state
    state.tokens, state.queues[MEDICINE] = {one.id: one for one in tokens}, Queue()
    for one in tokens:
        queues.enter(state.queues[MEDICINE], one)
    return state


people = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.sampled_from([None, None, ADA, BEN, OperatorId("away")]),
        st.sampled_from([Priority.NORMAL, Priority.NORMAL, Priority.HIGH, Priority.EMERGENCY]),
    ),
    max_size=30,
).map(
    lambda drawn: [
        token(number, minute=minute, bound=bound, priority=priority, credit_min=20 if priority is Priority.HIGH else 0)
        for number, (minute, bound, priority) in enumerate(drawn)
    ]
)


@given(people, st.sampled_from([None, ADA, BEN]))
def test_lanes_tell_whom_a_look_at_everybody_tells(tokens, operator):
    state = clinic_with(tokens)
    queue = state.queues[MEDICINE]
    assert queue.lanes == slow_lanes(tokens)
    assert queues.eligible_count(queue, operator) == slow_count(state, MEDICINE, operator)
    assert ordering._oldest_normal(state, MEDICINE, operator) is slow_oldest_normal(state, MEDICINE, operator)
    for one in tokens:
        assert ordering._overtaken(state, one, operator) == slow_overtaken(state, one, operator)
    if queues.lanes_of(queue, operator):
        assert ordering._first(state, MEDICINE, operator) is slow_first(state, MEDICINE, operator)
        if not queue.emergencies:
            assert ordering._earliest(state, MEDICINE, operator) is slow_earliest(state, MEDICINE, operator)


@given(people, st.lists(st.sampled_from(ROOMS), unique=True), st.integers(0, 31))
def test_lanes_tell_how_many_are_before_a_place(tokens, numbers, minute):
    state = clinic_with(tokens)
    rooms = [one for one in state.rooms if one.removeprefix("room-") in numbers]
    operators = {state.desks[one].operator for one in rooms}
    newcomer = queues.new_place(state.rules(MEDICINE), Priority.HIGH, Instant(PLAIN.now + minute * 60_000), PLAIN.now)
    for place in (newcomer, *map(queues.place_of, tokens)):
        assert estimates._before(state, MEDICINE, place, rooms) == slow_before(state, MEDICINE, place, operators)


@given(people, st.data())
def test_who_leaves_leaves_no_trace(tokens, data):
    state = clinic_with(tokens)
    staying = data.draw(st.lists(st.sampled_from(tokens), unique_by=lambda one: one.id)) if tokens else []
    for one in tokens:
        if one not in staying:
            queues.leave(state.queues[MEDICINE], one)
    assert state.queues[MEDICINE].lanes == slow_lanes(staying)
    assert by_entry(state, MEDICINE) == sorted(staying, key=queues.entry_of)


class Counting(dict):
    """Tokens that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, key):
        self.looks += 1
        return super().__getitem__(key)


def test_six_hundred_at_the_head_who_wait_for_one_doctor_are_not_looked_at_for_the_others():
    tokens = [token(n, minute=n, bound=OperatorId("away") if n < 600 else None) for n in range(2000)]
    state = clinic_with(tokens)
    state.tokens = Counting(state.tokens)
    place = queues.new_place(state.rules(MEDICINE), Priority.NORMAL, PLAIN.now, PLAIN.now)
    slow_first(state, MEDICINE, ADA)
    assert state.tokens.looks > 600
    state.tokens.looks = 0
    for number in ROOMS:
        assert ordering.next_in_line(state, state.rooms[RoomId(f"room-{number}")], PLAIN.now).id == "t0600"
    assert estimates.ahead_of(state, MEDICINE, place, list(state.rooms)) == 0
    assert state.tokens.looks < 20
