"""The units' store: whole at every moment, never silently empty."""

import asyncio
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from smartqueue.errors import StartFault
from smartqueue.localstore import LocalStore, SafeStorage

Reports = list[str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kiosk" / "store.json"


def put(path: Path, **values: Any) -> None:
    """As by an earlier run of the unit: one write for each value."""

    async def each() -> None:
        with LocalStore(path) as store:
            for name, value in values.items():
                await store.put(name, value)

    asyncio.run(each())


def read(path: Path, reports: Reports | None = None) -> Callable[[str], Any]:
    with LocalStore(path, (reports if reports is not None else []).append) as store:
        return store.get


def previous(path: Path) -> Path:
    return path.with_name("store.json.previous")


# --- ordinary days ------------------------------------------------------------------------------------


async def test_what_was_put_is_there_at_once_and_after_a_restart(path: Path) -> None:
    with LocalStore(path) as store:
        await store.put("lease", {"first": 501, "names": ["प्रयोगशाला"]})
        await store.put("lease", {"first": 551, "names": ["प्रयोगशाला"]})
        await store.put("volume", 40)
        assert store.get("lease") == {"first": 551, "names": ["प्रयोगशाला"]}
    with LocalStore(path) as store:
        assert (store.get("lease")["first"], store.get("volume")) == (551, 40)
        assert store.get("nothing", "instead") == "instead"


@pytest.mark.parametrize("known", [(), ("lease",), ("lease", "spool")])
async def test_what_is_put_together_is_stored_together_or_not_at_all(path: Path, known: tuple[str, ...]) -> None:
    """Power is cut after each of the writes that it takes."""
    for writes in range(4):
        place = path.with_name(f"{writes}.json")
        with LocalStore(place) as store:
            for name in known:
                await store.put(name, "before")
        left = writes

        class Cut(SafeStorage):
            def write(self, data: Any) -> None:
                nonlocal left
                if not left:
                    raise OSError(5, "power is cut")
                left -= 1
                super().write(data)

        with LocalStore(place, storage=Cut) as store:
            try:
                await store.put_all({"lease": "after", "spool": "after"})
            except OSError:
                assert [store.get(name) for name in ("lease", "spool")].count("after") == 0
        found = [read(place)(name) for name in ("lease", "spool")]
        assert found in ([("before" if name in known else None) for name in ("lease", "spool")], ["after", "after"])
    assert found == ["after", "after"]


async def test_puts_at_once_are_written_in_their_order(path: Path) -> None:
    with LocalStore(path) as store:
        await asyncio.gather(*(store.put("turn", number) for number in range(20)))
    assert read(path)("turn") == 19


async def test_a_put_is_on_disk_when_it_returns(path: Path) -> None:
    with LocalStore(path) as store:
        await store.put("volume", 40)
        assert read(path)("volume") == 40


async def test_writing_does_not_run_on_the_loop(path: Path) -> None:
    threads: set[str] = set()

    class Watched(SafeStorage):
        def write(self, data: Any) -> None:
            threads.add(threading.current_thread().name)
            super().write(data)

    with LocalStore(path, storage=Watched) as store:
        await store.put("volume", 40)
    assert threads
    assert threading.current_thread().name not in threads


async def test_what_the_caller_changes_later_is_not_stored(path: Path) -> None:
    spool = [1]
    with LocalStore(path) as store:
        await store.put("spool", spool)
        spool.append(2)
        assert store.get("spool") == [1]


async def test_a_value_that_is_no_json_is_refused_and_the_old_one_stands(path: Path) -> None:
    with LocalStore(path) as store:
        await store.put("volume", 40)
        with pytest.raises(TypeError):
            await store.put("volume", {1, 2})
        assert store.get("volume") == 40


async def test_a_put_that_is_cancelled_is_written_all_the_same(path: Path) -> None:
    with LocalStore(path) as store:
        putting = asyncio.ensure_future(store.put("volume", 40))
        await asyncio.sleep(0)
        putting.cancel()
        await asyncio.gather(putting, return_exceptions=True)
    assert read(path)("volume") == 40


def test_nobody_else_can_read_it(path: Path) -> None:
    put(path, lease=1, again=2)
    assert {one.stat().st_mode & 0o777 for one in path.parent.iterdir()} == {0o600}


# --- damage -------------------------------------------------------------------------------------------


def test_a_store_that_never_was_is_empty_without_a_word(path: Path) -> None:
    reports: Reports = []
    assert read(path, reports)("lease") is None
    assert reports == []


@pytest.mark.parametrize("damage", [b"", b'{"entries": {"1": {"na', b"\x00" * 200, b"[1, 2]", b"\xff\xfe"])
def test_a_damaged_file_is_reported_and_the_copy_before_is_used(path: Path, damage: bytes) -> None:
    put(path, lease=1, volume=40)
    path.write_bytes(damage)
    reports: Reports = []
    assert read(path, reports)("lease") == 1
    assert f"{path} is damaged" in reports[0]
    assert "the copy before" in reports[1]


def test_a_file_that_vanished_is_reported_and_the_copy_before_is_used(path: Path) -> None:
    put(path, lease=1, volume=40)
    path.unlink()
    reports: Reports = []
    assert read(path, reports)("lease") == 1
    assert "the copy before" in reports[0]


def test_without_any_good_copy_the_unit_does_not_start(path: Path) -> None:
    put(path, lease=1, volume=40)
    path.write_bytes(b"")
    previous(path).write_bytes(b"{")
    with pytest.raises(StartFault, match="no good copy: move it away"):
        read(path)
    assert path.read_bytes() == b""


def test_the_good_copy_is_not_overwritten_by_the_damaged_file(path: Path) -> None:
    put(path, lease=1, volume=40)
    path.write_bytes(b"torn")
    put(path, volume=50)
    assert json.loads(previous(path).read_bytes())["entries"]["1"]["value"] == 1
    assert (read(path)("lease"), read(path)("volume")) == (1, 50)


@pytest.mark.parametrize("leftover", ["store.json.new", "store.json.previous.new"])
def test_a_torn_temporary_file_of_an_interrupted_write_is_ignored(path: Path, leftover: str) -> None:
    put(path, lease=1, volume=40)
    path.with_name(leftover).write_bytes(b'{"entries": {"1"')
    reports: Reports = []
    assert read(path, reports)("volume") == 40
    assert reports == []
    put(path, volume=50)
    assert read(path)("volume") == 50


def test_another_programs_json_is_not_taken_for_a_store(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"entries": {"1": {"colour": "red"}}}')
    with pytest.raises(StartFault, match="is not a unit's store"):
        read(path)


def test_a_directory_that_cant_be_made_is_a_clear_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartFault, match="can't be used: File exists"):
        LocalStore(tmp_path / "file" / "store.json")


async def test_a_write_that_fails_leaves_the_old_value(path: Path) -> None:
    with LocalStore(path) as store:
        await store.put("volume", 40)
        path.with_name("store.json.new").mkdir()
        with pytest.raises(IsADirectoryError):
            await store.put("volume", 50)
        assert store.get("volume") == 40
        path.with_name("store.json.new").rmdir()
        await store.put("volume", 60)
    assert read(path)("volume") == 60


# --- kill -9 ------------------------------------------------------------------------------------------

WRITER = f"""
import sys
sys.path[:0] = {sys.path!r}
import asyncio, os, resource, signal
from pathlib import Path
from smartqueue.localstore import LocalStore

async def main(path, start, count):
    with LocalStore(path) as store:
        for number in range(start, start + count):
            await store.put("spool", [number] * 5000)
            print(number, flush=True)

def die_at_step(wanted, directory):
    "Kills this process before its n-th change of a name or opening of a file there."
    seen = 0
    def hook(event, args):
        nonlocal seen
        if event in ("open", "os.link", "os.remove", "os.rename") and str(args[0]).startswith(directory):
            seen += 1
            if seen == wanted:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

def die_at_byte(limit):
    "The kernel kills this process when a file of it would grow beyond that; what fits is written."
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

path, start, count, how, where = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5])
if how == "step":
    die_at_step(where, str(path.parent))
if how == "byte":
    die_at_byte(where)
asyncio.run(main(path, start, count))
"""


def writer(path: Path, start: int, count: int, how: str = "", where: int = 0) -> "subprocess.Popen[str]":
    """Another process that stores ever higher numbers and tells of each that is stored."""
    arguments = (str(path), str(start), str(count), how, str(where))
    return subprocess.Popen([sys.executable, "-S", "-c", WRITER, *arguments], stdout=subprocess.PIPE, text=True)


def stored_number(path: Path) -> int:
    """What is found after a kill; a whole value, and nothing to report."""
    reports: Reports = []
    spool = read(path, reports)("spool")
    assert reports == []
    assert len(spool) == 5000
    assert len(set(spool)) == 1
    return int(spool[0])


@pytest.mark.parametrize("limit", [0, 1, 4096, 20_000])
def test_a_write_torn_at_any_byte_leaves_the_old_value(path: Path, limit: int) -> None:
    put(path, spool=[100_000] * 5000)
    with writer(path, 200_000, 1, "byte", limit) as torn:
        assert torn.wait() == -signal.SIGXFSZ
    assert stored_number(path) == 100_000


def test_a_kill_before_any_step_of_a_write_leaves_the_old_value_or_the_new_one(path: Path) -> None:
    put(path, spool=[0] * 5000)
    found = 0
    for step in range(1, 30):
        with writer(path, step, 1, "step", step) as killed:
            died = killed.wait() == -signal.SIGKILL
        assert stored_number(path) in (found, step)
        found = stored_number(path)
        if not died:
            assert found == step
            break
    assert 5 < step < 29, "the steps of a whole write were gone through"


def test_a_unit_killed_at_any_moment_loses_nothing_that_was_stored(path: Path) -> None:
    chance = Random(20)
    stored = 0
    for _ in range(20):
        told = _written_until_killed(path, stored + 1, kill_after=chance.randrange(1, 12))
        stored = stored_number(path)
        assert stored in (told, told + 1), "the last answered write, or the one that was being made"


def _written_until_killed(path: Path, start: int, kill_after: int) -> int:
    """Lets the writer run until it has told of some writes and kills it; gives the last that it told of."""
    with writer(path, start, 100_000) as killed:
        assert killed.stdout is not None
        for _ in range(kill_after):
            last = int(killed.stdout.readline())
        killed.kill()
        told = killed.stdout.read().splitlines()
    return int(told[-1]) if told else last
