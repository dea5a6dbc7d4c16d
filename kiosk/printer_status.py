"""What an ESC/POS printer says of itself: status bytes to facts and back, and the words for how a job ended.

Pure. Bits as in Epson's ESC/POS reference for `DLE EOT n` (real time, answered at once) and `GS r 1` (answered in
order, behind the data). The virtual printer encodes with the same table that the kiosk decodes with.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from smartqueue.terms import PrinterState


class PrintOutcome(StrEnum):
    PRINTED = "printed"
    MAYBE_PRINTED = "maybe_printed"
    """Some or all of it went out and nobody knows what is on paper; never printed again by itself."""
    NOT_PRINTED = "not_printed"


READY = frozenset({PrinterState.UNKNOWN, PrinterState.OK, PrinterState.LOW_PAPER})
"""States in which a ticket can be expected."""


@dataclass(frozen=True, slots=True)
class PrintResult:
    """How one job ended. cause: None when it printed; reason: one English line for the log.

    confirmed: the printer itself said so behind the data; False where it cannot answer.
    """

    outcome: PrintOutcome
    cause: PrinterState | None
    reason: str
    low_paper: bool = False
    confirmed: bool = False
    bytes_sent: int = 0


class Ask(IntEnum):
    """The n of `DLE EOT n`."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    ERROR_CAUSE = 3
    PAPER = 4


ASK_ORDERED = b"\x1dr\x01"
"""`GS r 1`: paper sensors, answered when everything before it has been processed."""


def ask(which: Ask) -> bytes:
    return bytes((0x10, 0x04, which))


@dataclass(frozen=True, slots=True)
class PrinterFacts:
    """What the status bits say; all False is a healthy printer."""

    offline: bool = False
    cover_open: bool = False
    paper_out: bool = False
    paper_low: bool = False
    cutter_jam: bool = False
    fatal_error: bool = False
    passing_error: bool = False
    """Goes away by itself, e.g. a hot head; bits 2 and 6 of the error byte."""
    error: bool = False
    """Some error, of whatever kind (bit 6 of the offline byte)."""
    feeding: bool = False
    """Somebody holds the feed button."""

    @property
    def any_error(self) -> bool:
        return self.error or self.cutter_jam or self.fatal_error or self.passing_error


_REALTIME_FIXED, _REALTIME_MASK = 0x12, 0x93
_ORDERED_MASK = 0x90
_ASB_FIRST, _ASB_MASK = 0x10, 0x93


def encode_realtime(which: Ask, facts: PrinterFacts) -> int:
    """The byte that a printer in this state answers to `DLE EOT which`."""
    bits = {
        Ask.PRINTER: ((facts.offline, 0x08), (facts.feeding, 0x40)),
        Ask.OFFLINE_CAUSE: (
            (facts.cover_open, 0x04),
            (facts.feeding, 0x08),
            (facts.paper_out, 0x20),
            (facts.any_error, 0x40),
        ),
        Ask.ERROR_CAUSE: ((facts.cutter_jam, 0x08), (facts.fatal_error, 0x20), (facts.passing_error, 0x40)),
        Ask.PAPER: ((facts.paper_low or facts.paper_out, 0x0C), (facts.paper_out, 0x60)),
    }[which]
    return _REALTIME_FIXED | sum(value for is_set, value in bits if is_set)


def encode_ordered(facts: PrinterFacts) -> int:
    """The byte that answers `GS r 1`."""
    return (0x03 if facts.paper_low or facts.paper_out else 0) | (0x0C if facts.paper_out else 0)


def decode_realtime(which: Ask, answer: int, known: PrinterFacts) -> PrinterFacts:
    """`known`, with what the answer to `DLE EOT which` says put in."""

    def bit(mask: int) -> bool:
        return bool(answer & mask)

    match which:
        case Ask.PRINTER:
            return replace(known, offline=bit(0x08), feeding=bit(0x40))
        case Ask.OFFLINE_CAUSE:
            return replace(known, cover_open=bit(0x04), paper_out=bit(0x20), error=bit(0x40))
        case Ask.ERROR_CAUSE:
            return replace(known, cutter_jam=bit(0x08), fatal_error=bit(0x20), passing_error=bit(0x44))
        case Ask.PAPER:
            return replace(known, paper_low=bit(0x0C), paper_out=known.paper_out or bit(0x60))


def decode_ordered(answer: int, known: PrinterFacts) -> PrinterFacts:
    """`known`, with what the answer to `GS r 1` says put in."""
    return replace(known, paper_low=bool(answer & 0x03), paper_out=bool(answer & 0x0C))


def is_realtime(answer: int) -> bool:
    """An answer to `DLE EOT`, told apart by its fixed bits."""
    return answer & _REALTIME_MASK == _REALTIME_FIXED


def is_ordered(answer: int) -> bool:
    """An answer to `GS r`."""
    return answer & _ORDERED_MASK == 0


class AnswerSieve:
    """Picks answers out of what a printer sends; drops unasked status blocks (4 bytes), XON, XOFF and noise."""

    def __init__(self) -> None:
        self._rest_of_block = 0

    def sift(self, data: Iterable[int]) -> Iterator[int]:
        """The bytes that are answers to `DLE EOT` or `GS r`, in order."""
        for byte in data:
            if self._rest_of_block and is_ordered(byte):
                self._rest_of_block -= 1
            elif byte & _ASB_MASK == _ASB_FIRST:
                self._rest_of_block = 3
            elif is_realtime(byte) or is_ordered(byte):
                yield byte


def state_of(facts: PrinterFacts) -> PrinterState:
    """The one state that somebody at the kiosk should hear of first."""
    if facts.cover_open:
        return PrinterState.COVER_OPEN
    if facts.paper_out:
        return PrinterState.OUT_OF_PAPER
    if facts.any_error:
        return PrinterState.ERROR
    if facts.offline:
        return PrinterState.OFFLINE
    return PrinterState.LOW_PAPER if facts.paper_low else PrinterState.OK
