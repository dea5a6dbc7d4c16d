"""Rounded rectangles as few small masks and plain rectangles, so that a large panel costs no large texture."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PIL import Image, ImageDraw

from smartqueue.look.scene import Corners

_OVER = 8
_DASH_EDGES = 3.0
"""Length of a dash in widths of the edge; the gap is as long as the dash less one width."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A colour through an 8-bit mask at whole pixels from the top left; without mask a filled rectangle.

    A picture brings its own colours.
    """

    x: int
    y: int
    w: int
    h: int
    colour: str = "#000000"
    mask: Image.Image | None = None
    picture: Image.Image | None = None


@dataclass(frozen=True, slots=True)
class Rounded:
    """Whole pixels; the radius never exceeds half of the shorter side."""

    x: int
    y: int
    w: int
    h: int
    radius: int
    corners: Corners

    def inset(self, by: int) -> "Rounded":
        return Rounded(
            self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by, max(0, self.radius - by), self.corners
        )

    def corner_places(self) -> Iterator[tuple[int, int, int, bool]]:
        """Number, x, y of each corner's square, and whether it is round."""
        right, bottom = self.x + self.w - self.radius, self.y + self.h - self.radius
        places = ((self.x, self.y), (right, self.y), (right, bottom), (self.x, bottom))
        return ((n, *places[n], self.corners[n]) for n in range(4))


def _turned(mask: Image.Image, corner: int) -> Image.Image:
    match corner:
        case 1:
            return mask.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        case 2:
            return mask.transpose(Image.Transpose.ROTATE_180)
        case 3:
            return mask.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        case _:
            return mask


@lru_cache(maxsize=256)
def corner_mask(radius: int, corner: int, edge: int = 0, square: bool = False) -> Image.Image:
    """One corner (0 top left, clockwise) of a disc, or of its edge when edge > 0; square: of a square instead."""
    size, inset = radius * _OVER, edge * _OVER
    mask = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(mask)
    outline = draw.rectangle if square else draw.ellipse
    outline((0, 0, 2 * size - 1, 2 * size - 1), fill=255)
    if edge:
        outline((inset, inset, 2 * size - inset - 1, 2 * size - inset - 1), fill=0)
    return _turned(mask.resize((radius, radius), Image.Resampling.BOX), corner)


def filled(shape: Rounded, colour: str) -> Iterator[Layer]:
    """The whole shape in one colour."""
    x, y, w, h, r = shape.x, shape.y, shape.w, shape.h, shape.radius
    if w <= 0 or h <= 0:
        return
    if r == 0 or not any(shape.corners):
        yield Layer(x, y, w, h, colour)
        return
    yield from _rectangles(
        ((x, y + r, w, h - 2 * r), (x + r, y, w - 2 * r, r), (x + r, y + h - r, w - 2 * r, r)), colour
    )
    for n, left, top, is_round in shape.corner_places():
        yield Layer(left, top, r, r, colour, corner_mask(r, n) if is_round else None)


def edged(shape: Rounded, edge: int, colour: str) -> Iterator[Layer]:
    """Only the edge, inside the shape."""
    x, y, w, h, r = shape.x, shape.y, shape.w, shape.h, max(shape.radius, edge)
    wide, high = w - 2 * r, h - 2 * r
    sides = (
        (x + r, y, wide, edge),
        (x + r, y + h - edge, wide, edge),
        (x, y + r, edge, high),
        (x + w - edge, y + r, edge, high),
    )
    yield from _rectangles(sides, colour)
    for n, left, top, is_round in Rounded(x, y, w, h, r, shape.corners).corner_places():
        yield Layer(left, top, r, r, colour, corner_mask(r, n, edge, square=not is_round or shape.radius == 0))


def _rectangles(boxes: tuple[tuple[int, int, int, int], ...], colour: str) -> Iterator[Layer]:
    return (Layer(x, y, w, h, colour) for x, y, w, h in boxes if w > 0 and h > 0)


def dashed(shape: Rounded, edge: int, colour: str) -> Layer:
    """The edge as dashes of even length all around."""
    return Layer(shape.x, shape.y, shape.w, shape.h, colour, _dashed_mask(shape.w, shape.h, shape.radius, edge))


@lru_cache(maxsize=16)
def _dashed_mask(w: int, h: int, radius: int, edge: int) -> Image.Image:
    over = 4
    mask = Image.new("L", (w * over, h * over), 0)
    draw = ImageDraw.Draw(mask)
    for line in _dashes(_outline(w, h, radius, edge / 2), edge * _DASH_EDGES, edge * (_DASH_EDGES - 1)):
        draw.line([(px * over, py * over) for px, py in line], fill=255, width=edge * over)
    return mask.resize((w, h), Image.Resampling.BOX)


def dashed_line(w: int, h: int) -> Image.Image:
    """Dashes along the longer side of a thin box."""
    edge = max(1, min(w, h))
    mask = Image.new("L", (w, h), 0)
    draw = ImageDraw.Draw(mask)
    dash, gap = round(edge * _DASH_EDGES), round(edge * (_DASH_EDGES - 1))
    for at in range(0, max(w, h), dash + gap):
        end = at + dash - 1
        draw.rectangle((at, 0, end, h) if w > h else (0, at, w, end), fill=255)
    return mask


Point = tuple[float, float]


def _outline(w: int, h: int, radius: int, inset: float) -> list[Point]:
    """Points along a rounded rectangle's middle of the edge, closed, half a pixel apart in the corners."""
    r = max(radius - inset, 0.01)
    centres = (
        (inset + r, inset + r),
        (w - inset - r, inset + r),
        (w - inset - r, h - inset - r),
        (inset + r, h - inset - r),
    )
    steps = max(8, int(r * math.pi))
    points = []
    for n, (cx, cy) in enumerate(centres):
        for k in range(steps + 1):
            angle = math.pi + math.pi / 2 * (n + k / steps)
            points.append((cx + r * math.cos(angle), cy + r * math.sin(angle)))
    return [*points, points[0]]


def _dashes(points: list[Point], dash: float, gap: float) -> Iterator[list[Point]]:
    length = sum(math.dist(a, b) for a, b in pairwise(points))
    period = length / max(1, round(length / (dash + gap)))
    dash = period * dash / (dash + gap)
    at, line = 0.0, [points[0]]
    for a, b in pairwise(points):
        piece, done = math.dist(a, b), 0.0
        while piece - done > 1e-9:
            phase = at % period
            inked = phase < dash - 1e-6
            go = min((dash if inked else period) - phase, piece - done)
            go = max(go, 1e-6)
            done += go
            at += go
            here = (a[0] + (b[0] - a[0]) * done / piece, a[1] + (b[1] - a[1]) * done / piece)
            if inked:
                line.append(here)
            else:
                if len(line) > 1:
                    yield line
                line = [here]
    if len(line) > 1:
        yield line
