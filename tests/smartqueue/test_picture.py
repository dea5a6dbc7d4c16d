"""The reducer of feed messages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartqueue.picture import NOTHING, Changed, Gap, Picture, dump, reduce, restore, resumes
from smartqueue.terms import (
    AnnouncementId,
    Day,
    DepartmentId,
    Label,
    Language,
    RoomId,
    RoomKind,
    RoomState,
    Tick,
)
from smartqueue.wire import (
    BoardView,
    CallView,
    Change,
    DepartmentView,
    FeedMessage,
    Heartbeat,
    Hello,
    Identify,
    RoomView,
    SiteView,
    Snapshot,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EN = Language("en")
TODAY, TOMORROW = Day("2026-03-02"), Day("2026-03-03")
SITE = SiteView(id="north", names={EN: "North"}, languages=[EN], default_language=EN, zone="UTC")
HELLO = Hello(schema=1, site="north", epoch="e1", seq=10, now=NOON)


def department(name: str, waiting: int = 0) -> DepartmentView:
    return DepartmentView(
        id=DepartmentId(name),
        letter="A",
        names={EN: name},
        areas={},
        icon="heart",
        ground=0,
        open=True,
        opens_at=None,
        waiting=waiting,
        estimate=None,
    )


def room(name: str, state: RoomState = RoomState.OPEN) -> RoomView:
    return RoomView(
        id=RoomId(name),
        number="3",
        kind=RoomKind.ROOM,
        departments=[],
        state=state,
        back_at=None,
        current=None,
        waiting=0,
    )


def call(announcement: int, label: str = "A001", played: bool = False) -> CallView:
    return CallView(
        announcement=AnnouncementId(str(announcement)),
        label=Label(label),
        department=DepartmentId("lab"),
        room=RoomId("room-3"),
        at=NOON,
        attempt=1,
        language=EN,
        played=played,
    )


def snapshot(seq: int = 10, calls: int = 0) -> Snapshot:
    board = BoardView(
        day=TODAY,
        site=SITE,
        departments=[department("lab"), department("cardiology")],
        rooms=[room("room-3"), room("room-1")],
        calls=[call(number) for number in range(calls, 0, -1)],
    )
    return Snapshot(seq=seq, board=board)


def change(seq: int, **what: Any) -> Change:
    return Change(seq=seq, at=NOON + timedelta(seconds=seq), kind="token_called", **what)


def beat(seq: int, tick: int = 7) -> Heartbeat:
    return Heartbeat(seq=seq, tick=Tick(tick), now=NOON + timedelta(minutes=1))


def after(*messages: FeedMessage, hello: Hello = HELLO, start: Picture | None = None) -> Picture:
    picture = start
    for number, message in enumerate(messages):
        picture, _ = reduce(picture, hello, message, 100.0 + number)
    assert picture is not None
    return picture


def changed_by(message: FeedMessage, before: Picture) -> Changed:
    return reduce(before, HELLO, message, 200.0)[1]


def test_who_resumes_learns_from_the_greeting_that_the_hub_now_listens_without_tls() -> None:
    before = after(snapshot())
    open_lan = msgspec.structs.replace(HELLO, insecure_lan=True)
    picture, changed = reduce(before, open_lan, open_lan, 200.0)
    assert picture is not None
    assert (picture.site.insecure_lan, changed) == (True, Changed(site=True))
    assert reduce(picture, open_lan, open_lan, 201.0)[1] == NOTHING
    again, changed = reduce(picture, HELLO, HELLO, 202.0)
    assert again is not None
    assert (again.site, changed) == (SITE, Changed(site=True))


def test_a_snapshot_is_the_whole_picture_in_the_sites_order() -> None:
    picture = after(snapshot(calls=2))
    assert (picture.epoch, picture.seq, picture.day, picture.site) == ("e1", 10, TODAY, SITE)
    assert list(picture.departments) == ["lab", "cardiology"]
    assert list(picture.rooms) == ["room-3", "room-1"]
    assert [one.announcement for one in picture.calls] == ["2", "1"]
    assert (picture.tick, picture.hub_now, picture.received_at) == (None, NOON, 100.0)
    assert reduce(None, HELLO, snapshot(), 1.0)[1] == Changed(everything=True)


def test_views_replace_those_of_the_same_id_and_keep_their_place() -> None:
    before = after(snapshot())
    message = change(11, departments=[department("lab", waiting=4)], rooms=[room("room-1", RoomState.PAUSED)])
    picture = after(message, start=before)
    assert [(one.id, one.waiting) for one in picture.departments.values()] == [("lab", 4), ("cardiology", 0)]
    assert [one.state for one in picture.rooms.values()] == [RoomState.OPEN, RoomState.PAUSED]
    assert changed_by(message, before) == Changed(departments=frozenset({"lab"}), rooms=frozenset({"room-1"}))


def test_a_department_that_is_new_comes_last() -> None:
    assert list(after(snapshot(), change(11, departments=[department("dental")])).departments)[-1] == "dental"


def test_the_picture_before_is_not_touched() -> None:
    before = after(snapshot(calls=1))
    copy = msgspec.json.encode(before)
    after(change(11, departments=[department("lab", 9)], call=call(11), day=TOMORROW), start=before)
    assert msgspec.json.encode(before) == copy


def test_a_call_goes_in_front_and_at_most_twenty_are_kept() -> None:
    picture = after(snapshot(calls=20), change(21, call=call(21, "A021")))
    assert picture.calls[0].label == "A021"
    assert len(picture.calls) == 20
    assert picture.calls[-1].announcement == "2"


def test_news_of_a_call_that_is_there_keeps_its_place() -> None:
    before = after(snapshot(calls=3))
    picture = after(change(11, call=call(2, played=True)), start=before)
    assert [(one.announcement, one.played) for one in picture.calls] == [("3", False), ("2", True), ("1", False)]


def test_a_new_clinic_day_forgets_all_calls() -> None:
    before = after(snapshot(calls=3))
    picture = after(change(11, day=TOMORROW, call=call(11)), start=before)
    assert picture.day == TOMORROW
    assert [one.announcement for one in picture.calls] == ["11"]
    assert changed_by(change(11, day=TOMORROW), before) == Changed(day=True)


def test_the_same_day_said_again_forgets_nothing() -> None:
    assert len(after(snapshot(calls=3), change(11, day=TODAY)).calls) == 3


def test_a_site_that_changes_its_name_is_shown_with_the_new_one() -> None:
    renamed = msgspec.structs.replace(SITE, names={EN: "South"})
    before = after(snapshot())
    assert after(change(11, site=renamed), start=before).site.names == {EN: "South"}
    assert changed_by(change(11, site=renamed), before) == Changed(site=True)


def test_a_heartbeat_brings_tick_and_time_and_changes_nothing_shown() -> None:
    before = after(snapshot())
    picture = after(beat(10, tick=99), start=before)
    assert (picture.tick, picture.hub_now, picture.received_at) == (99, NOON + timedelta(minutes=1), 100.0)
    assert not changed_by(beat(10), before)
    assert changed_by(beat(10), before) == NOTHING


def test_being_asked_which_unit_this_is_changes_nothing_that_is_known() -> None:
    before = after(snapshot())
    assert reduce(before, HELLO, Identify(), 200.0) == (before, NOTHING)


def test_one_connection_carries_the_picture_past_where_the_hub_was_at_its_hello() -> None:
    picture = after(HELLO, snapshot(), change(11), beat(11), change(12), change(13), beat(13))
    assert picture.seq == 13


def test_a_heartbeat_that_knows_of_more_shows_a_gap() -> None:
    with pytest.raises(Gap, match=r"up to 12.*has 11"):
        after(snapshot(), change(11), beat(12))


def test_events_that_are_not_for_this_reader_leave_no_gap() -> None:
    assert after(snapshot(), change(14), beat(14)).seq == 14
    assert after(snapshot(seq=20), beat(14)).seq == 20


def test_a_change_that_is_known_already_is_passed_over() -> None:
    before = after(snapshot(), change(11, departments=[department("lab", 4)]))
    late = change(11, departments=[department("lab", 1)])
    assert after(late, start=before).departments[DepartmentId("lab")].waiting == 4
    assert not changed_by(late, before)


def test_a_change_without_any_picture_shows_a_gap() -> None:
    with pytest.raises(Gap):
        reduce(None, HELLO, change(11), 1.0)
    with pytest.raises(Gap):
        reduce(None, HELLO, beat(10), 1.0)


@pytest.mark.parametrize("field", [{"epoch": "e2"}, {"site": "south"}])
def test_another_history_needs_a_snapshot_and_until_then_the_old_picture_stands(field: dict[str, Any]) -> None:
    before = after(snapshot())
    other = msgspec.structs.replace(HELLO, **field)
    assert not resumes(before, other)
    assert reduce(before, other, other, 1.0) == (before, NOTHING)
    with pytest.raises(Gap):
        reduce(before, other, change(11), 1.0)
    assert after(snapshot(seq=3), hello=other, start=before).seq == 3


def test_a_hub_that_knows_less_than_the_picture_is_not_resumed() -> None:
    assert not resumes(after(snapshot()), msgspec.structs.replace(HELLO, seq=9))
    assert not resumes(None, HELLO)


def test_a_hub_with_the_same_history_is_resumed() -> None:
    before = after(snapshot())
    later = msgspec.structs.replace(HELLO, seq=15, now=NOON + timedelta(hours=1))
    assert resumes(before, later)
    picture = after(later, hello=later, start=before)
    assert (picture.hub_now, picture.received_at, picture.seq) == (later.now, 100.0, 10)


def test_a_stored_picture_comes_back_without_what_was_this_processs_own() -> None:
    picture = after(snapshot(calls=2), beat(10))
    plain = msgspec.json.decode(msgspec.json.encode(dump(picture)))
    assert restore(plain) == msgspec.structs.replace(picture, tick=None, received_at=None)


@pytest.mark.parametrize("plain", [None, {}, {"epoch": "e1"}, [], "nothing", 5])
def test_what_is_no_stored_picture_is_none(plain: object) -> None:
    assert restore(plain) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 30), st.booleans()), max_size=60))
def test_whatever_comes_calls_are_unique_and_few_and_seq_never_falls(steps: list[tuple[int, int, bool]]) -> None:
    picture = after(snapshot())
    for advance, number, new_day in steps:
        seq = picture.seq
        message = change(seq + advance, call=call(number), day=TOMORROW if new_day else None)
        picture = after(message, start=picture)
        assert picture.seq == seq + advance
        announcements = [one.announcement for one in picture.calls]
        assert len(announcements) == len(set(announcements)) <= 20
