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
from caller.lamps import CARE_S, IDENTIFY_S, OFF, STEADY, WINKS, Lamp, Lamps, Pattern, due, lamps
from caller.seen import Beat, Seen
from smartqueue.terms import Care, RoomState

NOW = 1000.0
REST = Seen(away=False, beats=(Beat(NOW, 7_000),), room="room-3", state=RoomState.OPEN)
WAITING = replace(REST, waiting=5)
CALLED = replace(WAITING, token="t-1", label="A012", called=True, attempt=1)
ORDER = Order("command-1", Action.CALL_NEXT, "room-3", None, 7_000, NOW)
FLIGHT = Presses(flight=Flight(ORDER, "next", Mark(None, False, 0, RoomState.OPEN)))
UNKNOWN = Presses(flight=replace(FLIGHT.flight, unanswered=True))
SLOW, UNHEARD = replace(CALLED, care=Care.TIME), replace(CALLED, care=Care.FETCH)
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
        ("somebody comes slowly", SLOW, Presses(), {"green": "wink", "white": "blink"}),
        ("somebody may not hear the call", UNHEARD, Presses(), {"green": "wink_twice", "white": "blink"}),
        ("asked about somebody slow", SLOW, ASKED, {"green": "wink", "amber": "blink"}),
        ("somebody slow is in the room", replace(SLOW, called=False), Presses(), {"green": "on", "white": "blink"}),
        (
            "called long ago",
            replace(SLOW, called_age_s=CARE_S),
            Presses(),
            {"green": "on", "white": "blink"},
        ),
        ("hub away, somebody slow was called", replace(SLOW, away=True), Presses(), {"red": "on"}),
        ("closed", replace(WAITING, state=RoomState.CLOSED), Presses(), {}),
        ("before the hub was first heard", Seen(), Presses(), {"red": "on"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_lamps_show(case, seen, presses, lit):
    assert shown(seen, presses) == lit


def test_the_more_people_wait_the_faster_white_blinks():
    periods = [lamps(replace(WAITING, waiting=n), Presses(), NOW).white.period_s for n in range(1, 40)]
    assert periods == sorted(periods, reverse=True)
    assert len(set(periods)) >= 4


def everything() -> list[Lamps]:
    """A moment of every kind."""
    shown = [lamps(replace(CALLED, waiting=n), Presses(), NOW) for n in range(40)]
    shown += [lamps(CALLED, presses, NOW) for presses in (ASKED, refuse(Presses(), CALLED, "busy", NOW))]
    shown += [lamps(seen, Presses(), NOW) for seen in (SLOW, UNHEARD)]
    return [*shown, lamps(CALLED, Presses(), NOW, identify_until=NOW + 9)]


def test_nothing_flashes_more_than_three_times_a_second():
    for pattern in {shown.of(lamp) for shown in everything() for lamp in Lamp}:
        turns, now = [], NOW
        while pattern.turns and len(turns) < 20:
            now = pattern.next_turn(now) + 1e-6
            turns.append(now)
        falls = turns[::2]
        assert all(fourth - first > 1.0 - 1e-6 for first, fourth in zip(falls, falls[3:], strict=False)), pattern


def test_who_needs_care_is_mostly_green_and_each_care_looks_different():
    lit_share = {care: sum(pattern.steps_s[::2]) / pattern.period_s for care, pattern in WINKS.items()}
    assert min(lit_share.values()) > 0.75
    gaps = {care: len(pattern.steps_s) // 2 for care, pattern in WINKS.items()}
    assert gaps == {Care.TIME: 1, Care.FETCH: 2}


def test_green_stops_winking_by_itself_when_the_call_has_grown_old():
    seen = replace(SLOW, called_age_s=CARE_S - 7)
    assert due(seen, NOW) == pytest.approx(NOW + 7)
    assert due(replace(seen, called_age_s=CARE_S + 1), NOW) is None
    assert due(CALLED, NOW) is None


def test_a_unit_shows_which_one_it_is_by_one_lamp_after_the_other():
    shown = lamps(CALLED, Presses(), NOW, identify_until=NOW + IDENTIFY_S)
    lit = [shown.lit(NOW + 0.25 * n + 0.125) for n in range(8)]
    assert lit == [{lamp} for lamp in Lamp] * 2
    assert due(CALLED, NOW, identify_until=NOW + 3) == NOW + 3
    assert lamps(CALLED, Presses(), NOW + IDENTIFY_S, identify_until=NOW + IDENTIFY_S) == lamps(CALLED, Presses(), NOW)


@pytest.mark.parametrize("presses", [Presses(touched_at=NOW), FLIGHT, refuse(Presses(), CALLED, "busy", NOW)])
def test_a_press_is_answered_also_while_the_unit_shows_which_one_it_is(presses):
    shown = lamps(CALLED, presses, NOW, identify_until=NOW + 9)
    assert shown == lamps(CALLED, presses, NOW)
    assert shown != lamps(CALLED, Presses(), NOW, identify_until=NOW + 9)


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


steps = st.lists(st.floats(0.05, 2), min_size=1, max_size=3).flatmap(
    lambda lit: st.tuples(st.just(lit), st.lists(st.floats(0.05, 2), min_size=len(lit), max_size=len(lit)))
)


@given(steps, st.floats(0, 100), st.floats(0, 1000))
def test_a_turning_lamp_turns_exactly_when_it_says(lit_and_dark, origin_s, now):
    times = tuple(step for pair in zip(*lit_and_dark, strict=True) for step in pair)
    pattern = Pattern("any", times, origin_s)
    turn = pattern.next_turn(now)
    assert now < turn <= now + max(times) + 1e-6
    assert pattern.lit(turn + 1e-4) != pattern.lit(turn - 1e-4)


def test_a_steady_lamp_and_a_dark_one_never_turn():
    assert (STEADY.lit(NOW), STEADY.next_turn(NOW)) == (True, None)
    assert (OFF.lit(NOW), OFF.next_turn(NOW)) == (False, None)


@given(
    away=st.booleans(),
    waiting=st.integers(0, 30),
    token=st.sampled_from([None, "t-1"]),
    state=st.sampled_from(list(RoomState)),
    care=st.sampled_from([None, *Care]),
    presses=st.sampled_from([Presses(), FLIGHT, UNKNOWN, ASKED, refuse(ASKED, CALLED, "busy", NOW)]),
    later=st.floats(0, 5),
)
def test_amber_puts_white_out_and_red_stands_alone_in_every_state(away, waiting, token, state, care, presses, later):
    seen = replace(CALLED, away=away, waiting=waiting, token=token, state=state, care=care)
    lit = set(shown(seen, presses, NOW + later))
    assert not {"amber", "white"} <= lit
    assert "red" not in lit or lit == {"red"}
