"""`smartqueue caller` as a process of its own: real window, real fingers, mock pins, a hub over HTTP."""

import asyncio
import json
import signal
import sys
from contextlib import asynccontextmanager

import pytest
from caller_hubs import KEY, RealHub, Room
from caller_signs import CustomerDisplay, Peer
from PIL import Image

from smartqueue.look.theme import NIGHT, rgb

LIMIT_S = 40


class Unit:
    """The process, its commands and what it reports."""

    def __init__(self, process):
        self.process = process
        self.reports = []

    async def do(self, **command):
        self.process.stdin.write(json.dumps(command).encode() + b"\n")
        await self.process.stdin.drain()

    async def says(self, *events, **values):
        """The next report of one of these events with these values."""
        async with asyncio.timeout(LIMIT_S):
            while line := await self.process.stdout.readline():
                report = json.loads(line)
                self.reports.append(report)
                if report["event"] in events and values.items() <= report.items():
                    return report
        raise AssertionError(f"ended before {events} {values}: {self.reports[-5:]}")

    async def ends(self):
        async with asyncio.timeout(LIMIT_S):
            while line := await self.process.stdout.readline():
                self.reports.append(json.loads(line))
            return await self.process.wait(), (await self.process.stderr.read()).decode()


@asynccontextmanager
async def unit(hub, tmp_path, *arguments, key=KEY):
    path = tmp_path / "caller.key"
    path.write_text(key)
    path.chmod(0o600)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "smartqueue", "caller", "--hub", hub.url, "--key-file", str(path), "--simulate"),
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Unit(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_fingers_come_by_remote_control_without_a_window(hub, tmp_path):
    async with unit(hub, tmp_path, "--headless") as caller:
        await caller.says("lamps", white="blink")
        await caller.do(do="press", button="next", hold_s=0.05)
        press = await caller.says("press", button="next")
        lamps = await caller.says("lamps", amber="on")
        await caller.says("answer", label="A001", repeated=False)
        await caller.says("lamps", green="on", white="blink")
        await caller.do(do="press", button="bell")
        assert "there are: next, recall, no_show, pause" in (await caller.says("refused"))["why"]
        await caller.do(do="quit")
        code, errors = await caller.ends()
    assert press["t"] <= lamps["t"]
    assert code == 0
    assert "Traceback" not in errors


async def test_the_end_of_the_control_is_the_end_of_the_unit(hub, tmp_path):
    async with unit(hub, tmp_path, "--headless") as caller:
        await caller.says("lamps", white="blink")
        caller.process.stdin.close()
        assert (await caller.ends())[0] == 0


async def test_sigterm_ends_it_tidily(hub, tmp_path):
    async with unit(hub, tmp_path, "--headless") as caller:
        await caller.says("lamps", white="blink")
        caller.process.send_signal(signal.SIGTERM)
        code, errors = await caller.ends()
    assert code == 0
    assert "Traceback" not in errors


@pytest.mark.xdist_group("window")
async def test_a_finger_on_the_window_drives_the_pins_and_the_lamps_are_drawn_from_theirs(hub, tmp_path):
    green, dark = rgb(NIGHT.primary), rgb(NIGHT.ground)
    await hub.become(Room(waiting=0))
    async with unit(hub, tmp_path, "--size", "468x426") as caller:
        await caller.says("screen", name="rest")
        assert (await picture(caller, tmp_path / "rest.png")).getpixel((94, 193)) == dark
        await caller.do(do="touch", key="next")
        await caller.says("press", button="next")
        await caller.says("screen", name="called")
        assert (await picture(caller, tmp_path / "called.png")).getpixel((94, 193)) == green
        await caller.do(do="quit")
        code, errors = await caller.ends()
    assert [asked.path for asked in hub.asked] == ["/rooms/room-3/call-next"]
    assert code == 0
    assert "Traceback" not in errors


async def picture(caller, path):
    await caller.do(do="screenshot", path=str(path))
    await caller.says("screenshot")
    with Image.open(path) as shot:
        return shot.convert("RGB")


async def test_the_real_hub_is_killed_and_comes_back_and_nobody_is_called_late(tmp_path):
    hub = RealHub(tmp_path / "site")
    key = hub.set_up()
    await hub.start()
    try:
        async with unit(hub, tmp_path, "--headless", key=key) as caller:
            await caller.says("lamps", white="blink")
            await caller.do(do="press", button="next")
            first = await caller.says("answer", command="call_next")
            await caller.do(do="press", button="next")
            assert (await caller.says("answer"))["repeated"]
            await hub.kill()
            await caller.says("lamps", red="on")
            await caller.do(do="press", button="next")
            await caller.says("answer", code="hub_away")
            await hub.start()
            assert (await caller.says("lamps", red="off"))["green"] != "off"
            await caller.do(do="press", button="recall")
            assert (await caller.says("answer", command="recall"))["label"] == first["label"]
            await caller.do(do="press", button="pause")
            assert (await caller.says("answer", command="pause_room"))["state"] == "paused"
            await caller.do(do="press", button="pause")
            assert (await caller.says("answer", command="open_room"))["state"] == "open"
            await caller.do(do="quit")
            assert (await caller.ends())[0] == 0
    finally:
        await hub.kill()


@asynccontextmanager
async def unit_at_a_real_hub(tmp_path):
    """Somebody waits, nobody is called."""
    hub = RealHub(tmp_path / "site")
    key = hub.set_up()
    await hub.start()
    try:
        async with unit(hub, tmp_path, "--headless", key=key) as caller:
            await caller.says("lamps", white="blink")
            yield hub, caller
            await caller.do(do="quit")
            assert (await caller.ends())[0] == 0
    finally:
        await hub.kill()


async def test_a_hub_that_stands_still_during_a_press_calls_nobody_when_it_goes_on(tmp_path):
    async with unit_at_a_real_hub(tmp_path) as (hub, caller):
        hub.freeze()
        await caller.do(do="press", button="next")
        await caller.says("lamps", amber="on")
        await caller.says("unanswered", command="call_next")
        hub.thaw()
        await caller.says("lamps", red="blink")
        await caller.says("lamps", white="blink")
        assert await hub.current() is None


async def test_a_hub_that_is_killed_during_a_press_has_not_obeyed_it_and_the_unit_says_so_when_it_is_back(tmp_path):
    async with unit_at_a_real_hub(tmp_path) as (hub, caller):
        hub.freeze()
        await caller.do(do="press", button="next")
        await caller.says("lamps", amber="on")
        await hub.kill()
        await caller.says("unanswered", command="call_next")
        await hub.start()
        shown = await caller.says("lamps", amber="off")
        assert shown["red"] == "blink"
        await caller.says("lamps", white="blink")
        assert await hub.current() is None


async def test_however_a_press_and_the_end_of_the_hub_meet_the_lamps_follow_what_is_on_disk(tmp_path):
    async with unit_at_a_real_hub(tmp_path) as (hub, caller):
        for _ in range(2):
            await caller.do(do="press", button="next")
            await caller.says("press")
            await hub.kill()
            await hub.start()
            shown = await paused_at_last(caller)
            assert (shown["green"] != "off") is (await hub.current() is not None)
            await caller.do(do="press", button="pause")
            await caller.says("lamps", white="blink")


async def paused_at_last(caller):
    """Presses Pause until the hub has obeyed. Gives what the lamps show then."""
    answer = {}
    while "state" not in answer:
        await caller.do(do="press", button="pause")
        answer = await caller.says("answer", "unanswered")
        while answer["command"] not in ("pause", "pause_room"):
            answer = await caller.says("answer", "unanswered")
    return await caller.says("lamps", white="on", amber="off")


async def test_a_unit_that_is_moved_at_the_hub_follows_at_once_and_calls_in_its_new_room(tmp_path):
    async with unit_at_a_real_hub(tmp_path) as (hub, caller):
        await caller.do(do="press", button="next")
        await caller.says("answer", command="call_next", repeated=False)
        await caller.says("lamps", amber="off", white="blink")
        assert await hub.technician("/units/desk/bind", {"room": "room-1"}) == 200
        await caller.says("lamps", green="off")
        await caller.do(do="press", button="next")
        answer = await caller.says("answer", command="call_next", repeated=False)
        assert answer["label"] == await hub.current("room-1")
        assert None not in {answer["label"], await hub.current()}


async def test_a_unit_that_is_asked_for_shows_which_one_it_is_and_still_answers_presses(tmp_path):
    async with unit_at_a_real_hub(tmp_path) as (hub, caller):
        assert await hub.technician("/units/desk/identify") == 200
        await caller.says("lamps", green="turn", white="turn", amber="turn", red="turn")
        await caller.do(do="press", button="pause")
        await caller.says("lamps", amber="on", red="off")
        await caller.says("answer", command="pause_room", state="paused")
        await caller.says("lamps", green="turn")


async def test_a_number_sign_on_a_serial_line_shows_the_label_and_that_the_hub_is_away(hub, tmp_path):
    peer = Peer(tmp_path / "sign")
    peer.plug_in()
    config = tmp_path / "caller.toml"
    config.write_text(f'[sign]\ndevice = "{peer.path}"\nprotocol = "cd5220"\n')

    def shows(*lines):
        return lambda: [line.rstrip() for line in CustomerDisplay(peer.heard).lines] == [*lines]

    try:
        async with unit(hub, tmp_path, "--headless", "--config", str(config)) as caller:
            await peer.until(shows("", "waiting 4"))
            await caller.do(do="press", button="next", hold_s=0.05)
            await peer.until(shows("A001", "waiting 3"))
            peer.unplug()
            peer.plug_in()
            await peer.until(shows("A001", "waiting 3"))
            await hub.stop()
            await peer.until(shows("A001", "hub away"))
            await caller.do(do="quit")
            assert (await caller.ends())[0] == 0
            await peer.until(shows("", ""))
    finally:
        peer.unplug()
