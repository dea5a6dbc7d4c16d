"""The client against the real hub in a process of its own: found by mDNS, killed, started again."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from smartqueue.addresses import Fixed
from smartqueue.client import HubClient, new_command_id
from smartqueue.discovery import Finder, Rhythm, loopback_only
from smartqueue.errors import NotPermitted, UnknownDepartment, WrongKey
from smartqueue.feed_link import LinkState
from smartqueue.retry import Patience
from smartqueue.terms import DepartmentId
from smartqueue.wire import IssueBody, IssuedAnswer, SetupReport

SOON = Patience(first_s=0.05, most_s=0.5)
COMMAND = (sys.executable, "-m", "smartqueue")


@dataclass
class Site:
    """A site on disk and its hub, if it runs."""

    data: Path
    report: SetupReport
    hub: Process | None = None
    url: str = ""

    def key(self, kind: str) -> str:
        return next(unit.key for unit in self.report.units if unit.kind == kind)

    async def start(self, *more: str) -> None:
        """Starts the hub on a free port and waits until it listens."""
        command = (*COMMAND, "hub", "--data", str(self.data), "--port", "0", *more)
        self.hub = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=DEVNULL)
        assert self.hub.stdout is not None
        self.url = json.loads(await asyncio.wait_for(self.hub.stdout.readline(), 20))["url"]

    async def kill(self) -> None:
        if self.hub and self.hub.returncode is None:
            self.hub.kill()
            await self.hub.communicate()


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    data = tmp_path / "site"
    units = ("--unit", "kiosk:k1", "--unit", "display:d1")
    setup = await asyncio.create_subprocess_exec(
        *COMMAND, "setup", "--data", str(data), "--demo-data", *units, "--json", stdout=PIPE
    )
    out, _ = await setup.communicate()
    made = Site(data, msgspec.json.decode(out, type=SetupReport))
    yield made
    await made.kill()


async def until(condition: Callable[[], bool], client: HubClient) -> None:
    happened = asyncio.Event()

    def look(*_: object) -> None:
        if condition():
            happened.set()

    stops = (client.on_change(look), client.on_state(look))
    look()
    await asyncio.wait_for(happened.wait(), 20)
    for stop in stops:
        stop()


@asynccontextmanager
async def unit(site: Site, kind: str) -> AsyncIterator[HubClient]:
    async with HubClient(Fixed(site.url), key=site.key(kind), patience=SOON) as client:
        await until(lambda: client.online, client)
        yield client


async def issue(client: HubClient, department: DepartmentId) -> IssuedAnswer:
    return await client.request("POST", "/tokens", IssueBody(department=department), IssuedAnswer, deadline_s=10)


def some_department(client: HubClient) -> DepartmentId:
    assert client.picture is not None
    return next(view.id for view in client.picture.departments.values() if view.open)


def waiting(client: HubClient, department: DepartmentId) -> int:
    return client.picture.departments[department].waiting if client.picture else -1


async def test_a_token_issued_by_one_unit_is_seen_by_another(site: Site) -> None:
    await site.start("--no-mdns")
    async with unit(site, "kiosk") as kiosk, unit(site, "display") as display:
        department = some_department(kiosk)
        before = waiting(display, department)
        answer = await issue(kiosk, department)
        await until(lambda: waiting(display, department) == before + 1, display)
        assert answer.ahead == before
        assert kiosk.unit is not None
        assert kiosk.unit.name == "k1"


async def test_the_same_command_again_gives_the_same_token(site: Site) -> None:
    await site.start("--no-mdns")
    async with unit(site, "kiosk") as kiosk:
        body, intent = IssueBody(department=some_department(kiosk)), new_command_id()
        first = await kiosk.request("POST", "/tokens", body, IssuedAnswer, command_id=intent)
        again = await kiosk.pursue("POST", "/tokens", body, IssuedAnswer, command_id=intent)
        assert (first.token, first.label) == (again.token, again.label)


async def test_refusals_of_the_hub_arrive_as_their_classes(site: Site) -> None:
    await site.start("--no-mdns")
    async with unit(site, "kiosk") as kiosk, unit(site, "display") as display:
        with pytest.raises(UnknownDepartment) as unknown:
            await issue(kiosk, DepartmentId("tea"))
        assert unknown.value.values["department"] == "tea"
        assert unknown.value.detail
        with pytest.raises(NotPermitted):
            await issue(display, some_department(display))


async def test_a_foreign_key_is_told_by_the_feed_and_by_a_request(site: Site) -> None:
    await site.start("--no-mdns")
    async with HubClient(Fixed(site.url), key="k1.not-the-key", patience=SOON) as client:
        await until(lambda: client.state is LinkState.WRONG_KEY, client)
        with pytest.raises(WrongKey):
            await issue(client, DepartmentId("general"))


async def test_a_hub_that_is_killed_and_comes_back_elsewhere_is_found_and_nothing_is_lost(site: Site) -> None:
    await site.start()
    rhythm = Rhythm(look_s=0.2)
    finder = Finder(site=site.report.site, interfaces=loopback_only, rhythm=rhythm)
    async with finder, HubClient(finder, key=site.key("kiosk"), patience=SOON) as kiosk:
        await until(lambda: kiosk.online, kiosk)
        department = some_department(kiosk)
        first = await issue(kiosk, department)
        count = first.ahead + 1
        await until(lambda: waiting(kiosk, department) == count, kiosk)
        await site.kill()
        await until(lambda: kiosk.state is LinkState.AWAY, kiosk)
        assert waiting(kiosk, department) == count
        await site.start()
        await until(lambda: kiosk.online and kiosk.address == site.url, kiosk)
        second = await issue(kiosk, department)
        assert int(second.label[1:]) == int(first.label[1:]) + 1
