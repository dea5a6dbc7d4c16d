"""Symbols of circuits as SVG: wires, resistors, lamps, contacts, transistors. For scripts/wiring_drawings.py."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from smartqueue.look.theme import LIGHT

INK, QUIET, GROUND, CARD, EDGE, RULE = LIGHT.text, LIGHT.quiet, LIGHT.ground, LIGHT.card, LIGHT.edge, LIGHT.rule
DANGER = LIGHT.trouble
BUTTON, LAMP, POWER = "#0B4F8A", LIGHT.primary, "#8A4B00"
"""What leads to a button, to a lamp, and to 3.3 V."""
FONT = "Noto Sans, DejaVu Sans, Arial, sans-serif"
WIRE = 2.5
Point = tuple[float, float]


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


class Drawing:
    """One picture; what comes later lies above. All measures in pixels."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self._parts: list[str] = []
        self._head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" '
            f'width="{_n(width)}" height="{_n(height)}" role="img" font-family="{FONT}">\n'
            f"<title>{escape(title)}</title>"
        )
        self.box(0, 0, width, height, fill=GROUND)

    def svg(self) -> str:
        return "\n".join((self._head, *self._parts, "</svg>")) + "\n"

    # --- shapes

    def box(
        self, x: float, y: float, w: float, h: float, *, fill: str = "none", edge: str = "", radius: float = 0,
        thick: float = 2, dashed: bool = False,
    ) -> None:  # fmt: skip
        stroke = f' stroke="{edge}" stroke-width="{_n(thick)}"' if edge else ""
        dash = ' stroke-dasharray="7 5"' if dashed else ""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" rx="{_n(radius)}" fill="{fill}"'
            f"{stroke}{dash}/>"
        )

    def disc(self, x: float, y: float, radius: float, *, fill: str = "none", edge: str = "", thick: float = 2) -> None:
        stroke = f' stroke="{edge}" stroke-width="{_n(thick)}"' if edge else ""
        self._parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}"{stroke}/>')

    def wire(self, *points: Point, colour: str = INK, thick: float = WIRE) -> None:
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{_n(thick)}" '
            'stroke-linejoin="round" stroke-linecap="round"/>'
        )

    def area(self, *points: Point, fill: str = INK) -> None:
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._parts.append(f'<polygon points="{path}" fill="{fill}"/>')

    def text(
        self, x: float, y: float, text: str, *, size: float = 15, colour: str = INK, bold: bool = False,
        anchor: str = "start",
    ) -> None:  # fmt: skip
        """y: of the base line."""
        weight = ' font-weight="700"' if bold else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{colour}" text-anchor="{anchor}"{weight}>'
            f"{escape(text)}</text>"
        )

    def lines(self, x: float, y: float, texts: Iterable[str], *, size: float = 14, colour: str = QUIET) -> None:
        for number, text in enumerate(texts):
            self.text(x, y + number * size * 1.45, text, size=size, colour=colour)

    def dot(self, x: float, y: float) -> None:
        """Wires that cross here are joined."""
        self.disc(x, y, 4.5, fill=INK)

    # --- parts

    def terminal(self, x: float, y: float, name: str, where: str, *, colour: str = INK, w: float = 132) -> Point:
        """A place on the header, a wire leaves it on the right. Gives where."""
        self.box(x, y - 24, w, 48, fill=CARD, edge=colour, radius=8)
        self.text(x + w / 2, y - 4, name, size=15, bold=True, colour=colour, anchor="middle")
        self.text(x + w / 2, y + 15, where, size=13, colour=QUIET, anchor="middle")
        return x + w, y

    def earth(self, x: float, y: float, where: str) -> None:
        """Ground, hanging at this point; where: its place on the header."""
        self.wire((x, y), (x, y + 14))
        for number, half in enumerate((14, 9, 4)):
            self.wire((x - half, y + 14 + number * 6), (x + half, y + 14 + number * 6))
        self.text(x + 22, y + 26, where, size=13, colour=QUIET)

    def resistor(self, x: float, y: float, value: str, *, w: float = 62) -> Point:
        """Lying, from x on. Gives its other end."""
        self.box(x, y - 10, w, 20, fill=CARD, edge=INK)
        self.text(x + w / 2, y - 17, value, size=14, anchor="middle")
        return x + w, y

    def lamp(self, x: float, y: float, colour: str, *, name: str = "", back: bool = False) -> Point:
        """A lying LED, current flows to the right (back: to the left). Gives its other end."""
        flat, tip = (x + 30, x) if back else (x, x + 30)
        self.area((flat, y - 15), (flat, y + 15), (tip, y), fill=colour)
        self.wire((flat, y - 15), (flat, y + 15), (tip, y), (flat, y - 15))
        self.wire((tip, y - 15), (tip, y + 15))
        for left in (x + 10, x + 22):
            self.wire((left, y - 20), (left + 9, y - 31), thick=1.8)
            self.area((left + 12, y - 35), (left + 10, y - 26), (left + 4, y - 31))
        if name:
            self.text(x + 15, y + 34, name, size=13, colour=QUIET, anchor="middle")
        return x + 30, y

    def contact(self, x: float, y: float, name: str, *, w: float = 76) -> Point:
        """A lying push button, open. Gives its other end."""
        left, right = x + 14, x + w - 14
        self.wire((x, y), (left, y))
        self.wire((right, y), (x + w, y))
        self.disc(left, y, 5, fill=CARD, edge=INK)
        self.disc(right, y, 5, fill=CARD, edge=INK)
        self.wire((left - 4, y - 15), (right + 4, y - 15))
        self.wire(((left + right) / 2, y - 15), ((left + right) / 2, y - 30))
        self.wire(((left + right) / 2 - 9, y - 30), ((left + right) / 2 + 9, y - 30))
        self.text((left + right) / 2, y + 28, name, size=13, colour=QUIET, anchor="middle")
        return x + w, y

    def transistor(self, x: float, y: float) -> tuple[Point, Point]:
        """NPN, its base comes from the left at (x, y). Gives collector (above) and emitter (below)."""
        self.disc(x + 24, y, 27, fill=CARD, edge=EDGE)
        self.wire((x - 6, y), (x + 16, y))
        self.wire((x + 16, y - 16), (x + 16, y + 16), thick=4)
        self.wire((x + 16, y - 7), (x + 34, y - 22), (x + 34, y - 34))
        self.wire((x + 16, y + 7), (x + 34, y + 22), (x + 34, y + 34))
        self.area((x + 34, y + 22), (x + 24, y + 19.5), (x + 29.5, y + 12))
        return (x + 34, y - 34), (x + 34, y + 34)
