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
from typing import Any, TypeVar

from PIL import Image

from kiosk.link import Answers, Clock, Transport
from kiosk.native import START, bytes_of, ending, line_bytes, qr_bytes, side_bytes
from kiosk.print_job import Limits, Memory, Pieces, look, run_job
from kiosk.printer_status import PrintOutcome, PrintResult
from kiosk.profiles import GENERIC, Profile, Status
from kiosk.strips import Line, Picture, QrCode, Strip, Strips, one_picture
from smartqueue.terms import PrinterState

log = logging.getLogger(__name__)
T = TypeVar("T")
Progress = Callable[[float], None]
_PICKLE_DIR = "ESCPOS_CAPABILITIES_PICKLE_DIR"


@dataclass(frozen=True, slots=True)
class PrinterHealth:
    """What is known of the printer. reason: an English line; seen_at: clock of the last job or look, None = never."""

    state: PrinterState = PrinterState.UNKNOWN
    reason: str = "nobody has asked yet"
    seen_at: float | None = None


HealthListener = Callable[[PrinterHealth], None]


class Printer:
    """One printer. Jobs and looks wait for each other; each takes no longer than its limits allow."""

    def __init__(
        self,
        transport: Transport,
        profile: Profile = GENERIC["80mm"],
        limits: Limits | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self.transport = transport
        self.profile = profile
        self.limits = limits or Limits()
        self._clock = clock
        self._memory = Memory(ordered=False if profile.status is Status.REALTIME else None)
        self._health = PrinterHealth()
        self._told = self._health.state
        self._listeners: list[HealthListener] = []
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="printer")

    def health(self) -> PrinterHealth:
        return self._health

    def on_state(self, listener: HealthListener) -> None:
        """Tell it, on the event loop, whenever a job or a look found another state than the one before."""
        self._listeners.append(listener)

    async def warm_up(self) -> None:
        """Load the encoder before the first ticket needs it."""
        await self._in_thread(_driver)

    async def print_ticket(self, ticket: Image.Image | Strips, on_progress: Progress | None = None) -> PrintResult:
        """Print a 1-bit picture, or strips, and cut. on_progress: told on this loop the share handed over, 0..1.

        Raises ValueError for a picture wider than the paper; whatever printer and link do is in the result.
        """
        strips = one_picture(ticket) if isinstance(ticket, Image.Image) else ticket
        for picture in (strip for strip in strips if isinstance(strip, Picture)):
            if picture.image.mode != "1" or picture.size_dots[0] > self.profile.width_dots:
                raise ValueError(f"a ticket must be 1 bit and at most {self.profile.width_dots} dots wide")
        loop = asyncio.get_running_loop()

        def tell(share: float) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                if on_progress:
                    loop.call_soon_threadsafe(on_progress, share)

        result = await self._in_thread(lambda: self._print(strips, tell))
        self._tell_state()
        return result

    async def check(self) -> PrinterHealth:
        """Ask the printer without printing."""
        health = await self._in_thread(self._look)
        self._tell_state()
        return health

    async def close(self) -> None:
        """Waits for the job that runs."""
        await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _tell_state(self) -> None:
        health = self._health
        if health.state is not self._told:
            self._told = health.state
            for listener in self._listeners:
                listener(health)

    @property
    def _answers(self) -> Answers:
        """What this link could carry, unless this kind of printer never says anything."""
        return Answers.NEVER if self.profile.status is Status.NONE else self.transport.answers

    # --- in the printer's thread ------------------------------------------------------------------------

    def _print(self, strips: Strips, tell: Progress) -> PrintResult:
        sent_any = False

        def note(share: float) -> None:
            nonlocal sent_any
            sent_any = True
            tell(share)

        try:
            pieces = encoded(strips, self.profile)
            result = run_job(self.transport, self._answers, pieces, self.limits, self._memory, note)
        except Exception:
            log.exception("printing failed by a mistake of ours or of a driver")
            outcome = PrintOutcome.MAYBE_PRINTED if sent_any else PrintOutcome.NOT_PRINTED
            result = PrintResult(outcome, PrinterState.ERROR, "the driver failed; see the log")
        self._note(_state_after(result), result.reason)
        return result

    def _look(self) -> PrinterHealth:
        try:
            state, reason = look(self.transport, self._answers, self.limits)
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


def encoded(ticket: Image.Image | Strips, profile: Profile) -> Pieces:
    """The ticket as ESC/POS: strips, then feed and cut. Each part is made when it is asked for."""
    strips = one_picture(ticket) if isinstance(ticket, Image.Image) else ticket
    widest = (profile.width_dots + 7) // 8
    return Pieces(
        parts=_parts(strips, profile),
        count=sum(_count(strip, profile) for strip in strips) + 1,
        size=bytes_of(strips, profile),
        pad=bytes(widest * profile.strip_dots + 8),
        tear_off=START + ending(profile),
    )


def _count(strip: Strip, profile: Profile) -> int:
    return len(_tops(strip, profile)) if isinstance(strip, Picture) else 1


def _tops(picture: Picture, profile: Profile) -> range:
    return range(0, picture.image.height, profile.strip_dots)


def _parts(strips: Strips, profile: Profile) -> Iterator[bytes]:
    pen = _pen(profile)
    before = START
    for strip in strips:
        for part in _parts_of(strip, profile, pen):
            yield before + part
            before = b""
    yield before + ending(profile)


def _parts_of(strip: Strip, profile: Profile, pen: Any) -> Iterator[bytes]:
    match strip:
        case Picture():
            yield from _images(strip, profile, pen)
        case Line():
            yield line_bytes(strip, profile.code_pages)
        case QrCode():
            yield qr_bytes(strip)


def _images(picture: Picture, profile: Profile, pen: Any) -> Iterator[bytes]:
    """Strips of it; where they stand is said once."""
    side = side_bytes(picture, profile)
    image, fine = picture.image, not picture.doubled
    for top in _tops(picture, profile):
        pen.clear()
        pen.image(
            image.crop((0, top, image.width, min(top + profile.strip_dots, image.height))),
            high_density_vertical=fine,
            high_density_horizontal=fine,
            impl=profile.image_way.value,
            fragment_height=profile.strip_dots,
        )
        yield side + pen.output
        side = b""


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
