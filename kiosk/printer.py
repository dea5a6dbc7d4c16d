"""The ticket printer: encodes a drawn ticket as ESC/POS and prints it in a thread of its own. The only escpos importer.

A job that may have printed is never printed again by itself: the person has the number on the screen.
"""

import asyncio
import contextlib
import functools
import logging
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from PIL import Image

from kiosk.link import Clock, Transport
from kiosk.print_job import Limits, Memory, Pieces, look, run_job
from kiosk.printer_status import PrinterState, PrintOutcome, PrintResult

log = logging.getLogger(__name__)
T = TypeVar("T")
Progress = Callable[[float], None]
_PICKLE_DIR = "ESCPOS_CAPABILITIES_PICKLE_DIR"


class Cut(StrEnum):
    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    """Torn off by hand at an edge."""


class ImageWay(StrEnum):
    """The three commands for images; values are the encoder's names."""

    RASTER = "bitImageRaster"
    GRAPHICS = "graphics"
    COLUMNS = "bitImageColumn"


@dataclass(frozen=True, slots=True)
class Profile:
    """What one kind of printer needs. feed_lines: of 1/6 inch, from the print head past the cutter.

    strip_dots: height of one image command: the paper moves after the first.
    """

    name: str
    width_dots: int = 576
    cut: Cut = Cut.PARTIAL
    feed_lines: int = 4
    image_way: ImageWay = ImageWay.RASTER
    strip_dots: int = 24


PROFILES = {profile.name: profile for profile in (Profile("80mm"), Profile("58mm", width_dots=384))}


@dataclass(frozen=True, slots=True)
class PrinterHealth:
    """What is known of the printer. reason: an English line; seen_at: clock of the last job or look, None = never."""

    state: PrinterState = PrinterState.UNKNOWN
    reason: str = "nobody has asked yet"
    seen_at: float | None = None


class Printer:
    """One printer. Jobs and looks wait for each other; each takes no longer than its limits allow."""

    def __init__(
        self,
        transport: Transport,
        profile: Profile = PROFILES["80mm"],
        limits: Limits | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self.transport = transport
        self.profile = profile
        self._limits = limits or Limits()
        self._clock = clock
        self._memory = Memory()
        self._health = PrinterHealth()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="printer")

    def health(self) -> PrinterHealth:
        return self._health

    async def warm_up(self) -> None:
        """Load the encoder before the first ticket needs it."""
        await self._in_thread(_driver)

    async def print_ticket(self, image: Image.Image, on_progress: Progress | None = None) -> PrintResult:
        """Print a 1-bit picture and cut it. on_progress: told on this loop the share handed over, 0..1.

        Raises ValueError for a picture wider than the paper; whatever printer and link do is in the result.
        """
        if image.mode != "1" or image.width > self.profile.width_dots:
            raise ValueError(f"a ticket must be 1 bit and at most {self.profile.width_dots} dots wide")
        loop = asyncio.get_running_loop()

        def tell(share: float) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                if on_progress:
                    loop.call_soon_threadsafe(on_progress, share)

        return await self._in_thread(lambda: self._print(image, tell))

    async def check(self) -> PrinterHealth:
        """Ask the printer without printing."""
        return await self._in_thread(self._look)

    async def close(self) -> None:
        """Waits for the job that runs."""
        await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    # --- in the printer's thread ------------------------------------------------------------------------

    def _print(self, image: Image.Image, tell: Progress) -> PrintResult:
        sent_any = False

        def note(share: float) -> None:
            nonlocal sent_any
            sent_any = True
            tell(share)

        try:
            result = run_job(self.transport, encoded(image, self.profile), self._limits, self._memory, note)
        except Exception:
            log.exception("printing failed by a mistake of ours or of a driver")
            outcome = PrintOutcome.MAYBE_PRINTED if sent_any else PrintOutcome.NOT_PRINTED
            result = PrintResult(outcome, PrinterState.ERROR, "the driver failed; see the log")
        self._note(_state_after(result), result.reason)
        return result

    def _look(self) -> PrinterHealth:
        try:
            state, reason = look(self.transport, self._limits)
        except Exception:
            log.exception("asking the printer failed by a mistake of ours or of a driver")
            state, reason = PrinterState.ERROR, "the driver failed; see the log"
        self._note(state, reason)
        return self._health

    def _note(self, state: PrinterState, reason: str) -> None:
        self._health = PrinterHealth(state, reason, self._clock())


def _state_after(result: PrintResult) -> PrinterState:
    if result.cause:
        return result.cause
    if result.low_paper:
        return PrinterState.LOW_PAPER
    return PrinterState.OK if result.confirmed else PrinterState.UNKNOWN


# --- encoding -------------------------------------------------------------------------------------------


def encoded(image: Image.Image, profile: Profile) -> Pieces:
    """The ticket as ESC/POS: strips, then feed and cut. Each part is made when it is asked for."""
    strips = range(0, image.height, profile.strip_dots)
    row = (profile.width_dots + 7) // 8
    ending = _ending(profile)
    return Pieces(
        parts=_parts(image, strips, profile),
        count=len(strips) + 1,
        size=row * image.height + 8 * len(strips) + len(ending),
        pad=bytes(row * profile.strip_dots + 8),
        tear_off=_START + ending,
    )


def _parts(image: Image.Image, strips: range, profile: Profile) -> Iterator[bytes]:
    pen = _pen(profile)
    paper = Image.new("1", (profile.width_dots, profile.strip_dots), 1)
    left = (profile.width_dots - image.width) // 2
    start = _START
    for top in strips:
        height = min(profile.strip_dots, image.height - top)
        strip = paper.crop((0, 0, profile.width_dots, height))
        strip.paste(image.crop((0, top, image.width, top + height)), (left, 0))
        pen.clear()
        pen.image(strip, impl=profile.image_way.value, fragment_height=profile.strip_dots)
        yield start + pen.output
        start = b""
    yield _ending(profile)


_START = b"\x1b@"
"""Forget every setting of whoever printed before."""


def _ending(profile: Profile) -> bytes:
    """Feed the print past the cutter, then cut where the paper stands: copies of the big makes differ in all else."""
    cut = {Cut.FULL: b"\x1dV\x00", Cut.PARTIAL: b"\x1dV\x01", Cut.NONE: b""}[profile.cut]
    return b"\x1bd" + bytes((profile.feed_lines,)) + cut


def _pen(profile: Profile) -> Any:
    """The encoder, told how wide the paper is: else it complains on stdout."""
    dummy, base = _driver()
    data = {**base.profile_data, "media": {"width": {"pixels": profile.width_dots}}}
    return dummy(profile=type("OfThisPaper", (base,), {"profile_data": data})())


@functools.cache
def _driver() -> tuple[Any, Any]:
    """The encoder's classes. Its import leaves a temporary directory behind, even when told of another one."""
    first_time = "escpos.capabilities" not in sys.modules
    elsewhere = os.environ.pop(_PICKLE_DIR, None)
    try:
        from escpos import capabilities  # noqa: PLC0415
        from escpos.printer import Dummy  # noqa: PLC0415
    finally:
        if elsewhere is not None:
            os.environ[_PICKLE_DIR] = elsewhere
    if first_time:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return Dummy, capabilities.Profile
