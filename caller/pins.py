"""The pins of the 40-pin header: where each lies, what else it is for, and what is wrong with a choice of them. Pure.

Facts: the header is the same on every Raspberry Pi since the Model B+; docs/hardware.md draws it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

HEADER: Mapping[int, int] = {
    **{2: 3, 3: 5, 4: 7, 14: 8, 15: 10, 17: 11, 18: 12, 27: 13, 22: 15, 23: 16, 24: 18, 10: 19, 9: 21, 25: 22},
    **{11: 23, 8: 24, 7: 26, 0: 27, 1: 28, 5: 29, 6: 31, 12: 32, 13: 33, 19: 35, 16: 36, 26: 37, 20: 38, 21: 40},
}
"""BCM number -> place on the header."""
FIRST, LAST = 2, 27
"""BCM 0 and 1 tell add-on boards apart and are nobody else's."""
GROUNDS = (6, 9, 14, 20, 25, 30, 34, 39)
FIXED_PULL_UP = frozenset({2, 3})
"""They have a resistor to 3.3 V on the board itself."""
SERIAL_LINE = frozenset({14, 15})
HEADER_SERIAL_LINES = frozenset({"/dev/serial0", "/dev/ttyAMA0", "/dev/ttyS0"})
"""Names under which Linux knows the serial line of the header."""
_OTHER_USES = (
    (frozenset({2, 3}), "I2C", "dtparam=i2c_arm=on"),
    (SERIAL_LINE, "the serial line", "enable_uart=1, console=serial0"),
    (frozenset({7, 8, 9, 10, 11}), "SPI", "dtparam=spi=on"),
)


@dataclass(frozen=True, slots=True)
class Wire:
    """One pin in use. setting: the dotted name that says so."""

    setting: str
    pin: int

    def __str__(self) -> str:
        return f"{self.setting} = {self.pin}"


def place(pin: int) -> str:
    """How to find it: `BCM 17, header 11`."""
    return f"BCM {pin}, header {HEADER[pin]}"


def other_use(pin: int) -> str:
    """What else the board uses it for; empty for nothing."""
    if pin < FIRST:
        return "add-on boards"
    return next((use for numbers, use, _ in _OTHER_USES if pin in numbers), "")


def mistakes(wires: Iterable[Wire], *, pull_down: frozenset[str] = frozenset()) -> Iterator[tuple[Wire, str]]:
    """Every choice that can't work, and why. pull_down: the settings whose pins need a resistor to ground."""
    users: dict[int, str] = {}
    for wire in wires:
        if wire.pin < FIRST:
            yield wire, f"{wire}: pin {wire.pin} belongs to add-on boards; use {FIRST} to {LAST}"
        elif wire.pin in users:
            yield wire, f"{wire}: pin {wire.pin} is taken by {users[wire.pin]} already"
        elif wire.setting in pull_down and wire.pin in FIXED_PULL_UP:
            yield wire, f"{wire}: pin {wire.pin} is pulled up on the board; a button to 3.3 V needs another one"
        users.setdefault(wire.pin, wire.setting)


def warnings(wires: Iterable[Wire]) -> Iterator[str]:
    """What works only while something else of the board is switched off."""
    for wire in wires:
        for numbers, use, switch in _OTHER_USES:
            if wire.pin in numbers:
                yield f"{wire}: this pin is also for {use}; it is free only while {use} is off (config: no {switch})"
