"""The kiosk as a process with a real hub: what people bring along, what they leave, and the technician's way out."""

import asyncio
import json
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hub_world import make, plan, running
from test_code_readers import Reader
from test_kiosk_app_process import LONG_S, Process, tickets

from kiosk.app import RESTART

NUMBER, WHOLE = "9876543210", "+919876543210"
PIN = "24680"


@pytest.fixture
def reader(tmp_path):
    made = Reader(tmp_path / "reader")
    made.plug_in()
    yield made
    made.unplug()


@asynccontextmanager
async def world(tmp_path):
    """A hub of a site that sends messages."""
    configured = plan().configuration
    configuration = replace(configured, site=replace(configured.site, phone_prefix="+91"))
    async with running(await make(tmp_path / "site", configuration=configuration)) as hub:
        yield hub


@asynccontextmanager
async def kiosk(hub, directory, reader, *more):
    """Its log goes to `directory/log`."""
    settings = directory / "kiosk.toml"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(f'technician_pin = "{PIN}"\nreader = "{reader.url}"\nmotion = false\n', "utf-8")
    settings.chmod(0o600)
    with (directory / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "smartqueue", "-v", "kiosk", "--config", str(settings)),
            *("--hub", hub.url, "--key", hub.keys["hall"], "--data", str(directory)),
            *("--printer", f"virtual:{directory / 'tickets'}", "--simulate", "--headless", *more),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        try:
            yield Process(process)
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()


async def shows(unit: Process, screen: str, act) -> dict:
    """Does it again until this screen comes: a screen that has just come takes no touches, and a reader's line is
    emptied when it is opened."""
    seen = asyncio.create_task(unit.event("screen", screen=screen))
    try:
        async with asyncio.timeout(LONG_S):
            while not seen.done():
                await act()
                await asyncio.wait({seen}, timeout=1.0)
    finally:
        seen.cancel()
    return seen.result()


async def touches(unit: Process, key: str, screen: str) -> dict:
    return await shows(unit, screen, lambda: unit.do(do="touch", key=key))


async def reads(unit: Process, reader: Reader, code: str, screen: str) -> dict:
    async def send():
        reader.send(code.encode() + b"\r")

    return await shows(unit, screen, send)


async def booked(hub, **more) -> str:
    at = (datetime.now(UTC) + timedelta(minutes=10)).isoformat()
    return (await hub.told("/appointments", {"department": "laboratory", "at": at, **more}))["code"]


def contacts(hub) -> int:
    with closing(sqlite3.connect(f"file:{hub.directory}/journal.db?mode=ro", uri=True)) as journal:
        return journal.execute("SELECT count(*) FROM contacts").fetchone()[0]


async def test_a_booked_person_checks_in_leaves_a_number_and_gets_a_copy(tmp_path, reader):
    directory = tmp_path / "kiosk"
    async with world(tmp_path) as hub:
        code = await booked(hub, language="hi")
        async with kiosk(hub, directory, reader) as unit:
            await unit.event("screen", screen="attract")
            shown = await reads(unit, reader, code, "take_ticket")
            label = shown["label"]
            await touches(unit, "message", "phone")
            for digit in NUMBER:
                await unit.do(do="touch", key=f"digit:{digit}")
                await unit.event("touch", key="digit")
            await touches(unit, "agree", "phone_kept")
            await touches(unit, "done", "attract")
            assert contacts(hub) == 1

            secret = (await issued(hub, label))["status_url"].rpartition("/")[2]
            await reads(unit, reader, secret, "found")
            await touches(unit, "copy", "printing")
            copy = await unit.event("screen", screen="take_ticket", label=label)
            assert copy["command_id"] != shown["command_id"]
            await touches(unit, "done", "attract")

            await reads(unit, reader, code, "check_in")
            assert await unit.quit() == 0
        assert [one["label"] for one in (await hub.read("/departments/laboratory/waiting"))["waiting"]] == [label]
    assert len(tickets(directory)) == 2
    log = (directory / "log").read_text("utf-8")
    assert "screen: seeking" in log
    assert not any(private in json.dumps(unit.events) + log for private in (NUMBER, WHOLE, code, secret))
    assert NUMBER not in (directory / "kiosk.json").read_text("utf-8")


async def issued(hub, label) -> dict:
    """What was told of this token when its code was presented: by the journal, as the kiosk has forgotten it."""
    with closing(sqlite3.connect(f"file:{hub.directory}/journal.db?mode=ro", uri=True)) as journal:
        rows = [json.loads(row[0]) for row in journal.execute("SELECT answer FROM commands WHERE answer != ''")]
    return next(row for row in rows if row.get("label") == label and row.get("status_url"))


async def test_a_technician_finds_the_way_in_and_the_kiosk_is_started_again(tmp_path, reader):
    directory = tmp_path / "kiosk"
    async with world(tmp_path) as hub, kiosk(hub, directory, reader) as unit:
        await unit.event("screen", screen="attract")
        for _ in range(5):
            await unit.do(do="touch", key="corner")
            await asyncio.sleep(0.4)  # a quicker finger trembles
        await unit.event("screen", screen="pin")
        for digit in PIN:
            await unit.do(do="touch", key=f"digit:{digit}")
            await unit.event("touch", key="digit")
        await unit.event("screen", screen="technician")
        await unit.touch("test_print")
        await until_printed(directory)
        await unit.do(do="touch", key="restart")
        async with asyncio.timeout(LONG_S):
            assert await unit.ends() == RESTART
    assert PIN not in (directory / "log").read_text("utf-8") + json.dumps(unit.events)


async def until_printed(directory) -> None:
    async with asyncio.timeout(LONG_S):
        while not tickets(directory):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
