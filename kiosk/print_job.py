"""One job on an open link: ask, send, ask again, and say honestly what became of it.

Blocking, for the printer's own thread. Knows status bytes and time limits; the ticket's bytes come ready made.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kiosk.link import Answers, CannotConnect, Clock, Link, LinkLost, LinkStalled, Transport
from kiosk.printer_status import (
    ASK_ORDERED,
    READY,
    AnswerSieve,
    Ask,
    PrinterFacts,
    PrintOutcome,
    PrintResult,
    ask,
    decode_ordered,
    decode_realtime,
    is_ordered,
    is_realtime,
    state_of,
)
from smartqueue.terms import PrinterState

_BEFORE = (Ask.PRINTER, Ask.OFFLINE_CAUSE, Ask.PAPER)
_ROUND_S = 0.5
"""How long to listen for the ordered answer before asking whether something has happened."""
_GOODBYE_S = 0.1
"""For an orderly end when the printer has said that everything is on paper."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. A job on a slow line gets the time its bytes need on top of `job_s` and `finish_s`.

    open_s: until connected; answer_s: for one status question; stall_s: without a byte taken; job_s: for all bytes;
    finish_s: until everything sent is on paper; close_s: for the connection's orderly end.
    """

    open_s: float = 3.0
    answer_s: float = 1.0
    stall_s: float = 5.0
    job_s: float = 20.0
    finish_s: float = 8.0
    close_s: float = 0.5


@dataclass(slots=True)
class Memory:
    """What one job teaches the next. torn: a job ended inside its bytes; ordered: it answers `GS r`, or not."""

    torn: bool = False
    ordered: bool | None = None


@dataclass(frozen=True, slots=True)
class Pieces:
    """A ticket as bytes. parts: in order, made while they are sent; of them `count`, `size` bytes together about.

    pad: completes a command that a torn job left open; tear_off: pushes out and cuts what such a job left hanging.
    """

    parts: Iterable[bytes]
    count: int
    size: int
    pad: bytes
    tear_off: bytes


def run_job(
    transport: Transport,
    answers: Answers,
    pieces: Pieces,
    limits: Limits,
    memory: Memory,
    progress: Callable[[float], None],
) -> PrintResult:
    """Print; `progress` gets the share that was handed over, 0..1. Every fault of link and printer ends in a result.

    answers: whether this printer can answer on this link.
    """
    try:
        link = transport.open(limits.open_s)
    except CannotConnect as error:
        return _failed(PrintOutcome.NOT_PRINTED, PrinterState.REFUSED, str(error))
    talk = _Talk(link, answers, limits)
    job = _Job(talk, pieces, limits, memory, progress, pieces.size / (transport.bytes_per_s or float("inf")))
    wait_s = 0.0
    try:
        result = job.run()
        if result.outcome is PrintOutcome.PRINTED:
            wait_s = min(_GOODBYE_S, limits.close_s) if result.confirmed else limits.close_s
        return result
    finally:
        link.close(wait_s)


def look(transport: Transport, answers: Answers, limits: Limits) -> tuple[PrinterState, str]:
    """The printer's state and one line about it, without printing."""
    try:
        link = transport.open(limits.open_s)
    except CannotConnect as error:
        return PrinterState.REFUSED, str(error)
    talk = _Talk(link, answers, limits)
    try:
        facts = talk.facts(_BEFORE)
        if facts is None:
            return talk.without_answer, "it does not answer"
        return state_of(facts), talk.explained(facts)
    except LinkLost as error:
        return PrinterState.REFUSED, str(error)
    except LinkStalled as error:
        return PrinterState.SILENT, str(error)
    finally:
        link.close(0 if talk.without_answer is PrinterState.SILENT else limits.close_s)


def _failed(outcome: PrintOutcome, cause: PrinterState, reason: str, sent: int = 0, low: bool = False) -> PrintResult:
    return PrintResult(outcome, cause, reason, low_paper=low, bytes_sent=sent)


class _Talk:
    """Questions to a printer and its answers."""

    def __init__(self, link: Link, answers: Answers, limits: Limits, clock: Clock = time.monotonic) -> None:
        self.link = link
        self._limits = limits
        self._clock = clock
        self._sieve = AnswerSieve()
        self._asks = answers is not Answers.NEVER
        self.without_answer = PrinterState.SILENT if answers is Answers.ALWAYS else PrinterState.UNKNOWN
        self.ordered: int | None = None

    def facts(self, questions: Iterable[Ask]) -> PrinterFacts | None:
        """What it says to these; None when it does not answer one of them."""
        known = PrinterFacts()
        for which in questions:
            answer = self._answer(which)
            if answer is None:
                return None
            known = decode_realtime(which, answer, known)
        return known

    def explained(self, facts: PrinterFacts) -> str:
        """One line for the log; asks once more what kind of error it is."""
        state = state_of(facts)
        if state is not PrinterState.ERROR:
            return state.value.replace("_", " ")
        answer = self._answer(Ask.ERROR_CAUSE)
        more = decode_realtime(Ask.ERROR_CAUSE, answer, facts) if answer is not None else facts
        if more.cutter_jam:
            return "the cutter is jammed"
        if more.fatal_error:
            return "an error that needs service"
        return "an error that passes by itself" if more.passing_error else "an error"

    def wait_ordered(self, timeout_s: float) -> bool:
        """True as soon as the answer to `GS r` is there."""
        self._listen(timeout_s, is_ordered)
        return self.ordered is not None

    def _answer(self, which: Ask) -> int | None:
        if not self._asks:
            return None
        self._listen(0, lambda _byte: False)
        self.link.write(ask(which), self._limits.answer_s)
        return self._listen(self._limits.answer_s, is_realtime)

    def _listen(self, timeout_s: float, wanted: Callable[[int], bool]) -> int | None:
        """The first byte that is wanted; an ordered answer is kept whenever it comes."""
        end = self._clock() + timeout_s
        while True:
            found = None
            for byte in self._sieve.sift(self.link.read(max(0.0, end - self._clock()))):
                if is_ordered(byte):
                    self.ordered = byte
                if found is None and wanted(byte):
                    found = byte
            if found is not None or self._clock() >= end:
                return found


@dataclass(slots=True)
class _Job:
    talk: _Talk
    pieces: Pieces
    limits: Limits
    memory: Memory
    progress: Callable[[float], None]
    line_s: float
    """Time that the bytes need on the line at least."""
    sent: int = 0
    low: bool = False
    mute: bool = False
    clock: Clock = field(default=time.monotonic)

    def run(self) -> PrintResult:
        refused = self._before()
        if refused:
            return refused
        broken = self._send()
        return broken or self._after()

    def _before(self) -> PrintResult | None:
        try:
            return self._asked_before()
        except LinkLost as error:
            return self._failed(PrinterState.REFUSED, f"before the job: {error}")
        except LinkStalled as error:
            return self._failed(PrinterState.SILENT, f"before the job: {error}")

    def _asked_before(self) -> PrintResult | None:
        """None when it may be printed to."""
        if self.memory.torn:
            self.talk.link.write(self.pieces.pad, self.limits.stall_s)
        facts = self.talk.facts(_BEFORE)
        self.mute = facts is None and self.talk.without_answer is PrinterState.UNKNOWN
        if facts is None and not self.mute:
            return self._failed(PrinterState.SILENT, "it does not answer")
        if facts is not None:
            self.low = facts.paper_low
            state = state_of(facts)
            if state not in READY:
                return self._failed(state, self.talk.explained(facts))
        if self.memory.torn:
            self.talk.link.write(self.pieces.tear_off, self.limits.stall_s)
            self.memory.torn = False
        return None

    def _send(self) -> PrintResult | None:
        end = self.clock() + self.limits.job_s + self.line_s
        try:
            for number, part in enumerate(self.pieces.parts, 1):
                self._write(part, end)
                self.progress(number / self.pieces.count)
            if not self.mute:
                self.talk.link.write(ASK_ORDERED, self.limits.stall_s)
        except LinkLost as error:
            self._torn(error.taken)
            return self._failed(PrinterState.CLOSED_MID_JOB, str(error))
        except LinkStalled as error:
            self._torn(error.taken)
            return self._stalled(str(error))
        return None

    def _write(self, data: bytes, end: float) -> None:
        left = end - self.clock()
        if left <= 0:
            raise LinkStalled(f"the job took longer than {self.limits.job_s + self.line_s:.1f} s")
        self.talk.link.write(data, min(left, self.limits.stall_s + self.line_s / max(1, self.pieces.count)))
        self.sent += len(data)

    def _torn(self, taken: int) -> None:
        self.sent += taken
        self.memory.torn = self.sent > 0

    def _stalled(self, reason: str) -> PrintResult:
        """It takes nothing more: perhaps it says why."""
        try:
            facts = self.talk.facts(_BEFORE)
        except (LinkLost, LinkStalled):
            facts = None
        if facts is None or state_of(facts) in READY:
            return self._failed(PrinterState.SILENT, reason)
        return self._failed(state_of(facts), self.talk.explained(facts))

    def _after(self) -> PrintResult:
        if self.mute:
            return PrintResult(PrintOutcome.PRINTED, None, "sent; this printer cannot say more", bytes_sent=self.sent)
        try:
            return self._confirmed()
        except LinkLost as error:
            return self._failed(PrinterState.CLOSED_MID_JOB, f"after the last byte: {error}")
        except LinkStalled as error:
            return self._failed(PrinterState.SILENT, f"after the last byte: {error}")

    def _confirmed(self) -> PrintResult:
        """Wait for the answer behind the data; look meanwhile whether something stops the printer."""
        patience = _ROUND_S if self.memory.ordered is False else self.limits.finish_s + self.line_s
        end = self.clock() + patience
        facts: PrinterFacts | None = None
        while not self.talk.wait_ordered(max(0.0, min(_ROUND_S, end - self.clock()))):
            facts = self.talk.facts(_BEFORE)
            if facts and state_of(facts) not in READY:
                return self._failed(state_of(facts), self.talk.explained(facts))
            if self.clock() >= end:
                return self._unordered(facts)
        self.memory.ordered = True
        return self._ordered(decode_ordered(self.talk.ordered or 0, PrinterFacts()))

    def _ordered(self, facts: PrinterFacts) -> PrintResult:
        if facts.paper_out:
            return self._failed(PrinterState.OUT_OF_PAPER, "the paper ended with this job")
        self.low = self.low or facts.paper_low
        return PrintResult(
            PrintOutcome.PRINTED, None, "printed", low_paper=self.low, confirmed=True, bytes_sent=self.sent
        )

    def _unordered(self, facts: PrinterFacts | None) -> PrintResult:
        if facts is None:
            return self._failed(PrinterState.SILENT, "it took everything and then answered nothing")
        self.memory.ordered = False
        low = self.low or facts.paper_low
        return PrintResult(
            PrintOutcome.PRINTED, None, "taken; the printer is well", low_paper=low, bytes_sent=self.sent
        )

    def _failed(self, cause: PrinterState, reason: str) -> PrintResult:
        outcome = PrintOutcome.MAYBE_PRINTED if self.sent else PrintOutcome.NOT_PRINTED
        return _failed(outcome, cause, reason, self.sent, self.low)
