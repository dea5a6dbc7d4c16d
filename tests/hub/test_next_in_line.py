"""What the public state says of a room: who would be called if it asked now."""


async def room(hub, number=0):
    return (await hub.get("/api/v1/board")).json["rooms"][number]


async def test_a_room_says_whom_it_would_call_next(hub):
    assert (await room(hub)).get("next") is None
    for _ in range(2):
        await hub.issue()
    assert (await room(hub))["next"] == "A001"
    assert (await hub.call_next())["label"] == "A001"
    assert (await room(hub))["next"] == "A002"


async def test_the_feed_says_so_with_the_call_that_changed_it(hub):
    for _ in range(2):
        await hub.issue()
    async with hub.feed() as feed:
        await feed.greeted()
        await hub.call_next()
        change = await feed.next("change")
    assert {one["id"]: one["next"] for one in change["rooms"]} == {"room-1": "A002", "room-2": "A002"}


async def test_whoever_has_priority_is_next(hub):
    await hub.issue()
    await hub.issue(needs=["elderly"])
    assert (await room(hub))["next"] == "A002"


async def test_a_room_that_is_not_open_calls_nobody(hub):
    await hub.issue()
    await hub.post("/api/v1/rooms/room-1/pause", {}, key="desk-1")
    assert (await room(hub)).get("next") is None
    assert (await room(hub, 1))["next"] == "A001"
