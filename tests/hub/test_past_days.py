"""Past days out of the journal: those that are asked for, page by page, while the hub goes on appending."""

import asyncio
import sqlite3

import pytest

from hub.domain.configuration import Site
from hub.domain.events import DayClosed, DayOpened, RoomPaused, SiteConfigured
from hub.journal import sqlite
from hub.journal.records import Batch, Recorded
from hub.journal.sqlite import PAGE_OF_PAST, SqliteJournal
from smartqueue.errors import JournalFault
from smartqueue.terms import CommandId, Day, Instant, Language, RoomId

EN = Language("en")
SITE = Site("clinic", {EN: "Riverside Clinic"}, (EN,), EN, "UTC")
MONDAY, TUESDAY, WEDNESDAY = Day("2026-03-02"), Day("2026-03-03"), Day("2026-03-04")


@pytest.fixture
async def journal(tmp_path):
    sqlite.create(tmp_path, "clinic", "epoch-1")
    journal = SqliteJournal(tmp_path)
    await journal.open()
    yield journal
    await journal.close()


def a_day(first_seq, day, events=3):
    """Opened, so many events, closed."""
    happened = [
        DayOpened(day, SITE, (), (), (), ()),
        *(RoomPaused(RoomId(f"room-{number}")) for number in range(events)),
        DayClosed(day, ()),
    ]
    return [
        Recorded(seq, Instant(seq), day, event, "site:clock", CommandId(f"command-{seq}"))
        for seq, event in enumerate(happened, first_seq)
    ]


async def read(journal, first, last):
    return [recorded async for page in journal.read_days(first, last) for recorded in page]


async def test_the_days_that_are_asked_for_are_read_whole_and_no_other(journal):
    configured = Recorded(1, Instant(1), Day(""), SiteConfigured(SITE, (), (), ()), "site:setup", None)
    days = [a_day(2, MONDAY), a_day(7, TUESDAY), a_day(12, WEDNESDAY)]
    await journal.append(Batch(events=[configured, *(one for day in days for one in day)]))
    assert await read(journal, MONDAY, MONDAY) == days[0]
    assert await read(journal, TUESDAY, WEDNESDAY) == days[1] + days[2]
    assert await read(journal, Day("2026-02-01"), Day("2026-03-01")) == []
    assert await read(journal, Day("2026-03-05"), Day("2026-03-31")) == []


async def test_days_without_a_hub_are_skipped(journal):
    days = [a_day(1, MONDAY), a_day(6, WEDNESDAY)]
    await journal.append(Batch(events=days[0] + days[1]))
    assert await read(journal, TUESDAY, WEDNESDAY) == days[1]


async def test_a_day_that_is_not_over_is_read_as_far_as_it_has_come(journal):
    day = a_day(1, MONDAY)[:-1]
    await journal.append(Batch(events=day))
    assert await read(journal, MONDAY, MONDAY) == day


async def test_a_day_that_was_opened_twice_is_read_twice_over(journal):
    """The rules never take a day back, but a report must not lose what the journal holds."""
    days = [a_day(1, MONDAY), a_day(6, TUESDAY), a_day(11, MONDAY)]
    await journal.append(Batch(events=[one for day in days for one in day]))
    assert await read(journal, MONDAY, MONDAY) == days[0] + days[2]
    assert await read(journal, TUESDAY, TUESDAY) == days[1]


@pytest.mark.parametrize("events", [PAGE_OF_PAST - 3, PAGE_OF_PAST - 2, PAGE_OF_PAST - 1, 2 * PAGE_OF_PAST + 1])
async def test_a_big_day_comes_in_pages_with_nothing_lost_between_them(journal, events):
    day = a_day(1, MONDAY, events)
    await journal.append(Batch(events=day + a_day(len(day) + 1, TUESDAY)))
    pages = [page async for page in journal.read_days(MONDAY, MONDAY)]
    assert [one for page in pages for one in page] == day
    assert max(map(len, pages)) <= PAGE_OF_PAST
    assert all(pages)


async def test_an_append_comes_in_between_two_pages_and_is_not_read(journal):
    day = a_day(1, MONDAY, 3 * PAGE_OF_PAST)
    await journal.append(Batch(events=day))
    pages = journal.read_days(MONDAY, MONDAY)
    found = await anext(pages)
    following = Recorded(len(day) + 1, Instant(1), MONDAY, RoomPaused(RoomId("later")), "site:clock", None)
    async with asyncio.timeout(10):
        await journal.append(Batch(events=[following]))
    found += [one async for page in pages for one in page]
    assert found == day
    assert (await read(journal, MONDAY, MONDAY))[-1] == following


async def test_a_day_with_an_event_missing_is_told_and_not_reported(journal, tmp_path):
    await journal.append(Batch(events=a_day(1, MONDAY) + a_day(6, TUESDAY)))
    other = sqlite3.connect(tmp_path / sqlite.FILE)
    with other:
        other.execute("DELETE FROM events WHERE seq = 3")
    other.close()
    with pytest.raises(JournalFault, match="missing"):
        await read(journal, MONDAY, MONDAY)
    assert len(await read(journal, TUESDAY, TUESDAY)) == 5


async def test_finding_a_day_looks_at_the_days_and_not_at_all_events(journal, tmp_path):
    await journal.append(Batch(events=a_day(1, MONDAY)))
    other = sqlite3.connect(tmp_path / sqlite.FILE)
    plan = other.execute(
        "EXPLAIN QUERY PLAN SELECT seq, day FROM events WHERE kind = 'day_opened' ORDER BY seq"
    ).fetchall()
    other.close()
    assert "USING INDEX days" in plan[0][-1]
