"""Caller units that are moved to another room, and asked which one they are, over HTTP and the feed."""

import asyncio

import pytest
from hub_world import make, running


async def bind(hub, unit, room, key="technician"):
    return await hub.told(f"/units/{unit}/bind", {"room": room}, key=key)


async def identify(hub, unit, key="technician"):
    return await hub.post(f"/api/v1/units/{unit}/identify", key=key)


@pytest.mark.parametrize("key", ["technician", "admin-1"])
async def test_a_unit_that_is_moved_comes_back_and_is_greeted_with_its_new_room(hub, key):
    async with hub.feed("desk-1") as before:
        hello, snapshot = await before.greeted()
        assert hello["unit"]["room"] == "room-1"
        assert await bind(hub, "desk-1", "room-2", key) == {}
        await before.ended()
    async with hub.feed("desk-1", since=snapshot["seq"], epoch=hello["epoch"]) as after:
        assert (await after.next("hello"))["unit"] == {"name": "desk-1", "kind": "caller", "room": "room-2"}
        assert (await after.next())["kind"] == "unit_bound"


async def test_its_presses_count_for_the_new_room_at_once_and_for_the_old_one_no_more(hub):
    await hub.issue()
    await bind(hub, "desk-1", "room-2")
    assert (await hub.call_next("room-2", "desk-1"))["label"] == "A001"
    code, problem = await hub.refused("/rooms/room-1/call-next", {}, key="desk-1")
    assert (code, problem["values"]["room"]) == ("wrong_room", "room-2")


async def test_other_readers_are_not_disturbed_and_learn_of_it(hub):
    async with hub.feed("desk-2") as other, hub.feed() as public:
        await other.greeted()
        await public.greeted()
        await bind(hub, "desk-1", "room-2")
        told = [await other.next("change"), await public.next("change")]
        await hub.issue()
        assert (await other.next("change"))["kind"] == "token_issued"
    assert [(one["kind"], one["rooms"], one["departments"]) for one in told] == [("unit_bound", [], [])] * 2
    assert "desk-1" not in str(told)


async def test_a_unit_that_is_bound_where_it_is_goes_on_reading(hub):
    async with hub.feed("desk-1") as feed:
        await feed.greeted()
        await bind(hub, "desk-1", "room-1")
        await hub.issue()
        assert (await feed.next("change"))["kind"] == "token_issued"


async def test_the_binding_outlives_a_restart(tmp_path):
    await make(tmp_path)
    async with running(tmp_path) as hub:
        await bind(hub, "desk-1", "window-3")
    async with running(tmp_path) as hub, hub.feed("desk-1") as feed:
        assert (await feed.next("hello"))["unit"]["room"] == "window-3"


@pytest.mark.parametrize(
    ("unit", "room", "code"),
    [("nobody", "room-1", "unknown_unit"), ("desk-1", "room-9", "unknown_room"), ("wall", "room-1", "not_a_caller")],
)
async def test_what_can_not_be_bound_is_refused_with_the_reason(hub, unit, room, code):
    assert (await hub.refused(f"/units/{unit}/bind", {"room": room}, key="technician"))[0] == code


@pytest.mark.parametrize("key", ["hall", "desk-1", "wall", "reception-1", "nurse-1", "doctor-1"])
@pytest.mark.parametrize("verb", ["bind", "identify"])
async def test_only_who_keeps_the_site_moves_units_and_asks_for_them(hub, key, verb):
    assert (await hub.refused(f"/units/desk-1/{verb}", {"room": "room-2"}, key=key))[0] == "not_permitted"


# --- which one is it ----------------------------------------------------------------------------------


async def test_the_unit_that_is_asked_for_hears_it_and_nobody_else(hub):
    async with hub.feed("desk-1") as asked, hub.feed("desk-2") as other, hub.feed() as public:
        for feed in (asked, other, public):
            await feed.greeted()
        assert (await identify(hub, "desk-1")).status == 200
        assert await asked.next("identify") == {"type": "identify"}
        await hub.issue()
        for feed in (other, public):
            while (message := await feed.next())["type"] == "heartbeat":
                pass
            assert message["type"] == "change"


async def test_every_connection_of_the_unit_hears_it(hub):
    async with hub.feed("desk-1") as one, hub.feed("desk-1") as two:
        await one.greeted()
        await two.greeted()
        await identify(hub, "desk-1", key="admin-1")
        assert [(await feed.next("identify"))["type"] for feed in (one, two)] == ["identify"] * 2


async def test_nothing_is_recorded_of_it(hub):
    async with hub.feed("desk-1") as feed:
        await feed.greeted()
        before = (await hub.get("/healthz")).json["seq"]
        await identify(hub, "desk-1")
        await feed.next("identify")
    assert (await hub.get("/healthz")).json["seq"] == before


async def test_a_unit_that_is_not_connected_is_not_said_to_have_been_asked(hub):
    answer = await identify(hub, "desk-1")
    assert (answer.status, answer.json["code"]) == (409, "unit_away")
    async with hub.feed("desk-1") as feed:
        await feed.greeted()
    for _ in range(100):
        if (await identify(hub, "desk-1")).status == 409:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("a unit that has left is still taken to be there")


@pytest.mark.parametrize(("unit", "code"), [("nobody", "unknown_unit"), ("hall", "not_a_caller")])
async def test_what_has_no_lamps_is_not_asked(hub, unit, code):
    assert (await identify(hub, unit)).json["code"] == code


async def test_a_unit_that_is_moved_while_it_connects_is_not_greeted_with_its_old_room(hub):
    """Many connections and one move: whatever the order, none stays open under the old room."""

    async def come():
        async with hub.feed("desk-1") as feed:
            hello = await feed.next("hello")
            while not feed.socket.closed:
                try:
                    await feed.socket.receive(timeout=0.5)
                except TimeoutError:
                    break
            return hello["unit"]["room"], feed.socket.closed

    coming = [asyncio.create_task(come()) for _ in range(20)]
    await bind(hub, "desk-1", "room-2")
    for room, closed in await asyncio.gather(*coming):
        assert room == "room-2" or closed
