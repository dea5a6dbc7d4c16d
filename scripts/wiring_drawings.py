#!/usr/bin/env python3
"""Draws the wiring of a caller unit into docs/hardware/, with the pins that the settings have as defaults.

`make docs` writes them; `--check` only says what is stale, and ends with 1.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from circuit import BUTTON, CARD, DANGER, EDGE, GROUND, INK, LAMP, POWER, QUIET, RULE, Drawing

from caller import pins
from caller.lamps import Lamp
from caller.screens.desk import UNIT, DeskView, desk
from caller.settings import LampPins, wiring
from caller.wiring import LampKind
from smartqueue.i18n import ENGLISH, Words
from smartqueue.look.scene import Box, Panel
from smartqueue.look.theme import NIGHT

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "hardware"
NAMES = {
    **{"buttons.next": "Next", "buttons.recall": "Recall", "buttons.no_show": "No-show", "buttons.pause": "Pause"},
    **{"lamps.green": "green lamp", "lamps.white": "white lamp", "lamps.amber": "amber lamp", "lamps.red": "red lamp"},
}
POWERS = {1: "3.3 V", 17: "3.3 V", 2: "5 V", 4: "5 V"}
MM = 3.0
"""Units of the drawn panel for a millimetre."""
GREEN, AMBER, RED, WHITE, BLUE = NIGHT.primary, NIGHT.call, "#E5484D", "#FFFFFF", "#4C8DFF"


def where(pin: int) -> str:
    return pins.place(pin)


# --- the header -----------------------------------------------------------------------------------------


def header() -> str:
    """All forty places, and what the unit uses of them."""
    drawing = Drawing(760, 860, "The 40-pin header of a Raspberry Pi and what a caller unit uses of it")
    drawing.text(380, 36, "Corner of the board by the memory card", size=15, colour=QUIET, anchor="middle")
    drawing.box(338, 52, 84, 760, fill=INK, radius=10)
    users = {wire.pin: wire.setting for wire in wiring().wires}
    numbers = {place: pin for pin, place in pins.HEADER.items()}
    for place in range(1, 41):
        _place(drawing, place, numbers.get(place), users)
    drawing.text(380, 842, "Edge of the board is on the right", size=15, colour=QUIET, anchor="middle")
    return drawing.svg()


def _place(drawing: Drawing, place: int, pin: int | None, users: Mapping[int, str]) -> None:
    left = place % 2 == 1
    x, y = (360.0 if left else 400.0), 76.0 + (place - 1) // 2 * 37.5
    setting = users.get(pin) if pin is not None else None
    text, colour = _meaning(place, pin, setting)
    fill = colour if setting or place in pins.GROUNDS or place in POWERS else EDGE
    if place == 1:
        drawing.box(x - 14, y - 14, 28, 28, fill=fill, edge=CARD)
    else:
        drawing.disc(x, y, 14, fill=fill, edge=CARD)
    drawing.text(x, y + 5, str(place), size=13, colour=CARD, bold=True, anchor="middle")
    end, anchor = (326.0, "end") if left else (434.0, "start")
    used = setting is not None or place in (9, 14, 39, 2)
    drawing.text(end, y + 5, text, size=16 if used else 14, colour=colour, bold=used, anchor=anchor)


def _meaning(place: int, pin: int | None, setting: str | None) -> tuple[str, str]:
    if place in POWERS:
        volts = POWERS[place]
        hint = " for the white lamp; never to a pin" if place == 2 else ""
        return volts + hint, DANGER if volts == "5 V" else POWER
    if pin is None:
        return "ground" + {9: " of Next, Recall", 14: " of No-show, Pause", 39: " of the lamps"}.get(place, ""), INK
    if setting is None:
        use = pins.other_use(pin)
        return f"BCM {pin}" + (f" ({use})" if use else ""), QUIET
    return f"{NAMES[setting]} · BCM {pin}", BUTTON if setting.startswith("buttons") else LAMP


# --- buttons --------------------------------------------------------------------------------------------


def buttons() -> str:
    """A contact to ground, and one to 3.3 V."""
    drawing = Drawing(760, 330, "How a button is wired")
    pin = next(iter(wiring().buttons.values()))
    drawing.text(24, 36, 'pull = "up" (as delivered): a press connects the pin to ground', size=17, bold=True)
    x, y = drawing.terminal(24, 100, "Next", where(pin), colour=BUTTON, w=160)
    _button(drawing, x, y)
    drawing.terminal(588, 100, "ground", "header 9", w=148)
    drawing.wire((24, 164), (736, 164), colour=RULE)
    drawing.text(24, 200, 'pull = "down": a press connects the pin to 3.3 V', size=17, bold=True)
    x, y = drawing.terminal(24, 264, "Next", where(pin), colour=BUTTON, w=160)
    _button(drawing, x, y)
    drawing.terminal(588, 264, "3.3 V", "header 1 or 17", colour=POWER, w=148)
    drawing.text(588, 312, "never 5 V", size=15, colour=DANGER, bold=True)
    return drawing.svg()


def _button(drawing: Drawing, x: float, y: float) -> None:
    drawing.wire((x, y), (x + 56, y))
    x, y = drawing.resistor(x + 56, y, "1 kΩ")
    drawing.text(x - 31, y + 29, "only in long wires", size=13, colour=QUIET, anchor="middle")
    drawing.wire((x, y), (x + 76, y))
    x, y = drawing.contact(x + 76, y, "button")
    drawing.wire((x, y), (588, y))


# --- lamps ----------------------------------------------------------------------------------------------


def lamps() -> str:
    """Each kind of lamp on its pin."""
    drawing = Drawing(760, 730, "How a lamp is wired")
    defaults = LampPins()
    drawing.text(24, 36, 'Green, amber, red, lit_by = "high" (as delivered)', size=17, bold=True)
    for row, (name, pin, colour) in enumerate(
        (("green", defaults.green, GREEN), ("amber", defaults.amber, AMBER), ("red", defaults.red, RED))
    ):
        _lamp_to_ground(drawing, 100 + row * 84, name, pin, colour)
    drawing.terminal(612, 184, "ground", "header 39", w=124)
    drawing.wire((540, 100), (570, 100), (570, 268), (540, 268))
    drawing.wire((540, 184), (612, 184))
    drawing.dot(570, 184)
    drawing.wire((24, 320), (736, 320), colour=RULE)
    drawing.text(24, 354, "White or blue: 3.3 V are too little for it", size=17, bold=True)
    _white(drawing, 420, defaults.white)
    drawing.wire((24, 600), (736, 600), colour=RULE)
    drawing.text(24, 634, 'lit_by = "low": between 3.3 V and the pin (not white, not blue)', size=17, bold=True)
    _lamp_to_power(drawing, 690, defaults.green)
    return drawing.svg()


def _lamp_to_ground(drawing: Drawing, y: float, name: str, pin: int, colour: str) -> None:
    x, _ = drawing.terminal(24, y, name, where(pin), colour=LAMP, w=160)
    drawing.wire((x, y), (x + 70, y))
    x, _ = drawing.resistor(x + 70, y, "330 Ω")
    drawing.wire((x, y), (x + 80, y))
    x, _ = drawing.lamp(x + 80, y, colour)
    drawing.wire((x, y), (540, y))


def _white(drawing: Drawing, y: float, pin: int) -> None:
    drawing.terminal(24, y, "5 V", "header 2", colour=DANGER, w=160)
    drawing.wire((184, y), (254, y))
    x, _ = drawing.resistor(254, y, "150 Ω")
    drawing.wire((x, y), (396, y))
    x, _ = drawing.lamp(396, y, WHITE)
    base = y + 84
    collector, emitter = drawing.transistor(456, base)
    drawing.wire((x, y), (collector[0], y), collector)
    drawing.terminal(24, base, "white", where(pin), colour=LAMP, w=160)
    drawing.wire((184, base), (254, base))
    x, _ = drawing.resistor(254, base, "4.7 kΩ")
    drawing.wire((x, base), (450, base))
    drawing.text(524, base + 6, "NPN, such as BC547 or 2N3904", size=14, colour=QUIET)
    drawing.earth(*emitter, "ground, header 39")


def _lamp_to_power(drawing: Drawing, y: float, pin: int) -> None:
    x, _ = drawing.terminal(24, y, "green", where(pin), colour=LAMP, w=160)
    drawing.wire((x, y), (254, y))
    x, _ = drawing.resistor(254, y, "330 Ω")
    drawing.wire((x, y), (396, y))
    x, _ = drawing.lamp(396, y, GREEN, back=True)
    drawing.wire((x, y), (588, y))
    drawing.terminal(588, y, "3.3 V", "header 1 or 17", colour=POWER, w=148)


# --- one lamp of three colours --------------------------------------------------------------------------


def rgb() -> str:
    """A common anode at 5 V, a transistor for each colour."""
    drawing = Drawing(760, 520, "How one lamp of three colours is wired")
    drawing.text(24, 36, 'kind = "rgb": one lamp with a common anode, on 5 V', size=17, bold=True)
    leds = wiring(lamps=LampPins(kind=LampKind.RGB)).leds
    parts = (("red", RED, "270 Ω"), ("green", GREEN, "330 Ω"), ("blue", BLUE, "180 Ω"))
    for row, (name, colour, value) in enumerate(parts):
        _colour(drawing, 150 + row * 140, name, leds[f"rgb.{name}"], colour, value)
    drawing.wire((670, 74), (670, 396))
    drawing.terminal(604, 52, "5 V", "header 2", colour=DANGER)
    drawing.dot(670, 116)
    drawing.dot(670, 256)
    drawing.text(530, 486, "NPN, such as BC547 or 2N3904", size=14, colour=QUIET)
    return drawing.svg()


def _colour(drawing: Drawing, y: float, name: str, pin: int, colour: str, value: str) -> None:
    x, _ = drawing.terminal(24, y, name, where(pin), colour=LAMP, w=150)
    drawing.wire((x, y), (200, y))
    x, _ = drawing.resistor(200, y, "4.7 kΩ")
    drawing.wire((x, y), (318, y))
    collector, emitter = drawing.transistor(324, y)
    drawing.wire(collector, (collector[0], y - 34), (430, y - 34))
    x, _ = drawing.resistor(430, y - 34, value)
    drawing.wire((x, y - 34), (560, y - 34))
    x, _ = drawing.lamp(560, y - 34, colour, back=True)
    drawing.wire((x, y - 34), (670, y - 34))
    drawing.earth(*emitter, "ground, header 39")


# --- the sign -------------------------------------------------------------------------------------------


def sign() -> str:
    """By an adapter on USB, or by the line of the header and a converter."""
    drawing = Drawing(760, 330, "How a number sign is connected")
    drawing.text(24, 36, "By USB: an adapter for RS-232", size=17, bold=True)
    _blocks(drawing, 92, (("Raspberry Pi", "USB"), ("USB adapter", "RS-232"), ("number sign", "supply of its own")))
    drawing.wire((24, 156), (736, 156), colour=RULE)
    drawing.text(24, 192, "By the header: a converter, since RS-232 has up to 15 V", size=17, bold=True)
    _blocks(
        drawing,
        248,
        (("header 8, 6", "send, ground"), ("MAX3232", "supply from 3.3 V"), ("number sign", "supply of its own")),
    )
    drawing.text(24, 312, "Never RS-232 on a pin without the converter.", size=15, colour=DANGER, bold=True)
    return drawing.svg()


def _blocks(drawing: Drawing, y: float, blocks: tuple[tuple[str, str], ...]) -> None:
    for number, (name, text) in enumerate(blocks):
        x, _ = drawing.terminal(24 + number * 264, y, name, text, w=184)
        if number < len(blocks) - 1:
            drawing.wire((x, y), (x + 80, y))


# --- the front plate ------------------------------------------------------------------------------------


def front() -> str:
    """The front plate with its holes, in millimetres; it is the one that `--simulate` draws."""
    scale, left, top = 4.2, 96.0, 70.0
    width, height = UNIT.w / MM, UNIT.h / MM
    drawing = Drawing(left + width * scale + 110, top + height * scale + 90, "Front plate of a caller unit")
    drawing.text(left, 34, f"Front plate, {width:g} x {height:g} mm, seen from the front", size=17, bold=True)
    drawing.box(left, top, width * scale, height * scale, fill=CARD, edge=INK, radius=10 * scale)
    for hole in _holes():
        _hole(drawing, hole, scale, left, top)
    window = _window()
    drawing.box(left + window.x * scale, top + window.y * scale, window.w * scale, window.h * scale, edge=EDGE,
                radius=14, dashed=True)  # fmt: skip
    middle = left + (window.x + window.w / 2) * scale
    text = f"number sign, if it is built in: {window.w:.0f} x {window.h:.0f}, {window.y:.0f} from the edges"
    drawing.text(middle, top + 26 * scale, text, size=14, colour=QUIET, anchor="middle")
    _measures(drawing, scale, left, top)
    return drawing.svg()


class Hole(NamedTuple):
    """Centre in millimetres from the plate's upper left corner."""

    x: float
    y: float
    across: int
    name: str


def _holes() -> list[Hole]:
    scene = desk(DeskView(), Words(ENGLISH), 468, 426)
    keys = [
        (target.box, 30 if target.key == "next" else 24, NAMES[f"buttons.{target.key}"]) for target in scene.targets
    ]
    discs = [item.box for item in scene.items if isinstance(item, Panel) and item.box.w == item.box.h == 27]
    lamps = [(box, 5, lamp.value) for box, lamp in zip(discs, Lamp, strict=True)]
    return [Hole(*_millimetres(box), across, name) for box, across, name in (*keys, *lamps)]


def _millimetres(box: Box) -> tuple[float, float]:
    return (box.x + box.w / 2 - UNIT.x) / MM, (box.y + box.h / 2 - UNIT.y) / MM


def _window() -> Box:
    """Of the sign, in millimetres."""
    scene = desk(DeskView(), Words(ENGLISH), 468, 426)
    box = next(item.box for item in scene.items if isinstance(item, Panel) and item.box.y > UNIT.y)
    return Box((box.x - UNIT.x) / MM, (box.y - UNIT.y) / MM, box.w / MM, box.h / MM)


def _hole(drawing: Drawing, hole: Hole, scale: float, left: float, top: float) -> None:
    x, y, radius = left + hole.x * scale, top + hole.y * scale, hole.across / 2 * scale
    drawing.disc(x, y, radius, fill=GROUND, edge=INK)
    for dx, dy in ((radius + 6, 0.0), (0.0, radius + 6)):
        drawing.wire((x - dx, y - dy), (x + dx, y + dy), colour=EDGE, thick=1.2)
    if hole.across > 5:
        drawing.text(x + 5, y - 6, f"⌀ {hole.across}", size=14)
    drawing.text(x, y + radius + 24, hole.name, size=14, colour=QUIET, anchor="middle")


def _measures(drawing: Drawing, scale: float, left: float, top: float) -> None:
    """Centres, from the left edge and from the upper one."""
    below = top + UNIT.h / MM * scale
    for x in sorted({hole.x for hole in _holes()}):
        at = left + x * scale
        drawing.wire((at, below + 10), (at, below + 26), colour=QUIET, thick=1.5)
        drawing.text(at, below + 44, f"{x:.1f}", size=14, anchor="middle")
    free = 0.0
    for y in sorted({hole.y for hole in _holes()}):
        at = top + y * scale
        written = max(at, free)
        drawing.wire((left - 10, at), (left - 18, at), (left - 26, written), colour=QUIET, thick=1.5)
        drawing.text(left - 32, written + 5, f"{y:.1f}", size=14, anchor="end")
        free = written + 18
    text = "Lamps: ⌀ 5 mm, or as their holders want it. Millimetres from the left and from the upper edge."
    drawing.text(left, below + 74, text, size=14)


DRAWINGS: Mapping[str, Callable[[], str]] = {
    "header": header,
    "buttons": buttons,
    "lamps": lamps,
    "rgb": rgb,
    "sign": sign,
    "front": front,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, say what is stale")
    check = parser.parse_args().check
    stale = []
    for name, draw in DRAWINGS.items():
        path, svg = FOLDER / f"{name}.svg", draw()
        if not path.exists() or path.read_text("utf-8") != svg:
            stale.append(name)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(svg, "utf-8")
    for name in stale:
        sys.stdout.write(f"{'stale' if check else 'wrote'} docs/hardware/{name}.svg\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
