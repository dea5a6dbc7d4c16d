"""Puts the demo together: stage, play or windows, table and verdict."""

import asyncio
import contextlib
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from smartqueue.demo.child import Heard
from smartqueue.demo.ledger import Ledger
from smartqueue.demo.options import Options
from smartqueue.demo.play import Play
from smartqueue.demo.report import table
from smartqueue.demo.stage import Stage
from smartqueue.errors import StartFault

MARK = ".smartqueue-demo"
"""Says that a directory was made by a demo, so that the next one may clear it."""
REFERENCES, PHONE = ("TEST1", "TEST2", "TEST3"), "202 555 0123"
"""Of the demo site's appointments; a number of its country that nobody has."""
TO_TYPE = (
    f"at the kiosk: Check in with {', '.join(REFERENCES)}; after a ticket, Message me with {PHONE} (nothing is sent)"
)


async def demo(options: Options) -> int:
    """Exit code; says what happens on stderr, the table on stdout. Raises StartFault when it can't start."""
    _clear(options.out)
    ledger = Ledger()
    plays: list[Play] = []

    def hear(heard: Heard) -> None:
        ledger.hear(heard)
        for play in plays:
            play.hear(heard)

    with tempfile.TemporaryDirectory(prefix="smartqueue-demo-") as work:
        _tell("starting hub, printer, kiosk, two callers and a display ...")
        async with Stage(options, Path(work), hear) as stage:
            _tell(f"the board is at {stage.url}/board")
            if not options.headless:
                await _windows(options, ledger)
                return 0
            plays.append(Play(stage, ledger, _tell))
            late = await _within(options.seconds, plays[0])
    return _verdict(options, ledger, late)


async def _within(seconds: float, play: Play) -> str:
    """What went wrong on the way, or nothing."""
    try:
        async with asyncio.timeout(seconds or None):
            await play.run()
    except TimeoutError:
        return f"not everybody was called within {seconds:g} s"
    except StartFault as fault:
        return str(fault)
    return ""


async def _windows(options: Options, ledger: Ledger) -> None:
    """Until the time is over, a window is closed, or Ctrl-C."""
    _tell("touch the kiosk, press Next on a caller unit; Ctrl-C or a closed window ends the demo")
    _tell(TO_TYPE)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(options.seconds or None):
            while not ledger.ended:  # noqa: ASYNC110 - the windows are other processes
                await asyncio.sleep(0.2)


def _verdict(options: Options, ledger: Ledger, late: str) -> int:
    sys.stdout.write(table(ledger.rows.values(), _wall_clock()) + "\n")
    defects = [late] if late else []
    defects += ledger.defects(options.patients, faults=options.faults)
    for defect in defects:
        _tell(f"WRONG: {defect}")
    _tell(f"screens, tickets, announcements and logs are in {options.out}")
    if defects:
        return 1
    papers = "one ticket or one trouble screen" if options.faults else "one ticket"
    _tell(f"good: {len(ledger.rows)} patients, each with {papers} and one announced call")
    return 0


def _wall_clock() -> Callable[[float], str]:
    """Monotonic seconds of this machine as local `HH:MM:SS`."""
    offset = time.time() - time.monotonic()
    return lambda monotonic: time.strftime("%H:%M:%S", time.localtime(monotonic + offset))


def _clear(out: Path) -> None:
    """Takes away what an earlier demo left, never anything else. Raises StartFault."""
    if out.exists() and any(out.iterdir()):
        if not (out / MARK).exists():
            raise StartFault(f"{out} holds things that no demo made. Choose another --out directory.")
        shutil.rmtree(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / MARK).touch()
    except OSError as trouble:
        raise StartFault(f"{out} can't be made: {trouble.strerror}. Choose another --out directory.") from trouble


def _tell(text: str) -> None:
    sys.stderr.write(f"demo: {text}\n")
    sys.stderr.flush()
