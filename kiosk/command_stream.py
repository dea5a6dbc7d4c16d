"""Cuts an ESC/POS byte stream into commands, however the bytes arrive. Pure.

Knows the length of every command that a ticket could use and of most others, so that one it cannot draw does not turn
what follows into rubbish.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

DLE, ESC, FS, GS = 0x10, 0x1B, 0x1C, 0x1D
MAX_COMMAND = 1 << 20
"""Bytes; a raster header that promises more is rubbish and is taken as an unknown command."""
LONGEST_LIST = 300
"""Bytes in which a list has to end with its NUL."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. code: its fixed bytes (`b"\\x1dv0"`), empty for a run of text; args: the rest; raw: all of it."""

    code: bytes
    args: bytes

    @property
    def raw(self) -> bytes:
        return self.code + self.args


Length = Callable[[bytes], int | None]
"""Length of the command at the start of these bytes; None = more bytes are needed to know."""


def _fixed(length: int) -> Length:
    return lambda data: length


def _counted(at: int, size: int, head: int, unit: int = 1) -> Length:
    """head bytes, then as many units as the little-endian number of `size` bytes at `at` says."""

    def length(data: bytes) -> int | None:
        if len(data) < at + size:
            return None
        return head + unit * int.from_bytes(data[at : at + size], "little")

    return length


def _until_nul(data: bytes) -> int | None:
    end = data.find(b"\0", 2)
    if end < 0:
        return None if len(data) < LONGEST_LIST else 2
    return end + 1


def _raster(data: bytes) -> int | None:
    if len(data) < 8:
        return None
    return 8 + int.from_bytes(data[4:6], "little") * int.from_bytes(data[6:8], "little")


def _column_bits(data: bytes) -> int | None:
    if len(data) < 5:
        return None
    return 5 + int.from_bytes(data[3:5], "little") * (3 if data[2] in (32, 33) else 1)


def _defined_bits(data: bytes) -> int | None:
    return None if len(data) < 4 else 4 + data[2] * data[3] * 8


def _cut(data: bytes) -> int | None:
    if len(data) < 3:
        return None
    return 4 if data[2] in (65, 66, 97, 98, 103, 104) else 3


def _barcode(data: bytes) -> int | None:
    if len(data) < 4:
        return None
    return 4 + data[3] if data[2] > 6 else _until_nul(data)


def _table() -> dict[bytes, Length]:
    lengths: dict[bytes, Length] = {bytes((DLE, 0x04)): _fixed(3), bytes((DLE, 0x05)): _fixed(3)}
    lengths[bytes((DLE, 0x14))] = lambda data: None if len(data) < 3 else (10 if data[2] == 8 else 5)
    for prefix, by_length in (
        (ESC, {2: "@2LSimv<", 3: "!%-3=EGJMRTVadet{ ru", 4: "$\\cBf", 5: "p", 10: "W"}),
        (GS, {2: ":", 3: "!BHITabfhrw/", 4: "$LPW\\", 5: "^"}),
        (FS, {2: ".&", 3: "!C-W", 4: "pS"}),
    ):
        for length, letters in by_length.items():
            lengths.update({bytes((prefix, ord(letter))): _fixed(length) for letter in letters})
        lengths[bytes((prefix, ord("(")))] = _counted(3, 2, 5)
    lengths[b"\x1bD"] = _until_nul
    lengths[b"\x1b*"] = _column_bits
    lengths[b"\x1d*"] = _defined_bits
    lengths[b"\x1d8L"] = _counted(3, 4, 7)
    lengths[b"\x1dV"] = _cut
    lengths[b"\x1dk"] = _barcode
    lengths[b"\x1dv0"] = _raster
    return lengths


_LENGTHS = _table()
_LONG_CODES = {b"\x1d8": 3, b"\x1dv": 3, b"\x1d(": 3, b"\x1b(": 3, b"\x1c(": 3}
"""Commands whose code has three bytes."""


class CommandStream:
    """Feed it bytes as they come; it gives back whole commands and keeps the begun one."""

    def __init__(self) -> None:
        self._kept = b""

    @property
    def begun(self) -> bytes:
        """What has arrived of a command that is not complete."""
        return self._kept

    def feed(self, data: bytes) -> Iterator[Command]:
        self._kept += data
        at = 0
        try:
            while at < len(self._kept):
                length = self._length_at(at)
                if length is None or at + length > len(self._kept):
                    return
                raw = self._kept[at : at + length]
                at += length
                yield _command(raw)
        finally:
            self._kept = self._kept[at:]

    def forget(self) -> None:
        """The begun command will never be completed."""
        self._kept = b""

    def _length_at(self, at: int) -> int | None:
        first = self._kept[at]
        if first not in (DLE, ESC, FS, GS):
            return 1 if first < 0x20 else self._text_length(at)
        if len(self._kept) - at < 2:
            return None
        code = self._kept[at : at + 2]
        if code in _LONG_CODES and code[1:] != b"(":
            if len(self._kept) - at < 3:
                return None
            code = self._kept[at : at + 3]
        measure = _LENGTHS.get(code)
        if measure is None:
            return len(code)
        length = measure(self._kept[at : at + LONGEST_LIST])
        return len(code) if length is not None and length > MAX_COMMAND else length

    def _text_length(self, at: int) -> int:
        end = at
        while end < len(self._kept) and self._kept[end] >= 0x20:
            end += 1
        return end - at


def _command(raw: bytes) -> Command:
    if raw[0] >= 0x20:
        return Command(b"", raw)
    if raw[0] not in (DLE, ESC, FS, GS):
        return Command(raw, b"")
    size = _LONG_CODES.get(raw[:2], 2)
    return Command(raw[:size], raw[size:])


def is_known(command: Command) -> bool:
    """False for bytes that no table of ours names: a real printer would print rubbish."""
    if not command.code:
        return True
    return command.code[:2] in _LENGTHS or command.code in _LENGTHS or command.code in _SINGLE


_SINGLE = frozenset(bytes((code,)) for code in (0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x18))
"""NUL, tab, line feed, form feed, carriage return, cancel."""
