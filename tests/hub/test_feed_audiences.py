"""What the feed never tells, whatever is commanded: needs, reasons, people, codes."""

import asyncio
import json

from day_story import day
from hub_world import in_an_hour

SECRET_TO_ALL = (
    *("wheelchair", "deaf", "agreed", "short", "papers", "worse", "reception-1", "doctor-1", "doctor-2", "nurse-1"),
    *("r-1", "A" * 26, "A" * 8, "touch-000501", "high", "emergency", "check-in"),
)


async def heard(feed, until):
    """Every message up to the change that belongs to this `seq`."""
    messages = []
    while not messages or messages[-1].get("seq", 0) < until or messages[-1]["type"] == "heartbeat":
        messages.append(await feed.next())
    return messages


def words(value):
    """Every text in a message; names of fields are no secret."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)
    elif isinstance(value, str):
        yield value


def cares(messages):
    """What is told of the care that called people need."""
    rooms = [room for one in messages for room in one.get("rooms") or one.get("board", {}).get("rooms", [])]
    return {room["current"]["care"] for room in rooms if room["current"]} - {None}


async def test_neither_units_nor_the_public_hear_needs_reasons_people_or_codes(hub):
    async with hub.feed("hall") as units, hub.feed() as public:
        await day(hub)
        issued = await hub.issue(needs=["wheelchair", "deaf"], doctor="doctor-2")
        await hub.told(f"/tokens/{issued['token']}/set-priority", {"priority": "emergency", "reason": "worse"})
        booked = await hub.told("/appointments", {"department": "medicine", "at": in_an_hour().isoformat()})
        assert (await hub.call_next())["label"] == issued["label"]
        seq = (await hub.get("/healthz")).json["seq"]
        for_units, for_public = await asyncio.gather(heard(units, seq), heard(public, seq))
    secret = {*SECRET_TO_ALL, booked["code"], issued["short_code"], booked["appointment"]}
    for messages in (for_units, for_public):
        kinds = {message["kind"] for message in messages if message["type"] == "change"}
        assert {"token_transferred", "room_assigned", "lease_granted", "appointment_booked", "priority_set"} <= kinds
        assert secret & set(words(messages)) == set()
    assert issued["token"] not in json.dumps(for_public)
    assert {"fetch"} == cares(for_units)
    assert cares(for_public) == set()


async def test_each_event_is_one_message_and_none_is_left_out(hub):
    async with hub.feed("wall") as feed:
        hello, _ = await feed.greeted()
        await day(hub)
        seq = (await hub.get("/healthz")).json["seq"]
        seqs = [one["seq"] for one in await heard(feed, seq) if one["type"] != "heartbeat"]
    assert seqs == list(range(hello["seq"] + 1, seq + 1))


async def test_a_transfer_shows_both_departments_anew(hub):
    token = (await hub.issue())["token"]
    async with hub.feed("wall") as feed:
        await feed.greeted()
        await hub.told(f"/tokens/{token}/transfer", {"department": "laboratory"})
        change = await feed.next("change")
    assert change["kind"] == "token_transferred"
    assert {one["id"]: one["waiting"] for one in change["departments"]} == {"medicine": 0, "laboratory": 1}
    assert [one["id"] for one in change["rooms"]] == ["room-2", "window-3", "room-1"]
