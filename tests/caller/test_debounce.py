"""Edge traces of contacts, as an oscilloscope shows them, and the presses that must come out of them."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caller.debounce import (
    CHATTER_PRESSES,
    POLL_S,
    PRESS_SETTLE_S,
    QUIET_S,
    STUCK_S,
    Debouncer,
    Signal,
    SignalKind,
)

DOWN, SHORT, LONG = SignalKind.DOWN, SignalKind.SHORT, SignalKind.LONG
STUCK, FREED = SignalKind.STUCK, SignalKind.FREED


@dataclass(frozen=True)
class Flip:
    """The contact changes level. heard: the driver delivers the edge."""

    at: float
    heard: bool = True


def listen(
    flips: list[Flip], until: float, *, closed_at_start: bool = False, long_s: float | None = None
) -> list[Signal]:
    """What a debouncer makes of a contact."""
    return [signal for _, signal in hear(flips, until, closed_at_start=closed_at_start, long_s=long_s)]


def hear(
    flips: list[Flip], until: float, *, closed_at_start: bool = False, long_s: float | None = None
) -> list[tuple[float, Signal]]:
    """The same with the time at which each was told; driven as the panel does: edges, polls, a sample whenever due."""
    debouncer, level, now, poll = Debouncer(long_s), closed_at_start, 0.0, 0.0
    waiting, told = list(flips), []
    while now < until:
        times = [poll, debouncer.due, waiting[0].at if waiting else None, until]
        now = max(now, min(at for at in times if at is not None))
        if waiting and waiting[0].at <= now:
            flip = waiting.pop(0)
            level = not level
            if flip.heard:
                told += [(now, signal) for signal in debouncer.edge(flip.at, level)]
            continue
        told += [(now, signal) for signal in debouncer.sample(now, level)]
        if now >= poll:
            poll += POLL_S
    return told


def flips(*times: float) -> list[Flip]:
    return [Flip(at) for at in times]


def kinds(signals: list[Signal]) -> list[SignalKind]:
    return [signal.kind for signal in signals]


def test_a_clean_press_is_one_short_press_at_its_first_edge():
    assert listen(flips(1.0, 1.1), until=2) == [Signal(DOWN, 1.0), Signal(SHORT, 1.0)]


def test_a_press_counts_as_soon_as_the_contact_has_settled_not_when_it_is_let_go():
    assert kinds(listen(flips(1.0), until=1.0 + PRESS_SETTLE_S + 0.001)) == [DOWN, SHORT]


def test_contacts_that_bounce_for_ten_milliseconds_press_once():
    bounce = flips(1.0, 1.0004, 1.001, 1.0025, 1.004, 1.0075, 1.010, 1.2, 1.2012, 1.203, 1.2035, 1.209)
    signals = listen(bounce, until=2)
    assert kinds(signals) == [DOWN, SHORT]
    assert signals[0].at == pytest.approx(1.010)


def test_a_worn_contact_that_opens_under_the_finger_presses_once():
    assert kinds(listen(flips(1.0, 1.30, 1.32, 1.5, 1.53, 1.8), until=3)) == [DOWN, SHORT]


def test_glitches_on_a_long_wire_press_nothing():
    glitches = [at for n in range(200) for at in (n * 0.02 + 0.0101, n * 0.02 + 0.0141)]
    assert listen(flips(*glitches), until=5) == []


def test_mains_hum_on_a_broken_wire_presses_nothing():
    assert listen(flips(*(0.5 + n * 0.01 for n in range(300))), until=4) == []


def test_a_glitch_while_the_button_is_held_does_not_end_the_press():
    assert kinds(listen(flips(1.0, 1.5, 1.505, 2.5), until=3, long_s=0.8)) == [DOWN, LONG]


def test_two_quick_taps_are_two_presses():
    signals = listen(flips(1.0, 1.06, 1.13, 1.19), until=2)
    assert [signal.at for signal in signals if signal.kind is SHORT] == [1.0, 1.13]


def test_with_a_long_meaning_a_short_press_counts_when_it_is_let_go():
    assert listen(flips(1.0, 1.2), until=2, long_s=0.8) == [Signal(DOWN, 1.0), Signal(SHORT, 1.2)]


def test_a_long_press_counts_while_it_is_still_held_and_letting_go_adds_nothing():
    assert listen(flips(1.0, 3.0), until=4, long_s=0.8) == [Signal(DOWN, 1.0), Signal(LONG, 1.8)]


def test_the_first_press_counts_though_its_closing_edge_was_lost():
    signals = listen([Flip(1.01, heard=False), Flip(1.2)], until=2)
    assert kinds(signals) == [DOWN, SHORT]
    assert signals[0].at == pytest.approx(1.05)


def test_a_lost_opening_edge_is_made_good_by_the_poll():
    signals = listen([Flip(1.0), Flip(1.2, heard=False), Flip(1.5), Flip(1.6)], until=2)
    assert [signal.at for signal in signals if signal.kind is SHORT] == [1.0, 1.5]


def test_a_closing_edge_heard_and_an_opening_edge_lost_within_a_glitch_press_nothing():
    assert listen([Flip(1.001), Flip(1.003, heard=False)], until=2) == []


def test_a_driver_that_delivers_no_edge_at_all_still_lets_people_press():
    trace = [Flip(at, heard=False) for at in (1.0, 1.15, 1.4, 1.55)]
    assert kinds(listen(trace, until=2)) == [DOWN, SHORT, DOWN, SHORT]


def test_edges_that_were_queued_while_the_program_slept_still_make_their_press():
    debouncer = Debouncer()
    debouncer.sample(0.0, False)
    late = [*debouncer.edge(1.0, True), *debouncer.edge(1.1, False), *debouncer.sample(1.9, False)]
    assert late == [Signal(DOWN, 1.0), Signal(SHORT, 1.0)]


def test_edges_with_times_that_run_backwards_are_taken_in_their_order():
    debouncer = Debouncer()
    debouncer.sample(5.0, False)
    assert debouncer.edge(4.9, True) == []
    assert debouncer.sample(5.0 + PRESS_SETTLE_S / 2, True) == []
    assert kinds(debouncer.sample(5.0 + PRESS_SETTLE_S, True)) == [DOWN, SHORT]


def test_a_button_that_is_down_at_the_start_presses_nothing_until_it_was_open():
    assert kinds(listen(flips(2.0, 3.0, 3.1), until=4, closed_at_start=True)) == [DOWN, SHORT]


def test_a_stuck_button_presses_once_is_told_once_and_works_again_after_a_quiet_second():
    signals = listen(flips(1.0, 20.0, 20.5, 20.6, 22.0, 22.1), until=23)
    assert signals == [
        Signal(DOWN, 1.0),
        Signal(SHORT, 1.0),
        Signal(STUCK, 1.0 + STUCK_S),
        Signal(FREED, 20.6 + QUIET_S),
        Signal(DOWN, 22.0),
        Signal(SHORT, 22.0),
    ]


def test_a_button_stuck_since_before_the_start_is_told():
    assert kinds(listen([], until=STUCK_S + 1, closed_at_start=True)) == [STUCK]


def test_a_contact_that_chatters_faster_than_any_finger_is_silenced():
    chatter = flips(*(1.0 + n * 0.05 for n in range(200)))
    shorts = [signal for signal in listen(chatter, until=15) if signal.kind is SHORT]
    assert len(shorts) < CHATTER_PRESSES
    assert kinds(listen(chatter, until=15))[-2:] == [STUCK, FREED]


def test_hammering_as_fast_as_a_finger_can_is_not_chatter():
    taps = flips(*(at for n in range(14) for at in (1 + n / 7, 1.06 + n / 7)))
    assert kinds(listen(taps, until=5)).count(SHORT) == 14


def test_nothing_is_due_while_a_button_rests():
    debouncer = Debouncer(long_s=0.8)
    debouncer.sample(0.0, False)
    assert debouncer.due is None


# --- every trace ---------------------------------------------------------------------------------------

hold = st.floats(0.13, 0.7)
bounces = st.lists(st.floats(0.0002, 0.005), max_size=6).map(lambda gaps: gaps if len(gaps) % 2 == 0 else gaps[:-1])


@st.composite
def fingers(draw: st.DrawFn, heard: st.SearchStrategy[bool]) -> tuple[list[Flip], int]:
    """Presses and pauses of at least 130 ms, every change followed by up to 30 ms of bounce; some edges unheard."""
    at, trace, presses = 1.0, [], draw(st.integers(1, 6))
    for _ in range(presses * 2):
        trace.append(Flip(at, draw(heard)))
        bouncing = at
        for gap in draw(bounces):
            bouncing += gap
            trace.append(Flip(bouncing, draw(heard)))
        at += draw(hold)
    return trace, presses


@given(fingers(st.just(True)))
def test_every_bouncing_press_counts_exactly_once(made):
    trace, presses = made
    assert kinds(listen(trace, until=trace[-1].at + 2)) == [DOWN, SHORT] * presses


@given(fingers(st.booleans()))
def test_every_press_counts_exactly_once_whichever_edges_are_lost(made):
    trace, presses = made
    assert kinds(listen(trace, until=trace[-1].at + 2)) == [DOWN, SHORT] * presses


@given(fingers(st.booleans()), st.sampled_from([None, 0.3]))
def test_a_lamp_can_answer_within_100_ms_however_it_bounces_and_whichever_edges_are_lost(made, long_s):
    trace, _ = made
    closings = [flip.at for flip in trace if flip is trace[0] or flip.at in starts_of_presses(trace)]
    told = [now for now, signal in hear(trace, until=trace[-1].at + 2, long_s=long_s) if signal.kind is DOWN]
    assert all(answer - closing <= 0.1 for closing, answer in zip(closings, told, strict=True))


def starts_of_presses(trace: list[Flip]) -> set[float]:
    """A change after the contact has been still for longer than it bounces; every second one is a finger coming."""
    turns = [trace[0].at, *(after.at for before, after in pairwise(trace) if after.at - before.at > 0.05)]
    return set(turns[::2])


@given(fingers(st.booleans()))
def test_with_a_long_meaning_every_press_is_told_once_as_long_or_short(made):
    trace, presses = made
    signals = kinds(listen(trace, until=trace[-1].at + 2, long_s=0.3))
    assert signals[0::2] == [DOWN] * presses
    assert len(signals) == 2 * presses
    assert set(signals[1::2]) <= {SHORT, LONG}


@given(st.lists(st.floats(0.0001, 1.5), max_size=60), st.booleans())
def test_no_press_is_made_that_the_contact_did_not_stand_for(gaps, closed):
    times, at = [], 0.3
    for gap in gaps:
        at += gap
        times.append(at)
    levels = [(begin, end) for n, (begin, end) in enumerate(pairwise(times)) if (n % 2 == 0) != closed]
    for signal in listen(flips(*times), until=at, closed_at_start=closed):
        if signal.kind is DOWN:
            assert any(begin == signal.at and end - begin >= PRESS_SETTLE_S - 1e-9 for begin, end in levels) or (
                times and signal.at == times[-1]
            )


@given(st.lists(st.floats(0.0001, 3.0), max_size=60), st.booleans())
def test_signals_come_in_order_of_time_and_downs_alternate_with_their_ends(gaps, closed):
    times, at = [], 0.3
    for gap in gaps:
        at += gap
        times.append(at)
    signals = listen(flips(*times), until=at + 12, closed_at_start=closed, long_s=0.8)
    ends = [signal.kind for signal in signals if signal.kind is not FREED]
    assert all(after is not DOWN for before, after in pairwise(ends) if before is DOWN)
    assert [signal.at for signal in signals] == sorted(signal.at for signal in signals)
