"""What signs understand: a text as the bytes that show it. Pure; where the facts come from: docs/hardware.md.

Alpha: LED message signs of Adaptive Micro Systems (Alpha, BetaBrite) and those that follow their "Sign Communications
Protocol". CD5220: customer displays of tills, two lines of 20 characters, and the many that emulate it. Plain: a line
of text, for anything else that reads lines, such as a microcontroller.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from caller.sign import SignText


class SignProtocol(StrEnum):
    PLAIN = "plain"
    ALPHA = "alpha"
    CD5220 = "cd5220"


class Characters(StrEnum):
    """How a character travels on the line, behind its start bit: data bits, parity, stop bits."""

    EIGHT = "8N1"
    SEVEN = "7E1"


class SignDriver(Protocol):
    """One kind of sign."""

    @property
    def characters(self) -> Characters: ...

    def begin(self) -> bytes:
        """Makes a sign that was just connected ready."""

    def show(self, text: SignText) -> bytes:
        """Replaces all that the sign shows. Complete in itself: a sign that missed what came before shows it too."""


_NUL, _SOH, _STX, _EOT, _CR, _ESC = b"\x00", b"\x01", b"\x02", b"\x04", b"\r", b"\x1b"


@dataclass(frozen=True, slots=True)
class PlainSign:
    """A line of text, ended by CR LF."""

    columns: int = 40
    characters: Characters = Characters.EIGHT

    def begin(self) -> bytes:
        return b""

    def show(self, text: SignText) -> bytes:
        return _fitted(text, self.columns).encode("ascii", "replace") + b"\r\n"


@dataclass(frozen=True, slots=True)
class AlphaSign:
    """One packet for each text, to every sign on the line.

    It goes into the priority file, which is shown instead of all stored messages and is not kept without power. A text
    that does not fit is scrolled.
    """

    columns: int = 14
    characters: Characters = Characters.SEVEN

    def begin(self) -> bytes:
        return b""

    def show(self, text: SignText) -> bytes:
        wake = 5 * _NUL
        every_sign, write_text, priority_file, middle = b"Z00", b"A", b"0", b" "
        hold, rotate = b"b", b"a"
        mode = hold if len(text.line) <= self.columns else rotate
        message = text.line.encode("ascii", "replace") or b" "
        head = wake + _SOH + every_sign + _STX + write_text + priority_file
        return head + _ESC + middle + mode + message + _EOT


@dataclass(frozen=True, slots=True)
class Cd5220Sign:
    """Upper line: the label. Lower line: the note. Both are written whole, so nothing old is left behind them."""

    columns: int = 20
    characters: Characters = Characters.EIGHT

    def begin(self) -> bytes:
        return _ESC + b"@"

    def show(self, text: SignText) -> bytes:
        return self._line(b"A", text.label) + self._line(b"B", text.note)

    def _line(self, which: bytes, text: str) -> bytes:
        padded = text[: self.columns].ljust(self.columns)
        return _ESC + b"Q" + which + padded.encode("ascii", "replace") + _CR


def _fitted(text: SignText, columns: int) -> str:
    """In one line; where there is too little room the label goes before the note."""
    return text.line if len(text.line) <= columns else (text.label or text.note)[:columns]


def driver(protocol: SignProtocol, columns: int | None = None) -> SignDriver:
    """columns: characters in a line; None = what is usual for its kind."""
    kinds: dict[SignProtocol, type[PlainSign] | type[AlphaSign] | type[Cd5220Sign]] = {
        SignProtocol.PLAIN: PlainSign,
        SignProtocol.ALPHA: AlphaSign,
        SignProtocol.CD5220: Cd5220Sign,
    }
    kind = kinds[protocol]
    return kind() if columns is None else kind(columns)
