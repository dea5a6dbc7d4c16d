from datetime import timedelta
from itertools import pairwise

import pytest
from display_clinic import NOON, call
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from display.announcer import Announcer
from smartqueue.wire import CallView


@pytest.fixture
def announcer() -> Announcer:
    return Announcer()


class Calls:
    """What a hub says to an announcer: the last 20 calls, newest first."""

    def __init__(self, announcer: Announcer) -> None:
        self.announcer = announcer
        self.now: list[CallView] = []
        self.made = 0

    def make(self, label: str, room: str = "room-3") -> None:
        self.made += 1
        at = NOON + timedelta(milliseconds=self.made)
        self.now = [structs.replace(call(self.made, label, room), at=at), *self.now][:20]
        self.announcer.consider(self.now, NOON)

    def take_back(self) -> str | None:
        """The last one; its id."""
        if not self.now:
            return None
        gone = self.now.pop(0)
        self.announcer.consider(self.now, NOON)
        return gone.announcement


def play(announcer: Announcer, *, from_s: float, sound_s: float = 11.0) -> tuple[str, float]:
    """The next announcement, played whole: its first id, and when it ended."""
    announcement = announcer.begin(from_s)
    assert announcement is not None
    announcer.sound_over(from_s + sound_s)
    ends_at_s = announcer.ends_at_s()
    assert ends_at_s is not None
    assert announcer.end(ends_at_s)
    return announcement.ids[0], ends_at_s


def test_a_new_call_is_announced_at_once(announcer):
    assert announcer.consider([call(20, "A012")], NOON)
    begun = announcer.begin(5.0)
    assert begun is not None
    assert [(one.ids, one.label, one.room) for one in begun.calls] == [(("20",), "A012", "room-3")]


def test_nothing_new_means_nothing_to_announce(announcer):
    announcer.consider([call(20, "A012")], NOON)
    assert not announcer.consider([call(20, "A012")], NOON)


def test_a_second_call_waits_until_the_first_one_has_ended(announcer):
    announcer.consider([call(21, "K007", "room-2"), call(20, "A012")], NOON)
    assert [one.label for one in announcer.begin(0.0).calls] == ["A012"]
    assert announcer.begin(0.1) is None
    announcer.sound_over(11.0)
    assert not announcer.end(11.0)
    assert announcer.begin(11.0) is None
    assert announcer.end(12.0)
    assert [one.label for one in announcer.begin(12.0).calls] == ["K007"]


def test_a_call_stands_for_twelve_seconds_even_when_its_sound_is_short(announcer):
    announcer.consider([call(20, "A012")], NOON)
    announcer.begin(100.0)
    announcer.sound_over(101.0)
    assert announcer.ends_at_s() == 112.0


def test_a_long_announcement_is_not_cut_after_twelve_seconds(announcer):
    announcer.consider([call(20, "A012")], NOON)
    announcer.begin(100.0)
    assert announcer.ends_at_s() is None
    assert not announcer.end(200.0)
    announcer.sound_over(117.5)
    assert announcer.ends_at_s() == 117.5


def test_a_recall_joins_its_call_while_that_one_waits(announcer):
    announcer.consider([call(20, "A012")], NOON)
    announcer.begin(0.0)
    announcer.consider([call(21, "K007", "room-2"), call(20, "A012")], NOON)
    assert announcer.consider([call(22, "K007", "room-2"), call(21, "K007", "room-2")], NOON)
    assert [one.ids for one in announcer.waiting] == [("21", "22")]
    assert announcer.pending == {"21", "22"}


def test_a_recall_to_another_room_is_an_announcement_of_its_own(announcer):
    announcer.consider([call(22, "K007", "room-5"), call(21, "K007", "room-2")], NOON)
    assert [one.room for one in announcer.waiting] == ["room-2", "room-5"]


def test_a_recall_of_the_call_that_is_on_is_announced_again_after_it(announcer):
    announcer.consider([call(20, "A012")], NOON)
    announcer.begin(0.0)
    announcer.consider([call(21, "A012"), call(20, "A012")], NOON)
    assert [one.ids for one in announcer.waiting] == [("21",)]


def test_a_display_that_starts_in_the_middle_of_a_call_announces_it(announcer):
    announcer.consider([call(20, "A012", ago_s=59)], NOON)
    assert announcer.begin(0.0) is not None


def test_a_call_of_a_minute_ago_is_history(announcer):
    announcer.consider([call(20, "A012", ago_s=60)], NOON)
    assert announcer.begin(0.0) is None


def test_a_call_that_was_played_elsewhere_before_this_display_knew_it_is_history(announcer):
    announcer.consider([call(20, "A012", ago_s=5, played=True)], NOON)
    assert announcer.begin(0.0) is None


def test_a_call_played_by_another_display_while_it_waits_here_is_announced_here_too(announcer):
    announcer.consider([call(21, "K007"), call(20, "A012")], NOON)
    announcer.begin(0.0)
    announcer.consider([call(21, "K007", played=True), call(20, "A012", played=True)], NOON)
    assert [one.label for one in announcer.waiting] == ["K007"]


def test_after_a_reconnect_nothing_is_announced_twice(announcer):
    announcer.consider([call(20, "A012")], NOON)
    play(announcer, from_s=0.0)
    announcer.consider([call(20, "A012")], NOON + timedelta(seconds=20))
    assert announcer.begin(20.0) is None


def test_after_a_restart_nothing_that_was_announced_is_announced_again(announcer):
    announcer.consider([call(20, "A012")], NOON)
    play(announcer, from_s=0.0)
    restarted = Announcer()
    restarted.remember(announcer.settled)
    restarted.consider([call(21, "K007"), call(20, "A012")], NOON + timedelta(seconds=20))
    assert [one.label for one in restarted.waiting] == ["K007"]


def test_after_a_restart_in_the_middle_of_an_announcement_it_is_made_again_in_full(announcer):
    announcer.consider([call(21, "K007"), call(20, "A012")], NOON)
    announcer.begin(0.0)
    assert announcer.settled == ()
    announcer.sound_over(11.0)
    assert [id_ for id_, _ in announcer.settled] == ["20"]


def test_a_hub_restored_from_a_backup_may_use_a_number_again(announcer):
    announcer.consider([call(20, "A012", ago_s=50)], NOON)
    announcer.consider([call(20, "K007", ago_s=1)], NOON)
    assert [one.label for one in announcer.waiting] == ["A012", "K007"]


def test_a_call_that_this_display_does_not_show_is_left_alone(announcer):
    announcer.consider([call(21, "K007"), call(20, "A012")], NOON, lambda one: one.label.startswith("K"))
    assert [one.label for one in announcer.waiting] == ["K007"]


def test_a_call_that_is_taken_back_while_it_waits_is_not_announced(announcer):
    announcer.consider([call(20, "A012")], NOON)
    announcer.begin(0.0)
    announcer.consider([call(21, "K007", "room-2"), call(20, "A012")], NOON)
    announcer.consider([call(20, "A012")], NOON)
    assert announcer.waiting == ()


def test_a_recall_that_is_taken_back_leaves_its_call_in_the_line(announcer):
    first, second, recalled = call(20, "A012"), call(21, "K007", "room-2"), call(22, "K007", "room-2")
    announcer.consider([first], NOON)
    announcer.begin(0.0)
    announcer.consider([recalled, second, first], NOON)
    announcer.consider([second, first], NOON)
    assert [one.ids for one in announcer.waiting] == [("21",)]


def test_a_call_that_is_taken_back_while_it_is_announced_is_not_cut(announcer):
    announcer.consider([call(20, "A012")], NOON)
    announcer.begin(0.0)
    announcer.consider([], NOON)
    assert announcer.ends_at_s() is None
    assert announcer.standing is not None


def test_a_new_clinic_day_takes_back_what_still_waited(announcer):
    announcer.consider([call(21, "K007", "room-2"), call(20, "A012")], NOON)
    announcer.consider([], NOON)
    assert announcer.waiting == ()


def test_a_call_that_newer_ones_have_pushed_out_of_the_picture_is_still_announced(announcer):
    crowd(announcer, *(f"A{n:03}" for n in range(30)))
    assert [one.label for one in announcer.waiting] == [f"A{n:03}" for n in range(30)]


def crowd(announcer: Announcer, *labels: str) -> Calls:
    """These are called one after the other, each to a room of its own."""
    calls = Calls(announcer)
    for n, label in enumerate(labels):
        calls.make(label, f"room-{n + 1}")
    return calls


def together(announcer: Announcer, now_s: float = 0.0) -> list[str]:
    """Labels of the next announcement."""
    return [one.label for one in announcer.begin(now_s).calls]


def test_three_that_wait_are_announced_one_by_one(announcer):
    crowd(announcer, "A001", "A002", "A003")
    assert together(announcer) == ["A001"]


def test_more_than_three_that_wait_are_put_together(announcer):
    crowd(announcer, "A001", "A002", "A003", "A004")
    assert together(announcer) == ["A001", "A002", "A003", "A004"]
    assert announcer.standing.announcement.ids == ("1", "2", "3", "4")
    assert announcer.pending == set()


def test_no_more_than_four_are_put_together(announcer):
    crowd(announcer, *(f"A{n:03}" for n in range(1, 7)))
    assert len(together(announcer)) == 4
    assert [one.label for one in announcer.waiting] == ["A005", "A006"]


def test_nobody_is_in_one_announcement_with_two_rooms(announcer):
    crowd(announcer, "A001", "A002", "A001", "A004")
    assert together(announcer) == ["A001", "A002"]


def test_a_recall_joins_its_call_in_a_crowd_and_both_are_acknowledged_together(announcer):
    crowd(announcer, "A001", "A002", "A003", "A004").make("A002", "room-2")
    announcer.begin(0.0)
    assert announcer.standing.announcement.ids == ("1", "2", "5", "3", "4")


def test_a_recall_of_one_of_a_crowd_that_is_on_is_announced_again_after_it(announcer):
    calls = crowd(announcer, "A001", "A002", "A003", "A004")
    announcer.begin(0.0)
    calls.make("A002", "room-2")
    assert [one.ids for one in announcer.waiting] == [("5",)]


def test_twenty_calls_in_ten_seconds_are_all_announced_in_order(announcer):
    heard: list[list[str]] = []
    ends_at_s = 0.0
    calls = Calls(announcer)
    arrivals = [(n / 2, f"A{n:03}") for n in range(20)]
    now_s = 0.0
    while arrivals or announcer.waiting or announcer.standing:
        now_s = min([at_s for at_s, _ in arrivals[:1]] + ([ends_at_s] if announcer.standing else []))
        while arrivals and arrivals[0][0] <= now_s:
            calls.make(arrivals.pop(0)[1])
        announcer.end(now_s)
        begun = announcer.begin(now_s)
        if begun is not None:
            heard.append([one.label for one in begun.calls])
            announcer.sound_over(now_s + 10.0 * len(begun.calls))
            ends_at_s = announcer.ends_at_s()
    assert [label for labels in heard for label in labels] == [f"A{n:03}" for n in range(20)]
    assert [len(labels) for labels in heard] == [1, 4, 4, 4, 4, 1, 1, 1]


def test_a_day_of_calls_leaves_no_growing_memory(announcer):
    for seq in range(2000):
        announcer.consider([call(seq, "A012")], NOON)
        play(announcer, from_s=20.0 * seq)
    assert len(announcer.settled) <= 200
    assert not announcer.waiting


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A001", "A002", "A003", "K001", "K002"]),
            st.sampled_from(["room-1", "room-2"]),
            st.floats(0, 20),
            st.floats(0.5, 18),
            st.booleans(),
        ),
        max_size=25,
    )
)
def test_no_two_announcements_overlap_none_is_cut_and_none_is_lost(arrivals):
    announcer = Announcer()
    calls = Calls(announcer)
    now_s = 0.0
    taken_back: set[str | None] = set()
    spans: list[tuple[float, float, float]] = []
    acknowledged: list[str] = []

    def begin(sound_s: float) -> None:
        begun = announcer.begin(now_s)
        if begun is not None:
            announcer.sound_over(now_s + sound_s)
            spans.append((now_s, announcer.ends_at_s(), sound_s))
            acknowledged.extend(begun.ids)

    for label, room, gap_s, sound_s, undone in arrivals:
        calls.make(label, room)
        if undone:
            taken_back.add(calls.take_back())
        begin(sound_s)
        now_s += gap_s
        announcer.end(now_s)
    while announcer.standing is not None or announcer.waiting:
        if announcer.standing is not None:
            now_s = max(now_s, announcer.ends_at_s())
            assert announcer.end(now_s)
        begin(10.0)

    assert sorted(acknowledged, key=int) == [
        str(seq) for seq in range(1, len(arrivals) + 1) if str(seq) not in taken_back
    ]
    assert all(later[0] >= earlier[1] for earlier, later in pairwise(spans))
    assert all(end - start >= max(12, sound_s) - 1e-6 for start, end, sound_s in spans)
