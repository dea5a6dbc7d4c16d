"""The demo as a user runs it: real processes, real touches and presses, and nothing left behind."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

DEMO = (sys.executable, "-m", "smartqueue", "demo", "--headless")
pytestmark = pytest.mark.xdist_group("demo")


async def demo(out, *words):
    """All that it makes lies beside `out`, its temporary files too."""
    pipe, environment = asyncio.subprocess.PIPE, os.environ | {"TMPDIR": str(out.parent)}
    return await asyncio.create_subprocess_exec(
        *DEMO, "--out", str(out), *words, stdout=pipe, stderr=pipe, env=environment
    )


async def ended(process, within_s=280):
    out, err = await asyncio.wait_for(process.communicate(), within_s)
    return process.returncode, out.decode(), err.decode()


def left_behind(directory):
    """Processes whose words name the demo's directory: they would outlive it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if str(directory).encode() in words:
            found.append(words)
    return found


def names(directory):
    return {path.name for path in directory.iterdir()}


async def test_every_patient_gets_one_ticket_and_one_announced_call(tmp_path):
    out = tmp_path / "out"
    code, table, talk = await ended(await demo(out, "--patients", "2"))
    assert code == 0, talk
    assert [line.split()[0] for line in table.splitlines()] == ["token", "A004", "H002"]
    assert {"0001.bin", "0001.png", "0002.bin", "0002.png"} <= names(out / "tickets")
    assert {
        "kiosk-attract.png",
        "kiosk-departments-en.png",
        "kiosk-departments-hi.png",
        "kiosk-take_ticket-en.png",
    } <= names(out / "screens")
    assert {"display-idle.png", "display-call.png"} <= names(out / "screens")
    assert {"A004", "H002"} <= {name.split("-")[1] for name in names(out / "announcements")}


async def test_a_killed_hub_and_a_broken_printer_cost_nobody_a_place(tmp_path):
    out = tmp_path / "out"
    code, table, talk = await ended(await demo(out, "--patients", "3", "--faults"))
    assert code == 0, talk
    assert table.count("trouble screen") == 2
    assert {"display-hub-away.png", "kiosk-trouble-refused.png"} <= names(out / "screens")


async def test_ctrl_c_stops_everything(tmp_path):
    out = tmp_path / "out"
    process = await demo(out)
    while b"board is at" not in (line := await asyncio.wait_for(process.stderr.readline(), 60)):
        assert line, "the demo ended early"
    assert len(left_behind(tmp_path)) > 5
    process.send_signal(signal.SIGINT)
    code, _, _ = await ended(process, 30)
    assert code == 130
    assert left_behind(tmp_path) == []
    assert names(tmp_path) == {"out"}


async def test_a_directory_that_holds_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("three years")
    code, _, talk = await ended(await demo(tmp_path))
    assert code == 1
    assert "Choose another --out directory" in talk
    assert (tmp_path / "thesis.txt").read_text() == "three years"


@pytest.mark.parametrize("words", [("--patients", "0"), ("--seconds", "soon"), ("--port", "x")])
async def test_misuse_is_told(tmp_path, words):
    code, _, talk = await ended(await demo(tmp_path / "out", *words), 30)
    assert code == 2
    assert words[0] in talk
