"""`smartqueue kiosk --test-print`: one marked ticket, each state in plain words, and an exit code for scripts."""

import asyncio
import sys
from datetime import UTC, datetime

import pytest
from printed_paper import PATIENT, QUICK

from kiosk.print_job import Limits
from kiosk.printer_model import Faults, parse_faults
from kiosk.profiles import PROFILES
from kiosk.trial_print import STATES, trial_print
from kiosk.virtual_printer import VirtualPrinter
from smartqueue.cli import FAILED, main
from smartqueue.terms import Language, PrinterState

NOW = datetime(2026, 3, 2, 9, 42, tzinfo=UTC)
EN = Language("en")


async def tried(url: str, profile: str = "generic-80mm", limits: Limits = PATIENT) -> tuple[int, str]:
    said: list[str] = []
    code = await trial_print(url, PROFILES[profile], EN, NOW, said.append, limits)
    return code, "\n".join(said)


async def test_a_ticket_marked_as_a_trial_comes_out_and_all_is_said_to_be_well(tmp_path):
    async with VirtualPrinter(tmp_path, faults=Faults()) as virtual:
        code, said = await tried(virtual.url, "epson-tm-t20")
        saved = await virtual.next_job()
    assert code == 0
    assert f"printer  {virtual.url}, profile epson-tm-t20 (80mm paper, 203 dpi)" in said
    assert "before   ok: ready" in said
    assert f"ticket   printed ({saved.job.printed and len(saved.job.data)} bytes)" in said
    assert "after    ok: ready" in said
    assert (saved.job.printed.cut, saved.job.printed.problems) == (True, ())


async def test_low_paper_is_told_and_is_no_failure(tmp_path):
    async with VirtualPrinter(tmp_path, faults=Faults(low_paper=True)) as virtual:
        code, said = await tried(virtual.url)
    assert code == 0
    assert "after    low paper: ready, but the roll ends soon" in said


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("refuse", "refused: there is no connection (no connection to 127.0.0.1"),
        ("out-of-paper", "out of paper: there is no paper"),
        ("cover-open", "cover open: its cover is open"),
        ("offline", "offline: it has been taken offline"),
        ("error", "error: it has a fault"),
        ("silent", "silent: connected, but it answers nothing"),
    ],
)
async def test_each_fault_is_said_in_plain_words_and_nothing_is_printed(tmp_path, fault, words):
    async with VirtualPrinter(tmp_path, faults=parse_faults([fault])) as virtual:
        code, said = await tried(virtual.url, limits=QUICK if fault == "silent" else PATIENT)
        assert virtual.jobs == []
    assert code == 1
    assert f"before   {words}" in said
    assert "ticket" not in said


async def test_a_printer_that_fails_in_the_middle_is_no_success(tmp_path):
    async with VirtualPrinter(tmp_path, faults=Faults(close_after=3000)) as virtual:
        code, said = await tried(virtual.url)
    assert code == 1
    assert "ticket   maybe printed, maybe not: look: closed mid job" in said


async def test_a_printer_that_says_nothing_prints_as_far_as_it_can_be_known(tmp_path):
    async with VirtualPrinter(tmp_path, width_dots=384, faults=Faults(mute=True)) as virtual:
        code, said = await tried(virtual.url, "cheap-58mm")
        await virtual.next_job()
    assert code == 0
    assert "before   unknown: it prints, but cannot tell how it is" in said
    assert "printed, as far as it can be known" in said


def test_every_state_has_its_words():
    assert set(STATES) == set(PrinterState)


# --- the verb -------------------------------------------------------------------------------------------


async def test_the_verb_needs_neither_hub_nor_key_nor_data(tmp_path):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "smartqueue", "kiosk", "--test-print", "--printer", f"virtual:{tmp_path / 'out'}"),
        *("--profile", "generic-58mm", "--language", "ar"),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, wrong = await process.communicate()
    assert (process.returncode, wrong) == (0, b"")
    assert b"after    ok: ready" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["0001.bin", "0001.png"]


def test_the_verb_ends_with_1_when_there_is_no_printer(capsys, tmp_path):
    assert main(["kiosk", "--test-print", "--printer", f"file://{tmp_path}/lp0"]) == FAILED
    assert "is the printer plugged in and on?" in capsys.readouterr().out


def test_the_verb_still_wants_to_know_which_printer(capsys):
    assert main(["kiosk", "--test-print"]) == FAILED
    assert "printer is missing" in capsys.readouterr().err
