"""Icons as antialiased masks in any size, one family, one stroke. Drawings, and SVG for pages: `icon_paths.py`."""

import math
from functools import lru_cache
from itertools import pairwise

from fontTools.svgLib.path import parse_path
from PIL import Image, ImageDraw

from smartqueue.look.icon_paths import STROKE, drawing, known, names, svg

__all__ = ["GRID", "known", "mask", "names", "svg"]

GRID = 24.0
_CURVE_STEP = 0.15
"""Longest straight piece of a flattened curve, in units of the grid."""
_SMALL_PX = 128
"""Up to this size an icon is drawn at eight times its size, beyond at four."""

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


@lru_cache(maxsize=128)
def _polylines(name: str) -> tuple[tuple[Point, ...], ...]:
    pen = _Flat()
    parse_path(drawing(name).strokes, pen)
    return tuple(tuple(line) for line in pen.lines)


def _disc(draw: ImageDraw.ImageDraw, centre: Point, radius: float) -> None:
    x, y = centre
    draw.ellipse((x - radius + 0.5, y - radius + 0.5, x + radius - 0.5, y + radius - 0.5), fill=255)


def _stroke(draw: ImageDraw.ImageDraw, start: Point, end: Point, half: float) -> None:
    """A straight piece of a line, square at its ends, 2 * half wide."""
    length = math.dist(start, end)
    if length > 0:
        reach = half - 0.5  # Pillow inks the pixels on a polygon's outline too
        dx, dy = (end[1] - start[1]) / length * reach, (start[0] - end[0]) / length * reach
        corners = ((start, 1), (end, 1), (end, -1), (start, -1))
        draw.polygon([(x + dx * side - 0.5, y + dy * side - 0.5) for (x, y), side in corners], fill=255)


@lru_cache(maxsize=256)
def mask(name: str, size_px: int, flipped: bool = False, stroke: float = STROKE) -> Image.Image:
    """An 8-bit mask of size_px x size_px (255 = ink). flipped: left and right exchanged."""
    over = 8 if size_px <= _SMALL_PX else 4
    scale = size_px * over / GRID
    half = stroke * scale / 2
    canvas = Image.new("L", (size_px * over, size_px * over), 0)
    draw = ImageDraw.Draw(canvas)
    for line in _polylines(name):
        points = [(x * scale, y * scale) for x, y in line]
        for start, end in pairwise(points):
            _stroke(draw, start, end, half)
        for point in points:
            _disc(draw, point, half)
    for x, y, radius in drawing(name).dots:
        _disc(draw, (x * scale, y * scale), radius * scale)
    small = canvas.resize((size_px, size_px), Image.Resampling.BOX)
    return small.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if flipped else small
