"""The command: verbs from entry points, one line for each error, exit codes, signals."""

import argparse
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from smartqueue.cli import DONE, FAILED, GROUP, MISUSED, STOPPED, main, version
from smartqueue.errors import DepartmentClosed, HubAway, SettingsFault, StartFault

TROUBLES: dict[str, Exception] = {
    "refused": DepartmentClosed(department="lab"),
    "settings": SettingsFault("2 mistakes in the settings:\n  one\n  two"),
    "start": StartFault("Port 8080 is in use: choose another with --port."),
    "wordless": HubAway(),
}


def register(subparsers: Any) -> None:
    """The verbs of this test, as a folder's `verbs.py` registers them."""
    greet = subparsers.add_parser("greet", help="says hello")
    greet.add_argument("--name", required=True)
    greet.set_defaults(run=lambda args: print(f"hello {args.name}"))  # noqa: T201
    fail = subparsers.add_parser("fail", help="fails as told")
    fail.add_argument("how", choices=TROUBLES)
    fail.set_defaults(run=_fail)
    subparsers.add_parser("code").set_defaults(run=lambda _args: 7)
    subparsers.add_parser("stop").set_defaults(run=_stop)
    subparsers.add_parser("lacking").set_defaults(run=_lacking)


def _fail(args: argparse.Namespace) -> int:
    raise TROUBLES[args.how]


def _stop(_args: argparse.Namespace) -> int:
    raise KeyboardInterrupt


def _lacking(_args: argparse.Namespace) -> int:
    import no_such_driver  # noqa: F401, PLC0415

    return 0


def entry(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, GROUP)


GOOD = entry("test", "test_cli:register")


@pytest.fixture(autouse=True)
def _the_same_logging_afterwards() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str, verbs: tuple[EntryPoint, ...] = (GOOD,)) -> tuple[int, str, str]:
        try:
            code = main(arguments, verbs)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_a_verb_runs_and_none_means_done(run: Run) -> None:
    assert run("greet", "--name", "Asha") == (DONE, "hello Asha\n", "")
    assert run("code")[0] == 7


def test_a_refusal_is_one_line_that_says_what_to_do(run: Run) -> None:
    code, out, err = run("fail", "refused")
    assert (code, out) == (FAILED, "")
    assert err == (
        "smartqueue fail: This department is closed. "
        "lab gives no tickets now. Choose another department, or come back when it is open.\n"
    )


def test_a_fault_says_its_own_words(run: Run) -> None:
    assert run("fail", "start") == (FAILED, "", "smartqueue fail: Port 8080 is in use: choose another with --port.\n")
    assert run("fail", "settings")[2].endswith(":\n  one\n  two\n")
    assert run("fail", "wordless")[2] == "smartqueue fail: The hub does not answer.\n"


def test_misuse_is_told_apart_from_failure(run: Run) -> None:
    assert run()[0] == MISUSED
    assert run("greet")[0] == MISUSED
    assert run("dance")[0] == MISUSED
    assert run("greet", "--name", "A", "--loud")[0] == MISUSED


def test_without_a_verb_the_help_goes_to_stderr(run: Run) -> None:
    _, out, err = run()
    assert out == ""
    assert "says hello" in err


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (DONE, f"smartqueue {version()}\n", "")


def test_ctrl_c_ends_quietly(run: Run) -> None:
    assert run("stop") == (STOPPED, "", "")


def test_a_verb_whose_module_cant_be_imported_is_listed_with_the_reason_and_breaks_no_other(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "verbs_of_a_screen.py").write_text("import no_such_toolkit\n")
    monkeypatch.syspath_prepend(tmp_path)
    verbs = (GOOD, entry("screen", "verbs_of_a_screen:register"))
    reason = "the package no_such_toolkit is not installed; install smartqueue with the extra for this unit"
    listed = " ".join(run("--help", verbs=verbs)[1].split())
    assert f"screen not available: {reason}" in listed
    assert run("screen", "--size", "800x600", verbs=verbs) == (FAILED, "", f"smartqueue screen: {reason}\n")
    assert run("greet", "--name", "Asha", verbs=verbs)[0] == DONE


def test_a_driver_that_is_missing_when_the_verb_runs_is_one_line_too(run: Run) -> None:
    code, _, err = run("lacking")
    assert code == FAILED
    assert err.startswith("smartqueue lacking: the package no_such_driver is not installed")


def test_a_module_of_ours_that_is_missing_is_a_bug_and_looks_like_one(run: Run) -> None:
    verbs = (entry("ghost", "smartqueue.no_such_module:register"),)
    code, _, err = run("ghost", verbs=verbs)
    assert code == FAILED
    assert "can't be loaded: No module named 'smartqueue.no_such_module'" in err


# --- real processes -----------------------------------------------------------------------------------

SCRIPT = f"""
import sys
sys.path[:0] = {sys.path!r}
import asyncio, logging
from importlib.metadata import EntryPoint
from smartqueue.cli import GROUP, main, run_async

async def serve():
    print("serving", flush=True)
    logging.getLogger("unit").warning("paper low")
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0)
        print("cleaned up", flush=True)

async def once():
    return 3

def register(subparsers):
    subparsers.add_parser("serve").set_defaults(run=lambda args: run_async(serve()))
    subparsers.add_parser("once").set_defaults(run=lambda args: run_async(once()))
    subparsers.add_parser("much").set_defaults(run=lambda args: print("line\\n" * 100_000))

sys.exit(main(verbs=[EntryPoint("x", "__main__:register", GROUP)]))
"""


def process(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
    plain = {name: value for name, value in os.environ.items() if name != "JOURNAL_STREAM"}
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=plain | environment,
    )


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, DONE), (signal.SIGINT, STOPPED)])
def test_a_signal_ends_a_running_verb_after_its_clean_up(number: signal.Signals, code: int) -> None:
    with process("serve") as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "serving\n"
        running.send_signal(number)
        out, err = running.communicate(timeout=10)
    assert (running.returncode, out) == (code, "cleaned up\n")
    assert "Traceback" not in err
    assert "WARNING unit: paper low" in err


def test_the_result_of_a_verb_on_the_loop_is_the_exit_code() -> None:
    with process("once") as running:
        assert running.communicate(timeout=10) == ("", "")
    assert running.returncode == 3


def test_under_the_journal_lines_have_their_priority() -> None:
    with process("serve", JOURNAL_STREAM="8:1234") as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "serving\n"
        running.terminate()
        assert running.communicate(timeout=10)[1] == "<4>unit: paper low\n"


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    with process("much") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == "line\n"
        running.stdout.close()
        assert running.wait(timeout=10) == FAILED
        assert running.stderr.read() == ""
