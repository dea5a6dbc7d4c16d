"""The picture that a feed makes, message by message."""

from datetime import UTC, datetime

import pytest

from smartqueue.picture import Gap, reduce
from smartqueue.terms import Day, DepartmentId, Language, Tick
from smartqueue.wire import BoardView, Change, DepartmentView, Heartbeat, Hello, SiteView, Snapshot

NOW = datetime(2026, 3, 2, 9, 42, tzinfo=UTC)
ENGLISH = Language("en")
SITE = SiteView(id="north", names={ENGLISH: "North"}, languages=[ENGLISH], default_language=ENGLISH, zone="UTC")
HELLO = Hello(schema=1, site="north", epoch="e1", seq=10, now=NOW)
BOARD = BoardView(day=Day("2026-03-02"), site=SITE, departments=[], rooms=[], calls=[])


def laboratory(waiting: int) -> DepartmentView:
    return DepartmentView(
        id=DepartmentId("lab"),
        letter="K",
        names={ENGLISH: "Laboratory"},
        areas={},
        icon="flask",
        ground=0,
        open=True,
        opens_at=None,
        waiting=waiting,
        estimate=None,
    )


def change(seq: int) -> Change:
    return Change(seq=seq, at=NOW, kind="token_issued", departments=[laboratory(seq)])


def beat(seq: int) -> Heartbeat:
    return Heartbeat(seq=seq, tick=Tick(7), now=NOW)


def test_one_connection_carries_the_picture_past_where_the_hub_was_at_its_hello():
    picture = None
    for message in (HELLO, Snapshot(seq=10, board=BOARD), change(11), beat(11), change(12), change(13), beat(13)):
        picture, _ = reduce(picture, HELLO, message, 1.0)
    assert picture.seq == 13
    assert picture.departments["lab"].waiting == 13


@pytest.mark.parametrize("other", [{"epoch": "e2"}, {"site": "south"}])
def test_another_epoch_or_site_does_not_go_on_from_the_old_picture(other):
    picture, _ = reduce(None, HELLO, Snapshot(seq=10, board=BOARD), 1.0)
    hello = Hello(**{"schema": 1, "site": "north", "epoch": "e1", "seq": 10, "now": NOW} | other)
    with pytest.raises(Gap) as gap:
        reduce(picture, hello, change(11), 2.0)
    assert gap.value.afresh


def test_a_heartbeat_that_knows_more_than_the_picture_tells_of_a_gap():
    picture, _ = reduce(None, HELLO, Snapshot(seq=10, board=BOARD), 1.0)
    with pytest.raises(Gap) as gap:
        reduce(picture, HELLO, beat(11), 2.0)
    assert not gap.value.afresh
