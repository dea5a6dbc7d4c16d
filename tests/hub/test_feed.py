"""The feed over a real WebSocket: greeting, snapshot, resumption, heartbeats, and readers that fall behind."""

import asyncio
import socket

import aiohttp
import msgspec
import pytest
from hub_world import EN, make, plan, running

from hub.clock import HubClock
from hub.domain.commands import FollowClock, IssueToken
from hub.domain.events import TokenCancelled
from hub.feed import Feed, Ring, frame, payload_of
from hub.journal import sqlite
from hub.journal.records import Recorded
from hub.service import Actor, ClinicService, new_command_id
from hub.status_pages import new_token
from smartqueue.terms import Audience, CancelReason, TokenId
from smartqueue.wire import FeedMessage


async def test_a_reader_is_greeted_and_gets_the_whole_board(hub):
    await hub.issue()
    async with hub.feed() as feed:
        hello, snapshot = await feed.greeted()
    assert (hello["type"], hello["schema"], hello["site"], hello["seq"]) == ("hello", 1, "clinic", snapshot["seq"])
    assert hello["unit"] is None
    assert snapshot["board"] == (await hub.get("/api/v1/board")).json


async def test_a_unit_learns_who_it_is_taken_for(hub):
    for name, kind, room in (("hall", "kiosk", None), ("desk-2", "caller", "room-2"), ("wall", "display", None)):
        async with hub.feed(name) as feed:
            assert (await feed.next("hello"))["unit"] == {"name": name, "kind": kind, "room": room}


async def test_everything_that_is_sent_can_be_read_by_the_units_decoder(hub):
    async with hub.feed("wall") as feed:
        await feed.greeted()
        await hub.issue()
        change = await feed.socket.receive_str()
    assert msgspec.json.decode(change, type=FeedMessage).seq > 0


async def test_a_change_comes_before_its_command_is_answered(hub):
    async with hub.feed("wall") as feed:
        _, snapshot = await feed.greeted()
        issued = await hub.issue()
        change = await asyncio.wait_for(feed.next("change"), 1)
    assert (change["kind"], change["seq"]) == ("token_issued", snapshot["seq"] + 1)
    assert change["departments"][0]["waiting"] == 1
    assert issued["token"] not in msgspec.json.encode(change).decode()


async def test_a_call_shows_the_public_its_label_and_units_its_token(hub):
    token = (await hub.issue())["token"]
    async with hub.feed() as public, hub.feed("desk-1") as unit:
        await public.greeted()
        await unit.greeted()
        await hub.call_next()
        seen, known = await public.next("change"), await unit.next("change")
    assert seen["call"]["label"] == "A001"
    assert seen["rooms"][0]["current"]["token"] == ""
    assert known["rooms"][0]["current"]["token"] == token
    seen["rooms"][0]["current"]["token"] = token
    assert seen == known


async def test_an_old_call_that_is_acknowledged_late_is_no_news_for_boards(hub):
    """A reader would take a call that its board has forgotten for a new one, and announce it again."""
    token = (await hub.issue())["token"]
    await hub.call_next()
    for _ in range(21):
        await hub.told(f"/tokens/{token}/recall", key="desk-1")
    async with hub.feed("wall") as feed:
        _, snapshot = await feed.greeted()
        shown = [int(call["announcement"]) for call in snapshot["board"]["calls"]]
        assert len(shown) == 20
        for announcement in (shown[-1] - 1, shown[0]):
            await hub.told(f"/announcements/{announcement}/ack", key="wall")
        forgotten, newest = [await feed.next("change") for _ in range(2)]
    assert (forgotten["kind"], forgotten["call"]) == ("announcement_played", None)
    assert newest["call"]["announcement"] == str(shown[0])


async def test_who_comes_back_gets_only_what_is_missing(hub):
    await hub.issue()
    async with hub.feed() as feed:
        hello, snapshot = await feed.greeted()
    for _ in range(3):
        await hub.issue("laboratory")
    async with hub.feed(since=snapshot["seq"], epoch=hello["epoch"]) as feed:
        again = await feed.next("hello")
        changes = [await feed.next() for _ in range(3)]
        await hub.issue()
        live = await feed.next()
    seqs = [snapshot["seq"] + place for place in (1, 2, 3, 4)]
    assert again["seq"] == seqs[2]
    assert [(one["type"], one["seq"]) for one in (*changes, live)] == [("change", seq) for seq in seqs]


async def test_who_has_missed_nothing_gets_nothing_but_what_comes(hub):
    async with hub.feed() as feed:
        hello, snapshot = await feed.greeted()
    async with hub.feed(since=snapshot["seq"], epoch=hello["epoch"]) as feed:
        await feed.next("hello")
        await hub.issue()
        assert (await feed.next())["seq"] == snapshot["seq"] + 1


async def test_who_comes_back_to_a_hub_that_now_listens_without_tls_is_told_so_at_once(tmp_path):
    """Nothing has happened in between, so there is no snapshot that could say it."""
    await make(tmp_path)
    async with running(tmp_path) as hub, hub.feed("wall") as feed:
        hello, snapshot = await feed.greeted()
    async with running(tmp_path, host="0.0.0.0", insecure_lan=True) as hub:
        async with hub.feed("wall", since=snapshot["seq"], epoch=hello["epoch"]) as feed:
            again, after = await feed.greeted()
        assert (hello["insecure_lan"], again["insecure_lan"]) == (False, True)
        assert after["type"] == "heartbeat"
        assert (await hub.get("/api/v1/board")).json["site"]["insecure_lan"] is True


@pytest.mark.parametrize("query", [{"epoch": "of-before-the-restore"}, {}])
async def test_another_epoch_or_none_leads_to_a_snapshot(hub, query):
    async with hub.feed(since=1, **query) as feed:
        await feed.next("hello")
        assert (await feed.next())["type"] == "snapshot"


async def test_a_number_of_before_the_hubs_start_leads_to_a_snapshot(hub):
    async with hub.feed() as feed:
        epoch = (await feed.next("hello"))["epoch"]
    async with hub.feed(since=1, epoch=epoch) as feed:
        await feed.next("hello")
        assert (await feed.next())["type"] == "snapshot"


async def test_units_hear_a_heartbeat_every_second_with_a_tick_that_presses_can_use(hub):
    async with hub.feed("desk-1") as feed:
        _, snapshot = await feed.greeted()
        beats = [await feed.next("heartbeat") for _ in range(2)]
        assert [beat["seq"] for beat in beats] == [snapshot["seq"]] * 2
        assert 500 <= beats[1]["tick"] - beats[0]["tick"] <= 2500
        assert (await hub.call_next(tick=beats[1]["tick"]))["token"] is None


async def test_readers_at_every_moment_of_a_busy_clinic_see_every_change_once(hub):
    """Snapshot and subscription are one step: whoever connects meanwhile misses none and sees none twice."""

    async def reader(delay):
        await asyncio.sleep(delay)
        async with hub.feed() as feed:
            _, snapshot = await feed.greeted()
            waiting, seq = snapshot["board"]["departments"][0]["waiting"], snapshot["seq"]
            while waiting < 200:
                change = await feed.next("change")
                assert change["seq"] == seq + 1
                assert change["departments"][0]["waiting"] == waiting + 1
                waiting, seq = waiting + 1, seq + 1

    readers = [asyncio.create_task(reader(number * 0.005)) for number in range(40)]
    for _ in range(20):
        await asyncio.gather(*(hub.issue() for _ in range(10)))
    await asyncio.wait_for(asyncio.gather(*readers), 20)


async def test_ping_is_answered_and_closing_is_polite_between_our_own_frames(hub):
    async with hub.feed() as feed:
        await feed.greeted()
        for _ in range(20):
            await feed.socket.ping(b"are you there")
            await hub.issue()
            assert (await feed.next())["type"] == "change"
        await feed.socket.close()
        assert feed.socket.close_code == 1000
    await until_left(hub)


async def test_what_a_reader_says_is_ignored_and_a_long_speech_ends_it(hub):
    async with hub.feed() as feed:
        await feed.greeted()
        await feed.socket.send_str("hello hub")
        await hub.issue()
        assert (await feed.next())["type"] == "change"
        await feed.socket.send_str("x" * 5000)
        closing = await asyncio.wait_for(feed.socket.receive(), 5)
        assert closing.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        assert feed.socket.close_code == 1009


async def test_compression_is_not_agreed_to_since_frames_are_made_once(hub):
    async with hub.session.ws_connect(hub.url + "/api/v1/feed", compress=15) as feed:
        assert feed.compress == 0
        assert (await feed.receive_json())["type"] == "hello"


async def test_a_reader_that_does_not_read_is_closed_and_the_others_go_on(hub):
    """More than 64 kB wait for it; it comes back with its `since` and has missed nothing."""
    host, _, port = hub.url.removeprefix("http://").partition(":")
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    raw.connect((host, int(port)))
    raw.setblocking(False)
    reader, writer = await asyncio.open_connection(sock=raw, limit=1024)
    writer.write(
        b"GET /api/v1/feed HTTP/1.1\r\nHost: " + f"{host}:{port}".encode() + b"\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    await reader.readuntil(b"\r\n\r\n")
    async with hub.feed() as other:
        _, snapshot = await other.greeted()
        while await closed_slow(hub) == 0:
            await asyncio.gather(*(hub.issue() for _ in range(100)))
        last = (await hub.get("/healthz")).json["seq"]
        seqs = [(await other.next("change"))["seq"] for _ in range(last - snapshot["seq"])]
        assert seqs == list(range(snapshot["seq"] + 1, last + 1))
    writer.close()


async def closed_slow(hub):
    text = (await hub.get("/metrics")).body.decode()
    return next(
        float(line.split()[1]) for line in text.splitlines() if line.startswith("smartqueue_feed_closed_slow_total ")
    )


async def until_left(hub):
    async with asyncio.timeout(5):
        while 'audience="public"} 0.0' not in (await hub.get("/metrics")).body.decode():  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.01)


# --- parts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_frame_is_what_rfc_6455_says_and_gives_its_payload_back(size):
    payload = b"x" * size
    made = frame(payload)
    assert made[0] == 0x81
    length = made[1] if made[1] < 126 else int.from_bytes(made[2 : 4 if made[1] == 126 else 10], "big")
    assert (length, payload_of(made)) == (size, payload)


def test_a_ring_reaches_back_as_far_as_it_promises_and_not_for_ever():
    ring = Ring(100, size=10)
    for seq in range(101, 161):
        ring.append(seq, str(seq).encode())
        assert ring.reaches(max(100, seq - 10))
        assert ring.after(max(100, seq - 10)) == str(max(100, seq - 10) + 1).encode()
    assert not ring.reaches(140)
    assert not ring.reaches(161)
    assert ring.after(160) is None


def test_a_ring_holds_no_more_bytes_than_it_may_however_large_the_frames_are():
    ring = Ring(0, size=1000, most_bytes=10_000)
    for seq in range(1, 501):
        ring.append(seq, bytes(100 if seq % 2 else 700))
        held = []
        while (framed := ring.after(ring.floor + len(held))) is not None:
            held.append(framed)
        assert sum(map(len, held)) <= 11_000
        assert ring.floor + len(held) == seq
        assert ring.reaches(seq)
        assert seq < 100 or sum(map(len, held)) > 9_000
    ring.append(501, bytes(20_000))
    assert ring.reaches(501)
    assert not ring.reaches(500)


def test_a_ring_is_never_much_longer_than_it_promises():
    ring = Ring(0, size=100)
    for seq in range(1, 1001):
        ring.append(seq, b"x")
        assert seq - ring.floor <= 110


def test_a_ring_does_not_take_an_event_after_a_gap():
    ring = Ring(100)
    with pytest.raises(ValueError, match="102"):
        ring.append(102, b"")


class Slow:
    """A reader whose connection takes messages one by one, when the test lets it."""

    def __init__(self):
        self.got, self.aborted, self.gate = [], False, asyncio.Semaphore(0)

    def write(self, framed):
        self.got.append(payload_of(framed))

    def waiting_bytes(self):
        return 0

    def abort(self):
        self.aborted = True

    async def send(self, payload):
        await self.gate.acquire()
        self.got.append(payload)


async def test_what_happens_while_a_slow_reader_catches_up_reaches_it_once_and_in_order(tmp_path):
    service, feed = await started(tmp_path)
    slow = Slow()
    following = asyncio.create_task(feed.follow(slow, Audience.UNIT, None, None))
    for _ in range(5):
        slow.gate.release()
        await issue(service)
    for _ in range(20):
        slow.gate.release()
    await following
    await issue(service)
    seqs = [msgspec.json.decode(message)["seq"] for message in slow.got[1:]]
    assert seqs == list(range(seqs[0], service.seq + 1))
    assert feed.readers() == {Audience.PUBLIC: 0, Audience.UNIT: 1}
    feed.leave(slow)
    assert feed.readers() == {Audience.PUBLIC: 0, Audience.UNIT: 0}
    await service.stop()


async def test_readers_who_come_together_get_the_same_snapshot_made_once(tmp_path):
    service, feed = await started(tmp_path)
    readers = [Slow(), Slow()]
    for reader in readers:
        reader.gate = asyncio.Semaphore(10)
        await feed.follow(reader, Audience.PUBLIC, None, None)
    assert readers[0].got[1] is readers[1].got[1]
    await service.stop()


async def test_an_event_that_can_not_be_told_sends_every_reader_for_a_snapshot_and_the_feed_goes_on(tmp_path):
    service, feed = await started(tmp_path)
    before = service.seq
    reader, later = Slow(), Slow()
    reader.gate = later.gate = asyncio.Semaphore(20)
    await feed.follow(reader, Audience.UNIT, None, None)
    nobodys = TokenCancelled(TokenId("nobody"), CancelReason.PATIENT)
    with pytest.raises(KeyError):
        feed.publish(Recorded(before + 1, service.moment().at, service.published.day, nobodys, "kiosk:hall", None))
    assert reader.aborted
    service.seq = before + 1
    await feed.follow(later, Audience.UNIT, before, None)
    assert [msgspec.json.decode(message)["type"] for message in later.got] == ["hello", "snapshot"]
    await service.stop()


async def started(directory):
    sqlite.create(directory, "clinic", "epoch-1")
    service = ClinicService(sqlite.SqliteJournal(directory), HubClock())
    await service.start()
    await obey(service, plan().configuration)
    await obey(service, FollowClock())
    feed = Feed(service)
    service.subscribe(feed.publish)
    return service, feed


async def issue(service):
    await obey(service, IssueToken(new_token(), plan().configuration.departments[0].id, EN))


async def obey(service, command):
    answer = await service.execute(command, by=Actor("site", "test"), command_id=new_command_id(), digest=b"")
    assert not answer.problem, answer.body
    return answer
