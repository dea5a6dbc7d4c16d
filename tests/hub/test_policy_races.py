"""Who may act on a token while another command about it is still on its way to the disk."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
from hub_world import UNITS, HubWorld, make, new_id, parts

from hub import run
from hub.api.application import Runner, make_app
from hub.api.context import Hub
from hub.api.origins import Origins
from hub.clock import HubClock
from hub.feed import Feed
from hub.journal.sqlite import SqliteJournal
from hub.service import ClinicService
from hub.setup_site import key_file


class HeldDisk(SqliteJournal):
    """Makes nothing durable while `free` is not set; `asked` is set by whatever waits for it."""

    def __init__(self, directory):
        super().__init__(directory)
        self.free, self.asked = asyncio.Event(), asyncio.Event()
        self.free.set()

    async def append(self, batch):
        if not self.free.is_set():
            self.asked.set()
        await self.free.wait()
        await super().append(batch)

    @asynccontextmanager
    async def held(self):
        self.free.clear()
        self.asked.clear()
        yield
        self.free.set()


@asynccontextmanager
async def on_held_disk(directory):
    """A hub and the disk it writes to."""
    await make(directory)
    disk = HeldDisk(directory)
    service = ClinicService(disk, HubClock())
    await service.start()
    hub, feed = Hub("1.2.3", Origins(frozenset(), None)), Feed(service)
    service.subscribe(feed.publish)
    hub.parts = parts(service, feed)
    runner = Runner(make_app(hub))
    await runner.setup()
    (bound,) = run.listening("127.0.0.1", 0)
    await run.web.SockSite(runner, bound).start()
    keys = {
        name: key_file(directory, name).read_text().strip() for name in (*(unit.name for unit in UNITS), "technician")
    }
    async with aiohttp.ClientSession() as session:
        yield HubWorld(directory, "http://{}:{}".format(*bound.getsockname()), keys, session), disk
    await runner.cleanup()
    await service.stop()


async def meanwhile(hub, disk, first, second):
    """The answers of two commands, of which the second arrives when the first is decided but not yet durable."""
    async with disk.held():
        one = asyncio.create_task(first)
        await disk.asked.wait()
        two = asyncio.create_task(second)
        for _ in range(5):
            await hub.get("/healthz")
    return await one, await two


async def test_a_kiosk_does_not_cancel_what_is_being_called(tmp_path):
    async with on_held_disk(tmp_path) as (hub, disk):
        token = (await hub.issue())["token"]
        call = hub.post("/api/v1/rooms/room-1/call-next", {}, key="desk-1")
        called, cancelled = await meanwhile(hub, disk, call, hub.post(f"/api/v1/tokens/{token}/cancel"))
        assert (called.status, called.json["token"]) == (200, token)
        assert (cancelled.status, cancelled.json["code"]) == (403, "not_permitted")


async def test_a_caller_does_not_act_on_what_is_being_called_to_another_room(tmp_path):
    async with on_held_disk(tmp_path) as (hub, disk):
        for verb in ("recall", "start", "finish", "no-show"):
            token = (await hub.issue())["token"]
            call = hub.post("/api/v1/rooms/room-1/call-next", {}, key="desk-1")
            act = hub.post(f"/api/v1/tokens/{token}/{verb}", key="desk-2")
            called, acted = await meanwhile(hub, disk, call, act)
            assert (called.status, called.json["token"]) == (200, token)
            assert (acted.status, acted.json["code"]) == (403, "token_elsewhere")
            await hub.post(f"/api/v1/tokens/{token}/finish", key="desk-1")


async def test_repeats_get_their_first_answer_whatever_the_token_is_by_then(hub):
    token = (await hub.issue())["token"]
    await hub.call_next()
    start, finish = new_id(), new_id()
    firsts = [
        await hub.post(f"/api/v1/tokens/{token}/start", key="desk-1", command_id=start),
        await hub.post(f"/api/v1/tokens/{token}/finish", key="desk-1", command_id=finish),
    ]
    again = [
        await hub.post(f"/api/v1/tokens/{token}/start", key="desk-1", command_id=start),
        await hub.post(f"/api/v1/tokens/{token}/finish", key="desk-1", command_id=finish),
    ]
    assert [one.status for one in (*firsts, *again)] == [200] * 4
    assert [one.body for one in firsts] == [one.body for one in again]
