"""The hub as a process: starts with a clear line or not at all, survives `kill -9`, stops cleanly."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections import Counter
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from hub_world import UNITS, make, new_id

from hub.setup_site import key_file
from smartqueue.addresses import Fixed
from smartqueue.client import HubClient
from smartqueue.feed_link import LinkState
from smartqueue.retry import Patience

QUICK = Patience(silent_s=1.6, attempt_s=1.0, deadline_s=5.0, first_s=0.05, most_s=0.2, refused_s=0.2)
SMARTQUEUE = str(Path(sys.executable).with_name("smartqueue"))


@pytest.fixture
async def site(tmp_path):
    return await make(tmp_path / "site")


@asynccontextmanager
async def process(directory, *words, env=None, before=()):
    """`smartqueue hub` until the end; nothing is left running. before: words that start it."""
    command = [*before, SMARTQUEUE, "hub", "--data", str(directory), "--no-mdns", *words]
    pipes = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
    hub = await asyncio.create_subprocess_exec(*command, **pipes, env={**os.environ, **(env or {})})
    try:
        yield hub
    finally:
        if hub.returncode is None:
            hub.kill()
        await hub.communicate()


async def listening(hub):
    """The address that it prints when it is ready."""
    line = await asyncio.wait_for(hub.stdout.readline(), 20)
    assert line, (await hub.stderr.read()).decode()
    said = json.loads(line)
    assert said["event"] == "listening"
    return said["url"]


async def failure(directory, *words):
    """What a hub says that can't start: one line on stderr, exit code 1."""
    async with process(directory, *words) as hub:
        out, err = await asyncio.wait_for(hub.communicate(), 20)
    assert (hub.returncode, out) == (1, b"")
    text = err.decode()
    assert "Traceback" not in text
    assert text.startswith("smartqueue hub: ")
    return text


async def test_a_port_in_use_is_named(site):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"port {port} on 127.0.0.1 is in use" in await failure(site, "--port", str(port))


async def test_a_directory_without_a_site_says_how_to_make_one(tmp_path):
    assert "smartqueue setup --data" in await failure(tmp_path, "--port", "0")
    assert "is not a directory" in await failure(tmp_path / "none", "--port", "0")


async def test_a_second_hub_on_the_same_site_names_the_first(site):
    async with process(site, "--port", "0") as first:
        url = await listening(first)
        assert f"process {first.pid} at {url}" in await failure(site, "--port", "0")


async def test_a_damaged_journal_is_not_opened(site):
    path = site / "journal.db"
    body = bytearray(path.read_bytes())
    body[4096 : 4096 * 3] = b"\xa5" * 8192
    path.write_bytes(body)
    assert "journal.db is damaged" in await failure(site, "--port", "0")


async def test_a_journal_that_is_no_database_is_not_opened(site):
    (site / "journal.db").write_bytes(b"not a database, but long enough to be looked at" * 100)
    assert "journal.db is damaged" in await failure(site, "--port", "0")


async def test_listening_beyond_this_machine_needs_to_be_said(site):
    text = await failure(site, "--port", "0", "--host", "0.0.0.0")
    assert "--insecure-lan" in text
    assert "no address 192.0.2.1" in await failure(site, "--port", "0", "--host", "192.0.2.1", "--insecure-lan")


async def test_every_mistake_in_the_settings_is_told_at_once(site, tmp_path):
    (tmp_path / "hub.toml").write_text('prt = 1\nhost = 5\npublic_url = "q.example"\n')
    text = await failure(site, "--config", str(tmp_path / "hub.toml"), "--port", "many")
    for told in ("did you mean port", "host must be text", "public_url", "--port must be a whole number"):
        assert told in text


async def test_insecure_lan_is_said_on_every_screen(site):
    async with process(site, "--port", "0", "--host", "0.0.0.0", "--insecure-lan") as hub:
        url = await listening(hub)
        async with aiohttp.ClientSession() as session, session.get(url + "/api/v1/board") as answer:
            assert (await answer.json())["site"]["insecure_lan"] is True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_it_cleanly_and_readers_are_told(site, number):
    async with process(site, "--port", "0") as hub:
        url = await listening(hub)
        async with aiohttp.ClientSession() as session, session.ws_connect(url + "/api/v1/feed") as feed:
            assert (await feed.receive_json())["type"] == "hello"
            assert (await feed.receive_json())["type"] == "snapshot"
            hub.send_signal(number)
            assert (await asyncio.wait_for(feed.receive(), 10)).type is aiohttp.WSMsgType.CLOSE
            assert feed.close_code == aiohttp.WSCloseCode.GOING_AWAY
        assert await asyncio.wait_for(hub.wait(), 10) == (0 if number == signal.SIGTERM else 130)
        assert b"Traceback" not in await hub.stderr.read()
    assert (site / "hub.lock").read_bytes() == b""


async def test_the_service_manager_is_told_when_it_is_ready_and_alive(site, tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.setblocking(False)
        env = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "200000"}
        async with process(site, "--port", "0", env=env) as hub:
            loop = asyncio.get_running_loop()
            said = [(await asyncio.wait_for(loop.sock_recv(manager, 500), 20)).decode() for _ in range(4)]
            hub.terminate()
            await hub.wait()
            while "STOPPING=1" not in said:
                said.append((await asyncio.wait_for(loop.sock_recv(manager, 500), 20)).decode())
    assert said[0].startswith("READY=1\nSTATUS=ready at http://127.0.0.1:") or said[0] == "WATCHDOG=1"
    assert any(line.startswith("READY=1") for line in said)
    assert said.count("WATCHDOG=1") >= 2


async def test_a_disk_that_takes_nothing_more_ends_the_process_and_loses_nothing_that_was_answered(site):
    """A real limit on the size of files stands for a full disk."""
    headers = {"Authorization": "Bearer " + key_file(site, "hall").read_text().strip()}
    limited = ("sh", "-c", 'ulimit -f 400; exec "$@"', "limited")
    async with aiohttp.ClientSession(headers=headers) as session:
        async with process(site, "--port", "0", before=limited) as hub:
            answered, last = await issue_until_refused(session, await listening(hub))
            _, err = await asyncio.wait_for(hub.communicate(), 20)
        assert (last["code"], hub.returncode) == ("journal_fault", 1)
        assert "journal.db did not take" in err.decode().splitlines()[-1]
        async with process(site, "--port", "0") as hub:
            url = await listening(hub)
            async with session.get(f"{url}/api/v1/departments/medicine/queue") as answer:
                assert (await answer.json())["waiting"] == answered


async def issue_until_refused(session, url):
    """Labels that were answered, and the document that came instead of the next one."""
    labels = []
    while True:
        body, headers = {"department": "medicine"}, {"Idempotency-Key": new_id()}
        async with session.post(url + "/api/v1/tokens", json=body, headers=headers) as answer:
            document = await answer.json()
            if answer.status != 201:
                return labels, document
            labels.append(document["label"])


class Patients:
    """Issues tokens through whatever happens, each intent with its own id until it is answered."""

    def __init__(self, site):
        self.key = key_file(site, "hall").read_text().strip()
        self.answered = {}
        self.url = None
        self.stop = False

    async def come(self, session):
        while not self.stop:
            await self.issue(session, new_id())

    async def issue(self, session, command_id):
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": command_id}
        while not self.stop:
            try:
                async with session.post(
                    f"{self.url}/api/v1/tokens", json={"department": "medicine"}, headers=headers
                ) as answer:
                    if answer.status in (200, 201):
                        self.answered[command_id] = await answer.json()
                        return
            except (aiohttp.ClientError, OSError):
                await asyncio.sleep(0.01)

    async def until(self, count):
        async with asyncio.timeout(30):
            while len(self.answered) < count:  # noqa: ASYNC110 - what it waits for is counted elsewhere
                await asyncio.sleep(0.005)


async def test_kill_9_under_load_loses_nothing_that_was_answered_and_numbering_goes_on(site):
    patients = Patients(site)
    async with aiohttp.ClientSession() as session:
        tasks = []
        for life in range(1, 5):
            async with process(site, "--port", "0") as hub:
                patients.url = await listening(hub)
                tasks = tasks or [asyncio.create_task(patients.come(session)) for _ in range(8)]
                await patients.until(40 * life)
                hub.kill()
                await hub.wait()
        async with process(site, "--port", "0") as hub:
            patients.url = await listening(hub)
            await patients.until(200)
            patients.stop = True
            await asyncio.gather(*tasks)
            await everything_answered_is_there(session, patients)


async def everything_answered_is_there(session, patients):
    labels = Counter(answer["label"] for answer in patients.answered.values())
    assert max(labels.values()) == 1
    headers = {"Authorization": f"Bearer {patients.key}"}
    async with session.get(f"{patients.url}/api/v1/departments/medicine/queue", headers=headers) as answer:
        waiting = (await answer.json())["waiting"]
    assert set(labels) <= set(waiting)
    assert waiting == [f"A{number:03}" for number in range(1, len(waiting) + 1)]
    for one in patients.answered.values():
        async with session.get(f"{patients.url}/api/v1/tokens/{one['token']}", headers=headers) as answer:
            assert (await answer.json())["label"] == one["label"]
    code = next(iter(patients.answered.values()))["short_code"]
    async with session.get(f"{patients.url}/api/v1/status/{code}") as answer:
        assert answer.status == 200


async def test_a_unit_comes_back_by_itself_after_kill_9_and_goes_on_where_it_was(site):
    key = key_file(site, "wall").read_text().strip()
    async with process(site, "--port", "0") as hub:
        url = await listening(hub)
        async with HubClient(Fixed(url), key=key, patience=QUICK) as unit:
            await until(lambda: unit.state is LinkState.ONLINE and unit.picture is not None)
            before = unit.picture.seq
            hub.kill()
            await hub.wait()
            await until(lambda: unit.state is LinkState.AWAY)
            assert unit.picture.seq == before
            await goes_on(site, unit, url, before)


async def goes_on(site, unit, url, before):
    async with process(site, "--port", url.rpartition(":")[2]) as hub:
        assert await listening(hub) == url
        headers = {"Authorization": "Bearer " + key_file(site, "hall").read_text().strip(), "Idempotency-Key": new_id()}
        body = {"department": "medicine"}
        async with (
            aiohttp.ClientSession() as session,
            session.post(url + "/api/v1/tokens", json=body, headers=headers) as answer,
        ):
            assert answer.status == 201
        await until(lambda: unit.state is LinkState.ONLINE and unit.picture.seq == before + 1)
        assert unit.unit.name == UNITS[3].name


async def until(condition):
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - a state of the client has no event of its own
            await asyncio.sleep(0.01)
