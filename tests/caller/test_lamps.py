"""The four lamps in every state, and their blinking."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caller.buttons import (
    Action,
    Flight,
    Mark,
    Order,
    Presses,
    Question,
    refuse,
)
from caller.lamps import Lamp, Lamps, Pattern, lamps
from caller.seen import Seen
from smartqueue.terms import RoomState

NOW = 1000.0
REST = Seen(away=False, heard_at=NOW, tick=7_000, room="room-3", state=RoomState.OPEN)
WAITING = replace(REST, waiting=5)
CALLED = replace(WAITING, token="t-1", label="A012", called=True, attempt=1)
ORDER = Order("command-1", Action.CALL_NEXT, "room-3", None, 7_000, NOW)
FLIGHT = Presses(flight=Flight(ORDER, "next", Mark(None, False, 0, RoomState.OPEN)))
UNKNOWN = Presses(flight=replace(FLIGHT.flight, unanswered=True))
ASKED = Presses(question=Question("t-1", 1, NOW, NOW + 11))


def names(shown: Lamps) -> dict[str, str]:
    return {lamp.value: shown.of(lamp).name for lamp in Lamp if shown.of(lamp).name != "off"}


def shown(seen: Seen, presses: Presses = Presses(), now: float = NOW) -> dict[str, str]:  # noqa: B008
    return names(lamps(seen, presses, now))


@pytest.mark.parametrize(
    ("case", "seen", "presses", "lit"),
    [
        ("rest: nobody waits", REST, Presses(), {}),
        ("people wait", WAITING, Presses(), {"white": "blink"}),
        ("called", replace(CALLED, waiting=0), Presses(), {"green": "on"}),
        ("in the room", replace(CALLED, waiting=0, called=False), Presses(), {"green": "on"}),
        ("called, and people wait", CALLED, Presses(), {"green": "on", "white": "blink"}),
        ("the hub asks: amber puts white out", CALLED, ASKED, {"green": "on", "amber": "blink"}),
        ("a press is on its way", CALLED, FLIGHT, {"green": "on", "amber": "on"}),
        ("a press is on its way, nobody called", WAITING, FLIGHT, {"amber": "on"}),
        ("hub away: red alone", replace(CALLED, away=True), Presses(), {"red": "on"}),
        ("hub away, a press unresolved: amber until known", replace(CALLED, away=True), UNKNOWN, {"amber": "on"}),
        ("refused: red alone", CALLED, refuse(Presses(), CALLED, "room_paused", NOW), {"red": "blink"}),
        ("refused while the hub asks", CALLED, refuse(ASKED, CALLED, "busy", NOW), {"red": "blink"}),
        ("pressed", CALLED, Presses(touched_at=NOW), {"green": "on", "amber": "on"}),
        ("paused: white steady", replace(WAITING, state=RoomState.PAUSED), Presses(), {"white": "on"}),
        (
            "paused with somebody in the room",
            replace(CALLED, state=RoomState.PAUSED),
            Presses(),
            {"green": "on", "white": "on"},
        ),
        ("closed", replace(WAITING, state=RoomState.CLOSED), Presses(), {}),
        ("before the hub was first heard", Seen(), Presses(), {"red": "on"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_lamps_show(case, seen, presses, lit):
    assert shown(seen, presses) == lit


def test_the_more_people_wait_the_faster_white_blinks():
    periods = [
        pattern.on_s + pattern.off_s
        for pattern in (lamps(replace(WAITING, waiting=n), Presses(), NOW).white for n in range(1, 40))
    ]
    assert periods == sorted(periods, reverse=True)
    assert len(set(periods)) >= 4


def test_nothing_flashes_more_than_three_times_a_second():
    everything = [lamps(replace(CALLED, waiting=n), Presses(), NOW) for n in range(40)]
    everything += [lamps(CALLED, presses, NOW) for presses in (ASKED, refuse(Presses(), CALLED, "busy", NOW))]
    patterns = [shown.of(lamp) for shown in everything for lamp in Lamp]
    assert all(pattern.on_s + pattern.off_s > 1 / 3 for pattern in patterns if pattern.name == "blink")


def test_a_refusal_is_seen_at_once_where_red_was_dark():
    assert lamps(CALLED, refuse(Presses(), CALLED, "busy", NOW), NOW).lit(NOW) == {Lamp.RED}


def test_a_press_while_the_hub_is_away_is_seen_at_once_where_red_was_burning():
    away = replace(CALLED, away=True)
    presses = refuse(Presses(), away, "hub_away", NOW)
    assert lamps(away, Presses(), NOW).lit(NOW) == {Lamp.RED}
    assert lamps(away, presses, NOW).lit(NOW) == set()
    assert lamps(away, presses, NOW + 0.2).lit(NOW + 0.2) == {Lamp.RED}
    assert lamps(away, presses, NOW + 2).lit(NOW + 2) == {Lamp.RED}


def test_a_refusal_blinks_three_times_and_is_over():
    presses, turns, now = refuse(Presses(), CALLED, "busy", NOW), 0, NOW
    while presses.shows_refusal(now):
        turns += Lamp.RED in lamps(CALLED, presses, now).lit(now)
        now = lamps(CALLED, presses, now).next_turn(now) + 1e-6
    assert turns == 3


def test_a_press_shows_on_amber_long_enough_for_an_eye():
    presses = Presses(touched_at=NOW)
    assert "amber" in shown(CALLED, presses, NOW + 0.14)
    assert "amber" not in shown(CALLED, presses, NOW + 0.16)


def test_each_lamp_has_its_pattern():
    assert [field.name for field in fields(Lamps)] == [lamp.value for lamp in Lamp]


@given(st.floats(0.05, 2), st.floats(0.05, 2), st.floats(0, 100), st.floats(0, 1000))
def test_a_blinking_lamp_turns_exactly_when_it_says(on_s, off_s, origin_s, now):
    pattern = Pattern(on_s, off_s, origin_s)
    turn = pattern.next_turn(now)
    assert now < turn <= now + max(on_s, off_s) + 1e-6
    assert pattern.lit(turn + 1e-4) != pattern.lit(turn - 1e-4)


@given(
    away=st.booleans(),
    waiting=st.integers(0, 30),
    token=st.sampled_from([None, "t-1"]),
    state=st.sampled_from(list(RoomState)),
    presses=st.sampled_from([Presses(), FLIGHT, UNKNOWN, ASKED, refuse(ASKED, CALLED, "busy", NOW)]),
    later=st.floats(0, 5),
)
def test_amber_puts_white_out_and_red_stands_alone_in_every_state(away, waiting, token, state, presses, later):
    seen = replace(CALLED, away=away, waiting=waiting, token=token, state=state)
    lit = set(shown(seen, presses, NOW + later))
    assert not {"amber", "white"} <= lit
    assert "red" not in lit or lit == {"red"}
