"""What a board says of a part of the site: zones, ways, doors, breaks, notices. Plain calls."""

from datetime import timedelta

import pytest
from display_clinic import CALLS, DEPARTMENTS, NOON, ROOMS, call, picture, room, site
from display_gallery import WAYS, busy
from msgspec import structs

from display.board import DoorState, Wait, Way, Zone, board, line
from smartqueue.board import WHOLE, breaks, door, last_of, lines, notices, place, seen
from smartqueue.terms import DepartmentId, Label, Language, RoomId, RoomState, TokenState
from smartqueue.wire import BoardView

MEDICINE, PAEDIATRICS, CARDIOLOGY, LABORATORY = (
    DepartmentId(one) for one in ("general-medicine", "paediatrics", "cardiology", "laboratory")
)
ROOM_3 = RoomId("room-3")
FLU = {Language("en"): "Flu", Language("hi"): "फ्लू"}
CLOSED = {Language("ar"): "مغلق"}


def zone(*departments: str, rooms: tuple[str, ...] = ()) -> Zone:
    return Zone(frozenset(map(DepartmentId, departments)), frozenset(map(RoomId, rooms)))


def labels(calls) -> list[str]:
    return [one.label for one in calls]


def test_a_display_without_a_zone_shows_everything():
    assert WHOLE.whole
    assert all(WHOLE.shows(one) for one in CALLS)
    assert len(lines(picture(), WHOLE, NOON)) == len(DEPARTMENTS)


def test_a_zone_of_departments_shows_their_calls_wherever_they_are_called_to():
    ours = zone(MEDICINE)
    assert labels(one for one in CALLS if ours.shows(one)) == ["A012", "A011", "A010"]
    assert [one.id for one in lines(picture(), ours, NOON)] == [MEDICINE]


def test_a_zone_of_rooms_shows_calls_to_them_and_the_departments_that_they_work_for():
    ours = zone(rooms=("room-2", "room-5"))
    assert labels(one for one in CALLS if ours.shows(one)) == ["K007", "H019"]
    assert [one.id for one in lines(picture(), ours, NOON)] == [PAEDIATRICS, LABORATORY]


def test_departments_and_rooms_of_a_zone_add_up():
    ours = zone(MEDICINE, rooms=("room-5",))
    assert labels(one for one in CALLS if ours.shows(one)) == ["A012", "H019", "A011", "A010"]
    assert [one.id for one in lines(picture(), ours, NOON)] == [MEDICINE, LABORATORY]


def test_a_room_that_now_works_for_another_department_brings_it_into_the_zone():
    rooms = (*(one for one in ROOMS if one.id != "room-5"), room("5", "H", "R"))
    shown = lines(picture(rooms=rooms), zone(rooms=("room-5",)), NOON)
    assert [one.id for one in shown] == [CARDIOLOGY, LABORATORY]


def test_the_history_of_a_zone_counts_only_its_own_calls_as_newer():
    old = call(1, "H001", "room-5", ago_s=600, played=True)
    newer = tuple(call(50 - n, f"A{n:03}", ago_s=200 + n, played=True) for n in range(8))
    everything = board(picture((*newer, old)), NOON, rows=1)
    ours = board(picture((*newer, old)), NOON, rows=1, zone=zone(LABORATORY))
    assert "H001" not in labels(everything.history)
    assert labels(ours.history) == ["H001"]


def test_what_is_set_and_not_there_is_named():
    ways = {ROOM_3: Way.LEFT, RoomId("room-99"): Way.RIGHT}
    mistyped = Zone(frozenset({MEDICINE, DepartmentId("cardio")}), frozenset({RoomId("room-33")}), ways)
    assert mistyped.unknown(picture()) == ("cardio", "room-33", "room-99")
    assert WHOLE.unknown(picture()) == ()


# --- ways --------------------------------------------------------------------------------------------


def test_a_call_knows_which_way_its_room_lies():
    shown = board(picture(), NOON, rows=5, zone=Zone(ways=WAYS))
    assert [one.place.way for one in shown.history] == [
        Way.AHEAD_LEFT,
        Way.RIGHT,
        Way.UPSTAIRS,
        Way.LEFT,
        Way.BEHIND,
    ]


def test_only_where_ways_are_set_a_missing_one_is_unknown():
    rooms = picture().rooms
    assert place(ROOM_3, rooms).pointed is False
    assert (place(ROOM_3, rooms, {RoomId("room-1"): Way.LEFT}).pointed, place(ROOM_3, rooms, WAYS).way) == (
        True,
        Way.AHEAD_LEFT,
    )


# --- departments -------------------------------------------------------------------------------------


def changed(letter: str, **about):
    return structs.replace(next(one for one in DEPARTMENTS if one.letter == letter), **about)


def test_a_department_that_gives_out_no_more_tokens_names_the_last_one():
    stopped = changed("A", issuing=False, last_label=Label("A045"), estimate=None)
    about = line(stopped, picture().rooms, NOON)
    assert (about.wait, about.last) == (Wait.LAST, "A045")


def test_a_break_is_told_before_the_last_label():
    stopped = changed("R", issuing=False, last_label=Label("R010"))
    assert line(stopped, picture().rooms, NOON).wait is Wait.PAUSED


def test_an_emergency_concerns_only_a_department_that_is_open():
    rooms = picture().rooms
    assert line(changed("A", emergency=True), rooms, NOON).emergency
    assert not line(changed("X", emergency=True), rooms, NOON).emergency


def test_a_board_names_the_departments_with_an_emergency():
    departments = tuple(structs.replace(one, emergency=one.letter in "AH") for one in DEPARTMENTS)
    assert board(picture(departments=departments), NOON, rows=5).emergencies == ("A", "H")
    assert board(picture(departments=departments), NOON, rows=5, away=True).emergencies == ()
    assert board(picture(departments=departments), NOON, rows=5, zone=zone(LABORATORY)).emergencies == ("H",)


def test_a_paused_room_is_told_where_its_department_goes_on_in_others():
    paused = room("12", "A", state=RoomState.PAUSED, back_at=NOON + timedelta(minutes=24))
    rooms = (*(one for one in ROOMS if one.id != "room-12"), paused)
    shown = board(picture(rooms=rooms), NOON, rows=5)
    assert [(one.place.number, one.back_at) for one in shown.breaks] == [("12", NOON + timedelta(minutes=24))]


def test_a_department_that_pauses_whole_says_so_itself():
    known = picture()
    assert breaks(known, WHOLE, lines(known, WHOLE, NOON), NOON) == ()


def test_a_card_holds_the_last_calls_of_its_department_and_those_that_must_stand():
    made = [call(40 - n, f"A{n:03}", played=True) for n in range(6)] + [call(30, "K007", "room-2")]
    assert labels(last_of(made, MEDICINE, 2, ())) == ["A000", "A001"]
    assert labels(last_of(made, MEDICINE, 2, {"36"})) == ["A000", "A001", "A004"]
    assert labels(last_of(made, PAEDIATRICS, 2, ())) == ["K007"]


# --- doors -------------------------------------------------------------------------------------------


def test_a_door_says_whom_its_room_is_busy_with_and_who_is_next():
    about = door(busy("A012", next=Label("A013"), waiting=4), ROOM_3, NOON)
    assert (about.state, about.label, about.next, about.waiting) == (DoorState.SERVING, "A012", "A013", 4)
    assert [one["en"] for one in about.departments] == ["General Medicine"]


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (busy("A012", TokenState.CALLED), DoorState.CALLED),
        (busy("A012", state=RoomState.PAUSED), DoorState.SERVING),
        (busy(None), DoorState.FREE),
        (busy(None, state=RoomState.PAUSED), DoorState.PAUSED),
        (busy(None, state=RoomState.CLOSED), DoorState.CLOSED),
    ],
    ids=["called", "still in a room that pauses", "free", "paused", "closed"],
)
def test_a_door_tells_what_goes_on_behind_it(known, state):
    assert door(known, ROOM_3, NOON).state is state


def test_a_return_that_was_promised_for_earlier_is_no_longer_on_the_door():
    paused = busy(None, state=RoomState.PAUSED, back_at=NOON + timedelta(minutes=5))
    assert door(paused, ROOM_3, NOON).back_at == NOON + timedelta(minutes=5)
    assert door(paused, ROOM_3, NOON + timedelta(minutes=5)).back_at is None


def test_with_the_hub_away_a_door_names_nobody_as_next():
    shown = board(busy("A012", next=Label("A013"), waiting=4), NOON, rows=5, away=True, room=ROOM_3)
    assert (shown.door.label, shown.door.next, shown.door.waiting) == ("A012", None, 0)


def test_a_door_that_the_site_does_not_have_is_none():
    assert door(picture(), RoomId("room-77"), NOON) is None


# --- notices -----------------------------------------------------------------------------------------


def told(language: str, *written) -> list[str]:
    return [one.text for one in notices(structs.replace(site(), notices=list(written)), Language(language))]


def test_notices_come_in_the_boards_language_first_then_in_every_other_that_they_are_written_in():
    assert told("hi", FLU, CLOSED) == ["फ्लू", "Flu", "مغلق"]
    assert told("en", FLU, CLOSED) == ["Flu", "फ्लू", "مغلق"]


def test_a_notice_in_no_language_of_the_site_is_told_all_the_same():
    assert told("en", {Language("fr"): "Fermé"}) == ["Fermé"]
    assert told("en", {}) == []


# --- the same for a page -----------------------------------------------------------------------------


def test_a_snapshot_of_the_hub_says_what_a_unit_says_of_its_picture():
    known = picture()
    view = BoardView(
        day=known.day,
        site=known.site,
        departments=list(known.departments.values()),
        rooms=list(known.rooms.values()),
        calls=list(known.calls),
    )
    ours = zone(MEDICINE, rooms=("room-2",))
    assert lines(seen(view), ours, NOON) == lines(known, ours, NOON)
    assert door(seen(view), ROOM_3, NOON) == door(known, ROOM_3, NOON)
