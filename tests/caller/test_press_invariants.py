"""Any story of presses, answers, silences and news of the feed: what must be true in all of them."""

from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from caller.buttons import (
    PRESS_LIFE_S,
    READ_THE_QUESTION_S,
    Button,
    Order,
    Press,
    Presses,
    answered,
    look,
    press,
    touch,
    unanswered,
)
from caller.lamps import Lamp, lamps
from caller.seen import SILENT_S, Beat, Seen
from smartqueue.terms import CommandId, Outcome, RoomState

ROOMS = ("room-3", "room-3", "room-3", "room-9")
CODES = (None, None, "room_paused", "confirm_no_show", "press_too_old")


@dataclass
class Story:
    """A unit over time; `orders` is all that would ever leave for the hub."""

    now: float = 1000.0
    presses: Presses = field(default_factory=Presses)
    room: Seen = field(default_factory=lambda: Seen(False, room="room-3", state=RoomState.OPEN, waiting=4))
    beats: tuple[Beat, ...] = (Beat(1000.0, 1_000_000),)
    orders: list[Order] = field(default_factory=list)

    @property
    def seen(self) -> Seen:
        away = self.now - self.beats[-1].at >= SILENT_S
        return replace(self.room, away=away, beats=self.beats[-5:])

    def goes_on(self, seconds: float) -> None:
        self.now += seconds
        self.presses = look(self.presses, self.seen, self.now)

    def beat(self) -> None:
        self.beats = (*self.beats, Beat(self.now, int(self.now * 1000)))
        self.presses = look(self.presses, self.seen, self.now)

    def feed_shows(self, token: int, called: bool, state: RoomState, room: str) -> None:
        current = {"token": f"t-{token}" if token else None, "called": bool(token) and called, "attempt": token}
        self.room = replace(self.room, state=state, room=room, **current)
        self.presses = look(self.presses, self.seen, self.now)

    def finger(self, button: Button, made_ago_s: float) -> None:
        self.presses = touch(self.presses, self.seen, self.now)
        self.must_be_answered_by_a_lamp()
        flying = self.presses.flight
        question = look(self.presses, self.seen, self.now).question
        made = Press(button, self.now - made_ago_s)
        self.presses, order = press(self.presses, self.seen, made, self.now, CommandId(f"c-{len(self.orders)}"))
        self.must_be_answered_by_a_lamp()
        if order is not None:
            self.must_be_right(order, made, flying, question)
            self.orders.append(order)

    def must_be_answered_by_a_lamp(self) -> None:
        shown = lamps(self.seen, self.presses, self.now)
        told = shown.amber.name != "off" or shown.red.name != "off"
        assert told, "a press was answered by no lamp"

    def must_be_right(self, order: Order, made: Press, flying, question) -> None:
        assert flying is None, "two orders at once"
        assert self.now < made.at + PRESS_LIFE_S, "called late"
        heard = [beat.at for beat in self.beats if beat.tick == order.tick]
        assert heard[0] <= made.at, "a tick from after the press"
        assert (order.room, order.token) == (self.room.room, self.room.token), "not the room that the presser saw"
        if order.outcome is Outcome.NO_SHOW:
            assert question is not None
            assert made.at >= question.asked_at + READ_THE_QUESTION_S
            assert question.token == self.room.token

    def hub_answers(self, code: str | None) -> None:
        if self.presses.flight is not None:
            command_id = self.presses.flight.order.command_id
            self.presses = answered(self.presses, self.seen, command_id, code, self.now)

    def is_asked(self) -> None:
        """Somebody was called a moment ago, and Next was pressed again."""
        self.feed_shows(1, True, RoomState.OPEN, "room-3")
        self.beat()
        self.finger(Button.NEXT, 0.0)
        self.hub_answers("confirm_no_show")

    def nobody_answers(self) -> None:
        if self.presses.flight is not None:
            self.now = max(self.now, self.presses.flight.order.expires_at)
            self.presses = unanswered(self.presses, self.presses.flight.order.command_id)

    def check(self) -> None:
        shown = lamps(self.seen, self.presses, self.now)
        lit = {lamp for lamp in Lamp if shown.of(lamp).name != "off"}
        if self.presses.flight is not None and not self.presses.shows_refusal(self.now):
            assert Lamp.AMBER in lit, "an outcome is unknown and amber is dark"
        if Lamp.RED in lit:
            assert lit == {Lamp.RED}
            assert self.seen.away or self.presses.shows_refusal(self.now), "red without a reason"
        else:
            assert not {Lamp.AMBER, Lamp.WHITE} <= lit


steps = st.one_of(
    st.tuples(st.just("goes_on"), st.floats(0.01, 5)),
    st.tuples(st.just("beat")),
    st.tuples(
        st.just("feed_shows"),
        st.integers(0, 3),
        st.booleans(),
        st.sampled_from(list(RoomState)),
        st.sampled_from(ROOMS),
    ),
    st.tuples(st.just("finger"), st.sampled_from(list(Button)), st.sampled_from([0.0, 0.0, 0.02, 1.0, 3.5])),
    st.tuples(st.just("hub_answers"), st.sampled_from(CODES)),
    st.tuples(st.just("nobody_answers")),
    st.tuples(st.just("is_asked")),
)


@given(st.lists(steps, max_size=40))
def test_no_story_calls_late_calls_twice_or_leaves_a_press_without_a_lamp(story):
    unit = Story()
    for step, *values in story:
        getattr(unit, step)(*values)
        unit.check()
    assert len({order.command_id for order in unit.orders}) == len(unit.orders)


@given(st.lists(steps, max_size=20))
def test_every_story_ends_in_a_known_outcome_once_the_hub_is_heard_again(story):
    unit = Story()
    for step, *values in story:
        getattr(unit, step)(*values)
    unit.nobody_answers()
    for _ in range(5):
        unit.goes_on(1.0)
        unit.beat()
    assert unit.presses.flight is None
