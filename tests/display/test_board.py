from datetime import timedelta
from itertools import pairwise

import pytest
from display_clinic import CALLS, DEPARTMENTS, NOON, ROOMS, call, department, picture, room

from display.announcer import Announcement, Called
from display.board import Wait, board, history, hub_time, line, next_pulse_s, page, pulse
from smartqueue.terms import AnnouncementId, Label, Language, RoomId, RoomKind, RoomState

A012 = Announcement((Called((AnnouncementId("20"),), Label("A012"), RoomId("room-3"), Language("en")),))


def labels(calls) -> list[str]:
    return [one.label for one in calls]


def stands(calls, *, rows=5, hidden=(), on=()) -> list[str]:
    return labels(history(calls, NOON, rows=rows, hidden=hidden, on=on))


def test_five_last_calls_stand_on_an_idle_board():
    shown = board(picture(), NOON, rows=5)
    assert shown.now is None
    assert labels(shown.history) == ["A012", "K007", "H019", "A011", "M004"]


def test_during_a_call_the_four_before_it_stand_beside_it():
    shown = board(picture(), NOON, rows=4, on=(A012, 0.0))
    assert shown.now is not None
    assert (shown.now.call.label, shown.now.call.place.number) == ("A012", "3")
    assert labels(shown.history) == ["K007", "H019", "A011", "M004"]


def test_a_call_that_waits_for_its_announcement_is_not_in_the_history_yet():
    assert stands(CALLS, hidden={"20"}) == ["K007", "H019", "A011", "M004", "A010"]


def test_after_its_call_a_label_is_first_in_the_history():
    assert stands(CALLS)[0] == "A012"


def test_a_label_leaves_only_after_four_newer_calls_and_three_minutes():
    old = call(1, "H001", ago_s=181)
    newer = [call(seq, f"A{seq:03}", ago_s=0) for seq in range(6, 1, -1)]
    assert "H001" in stands([*newer[:3], old], rows=1)
    assert "H001" not in stands([*newer[:4], old], rows=1)
    young = call(1, "H001", ago_s=179)
    assert "H001" in stands([*newer, young], rows=1)


def test_a_call_that_is_on_counts_as_a_newer_one():
    old = call(1, "H001", ago_s=181)
    newer = [call(seq, f"A{seq:03}") for seq in range(5, 1, -1)]
    assert "H001" not in stands([*newer, old], rows=1, on=("A005",))
    assert "H001" in stands([*newer[:3], old], rows=1, on=("A005",))


def test_a_recalled_label_stands_once_where_it_was_called_last():
    calls = [call(22, "A012", "room-1"), *CALLS]
    shown = history(calls, NOON, rows=5, hidden=(), on=())
    assert labels(shown) == ["A012", "K007", "H019", "A011", "M004"]
    assert shown[0].room == "room-1"


def test_a_recall_that_still_waits_leaves_the_earlier_call_in_the_history():
    assert stands([call(22, "K007", "room-2"), *CALLS], hidden={"22"})[:2] == ["A012", "K007"]


def test_the_label_that_is_on_is_not_in_the_history_too():
    assert "A012" not in stands(CALLS, on=("A012",))


def test_the_ring_pulses_five_times_in_five_seconds_and_then_never():
    rings = [pulse(tenth / 10) for tenth in range(200)]
    starts = [n for n in range(1, 200) if rings[n] and not rings[n - 1]]
    assert rings[0]
    assert len(starts) == 4
    assert all(b - a >= 10 for a, b in pairwise([0, *starts]))
    assert not any(rings[50:])


def test_the_next_change_of_the_ring_is_known():
    assert next_pulse_s(0.0) == pytest.approx(0.5)
    assert next_pulse_s(4.7) == pytest.approx(0.3)
    assert next_pulse_s(5.0) is None


def test_a_department_shows_its_range():
    about = line(DEPARTMENTS[0], picture().rooms, NOON)
    assert (about.wait, about.low_min, about.high_min) == (Wait.RANGE, 15, 35)


def test_a_closed_department_says_when_it_opens():
    about = line(DEPARTMENTS[3], picture().rooms, NOON)
    assert (about.wait, about.opens_at) == (Wait.CLOSED, "14:00")


def test_a_department_whose_rooms_all_pause_says_until_when():
    about = line(DEPARTMENTS[2], picture().rooms, NOON)
    assert (about.wait, about.back_at) == (Wait.PAUSED, NOON + timedelta(minutes=14))


def test_a_department_with_one_room_still_open_is_not_paused():
    rooms = (*ROOMS, room("8", "R"))
    assert line(DEPARTMENTS[2], picture(rooms=rooms).rooms, NOON).wait is Wait.RANGE


def test_a_closed_room_does_not_keep_a_department_from_being_paused():
    rooms = (*ROOMS, room("8", "R", state=RoomState.CLOSED))
    assert line(DEPARTMENTS[2], picture(rooms=rooms).rooms, NOON).wait is Wait.PAUSED


def test_a_return_that_was_promised_for_earlier_is_no_longer_shown():
    about = line(DEPARTMENTS[2], picture().rooms, NOON + timedelta(minutes=14))
    assert (about.wait, about.back_at) == (Wait.PAUSED, None)


def test_without_an_honest_range_the_number_of_waiting_people_is_shown():
    about = line(department("A", range_=None, waiting=7), picture().rooms, NOON)
    assert (about.wait, about.waiting) == (Wait.WAITING, 7)


def test_with_the_hub_away_ranges_are_withdrawn_and_labels_stay():
    shown = board(picture(), NOON + timedelta(minutes=9), rows=5, away=True)
    assert shown.away_since == NOON
    assert shown.departments == ()
    assert labels(shown.history) == ["A012", "K007", "H019", "A011", "M004"]


def test_a_window_is_not_called_a_room():
    shown = board(picture(), NOON, rows=5)
    assert (shown.history[4].place.kind, shown.history[4].place.number) == (RoomKind.WINDOW, "6")


def test_a_call_to_a_room_that_is_gone_still_says_where():
    shown = board(picture(rooms=()), NOON, rows=5)
    assert (shown.history[0].place.kind, shown.history[0].place.number) == (RoomKind.ROOM, "3")
    assert (shown.history[4].place.kind, shown.history[4].place.number) == (RoomKind.WINDOW, "6")


def test_the_hubs_time_goes_on_between_two_heartbeats():
    assert hub_time(picture(), 1004.5, wall=NOON - timedelta(days=9)) == NOON + timedelta(seconds=4.5)


def test_a_picture_from_the_store_is_measured_with_our_own_clock():
    wall = NOON + timedelta(minutes=9)
    assert hub_time(picture(received_at=None), 7.0, wall=wall) == wall


def test_what_does_not_fit_takes_turns_on_full_pages():
    items = list("ABCDEFG")
    assert page(items, 4, 0.0) == (["A", "B", "C", "D"], 0, 2)
    assert page(items, 4, 6.1) == (["D", "E", "F", "G"], 1, 2)
    assert page(items, 4, 12.0)[1] == 0


def test_what_fits_stands_still():
    assert page(["A", "B"], 4, 600.0) == (["A", "B"], 0, 1)
    assert page([], 4, 600.0) == ([], 0, 1)
