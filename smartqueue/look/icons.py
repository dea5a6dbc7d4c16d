"""Icons as antialiased masks in any size, and as SVG for pages. One family, one stroke; drawings in `icon_paths.py`."""

import math
from collections.abc import Iterator
from functools import lru_cache

from fontTools.svgLib.path import parse_path
from PIL import Image, ImageDraw

from smartqueue.look.icon_paths import DRAWINGS, Drawing

GRID = 24.0
STROKE = 2.0
_CURVE_STEP = 0.15
"""Longest straight piece of a flattened curve, in units of the grid."""

Point = tuple[float, float]


class _Flat:
    """A pen (as fontTools draws with) that collects polylines."""

    def __init__(self) -> None:
        self.lines: list[list[Point]] = []

    def moveTo(self, point: Point) -> None:
        self.lines.append([point])

    def lineTo(self, point: Point) -> None:
        self.lines[-1].append(point)

    def curveTo(self, one: Point, two: Point, end: Point) -> None:
        start = self.lines[-1][-1]
        length = math.dist(start, one) + math.dist(one, two) + math.dist(two, end)
        steps = max(2, int(length / _CURVE_STEP))
        for n in range(1, steps + 1):
            t = n / steps
            shares = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            self.lines[-1].append(_weighted((start, one, two, end), shares))

    def qCurveTo(self, control: Point, end: Point) -> None:
        start = self.lines[-1][-1]
        steps = max(2, int((math.dist(start, control) + math.dist(control, end)) / _CURVE_STEP))
        for n in range(1, steps + 1):
            t = n / steps
            self.lines[-1].append(_weighted((start, control, end), ((1 - t) ** 2, 2 * t * (1 - t), t * t)))

    def closePath(self) -> None:
        self.lines[-1].append(self.lines[-1][0])

    def endPath(self) -> None:
        pass


def _weighted(points: tuple[Point, ...], shares: tuple[float, ...]) -> Point:
    pairs = tuple(zip(points, shares, strict=True))
    return sum(point[0] * share for point, share in pairs), sum(point[1] * share for point, share in pairs)


def names() -> tuple[str, ...]:
    return tuple(DRAWINGS)


def known(name: str) -> bool:
    return name in DRAWINGS


def drawing(name: str) -> Drawing:
    """Raises KeyError that says which names there are."""
    try:
        return DRAWINGS[name]
    except KeyError:
        raise KeyError(f"no icon {name!r}; there are: {', '.join(sorted(DRAWINGS))}") from None


@lru_cache(maxsize=128)
def _polylines(name: str) -> tuple[tuple[Point, ...], ...]:
    pen = _Flat()
    parse_path(drawing(name).strokes, pen)
    return tuple(tuple(line) for line in pen.lines)


def _discs(points: tuple[Point, ...], radius: float) -> Iterator[tuple[float, float, float, float]]:
    return ((x - radius, y - radius, x + radius, y + radius) for x, y in points)


@lru_cache(maxsize=256)
def mask(name: str, size_px: int, flipped: bool = False, stroke: float = STROKE) -> Image.Image:
    """An 8-bit mask of size_px x size_px (255 = ink). flipped: left and right exchanged."""
    over = 8 if size_px <= 64 else 4
    scale = size_px * over / GRID
    canvas = Image.new("L", (size_px * over, size_px * over), 0)
    draw = ImageDraw.Draw(canvas)
    for line in _polylines(name):
        points = tuple((x * scale, y * scale) for x, y in line)
        draw.line(points, fill=255, width=round(stroke * scale))
        for disc in _discs(points, stroke * scale / 2):
            draw.ellipse(disc, fill=255)
    for x, y, radius in drawing(name).dots:
        draw.ellipse(next(_discs(((x * scale, y * scale),), radius * scale)), fill=255)
    small = canvas.resize((size_px, size_px), Image.Resampling.BOX)
    return small.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if flipped else small


def svg(name: str, title: str = "") -> str:
    """The icon for a page, in the colour of the text around it. Without a title it is hidden from screen readers."""
    what = drawing(name)
    dots = "".join(
        f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="currentColor" stroke="none"/>' for x, y, r in what.dots
    )
    label = f'role="img" aria-label="{title}"' if title else 'aria-hidden="true"'
    return (
        f'<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {label}>'
        f'<path d="{what.strokes}"/>{dots}</svg>'
    )
