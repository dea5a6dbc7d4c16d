"""How buttons and lamps hang on the pins: which pin, which level, four lamps or one of three colours. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from caller.buttons import Button
from caller.lamps import Lamp
from caller.pins import Wire


class Pull(StrEnum):
    """Where the board's own resistor pulls an open contact; a press connects it to the other side."""

    UP = "up"
    DOWN = "down"


class Level(StrEnum):
    """The level of a pin."""

    HIGH = "high"
    LOW = "low"


class LampKind(StrEnum):
    SINGLE = "single"
    """A lamp of its own for each meaning."""
    RGB = "rgb"
    """One lamp of three colours for all of them."""


class Leg(StrEnum):
    """A colour of a lamp that has three."""

    RED = "red"
    GREEN = "green"
    BLUE = "blue"


_LAMPS_OF = {
    frozenset({Leg.RED}): frozenset({Lamp.RED}),
    frozenset({Leg.RED, Leg.GREEN}): frozenset({Lamp.AMBER}),
    frozenset({Leg.GREEN}): frozenset({Lamp.GREEN}),
    frozenset({Leg.BLUE}): frozenset({Lamp.WHITE}),
    frozenset({Leg.GREEN, Leg.BLUE}): frozenset({Lamp.GREEN, Lamp.WHITE}),
}
"""What one lamp of three colours says: amber is red and green, somebody called while people wait is turquoise."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """Which setting leads to which pin. leds: by the setting's dotted name, `lamps.green` or `rgb.red`."""

    buttons: Mapping[Button, int]
    leds: Mapping[str, int]
    kind: LampKind = LampKind.SINGLE
    pull: Pull = Pull.UP
    lit_by: Level = Level.HIGH

    @property
    def wires(self) -> tuple[Wire, ...]:
        buttons = (Wire(f"buttons.{button}", pin) for button, pin in self.buttons.items())
        return (*buttons, *(Wire(setting, pin) for setting, pin in self.leds.items()))

    @property
    def pulled_down(self) -> frozenset[str]:
        """The settings whose pins need a resistor to ground."""
        return frozenset(f"buttons.{button}" for button in self.buttons if self.pull is Pull.DOWN)

    def burning(self, lit: frozenset[Lamp]) -> frozenset[str]:
        """The LEDs that must burn so that these lamps are seen. One lamp of three colours shows amber before green."""
        if self.kind is LampKind.SINGLE:
            return frozenset(f"lamps.{lamp}" for lamp in lit)
        return frozenset(f"rgb.{leg}" for leg in _legs(lit))

    def seen(self, burning: frozenset[str]) -> frozenset[Lamp]:
        """The lamps that somebody sees when these LEDs burn."""
        names = frozenset(setting.partition(".")[2] for setting in burning)
        if self.kind is LampKind.SINGLE:
            return frozenset(Lamp(name) for name in names)
        return _LAMPS_OF.get(frozenset(Leg(name) for name in names), frozenset())


def by_one_lamp(lit: frozenset[Lamp]) -> frozenset[Lamp]:
    """What one lamp of three colours shows of these: red before all, amber before green and white."""
    return _LAMPS_OF.get(_legs(lit), frozenset())


def _legs(lit: frozenset[Lamp]) -> frozenset[Leg]:
    if Lamp.RED in lit:
        return frozenset({Leg.RED})
    if Lamp.AMBER in lit:
        return frozenset({Leg.RED, Leg.GREEN})
    colours = {Lamp.GREEN: Leg.GREEN, Lamp.WHITE: Leg.BLUE}
    return frozenset(colours[lamp] for lamp in lit)
