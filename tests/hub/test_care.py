"""What units learn of somebody's needs, and that nobody else learns anything of them."""

import pytest

from smartqueue.terms import Care, Need

FETCH = {Need.DEAF, Need.BLIND}


def current_of(message):
    rooms = message["rooms"] if message["type"] == "change" else message["board"]["rooms"]
    return next(room["current"] for room in rooms if room["id"] == "room-1")


@pytest.mark.parametrize("need", list(Need))
async def test_units_learn_what_care_a_need_asks_for_and_the_public_learns_nothing(hub, need):
    await hub.issue(needs=[need])
    async with hub.feed() as public, hub.feed("desk-1") as unit:
        await public.greeted()
        await unit.greeted()
        await hub.call_next()
        told, known = current_of(await public.next("change")), current_of(await unit.next("change"))
    assert known["care"] == (Care.FETCH if need in FETCH else Care.TIME)
    assert told["care"] is None


async def test_who_needs_to_be_fetched_is_fetched_whatever_else_is_needed(hub):
    await hub.issue(needs=["elderly", "deaf", "slow_walking"])
    async with hub.feed("desk-1") as unit:
        await unit.greeted()
        await hub.call_next()
        assert current_of(await unit.next("change"))["care"] == Care.FETCH


async def test_without_needs_there_is_no_care(hub):
    await hub.issue()
    async with hub.feed("desk-1") as unit:
        await unit.greeted()
        await hub.call_next()
        assert current_of(await unit.next("change"))["care"] is None


async def test_no_need_is_spelt_anywhere_the_public_can_read(hub):
    """Neither the feed's changes, nor its snapshot, nor the board."""
    await hub.issue(needs=["deaf", "wheelchair"])
    async with hub.feed() as public:
        await public.greeted()
        await hub.call_next()
        change = await public.next("change")
    async with hub.feed() as public:
        _, snapshot = await public.greeted()
    board = (await hub.get("/api/v1/board")).json
    assert [current_of(one)["care"] for one in (change, snapshot)] == [None, None]
    spelt = repr((change, snapshot, board))
    assert not any(word in spelt for word in (*(repr(str(need)) for need in Need), "'fetch'", "'time'"))
