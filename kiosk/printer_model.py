"""The inside of an ESC/POS printer without any connection: takes bytes, answers, prints on drawn paper, has faults.

Pure. Behaves as the real ones do where it matters: `DLE EOT` is answered at once even amid data or out of paper, `GS r`
and `GS I` only when everything before them has been printed, and what arrives meanwhile waits in its buffer.
"""

import difflib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PIL import Image

from kiosk.command_stream import Command, CommandStream
from kiosk.printer_status import Ask, PrinterFacts, encode_ordered, encode_realtime
from kiosk.raster import DEFAULT_WIDTH_DOTS, Printed, Sheet

_ASK = b"\x10\x04"
_ORDERED = frozenset({b"\x1dr", b"\x1dI"})
_UNPRINTED = _ORDERED | {_ASK, b"\x1da", b"\0"}
"""Commands that belong to no ticket."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Everything that is wrong at once; all defaults = a healthy printer.

    refuse: no connections; silent: takes bytes, prints and answers nothing; mute: prints and answers nothing;
    unordered: answers `DLE EOT` only, as many cheap ones do; close_after, out_after: job bytes until it hangs up or the
    paper ends; bytes_per_s: its pace.
    """

    refuse: bool = False
    silent: bool = False
    mute: bool = False
    unordered: bool = False
    out_of_paper: bool = False
    low_paper: bool = False
    cover_open: bool = False
    offline: bool = False
    error: bool = False
    close_after: int | None = None
    out_after: int | None = None
    bytes_per_s: int | None = None

    @property
    def facts(self) -> PrinterFacts:
        stopped = self.out_of_paper or self.cover_open or self.offline or self.error
        return PrinterFacts(
            offline=stopped,
            cover_open=self.cover_open,
            paper_out=self.out_of_paper,
            paper_low=self.low_paper,
            cutter_jam=self.error,
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The words that `parse_faults` reads back."""
        flags = [name.replace("_", "-") for name in _FLAGS if getattr(self, name)]
        numbers = [f"{name}:{getattr(self, field)}" for name, field in _NUMBERS.items() if getattr(self, field)]
        return (*flags, *numbers)


_FLAGS = ("refuse", "silent", "mute", "unordered", "out_of_paper", "low_paper", "cover_open", "offline", "error")
_NUMBERS = {"close": "close_after", "runs-out": "out_after", "slow": "bytes_per_s"}
FAULT_WORDS: tuple[str, ...] = (*(name.replace("_", "-") for name in _FLAGS), *(f"{name}:N" for name in _NUMBERS))


def parse_faults(words: Sequence[str]) -> Faults:
    """`["low-paper", "close:2000"]`; `_` is as good as `-`. Raises ValueError with a suggestion."""
    wrong: dict[str, Any] = {}
    for word in words:
        name, colon, number = word.replace("_", "-").partition(":")
        if name.replace("-", "_") in _FLAGS and not colon:
            wrong[name.replace("-", "_")] = True
        elif name in _NUMBERS and number.isdecimal() and int(number) > 0:
            wrong[_NUMBERS[name]] = int(number)
        else:
            raise ValueError(_unknown_fault(word, name))
    return Faults(**wrong)


def _unknown_fault(word: str, name: str) -> str:
    if name in _NUMBERS:
        return f"fault {word!r}: needs a number above 0, e.g. {name}:2000"
    near = difflib.get_close_matches(word, FAULT_WORDS, n=1, cutoff=0.5)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"unknown fault {word!r}{hint} (known: {', '.join(FAULT_WORDS)})"


@dataclass(frozen=True, slots=True)
class Job:
    """One finished piece of paper and the bytes that made it. Times are those that were given to `receive`."""

    data: bytes
    first_byte: float
    last_byte: float
    printed: Printed

    @property
    def picture(self) -> Image.Image:
        return self.printed.image


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a printer does about some bytes. hang_up: it closes the connection now."""

    answers: bytes = b""
    jobs: tuple[Job, ...] = ()
    hang_up: bool = False


class PrinterModel:
    """One printer. Give it what arrives; it gives back what it answers and what it has printed."""

    def __init__(self, width_dots: int = DEFAULT_WIDTH_DOTS, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self._sheet = Sheet(width_dots)
        self._stream = CommandStream()
        self._waiting: deque[tuple[Command, float]] = deque()
        self._job = bytearray()
        self._job_from = 0.0
        self._job_to = 0.0
        self._before = b""

    @property
    def backlog(self) -> int:
        """Bytes that it holds and cannot print now."""
        return sum(len(command.raw) for command, _ in self._waiting)

    def receive(self, data: bytes, now: float) -> Reaction:
        """now: seconds, of one clock."""
        if self.faults.silent:
            return Reaction()
        answers = self._realtime(data)
        self._waiting.extend((command, now) for command in self._stream.feed(data))
        more = self._work()
        hang_up = more.hang_up or self._too_much(self.backlog + len(self._stream.begun))
        return replace(more, answers=answers + more.answers, hang_up=hang_up)

    def resume(self) -> Reaction:
        """Somebody has put paper in or closed the cover: print what has been waiting."""
        return self._work()

    def hang_up(self) -> Reaction:
        """The connection has ended: a begun command is lost, a ticket without a cut is what hangs out."""
        self._stream.forget()
        self._before = b""
        done = self._work()
        if self.faults.facts.offline or not self._job:
            return done
        piece = self._sheet.tear()
        return replace(done, jobs=(*done.jobs, *self._finish(piece)))

    def _too_much(self, coming: int) -> bool:
        """So many more bytes of this job would pass the point where it hangs up."""
        limit = self.faults.close_after
        return limit is not None and len(self._job) + coming > limit

    def _realtime(self, data: bytes) -> bytes:
        """Answers to every `DLE EOT n` in these bytes, wherever it stands: real printers look into images too."""
        if self.faults.mute:
            return b""
        seen = self._before + data
        self._before = next((tail for tail in (_ASK, _ASK[:1]) if seen.endswith(tail)), b"")
        answers = bytearray()
        at = seen.find(_ASK)
        while at >= 0 and at + 2 < len(seen):
            if Ask.PRINTER <= seen[at + 2] <= Ask.PAPER:
                answers.append(encode_realtime(Ask(seen[at + 2]), self.faults.facts))
            at = seen.find(_ASK, at + 2)
        return bytes(answers)

    def _work(self) -> Reaction:
        answers = bytearray()
        jobs: list[Job] = []
        while self._waiting and not self.faults.facts.offline:
            command, arrived = self._waiting.popleft()
            if command.code not in _UNPRINTED and self._too_much(len(command.raw)):
                self._waiting.clear()
                return Reaction(bytes(answers), tuple(jobs), hang_up=True)
            if command.code in _ORDERED:
                answers += b"" if self.faults.unordered or self.faults.mute else self._ordered_answer(command)
            elif command.code not in _UNPRINTED:
                jobs += self._print(command, arrived)
        return Reaction(bytes(answers), tuple(jobs))

    def _print(self, command: Command, arrived: float) -> list[Job]:
        if not self._job:
            self._job_from = arrived
        self._job += command.raw
        self._job_to = arrived
        piece = self._sheet.put(command)
        if self.faults.out_after is not None and len(self._job) >= self.faults.out_after:
            self.faults = replace(self.faults, out_of_paper=True, out_after=None)
        return self._finish(piece) if piece else []

    def _finish(self, piece: Printed | None) -> list[Job]:
        """Blank paper is no ticket: it comes when the rest of a torn one is cut off."""
        data = bytes(self._job)
        self._job.clear()
        if piece is None or piece.blank:
            return []
        return [Job(data, self._job_from, self._job_to, piece)]

    def _ordered_answer(self, command: Command) -> bytes:
        if command.code == b"\x1dr":
            return bytes((encode_ordered(self.faults.facts),))
        names = {1: b"\x20", 2: b"\x02", 3: b"\x01", 66: b"_SmartQueue\0", 67: b"_Virtual printer\0"}
        which = command.args[0]
        return names.get(which if which < 48 or which >= 65 else which - 48, b"")
