"""The room as the unit knows it, out of the client's picture."""

from datetime import UTC, datetime, timedelta

import pytest

from caller.seen import NOTHING, SILENT_S, Beat, seen
from smartqueue.picture import Picture
from smartqueue.terms import Care, RoomKind, RoomState, TokenState
from smartqueue.wire import CurrentView, RoomView, SiteView

HUB_NOW = datetime(2026, 3, 2, 10, 31, tzinfo=UTC)
HEARD = (Beat(99.0, 4_000), Beat(100.0, 5_000))
SITE = SiteView(id="north", names={"en": "North"}, languages=["en"], default_language="en", zone="UTC")


def picture(current: CurrentView | None = None, received_at: float | None = 100.0) -> Picture:
    room = RoomView(
        id="room-3",
        number="3",
        kind=RoomKind.ROOM,
        departments=["medicine"],
        state=RoomState.OPEN,
        back_at=None,
        current=current,
        waiting=4,
    )
    return Picture(
        epoch="e1",
        seq=7,
        tick=5_000,
        hub_now=HUB_NOW,
        received_at=received_at,
        site=SITE,
        day="2026-03-02",
        departments={},
        rooms={"room-3": room},
        calls=(),
    )


def current(state: TokenState = TokenState.CALLED, token: str = "t-1", care: Care | None = None) -> CurrentView:
    called_at = HUB_NOW - timedelta(seconds=4)
    return CurrentView(token=token, label="A012", state=state, called_at=called_at, attempt=2, care=care)


def test_an_empty_room_shows_who_waits_and_the_tick_of_the_last_heartbeat():
    room = seen(picture(), "room-3", HEARD, 100.2)
    assert (room.away, room.tick_at(100.2), room.waiting, room.token, room.called) == (False, 5_000, 4, None, False)


@pytest.mark.parametrize(("at", "tick"), [(98.9, None), (99.0, 4_000), (99.9, 4_000), (100.0, 5_000), (500.0, 5_000)])
def test_the_tick_of_a_moment_is_that_of_the_last_heartbeat_before_it(at, tick):
    assert seen(picture(), "room-3", HEARD, 100.2).tick_at(at) == tick


@pytest.mark.parametrize("care", [None, *Care])
def test_what_care_the_token_needs_comes_with_it(care):
    assert seen(picture(current(care=care)), "room-3", HEARD, 100.2).care is care


@pytest.mark.parametrize(("state", "called"), [(TokenState.CALLED, True), (TokenState.SERVING, False)])
def test_a_token_is_awaited_only_while_it_is_called(state, called):
    room = seen(picture(current(state)), "room-3", HEARD, 100.2)
    assert (room.token, room.label, room.attempt, room.called) == ("t-1", "A012", 2, called)


def test_the_age_of_a_call_goes_on_by_the_hubs_clock():
    assert seen(picture(current()), "room-3", HEARD, 102.5).called_age_s == pytest.approx(6.5)


def test_a_hub_whose_clock_was_never_heard_gives_no_age():
    assert seen(picture(current(), received_at=None), "room-3", HEARD, 102.5).called_age_s == 0


def test_without_a_heartbeat_for_three_seconds_the_hub_is_away():
    assert not seen(picture(), "room-3", HEARD, 100.0 + SILENT_S - 0.01).away
    assert seen(picture(), "room-3", HEARD, 100.0 + SILENT_S).away


def test_a_token_without_an_id_can_not_be_acted_on():
    assert seen(picture(current(token="")), "room-3", HEARD, 100.2).token is None


@pytest.mark.parametrize(("known", "room"), [(None, "room-3"), (picture(), None), (picture(), "room-9")])
def test_without_a_picture_of_its_room_the_unit_knows_nothing(known, room):
    assert seen(known, room, HEARD, 100.2) == NOTHING


def test_without_any_heartbeat_the_hub_is_away():
    room = seen(picture(), "room-3", (), 100.2)
    assert room.away
    assert room.tick_at(100.2) is None
