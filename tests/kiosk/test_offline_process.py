"""A hub process is killed and comes back, with two kiosks alone meanwhile; a kiosk process is killed while alone."""

import asyncio
import json
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from faulty_line import FaultyLine
from hub_world import UNITS, make, new_id
from kiosk_hall import RULES, Hall, until
from test_kiosk_app_process import kiosk, tickets
from test_offline_kiosk import PATIENCE, at_work, ticket

from hub.domain.configuration import Unit
from hub.setup_site import key_file
from smartqueue.terms import UnitKind, UnitName

SMARTQUEUE = str(Path(sys.executable).with_name("smartqueue"))


class HubProcess:
    """`smartqueue hub` on this site; each start may have another port."""

    def __init__(self, site):
        self.site = site
        self.url = ""
        self._process = None

    async def start(self):
        self._process = await asyncio.create_subprocess_exec(
            *(SMARTQUEUE, "hub", "--data", str(self.site), "--no-mdns", "--port", "0"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        line = await asyncio.wait_for(self._process.stdout.readline(), 30)
        self.url = json.loads(line)["url"]

    async def kill(self):
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.communicate()

    def key(self, name):
        return key_file(self.site, name).read_text().strip()

    async def read(self, path, key="reception-1"):
        headers = {"Authorization": f"Bearer {self.key(key)}"}
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/api/v1{path}", headers=headers) as got:
            assert got.status == 200
            return await got.json()

    async def waiting(self, department):
        return [one["label"] for one in (await self.read(f"/departments/{department}/waiting"))["waiting"]]

    async def issue(self, department):
        headers = {"Authorization": f"Bearer {self.key('reception-1')}", "Idempotency-Key": new_id()}
        body = {"department": department}
        address = f"{self.url}/api/v1/tokens"
        async with aiohttp.ClientSession() as session, session.post(address, json=body, headers=headers) as got:
            return (await got.json())["label"]


def nothing_owed(store: Path) -> bool:
    entries = json.loads(store.read_text("utf-8"))["entries"].values()
    return next(entry["value"] for entry in entries if entry["name"] == "pendings") == []


@asynccontextmanager
async def hub_and_line(tmp_path, *names):
    units = (*UNITS, *(Unit(UnitName(name), UnitKind.KIOSK) for name in names))
    hub, line = HubProcess(await make(tmp_path / "site", units=units)), FaultyLine()
    try:
        await hub.start()
        await line.connect(hub.url)
        yield hub, line
    finally:
        await line.cut()
        await hub.kill()


async def test_two_kiosks_alone_at_once_lose_nobody_when_the_killed_hub_is_back(tmp_path):
    async with hub_and_line(tmp_path, "porch") as (hub, line):
        halls = [Hall(line.url, tmp_path / name, RULES, hub.key(name), patience=PATIENCE) for name in ("hall", "porch")]
        async with at_work(halls[0]), at_work(halls[1]):
            assert await ticket(halls[0]) == "A001"
            await hub.kill()
            await line.cut()
            taken = [await asyncio.gather(ticket(halls[0]), ticket(halls[1], "laboratory"))]
            taken += [await asyncio.gather(ticket(halls[0], "laboratory"), ticket(halls[1]))]
            taken += [await asyncio.gather(ticket(halls[0]), ticket(halls[1]))]
            labels = [label for pair in taken for label in pair]
            assert len(set(labels)) == 6
            await hub.start()
            assert await hub.issue("medicine") == "A002"
            await line.connect(hub.url)
            await until(lambda: not any(hall.spool.book.tickets for hall in halls))
            medicine, laboratory = await hub.waiting("medicine"), await hub.waiting("laboratory")
            assert sorted(medicine + laboratory) == sorted([*labels, "A001", "A002"])
            assert (medicine[0], medicine[-1]) == ("A001", "A002")
            await hub.kill()
            await line.cut()
            await hub.start()
            await line.connect(hub.url)
            assert await hub.waiting("medicine") == medicine
    assert [len(hall.tickets) for hall in halls] == [4, 3]


async def test_a_kiosk_that_was_killed_while_alone_hands_its_ticket_over_when_both_are_back(tmp_path):
    async with hub_and_line(tmp_path) as (hub, line):
        words = ("--key", hub.key("hall"))
        async with kiosk(line, tmp_path / "kiosk", *words) as unit:
            await unit.event("leases")
            await line.cut()
            await unit.touch("start")
            await unit.event("screen", screen="departments")
            await unit.touch("department:laboratory")
            await unit.event("screen", screen="take_ticket", label="H501")
            await until(lambda: nothing_owed(tmp_path / "kiosk/kiosk.json"))
            await unit.kill()
        await line.connect(hub.url)
        async with kiosk(line, tmp_path / "kiosk", *words) as unit:
            await unit.event("merged", label="H501", outcome="joined")
            assert await unit.quit() == 0
        assert await hub.waiting("laboratory") == ["H501"]
    assert len(tickets(tmp_path / "kiosk")) == 1
